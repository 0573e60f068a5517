"""Lists of institutions: at the root, of a paper, of a person, and collaborations."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from byline.graph.model import COMMON_PAPERS
from byline.schema.fields import edge_value
from byline.schema.types.connections import Connection, Entry, edges, entry_node, nodes
from byline.schema.types.evidence import shared_papers
from byline.schema.types.institution import Institution

if TYPE_CHECKING:
    from byline.schema.types.paper_lists import PaperConnection


@strawberry.type(description="An institution in a list.")
class InstitutionEdge(Entry):
    """Institution and cursor."""

    node: Institution = entry_node()


@strawberry.type(description="A list of institutions.")
class InstitutionConnection(Connection):
    """A page of institutions."""

    edges: list[InstitutionEdge] = edges(InstitutionEdge)
    nodes: list[Institution] = nodes()


@strawberry.type(description="An affiliation: an institution that the author's authorships name.")
class AffiliationEdge(Entry):
    """Institution, papers, years."""

    node: Institution = entry_node()
    first_year: int | None = edge_value("first_year", "Year of the earliest dated paper with this affiliation.")
    last_year: int | None = edge_value("last_year", "Year of the latest dated paper with this affiliation.")
    paper_count: int = edge_value("paper_count", "Number of papers with this affiliation.")


@strawberry.type(description="The affiliations of an author. Institutions stated for a paper as a whole are not among them.")
class AffiliationConnection(Connection):
    """A page of affiliations."""

    edges: list[AffiliationEdge] = edges(AffiliationEdge)
    nodes: list[Institution] = nodes()


@strawberry.type(description="A collaboration between institutions: the other institution and the shared papers.")
class InstitutionCollaborationEdge(Entry):
    """Counts, years and papers of a pair of institutions."""

    node: Institution = entry_node()
    paper_count: int = edge_value("paper_count", "Number of shared papers.")
    first_year: int | None = edge_value("first_year", "Year of the earliest dated shared paper.")
    last_year: int | None = edge_value("last_year", "Year of the latest dated shared paper.")
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = shared_papers(COMMON_PAPERS)


@strawberry.type(description="Institutions with at least one shared paper.")
class InstitutionCollaborationConnection(Connection):
    """A page of collaborations."""

    edges: list[InstitutionCollaborationEdge] = edges(InstitutionCollaborationEdge)
    nodes: list[Institution] = nodes()
