"""Every metric by name: what works it out for a batch of rows, and what it may cost."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from byline.graph.model import Kind
from byline.graph.query import counted, graph_metrics, metric_costs, paper_sets, papers, people
from byline.graph.query.measures import Scope
from byline.graph.query.metric_costs import Price
from byline.graph.store.protocol import Rows, Store

Work = Callable[[Store, Rows, Any, Scope], Awaitable[Any]]


@dataclass(frozen=True)
class MetricReader:
    """How a metric of nodes of a kind is computed (of rows, with arguments as understood, in a scope), its price, and how many
    objects of an answer one value counts for in the estimate: about the objects that are read for it. One that all kinds with
    papers have is of no kind; it gets that of its rows for arguments."""

    kind: Kind | None
    work: Work
    price: Price = metric_costs.COLUMN
    objects: float = 1.0


def _stored(kind: Kind, read: Callable[[Store, Rows], Awaitable[Any]]) -> MetricReader:
    """A metric of the whole graph: it has neither arguments nor, but for a reason, a scope."""

    async def work(store: Store, rows: Rows, args: Any, scope: Scope) -> Any:
        return graph_metrics.in_scope(await read(store, rows), scope)

    return MetricReader(kind, work)


METRICS: dict[str, MetricReader] = {
    "pagerank": _stored(Kind.PAPER, graph_metrics.pagerank),
    "core": _stored(Kind.AUTHOR, graph_metrics.core),
    "clustering": _stored(Kind.AUTHOR, graph_metrics.clustered),
    "component": _stored(Kind.AUTHOR, graph_metrics.component),
    "community": _stored(Kind.AUTHOR, graph_metrics.community),
    "category_atypicality": _stored(Kind.PAPER, papers.category_atypicality),
    "normalised_impact": _stored(Kind.PAPER, papers.normalised_impact),
    "disruption": MetricReader(Kind.PAPER, papers.cd_index, metric_costs.DISRUPTION, 50.0),
    "constraint": MetricReader(Kind.AUTHOR, people.constraint, metric_costs.BROKERAGE, 100.0),
    "effective_size": MetricReader(Kind.AUTHOR, people.effective_size, metric_costs.BROKERAGE, 100.0),
    "self_citation_share": MetricReader(Kind.AUTHOR, people.self_citation_share, metric_costs.SELF_CITATIONS, 20.0),
    "mean_team_size": MetricReader(Kind.AUTHOR, people.mean_team_size, metric_costs.TEAMS, 5.0),
    "trend": MetricReader(Kind.AUTHOR, people.trend, metric_costs.TREND, 50.0),
    "author_citations": MetricReader(Kind.AUTHOR, counted.author_citations, metric_costs.PEOPLE_COUNTS, 5.0),
    "coauthors": MetricReader(Kind.AUTHOR, counted.coauthors, metric_costs.PEOPLE_COUNTS, 5.0),
    "paper_citations": MetricReader(Kind.PAPER, counted.citations, metric_costs.PAPER_CITATIONS),
    "set_citations": MetricReader(None, paper_sets.citations, metric_costs.PAPER_SETS, 5.0),
    "set_authors": MetricReader(None, paper_sets.authors, metric_costs.AUTHORS_OF_SETS, 5.0),
    "mean_citations": MetricReader(None, paper_sets.mean_citations, metric_costs.PAPER_SETS, 5.0),
    "set_team_size": MetricReader(None, paper_sets.mean_team_size, metric_costs.AUTHORS_OF_SETS, 5.0),
    "set_trend": MetricReader(None, paper_sets.trend, metric_costs.TREND_OF_SETS, 50.0),
}


async def work(
    store: Store, name: str, rows: Rows, args: Any = None, scope: Scope | None = None, kind: Kind | None = None
) -> Any:
    """The metric of that name for each row; `kind` is that of the rows."""
    reader = METRICS[name]
    return await reader.work(store, rows, kind if reader.kind is None else args, scope or Scope())
