"""A category of a classification."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from byline.graph.model import CATEGORY_AUTHORS, CATEGORY_CHILDREN, CATEGORY_PAPERS, Kind
from byline.graph.request import NEWEST
from byline.schema.fields import column, row_column
from byline.schema.inputs.filters import AuthorFilter, CategoryFilter, PaperFilter
from byline.schema.inputs.orders import BY_CODE, BY_NAME, AuthorOrder, CategoryOrder, PaperOrder
from byline.schema.types.connections import Connection, Entry, connection, edges, entry_node, nodes
from byline.schema.types.node import Node, entity, node
from byline.schema.types.paper_set_metrics import PaperSetMetrics, paper_set_metrics

if TYPE_CHECKING:
    from byline.schema.types.author_lists import AuthorConnection
    from byline.schema.types.paper_lists import PaperConnection

C = Kind.CATEGORY


@entity(C, "A subject category in a hierarchical classification.")
class Category(Node):
    """See the vocabulary for the columns."""

    code: str = column(C, "code")
    name: str = column(C, "name")
    parent: "Category | None" = row_column(C, "parent", C, node, "Category one level up; null at the top.")
    children: "CategoryConnection" = connection(
        C, CATEGORY_CHILDREN, BY_CODE, "Categories one level down.", where=CategoryFilter, order=CategoryOrder
    )
    paper_count: int | None = column(C, "paper_count")
    citation_count: int | None = column(C, "citation_count")
    author_count: int | None = column(C, "author_count")
    metrics: PaperSetMetrics = paper_set_metrics()
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = connection(
        Kind.PAPER, CATEGORY_PAPERS, NEWEST, where=PaperFilter, order=PaperOrder
    )
    authors: Annotated["AuthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        Kind.AUTHOR, CATEGORY_AUTHORS, BY_NAME, where=AuthorFilter, order=AuthorOrder, years=True
    )


@strawberry.type(description="A category in a list.")
class CategoryEdge(Entry):
    """Category and cursor."""

    node: Category = entry_node()


@strawberry.type(description="A list of categories.")
class CategoryConnection(Connection):
    """A page of categories."""

    edges: list[CategoryEdge] = edges(CategoryEdge)
    nodes: list[Category] = nodes()
