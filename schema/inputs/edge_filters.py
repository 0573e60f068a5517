"""Filters of the edges of lists: conditions on what belongs to an entry rather than to its node."""

import strawberry

from byline.schema.inputs.filters import AND, NOT, OR, BooleanFilter, FloatFilter, IntFilter, StringFilter, member

_FIRST, _LAST = "Year of the earliest dated one of them.", "Year of the latest dated one of them."
_POSITION = "Position in the printed author list, from 1; unknown if the list ends before the name."
_CORRESPONDING = "Whether a source says that the author is a corresponding one."


@strawberry.input(description="Conditions on shared papers of coauthors, ANDed.")
class CoauthorEdgeFilter:
    """AND-ed members."""

    paper_count: IntFilter | None = member("Number of shared papers.")
    weight: FloatFilter | None = member("Collaboration strength (Newman 2001).")
    uncounted_papers: IntFilter | None = member("Number of shared papers that add nothing to the weight.")
    first_year: IntFilter | None = member(_FIRST)
    last_year: IntFilter | None = member(_LAST)
    and_: "list[CoauthorEdgeFilter] | None" = member(AND, "and")
    or_: "list[CoauthorEdgeFilter] | None" = member(OR, "or")
    not_: "CoauthorEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on the ways to authors at a distance, ANDed.")
class CollaboratorEdgeFilter:
    """AND-ed members."""

    shared_count: IntFilter | None = member("Number of authors one step nearer who are coauthors of this one.")
    and_: "list[CollaboratorEdgeFilter] | None" = member(AND, "and")
    or_: "list[CollaboratorEdgeFilter] | None" = member(OR, "or")
    not_: "CollaboratorEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on affiliations, ANDed.")
class AffiliationEdgeFilter:
    """AND-ed members."""

    paper_count: IntFilter | None = member("Number of papers with this affiliation.")
    first_year: IntFilter | None = member(_FIRST)
    last_year: IntFilter | None = member(_LAST)
    and_: "list[AffiliationEdgeFilter] | None" = member(AND, "and")
    or_: "list[AffiliationEdgeFilter] | None" = member(OR, "or")
    not_: "AffiliationEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on what authors wrote for an institution, ANDed.")
class InstitutionAuthorEdgeFilter:
    """AND-ed members."""

    paper_count: IntFilter | None = member("Number of papers on which the author is affiliated with the institution.")
    first_year: IntFilter | None = member(_FIRST)
    last_year: IntFilter | None = member(_LAST)
    and_: "list[InstitutionAuthorEdgeFilter] | None" = member(AND, "and")
    or_: "list[InstitutionAuthorEdgeFilter] | None" = member(OR, "or")
    not_: "InstitutionAuthorEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on what authors wrote in a venue, ANDed.")
class VenueAuthorEdgeFilter:
    """AND-ed members."""

    paper_count: IntFilter | None = member("Number of the author's papers of the venue.")
    first_year: IntFilter | None = member(_FIRST)
    last_year: IntFilter | None = member(_LAST)
    and_: "list[VenueAuthorEdgeFilter] | None" = member(AND, "and")
    or_: "list[VenueAuthorEdgeFilter] | None" = member(OR, "or")
    not_: "VenueAuthorEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on shared papers of institutions, ANDed.")
class InstitutionCollaborationEdgeFilter:
    """AND-ed members."""

    paper_count: IntFilter | None = member("Number of shared papers.")
    first_year: IntFilter | None = member(_FIRST)
    last_year: IntFilter | None = member(_LAST)
    and_: "list[InstitutionCollaborationEdgeFilter] | None" = member(AND, "and")
    or_: "list[InstitutionCollaborationEdgeFilter] | None" = member(OR, "or")
    not_: "InstitutionCollaborationEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on the authorship that leads to a paper, ANDed.")
class AuthorPaperEdgeFilter:
    """AND-ed members."""

    position: IntFilter | None = member(_POSITION)
    corresponding: BooleanFilter | None = member(_CORRESPONDING)
    and_: "list[AuthorPaperEdgeFilter] | None" = member(AND, "and")
    or_: "list[AuthorPaperEdgeFilter] | None" = member(OR, "or")
    not_: "AuthorPaperEdgeFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on the authorship that leads to an author, ANDed.")
class PaperAuthorEdgeFilter:
    """AND-ed members."""

    position: IntFilter | None = member(_POSITION)
    name_as_printed: StringFilter | None = member("Name as printed on the paper.")
    corresponding: BooleanFilter | None = member(_CORRESPONDING)
    and_: "list[PaperAuthorEdgeFilter] | None" = member(AND, "and")
    or_: "list[PaperAuthorEdgeFilter] | None" = member(OR, "or")
    not_: "PaperAuthorEdgeFilter | None" = member(NOT, "not")
