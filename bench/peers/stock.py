"""Strawberry on a networkx.DiGraph: nodes by public id with their attributes, edges with a kind, one resolver a field.

Parsing and validation are cached. Lists come in the order in which edges were added, which is that of the numbers.
"""

from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import networkx as nx
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry import ID, argument
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from bench.places import TABLES

graph: Any = nx.DiGraph()
most_cited: list[str] = []


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table."""
    with Path(TABLES / f"{name}.tsv").open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def fill() -> None:
    """Read the tables into the graph."""
    for number, name in rows("institution"):
        graph.add_node(f"institution {number}", name=name)
    people, papers = [], []
    for number, key, name, orcid, paper_count, citation_count, place in rows("author"):
        people.append(key)
        counts = {"paper_count": int(paper_count), "citation_count": int(citation_count)}
        graph.add_node(key, number=int(number), name=name, orcid=orcid, **counts)
        graph.add_edge(key, f"institution {place}", kind="works at")
    for number, key, title, year, category, citation_count in rows("paper"):
        papers.append(key)
        graph.add_node(
            key, number=int(number), title=title, year=int(year), category=category, citation_count=int(citation_count)
        )
    graph.add_edges_from(((people[int(author)], papers[int(paper)]) for paper, author in rows("authorship")), kind="wrote")
    graph.add_edges_from(((papers[int(citing)], papers[int(cited)]) for citing, cited in rows("citation")), kind="cites")
    most_cited.extend(sorted(papers, key=lambda key: -graph.nodes[key]["citation_count"]))


def to(key: str, kind: str) -> Iterator[str]:
    """Where the edges of a kind lead from a node."""
    return (other for other, edge in graph.adj[key].items() if edge["kind"] == kind)


def back(key: str, kind: str) -> Iterator[str]:
    """Where the edges of a kind come from."""
    return (other for other, edge in graph.pred[key].items() if edge["kind"] == kind)


@strawberry.type
class Institution:
    name: str


@strawberry.type
class Author:
    id: ID
    name: str
    orcid: str
    paper_count: int
    citation_count: int

    @strawberry.field
    def institution(self) -> Institution:
        return Institution(name=graph.nodes[next(to(self.id, "works at"))]["name"])

    @strawberry.field
    def papers(self, first: int = 20) -> list["Paper"]:
        return [paper_of(key) for key in islice(to(self.id, "wrote"), first)]

    @strawberry.field
    def coauthors(self, first: int = 20) -> list["Coauthor"]:
        joint = Counter(other for paper in to(self.id, "wrote") for other in back(paper, "wrote") if other != self.id)
        best = nsmallest(first, joint.items(), key=lambda entry: (-entry[1], graph.nodes[entry[0]]["number"]))
        return [Coauthor(paper_count=count, node=author_of(key)) for key, count in best]


@strawberry.type
class Coauthor:
    paper_count: int
    node: Author


@strawberry.type
class Paper:
    id: ID
    title: str
    year: int
    category: str
    citation_count: int

    @strawberry.field
    def authors(self) -> list[Author]:
        return [author_of(key) for key in back(self.id, "wrote")]

    @strawberry.field
    def references(self, first: int = 20) -> list["Paper"]:
        return [paper_of(key) for key in islice(to(self.id, "cites"), first)]

    @strawberry.field
    def cited_by(self, first: int = 20) -> list["Paper"]:
        return [paper_of(key) for key in islice(back(self.id, "cites"), first)]


def author_of(key: str) -> Author:
    """A person of the graph."""
    node = graph.nodes[key]
    return Author(
        id=ID(key), name=node["name"], orcid=node["orcid"], paper_count=node["paper_count"], citation_count=node["citation_count"]
    )


def paper_of(key: str) -> Paper:
    """A paper of the graph."""
    node = graph.nodes[key]
    return Paper(
        id=ID(key), title=node["title"], year=node["year"], category=node["category"], citation_count=node["citation_count"]
    )


@strawberry.type
class Query:
    @strawberry.field
    def author(self, id: ID) -> Author | None:
        return author_of(id) if "name" in graph.nodes.get(id, ()) else None

    @strawberry.field
    def paper(self, id: ID) -> Paper | None:
        return paper_of(id) if "title" in graph.nodes.get(id, ()) else None

    @strawberry.field
    def authors(self, ids: list[ID]) -> list[Author]:
        return [author_of(key) for key in ids if key in graph]

    @strawberry.field
    def papers(
        self, since: Annotated[int, argument(name="from")], till: Annotated[int, argument(name="to")], first: int = 20
    ) -> list[Paper]:
        keys = (key for key in most_cited if since <= graph.nodes[key]["year"] <= till)
        return [paper_of(key) for key in islice(keys, first)]


def application() -> Starlette:
    """The server."""
    fill()
    # As instances: their caches would not outlive a request otherwise.
    caches: list[Any] = [ParserCache(), ValidationCache()]
    schema = strawberry.Schema(Query, extensions=caches)
    return Starlette(routes=[Route("/graphql", GraphQL(schema))])
