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


@strawberry.type(description="A person in a list.")
class AuthorEdge(Entry):
    """Person and cursor."""

    node: Author = entry_node()


@strawberry.type(description="People.")
class AuthorConnection(Connection):
    """A page of people."""

    edges: list[AuthorEdge] = edges(AuthorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="An authorship, seen from the paper.")
class PaperAuthorEdge(Entry):
    """Person, place in the list, printed name, institutions."""

    node: Author = entry_node()
    position: int | None = edge_value("position", "Place in the printed list, from 1; null where the list stops before the name.")
    name_as_printed: str | None = edge_value("name_as_printed", "The name on this paper; null where the list stops before it.")
    corresponding: bool | None = edge_value("corresponding", CORRESPONDING)
    institutions: list[Institution] = authorship_institutions()
    country_codes: list[str | None] = edge_value("country_codes", COUNTRIES)


@strawberry.type(description="The authors of a paper in printed order; those whom the list leaves out come last.")
class PaperAuthorConnection(Connection):
    """A page of a paper's authors."""

    edges: list[PaperAuthorEdge] = edges(PaperAuthorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="A coauthor and what the two share.")
class CoauthorEdge(Entry):
    """Counts, years, weight and papers of a pair of people."""

    node: Author = entry_node()
    paper_count: int = edge_value("paper_count", "Shared papers.")
    weight: float = edge_value(
        "weight",
        "Newman 2001: the sum over shared papers of 1/(n-1), n the reported number of authors. A lower bound where "
        "uncountedPapers is not 0.",
    )
    uncounted_papers: int = edge_value(
        "uncounted_papers", "Shared papers that add nothing to the weight, because their number of authors is unknown."
    )
    first_year: int | None = edge_value("first_year", "Year of the first shared paper.")
    last_year: int | None = edge_value("last_year", "Year of the latest shared paper.")
    by_year: list[YearCount] = years_of_shared(JOINT_PAPERS)
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = shared_papers(JOINT_PAPERS)


@strawberry.type(description="People who share at least one paper with a person; one entry a person.")
class CoauthorConnection(Connection):
    """A page of coauthors."""

    edges: list[CoauthorEdge] = edges(CoauthorEdge)
    nodes: list[Author] = nodes()


_PAPERS = "Papers on which an authorship of the person names the institution."


@strawberry.type(description="A person of an institution.")
class InstitutionAuthorEdge(Entry):
    """Person, papers, years."""

    node: Author = entry_node()
    paper_count: int = edge_value("paper_count", _PAPERS)
    first_year: int | None = edge_value("first_year", "Year of the first of them.")
    last_year: int | None = edge_value("last_year", "Year of the latest of them.")


@strawberry.type(description="People whose authorships name an institution.")
class InstitutionAuthorConnection(Connection):
    """A page of an institution's people."""

    edges: list[InstitutionAuthorEdge] = edges(InstitutionAuthorEdge)
    nodes: list[Author] = nodes()
