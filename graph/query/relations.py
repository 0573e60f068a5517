"""Relations by which papers link nodes: both on the same paper, cited together, citing together, or citing one another."""

from dataclasses import dataclass, field
from enum import StrEnum

from byline.graph.model import (
    AUTHOR_PAPERS,
    CATEGORY_PAPERS,
    CITED_BY,
    INSTITUTION_PAPERS,
    REFERENCES,
    VENUE_PAPERS,
    Edge,
    Kind,
)
from byline.graph.network.shared import METHOD
from byline.graph.request import EVERYTHING, Facet, Key, Where


class Relation(StrEnum):
    """Which papers link two nodes: those that both are on, those in one that cite one of the other, those that cite both, or
    those that both cite."""

    SHARED_PAPERS = "shared_papers"
    CITATION = "citation"
    CO_CITATION = "co_citation"
    BIBLIOGRAPHIC_COUPLING = "bibliographic_coupling"


# Of each kind the edge to its papers; papers are their own.
OWN: dict[Kind, Edge] = {
    Kind.AUTHOR: AUTHOR_PAPERS,
    Kind.INSTITUTION: INSTITUTION_PAPERS,
    Kind.VENUE: VENUE_PAPERS,
    Kind.CATEGORY: CATEGORY_PAPERS,
}
FACETS = {Kind.AUTHOR: Facet.AUTHOR, Kind.INSTITUTION: Facet.INSTITUTION, Kind.CATEGORY: Facet.CATEGORY}
_METHODS = {
    Relation.SHARED_PAPERS: METHOD,
    Relation.CITATION: "citation: papers of either in this graph that cite a paper of the other",
    Relation.CO_CITATION: "co-citation (Small 1973): papers in this graph that cite papers of both",
    Relation.BIBLIOGRAPHIC_COUPLING: "bibliographic coupling (Kessler 1963): papers in this graph that papers of both cite",
}
_OF_PAPERS = {
    Relation.CITATION: "citation: those of the two papers that cite the other",
    Relation.CO_CITATION: "co-citation (Small 1973): papers in this graph that cite both",
    Relation.BIBLIOGRAPHIC_COUPLING: "bibliographic coupling (Kessler 1963): papers in this graph that both cite",
}


@dataclass(frozen=True)
class SharedArgs:
    """Of which kind; which nodes (their keys, else the `first` with most papers that count, by citations one for every paper of
    the node that it cites or is cited by); which papers count; how many a link has at least; how many papers may be read, one of
    several nodes counted for each."""

    kind: Kind
    keys: tuple[Key, ...] | None
    first: int
    where: Where
    least: int
    most: int = field(default=500_000, repr=False)
    relation: Relation = Relation.SHARED_PAPERS
    # Which papers of the nodes themselves there are, where papers link them by what they cite: those of before a day.
    own: Where = EVERYTHING
    # Which papers would count in any year, where `where` asks for some years: nodes are placed by these.
    ever: Where | None = field(default=None, repr=False)

    @property
    def cites(self) -> bool:
        """Whether papers link by what they cite."""
        return self.relation is not Relation.SHARED_PAPERS

    @property
    def step(self) -> Edge:
        """The edge from papers of a node to those that link it."""
        return REFERENCES if self.relation is Relation.BIBLIOGRAPHIC_COUPLING else CITED_BY

    @property
    def back(self) -> Edge:
        """The edge the other way."""
        return CITED_BY if self.step is REFERENCES else REFERENCES

    @property
    def method(self) -> str:
        """How links are counted."""
        return _OF_PAPERS[self.relation] if self.kind is Kind.PAPER else _METHODS[self.relation]
