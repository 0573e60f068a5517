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


@strawberry.type(description="Institutions.")
class InstitutionConnection(Connection):
    """A page of institutions."""

    edges: list[InstitutionEdge] = edges(InstitutionEdge)
    nodes: list[Institution] = nodes()


@strawberry.type(description="An institution that a person's authorships name.")
class AffiliationEdge(Entry):
    """Institution, papers, years."""

    node: Institution = entry_node()
    first_year: int | None = edge_value("first_year", "Year of the first paper on which the person is there.")
    last_year: int | None = edge_value("last_year", "Year of the latest paper on which the person is there.")
    paper_count: int = edge_value("paper_count", "Papers on which the person is there.")


@strawberry.type(description="The institutions that a person's authorships name; those of a paper as a whole are not among them.")
class AffiliationConnection(Connection):
    """A page of affiliations."""

    edges: list[AffiliationEdge] = edges(AffiliationEdge)
    nodes: list[Institution] = nodes()


@strawberry.type(description="An institution and what the two share.")
class InstitutionCollaborationEdge(Entry):
    """Counts, years and papers of a pair of institutions."""

    node: Institution = entry_node()
    paper_count: int = edge_value("paper_count", "Shared papers.")
    first_year: int | None = edge_value("first_year", "Year of the first shared paper.")
    last_year: int | None = edge_value("last_year", "Year of the latest shared paper.")
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = shared_papers(COMMON_PAPERS)


@strawberry.type(description="Institutions that share at least one paper with an institution.")
class InstitutionCollaborationConnection(Connection):
    """A page of collaborations."""

    edges: list[InstitutionCollaborationEdge] = edges(InstitutionCollaborationEdge)
    nodes: list[Institution] = nodes()
