"""The measures of the whole graph, read from their columns for a batch of rows, each with how it was made."""

from byline.graph.metrics import clustering
from byline.graph.metrics.graph_metrics import About
from byline.graph.metrics.trust import NO_KNOWN_PAPERS
from byline.graph.model import Kind
from byline.graph.query.measures import Scope
from byline.graph.query.metric_values import Grouped, Measured, measured
from byline.graph.store.protocol import Rows, Store

WHOLE = "Computed for the whole snapshot; cannot be restricted by `years` or `asOf`"


def in_scope(metric: Measured | Grouped, scope: Scope) -> Measured | Grouped:
    """A measure of the whole graph where a scope is asked for: of some years, or of some day, it has no value."""
    if (scope.first_year, scope.last_year, scope.as_of) == (None, None, None):
        return metric
    if isinstance(metric, Measured):
        count = len(metric.values)
        return measured(metric.method, [None] * count, [0] * count, [False] * count, WHOLE)
    nothing = [None] * len(metric.labels)
    return Grouped(metric.method, nothing, nothing, False, [WHOLE] * len(nothing))


async def pagerank(store: Store, rows: Rows) -> Measured:
    """PageRank of papers; the sample is every paper of the graph."""
    info = await store.snapshot()
    about = info.measures["pagerank"]
    (values,) = await store.values(Kind.PAPER, rows, ["pagerank"])
    lower = info.references_lacking
    papers = info.counts["papers"]
    return measured(about.method, values, [papers] * len(rows), [lower] * len(rows), about.reason or "")


async def core(store: Store, rows: Rows) -> Measured:
    """Core number of people; the sample is their coauthors."""
    about, cut = await _about(store, "core")
    values, coauthors = await store.values(Kind.AUTHOR, rows, ["core", "coauthor_count"])
    return measured(about.method, values, coauthors, [cut] * len(rows), about.reason or NO_KNOWN_PAPERS)


async def clustered(store: Store, rows: Rows) -> Measured:
    """Clustering coefficient of people; the sample is their coauthors."""
    about, cut = await _about(store, "clustering")
    values, coauthors, papers = await store.values(Kind.AUTHOR, rows, ["clustering", "coauthor_count", "paper_count"])
    few = [clustering.TOO_FEW if count else NO_KNOWN_PAPERS for count in papers]
    reasons = [why if count < 2 else about.reason or clustering.TOO_MANY for count, why in zip(coauthors, few, strict=True)]
    return measured(about.method, values, coauthors, [cut] * len(rows), reasons)


async def component(store: Store, rows: Rows) -> Grouped:
    """Component of people."""
    return await _group(store, rows, "component")


async def community(store: Store, rows: Rows) -> Grouped:
    """Community of people."""
    return await _group(store, rows, "community")


async def _group(store: Store, rows: Rows, name: str) -> Grouped:
    about, cut = await _about(store, name)
    labels, sizes = await store.values(Kind.AUTHOR, rows, [name, f"{name}_size"])
    reasons = [about.reason or NO_KNOWN_PAPERS if label is None else None for label in labels]
    return Grouped(about.method, labels, sizes, cut, reasons)


async def _about(store: Store, name: str) -> tuple[About, bool]:
    """How a measure of the coauthor graph was made, and whether some author list of the graph is known to be cut."""
    info = await store.snapshot()
    return info.measures[name], info.counts["incomplete_author_lists"] > 0
