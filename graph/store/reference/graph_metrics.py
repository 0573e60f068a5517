"""The measures of the whole graph by plain loops and by NetworkX, kept as attributes of the nodes."""

import math
from collections import Counter
from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import numpy as np

from byline.graph.metrics.clustering import MOST_COAUTHORS
from byline.graph.metrics.communities import communities
from byline.graph.metrics.graph_metrics import About, account
from byline.graph.metrics.impact import LEAST
from byline.graph.metrics.pagerank import DAMPING, ROUNDS, TOLERANCE, TOTAL
from byline.graph.model import CITED_BY, REFERENCES, Kind
from byline.graph.request import Scalar
from byline.graph.store.reference.walks import Walks

_COMMUNITY = ("community", "community_size")
_COMPONENT = ("component", "component_size")


def add_whole(walks: Walks) -> dict[str, About]:
    """Give every author and paper its measures, after the derived columns; answers how each was made."""
    coauthors = _coauthor_graph(walks)
    there = {author for author in walks.ids[Kind.AUTHOR] if walks.papers(author)}
    _keep(walks, "core", {author: core if author in there else None for author, core in nx.core_number(coauthors).items()})
    _number(walks, _COMPONENT, list(nx.connected_components(coauthors)), there)
    _number(walks, _COMMUNITY, _communities(walks, coauthors), there)
    _keep(walks, "clustering", _clustering(coauthors))
    ranks = _pagerank(walks)
    _keep(walks, "pagerank", ranks)
    _keep(walks, "category_atypicality", _atypicality(walks))
    _impact(walks)
    papers = walks.ids[Kind.PAPER]
    outside = sum(walks.graph.nodes[paper]["outside_citation_count"] for paper in papers)
    return account(sum(len(walks.hop(CITED_BY, paper)) for paper in papers), outside)


def _keep(walks: Walks, name: str, values: Mapping[str, Scalar]) -> None:
    for node, value in values.items():
        walks.graph.nodes[node][name] = value


def _coauthor_graph(walks: Walks) -> nx.Graph:
    """People, joined where they share a paper; `weight` is how many they share."""
    graph = nx.Graph()
    graph.add_nodes_from(walks.ids[Kind.AUTHOR])
    shared = Counter(pair for paper in walks.ids[Kind.PAPER] for pair in combinations(walks.authors(paper), 2))
    graph.add_weighted_edges_from((one, other, count) for (one, other), count in shared.items())
    return graph


def _number(walks: Walks, names: tuple[str, str], groups: list[set[str]], there: set[str]) -> None:
    """Groups counted from 0, the largest first, ties by the earliest id. Who is not `there`, without known papers, is in none."""
    for author in walks.ids[Kind.AUTHOR]:
        walks.graph.nodes[author].update(dict.fromkeys(names))
    ranked = sorted((group for group in groups if group <= there), key=lambda group: (-len(group), min(group)))
    for number, group in enumerate(ranked):
        for author in group:
            walks.graph.nodes[author].update(zip(names, (number, len(group)), strict=True))


def _communities(walks: Walks, coauthors: nx.Graph) -> list[set[str]]:
    """By the same library call as every store: there is no other right answer to compare with."""
    authors = walks.ids[Kind.AUTHOR]
    row = {author: number for number, author in enumerate(authors)}
    lists = [sorted(coauthors[author]) for author in authors]
    offsets = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    targets = np.array([row[other] for others in lists for other in others], np.int32)
    weights = [coauthors[author][other]["weight"] for author, others in zip(authors, lists, strict=True) for other in others]
    groups: dict[int, set[str]] = {}
    for author, label in zip(authors, communities(offsets, targets, np.array(weights, np.int32)).tolist(), strict=True):
        groups.setdefault(label, set()).add(author)
    return list(groups.values())


def _clustering(coauthors: nx.Graph) -> dict[str, float | None]:
    """NetworkX has 0 for people of fewer than two coauthors, where there is nothing to take a share of."""
    eligible = [author for author, degree in coauthors.degree if 2 <= degree <= MOST_COAUTHORS]
    coefficients = nx.clustering(coauthors, eligible)
    return {author: coefficients[author] + 0.0 if author in coefficients else None for author in coauthors}


def _pagerank(walks: Walks) -> dict[str, float | None]:
    """As in graph/metrics/pagerank.py, one paper after the other."""
    papers = walks.ids[Kind.PAPER]
    cites = {paper: [end.node for end in walks.hop(REFERENCES, paper) if end.node != paper] for paper in papers}
    if not any(len(walks.hop(REFERENCES, paper)) for paper in papers):
        return dict.fromkeys(papers)
    rank = dict.fromkeys(papers, TOTAL // len(papers))
    for _ in range(ROUNDS):
        received = dict.fromkeys(papers, 0)
        for paper, cited in cites.items():
            for other in cited:
                received[other] += rank[paper] * DAMPING // (100 * len(cited))
        spread = (TOTAL - sum(received.values())) // len(papers)
        new = {paper: received[paper] + spread for paper in papers}
        change = sum(abs(new[paper] - rank[paper]) for paper in papers)
        rank = new
        if change <= TOLERANCE:
            break
    return {paper: units / TOTAL for paper, units in rank.items()}


def _atypicality(walks: Walks) -> dict[str, float | None]:
    """-ln of the commonness of the rarest pair of categories."""
    listed = {paper: sorted(walks.categories(paper)) for paper in walks.ids[Kind.PAPER]}
    alone = Counter(category for categories in listed.values() for category in categories)
    together = Counter(pair for categories in listed.values() for pair in combinations(categories, 2))
    papers = sum(bool(categories) for categories in listed.values())
    rarity = {(a, b): math.log(alone[a] * alone[b] / (papers * count)) for (a, b), count in together.items()}
    return {
        paper: max((rarity[pair] for pair in combinations(categories, 2)), default=None) for paper, categories in listed.items()
    }


def _impact(walks: Walks) -> None:
    """Citations over the mean of the papers of the same year and primary category."""
    nodes = walks.graph.nodes
    cells: dict[tuple[int, int], list[str]] = {}
    for paper in walks.ids[Kind.PAPER]:
        nodes[paper].update(normalised_impact=None, impact_sample=0)
        cell = (nodes[paper]["year"], nodes[paper]["primary_category"])
        if None not in cell:
            cells.setdefault(cell, []).append(paper)
    for papers in cells.values():
        cited = sum(nodes[paper]["citation_count"] or 0 for paper in papers)
        for paper in papers:
            nodes[paper]["impact_sample"] = len(papers)
            if len(papers) >= LEAST and cited:
                nodes[paper]["normalised_impact"] = nodes[paper]["citation_count"] * len(papers) / cited
