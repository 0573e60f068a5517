"""What `bench/prices.py` asks: every kind of question whose work is not that of its answer, for one node and for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph.model import Kind


@dataclass(frozen=True)
class QueryFamily:
    """A query; `$i`, `$j` are ids and `$l` is a list of so many, of a kind."""

    name: str
    text: str
    kind: Kind = Kind.AUTHOR
    many: int = 1

    def variables(self, ids: Mapping[Kind, Sequence[str]], turn: int) -> dict[str, Any]:
        """Other ids each turn."""
        pool = ids[self.kind]
        some = [pool[(turn * self.many + at) % len(pool)] for at in range(max(2, self.many))]
        return {name: value for name, value in (("i", some[0]), ("j", some[1]), ("l", some)) if f"${name}" in self.text}


def _of_people(name: str, member: str, sizes: Sequence[int] = (1, 20, 100)) -> list[QueryFamily]:
    return [
        QueryFamily(f"{name}, {n}", f"query ($l: [ID!]!) {{ nodes(ids: $l) {{ ... on Author {{ {member} }} }} }}", many=n)
        for n in sizes
    ]


def _of_papers(name: str, member: str, sizes: Sequence[int] = (1, 20, 100)) -> list[QueryFamily]:
    text = f"query ($l: [ID!]!) {{ nodes(ids: $l) {{ ... on Paper {{ {member} }} }} }}"
    return [QueryFamily(f"{name}, {n}", text, Kind.PAPER, n) for n in sizes]


def _path(name: str, arguments: str, shown: str) -> QueryFamily:
    return QueryFamily(
        name, f"query ($i: ID!, $j: ID!) {{ collaborationPath(from: {{id: $i}}, to: {{id: $j}}{arguments}) {{ {shown} }} }}"
    )


_PATHS = [
    _path("a path, its length", "", "distance"),
    _path("a path with its papers", "", "distance paths { nodes { authors { name } hops { papers { nodes { title } } } } }"),
    _path("5 paths", "", "paths(first: 5) { nodes { authors { name } } }"),
    _path("20 paths", "", "paths(first: 20) { nodes { authors { name } } }"),
    _path("a path by strength", ", weighted: true", "paths { nodes { authors { name } } }"),
    _path("20 paths by strength", ", weighted: true", "paths(first: 20) { nodes { authors { name } } }"),
    _path("a path in some years", ", years: {from: 2010, to: 2014}", "paths { nodes { authors { name } } }"),
]
_MATRICES = [
    *[
        QueryFamily(f"matrix of {n} institutions", f"{{ institutionMatrix(first: {n}) {{ values }} }}", Kind.INSTITUTION)
        for n in (5, 20, 100)
    ],
    QueryFamily("matrix shared out", "{ institutionMatrix(first: 20, counting: FRACTIONAL) { values } }", Kind.INSTITUTION),
    *[
        QueryFamily(f"matrix of {n} categories", f"{{ categoryMatrix(first: {n}) {{ values }} }}", Kind.CATEGORY)
        for n in (5, 20, 100)
    ],
    QueryFamily("matrix of 20 countries", "{ countryMatrix(first: 20) { values } }", Kind.INSTITUTION),
    QueryFamily("matrix of 5 given ones", "query ($l: [ID!]) { institutionMatrix(ids: $l) { values } }", Kind.INSTITUTION, 5),
    QueryFamily("matrix in some years", "{ categoryMatrix(first: 20, years: {from: 2010, to: 2012}) { values } }", Kind.CATEGORY),
]
_METRICS = [
    *_of_people("constraint", "metrics { constraint { value } }"),
    *_of_people("effective size", "metrics { effectiveSize { value } }"),
    *_of_people("self-citations", "metrics { selfCitationShare { value } }"),
    *_of_people("mean team", "metrics { meanTeamSize { value } }"),
    *_of_people("trend", "metrics { trend { year paperCount citationCount } }"),
    *_of_people("h-index in some years", "metrics(years: {from: 2010}) { hIndex { value } }"),
    *_of_people("citations in some years", "metrics(years: {from: 2010}) { citationCount }"),
    *_of_people("coauthors in some years", "metrics(years: {from: 2010}) { coauthorCount }"),
    *_of_people("h-index as of a day", 'metrics(asOf: "2015-01-01") { hIndex { value } }'),
    *_of_people("papers by year", "metrics { byYear { year count } }"),
    *_of_papers("disruption", "metrics { disruption { value } }"),
    *_of_papers("atypicality", "metrics { categoryPairAtypicality { value } }"),
    *_of_papers("impact", "metrics { corpusNormalisedImpact { value } }"),
    *_of_papers("citations as of a day", 'metrics(asOf: "2015-01-01") { citationCount }'),
]
_SIMILAR = [
    asked
    for by, name in (("CO_CITATION", "cited together"), ("BIBLIOGRAPHIC_COUPLING", "citing the same"), ("TEXT", "alike in words"))
    for asked in _of_papers(
        f"papers {name}", f"similarPapers(method: {by}, first: 10) {{ edges {{ score }} nodes {{ title }} }}", (1, 20)
    )
]
FAMILIES = [*_PATHS, *_MATRICES, *_METRICS, *_SIMILAR]
