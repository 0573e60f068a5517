"""Lists of papers: at the root, of a paper, an institution, a category or a pair, and of a person."""

import strawberry

from byline.schema.fields import edge_value
from byline.schema.types.connections import Connection, Entry, edges, entry_node, nodes
from byline.schema.types.evidence import CORRESPONDING, COUNTRIES, authorship_institutions
from byline.schema.types.facets import FacetConnection, facets
from byline.schema.types.institution import Institution
from byline.schema.types.paper import Paper


@strawberry.type(description="A paper in a list.")
class PaperEdge(Entry):
    """Paper and cursor."""

    node: Paper = entry_node()


@strawberry.type(description="A list of papers.")
class PaperConnection(Connection):
    """A page of papers."""

    edges: list[PaperEdge] = edges(PaperEdge)
    nodes: list[Paper] = nodes()
    facets: FacetConnection = facets()


@strawberry.type(description="An authorship, from the author to the paper.")
class AuthorPaperEdge(Entry):
    """Paper, place in its list, institutions."""

    node: Paper = entry_node()
    position: int | None = edge_value(
        "position", "Position in the printed author list, from 1; null if the list ends before the name."
    )
    corresponding: bool | None = edge_value("corresponding", CORRESPONDING)
    institutions: list[Institution] = authorship_institutions()
    country_codes: list[str | None] = edge_value("country_codes", COUNTRIES)


@strawberry.type(description="The papers of an author, each once.")
class AuthorPaperConnection(Connection):
    """A page of a person's papers."""

    edges: list[AuthorPaperEdge] = edges(AuthorPaperEdge)
    nodes: list[Paper] = nodes()
    facets: FacetConnection = facets()
