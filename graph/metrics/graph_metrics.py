"""The measures of the whole graph, worked out once when a snapshot is built: the columns that hold each, and how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from byline.graph.metrics import atypicality, clustering, communities, components, cores, impact, pagerank
from byline.graph.metrics.trust import NO_CITATIONS


@dataclass(frozen=True)
class About:
    """How a measure was worked out, with its parameters; `reason` says why this snapshot has none of it."""

    method: str
    reason: str | None = None


METHODS = {
    "pagerank": pagerank.METHOD,
    "core": cores.METHOD,
    "component": components.METHOD,
    "community": communities.METHOD,
    "clustering": clustering.METHOD,
    "category_atypicality": atypicality.METHOD,
    "normalised_impact": impact.METHOD,
}


# Measures that look through all pairs of coauthors.
PAIRED = ("core", "community", "clustering")


def too_many_pairs(most: int) -> str:
    """Why a graph of more pairs of coauthors than that has none of the measures that look through them."""
    return f"the coauthor graph has more than {most} pairs, too many to look through"


def account(citations: int, outside: int = 0, absent: Mapping[str, str] | None = None) -> dict[str, About]:
    """What a snapshot says about each measure: without citations some have no value, and some were too much to work out:
    `absent`, with the reason of each.

    `citations` are those among papers of the graph, `outside` those by works outside of it, which have no PageRank to give.
    """
    reasons = {
        "pagerank": None if citations else pagerank.NO_LINKS if outside else NO_CITATIONS,
        "normalised_impact": None if citations + outside else NO_CITATIONS,
        **(absent or {}),
    }
    return {name: About(method, reasons.get(name)) for name, method in METHODS.items()}
