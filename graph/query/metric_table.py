"""Every measure by name: what works it out for a batch of rows, and what it may cost."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from byline.graph.query import counted, graph_metrics, papers, people
from byline.graph.query.measures import Scope
from byline.graph.query.metric_values import Measured, writes_alike
from byline.graph.store.protocol import Rows, Store

Work = Callable[[Store, Rows, Any, Scope], Awaitable[Any]]


@dataclass(frozen=True)
class MetricReader:
    """How a measure is worked out (of rows, with arguments as understood, in a scope), and how many objects of an answer it
    counts for when the cost of a query is told."""

    work: Work
    cost: float = 1.0


def _stored(read: Callable[[Store, Rows], Awaitable[Any]]) -> MetricReader:
    """A measure of the whole graph: it has neither arguments nor scope."""

    async def work(store: Store, rows: Rows, asked: Any, scope: Scope) -> Any:
        return await read(store, rows)

    return MetricReader(work)


METRICS: dict[str, MetricReader] = {
    "pagerank": _stored(graph_metrics.pagerank),
    "core": _stored(graph_metrics.core),
    "clustering": _stored(graph_metrics.clustered),
    "component": _stored(graph_metrics.component),
    "community": _stored(graph_metrics.community),
    "novelty": MetricReader(papers.novelty),
    "category_atypicality": MetricReader(papers.category_atypicality),
    "normalised_impact": MetricReader(papers.normalised_impact),
    "disruption": MetricReader(papers.cd_index, 50.0),
    "constraint": MetricReader(people.constraint, 100.0),
    "effective_size": MetricReader(people.effective_size, 100.0),
    "self_citation_share": MetricReader(people.self_citation_share, 20.0),
    "mean_team_size": MetricReader(people.mean_team_size, 5.0),
    "trend": MetricReader(people.trend, 50.0),
    "author_citations": MetricReader(counted.author_citations, 5.0),
    "coauthors": MetricReader(counted.coauthors, 5.0),
    "paper_citations": MetricReader(counted.citations),
}


async def work(store: Store, name: str, rows: Rows, asked: Any = None, scope: Scope | None = None) -> Any:
    """The measure of that name for each row."""
    return await METRICS[name].work(store, rows, asked, scope or Scope())


def alike(found: Any) -> bool:
    """Whether both forms of an answer would spell what was worked out alike."""
    return not isinstance(found, Measured) or writes_alike(found.values)
