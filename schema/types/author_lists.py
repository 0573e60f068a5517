"""Lists of people: at the root, of a paper, of an institution, and coauthors."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from byline.graph.model import JOINT_PAPERS
from byline.schema.fields import edge_value
from byline.schema.types.author import Author
from byline.schema.types.connections import Connection, Entry, edges, entry_node, nodes
from byline.schema.types.evidence import CORRESPONDING, COUNTRIES, authorship_institutions, shared_papers, years_of_shared
from byline.schema.types.institution import Institution
from byline.schema.types.values import YearCount

if TYPE_CHECKING:
    from byline.schema.types.paper_lists import PaperConnection


@strawberry.type(description="An author in a list.")
class AuthorEdge(Entry):
    """Person and cursor."""

    node: Author = entry_node()


@strawberry.type(description="A list of authors.")
class AuthorConnection(Connection):
    """A page of people."""

    edges: list[AuthorEdge] = edges(AuthorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="An authorship, from the paper to the author.")
class PaperAuthorEdge(Entry):
    """Person, place in the list, printed name, institutions."""

    node: Author = entry_node()
    position: int | None = edge_value(
        "position", "Position in the printed author list, from 1; null if the list ends before the name."
    )
    name_as_printed: str | None = edge_value("name_as_printed", "Name as printed on this paper; null if the list ends before it.")
    corresponding: bool | None = edge_value("corresponding", CORRESPONDING)
    institutions: list[Institution] = authorship_institutions()
    country_codes: list[str | None] = edge_value("country_codes", COUNTRIES)


@strawberry.type(description="The authors of a paper in printed order; those that the printed list leaves out come last.")
class PaperAuthorConnection(Connection):
    """A page of a paper's authors."""

    edges: list[PaperAuthorEdge] = edges(PaperAuthorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="A coauthorship: the coauthor and the shared papers.")
class CoauthorEdge(Entry):
    """Counts, years, weight and papers of a pair of people."""

    node: Author = entry_node()
    paper_count: int = edge_value("paper_count", "Number of shared papers.")
    weight: float = edge_value(
        "weight",
        "Collaboration strength (Newman 2001): the sum over shared papers of 1/(n-1), n the reported number of authors. A "
        "lower bound if uncountedPapers is not 0.",
    )
    uncounted_papers: int = edge_value(
        "uncounted_papers", "Number of shared papers that add nothing to the weight, because their number of authors is unknown."
    )
    first_year: int | None = edge_value("first_year", "Year of the earliest dated shared paper.")
    last_year: int | None = edge_value("last_year", "Year of the latest dated shared paper.")
    by_year: list[YearCount] = years_of_shared(JOINT_PAPERS)
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = shared_papers(JOINT_PAPERS)


@strawberry.type(description="The coauthors of an author, one entry each.")
class CoauthorConnection(Connection):
    """A page of coauthors."""

    edges: list[CoauthorEdge] = edges(CoauthorEdge)
    nodes: list[Author] = nodes()


_PAPERS = "Number of papers on which the author is affiliated with the institution."


@strawberry.type(description="An author affiliated with an institution.")
class InstitutionAuthorEdge(Entry):
    """Person, papers, years."""

    node: Author = entry_node()
    paper_count: int = edge_value("paper_count", _PAPERS)
    first_year: int | None = edge_value("first_year", "Year of the earliest dated one.")
    last_year: int | None = edge_value("last_year", "Year of the latest dated one.")


@strawberry.type(description="Authors whose authorships name an institution.")
class InstitutionAuthorConnection(Connection):
    """A page of an institution's people."""

    edges: list[InstitutionAuthorEdge] = edges(InstitutionAuthorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="An author of papers of a venue.")
class VenueAuthorEdge(Entry):
    """Person, papers, years."""

    node: Author = entry_node()
    paper_count: int = edge_value("paper_count", "Number of the author's papers of the venue.")
    first_year: int | None = edge_value("first_year", "Year of the earliest dated one.")
    last_year: int | None = edge_value("last_year", "Year of the latest dated one.")


@strawberry.type(description="Authors of papers of a venue.")
class VenueAuthorConnection(Connection):
    """A page of a venue's people."""

    edges: list[VenueAuthorEdge] = edges(VenueAuthorEdge)
    nodes: list[Author] = nodes()
