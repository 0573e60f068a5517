"""The measures of the whole graph, worked out once when a snapshot is built: the columns that hold each, and how it is made."""

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


def account(citations: int, outside: int = 0, clustered: bool = True, in_communities: bool = True) -> dict[str, About]:
    """What a snapshot says about each measure: without citations some have no value, and some were too much to work out.

    `citations` are those among papers of the graph, `outside` those by works outside of it, which have no PageRank to give.
    """
    reasons = {
        "pagerank": None if citations else pagerank.NO_LINKS if outside else NO_CITATIONS,
        "normalised_impact": None if citations + outside else NO_CITATIONS,
        "clustering": None if clustered else clustering.REASON,
        "community": None if in_communities else communities.REASON,
    }
    return {name: About(method, reasons.get(name)) for name, method in METHODS.items()}
