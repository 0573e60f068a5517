"""Measures of papers, for a batch of rows at a time, over any store."""

from typing import Any

import numpy as np
import numpy.typing as npt

from graph.metrics import atypicality, disruption, impact
from graph.metrics.trust import NO_CITATIONS
from graph.model import CITED_BY, PAPER_CATEGORIES, REFERENCES, Kind
from graph.query.measured import Measured, measured
from graph.query.measures import Scope, out_by
from graph.store.protocol import Ragged, Rows, Store
from graph.where import EVERYTHING, Hop, Select

Places = npt.NDArray[np.int64]
NOVELTY = "none: this graph works out no novelty of its own"
NO_NOVELTY = "ask for categoryPairAtypicality, which says how it is made; a source's own novelty figure stands under `reported`"
IMPACT_AS_OF = "it is worked out for the whole snapshot, not as of a day"


async def novelty(store: Store, rows: Rows, asked: Any, scope: Scope) -> Measured:
    """Never a value: what sources call novelty is theirs."""
    return measured(NOVELTY, [None] * len(rows), [0] * len(rows), [False] * len(rows), NO_NOVELTY)


async def category_atypicality(store: Store, rows: Rows, asked: Any, scope: Scope) -> Measured:
    """Of the rarest pair of categories; the sample is the paper's categories."""
    about = (await store.snapshot()).measures["category_atypicality"]
    (values,) = await store.values(Kind.PAPER, rows, ["category_atypicality"])
    categories = np.diff((await store.expand(Hop(PAPER_CATEGORIES), rows, Select())).offsets).tolist()
    return measured(about.method, values, categories, [False] * len(rows), atypicality.REASON)


async def normalised_impact(store: Store, rows: Rows, asked: Any, scope: Scope) -> Measured:
    """Over the mean of its year and primary category; the sample is the papers of these."""
    info = await store.snapshot()
    names = ["normalised_impact", "impact_sample", "year", "primary_category"]
    values, samples, years, categories = await store.values(Kind.PAPER, rows, names)
    reasons = [_impact_reason(*known) for known in zip(years, categories, samples, strict=True)]
    if scope.as_of is not None:
        values, reasons = [None] * len(rows), [IMPACT_AS_OF] * len(rows)
    elif not info.counts["citations"]:
        reasons = [NO_CITATIONS] * len(rows)
    lower = info.counts["unresolved_references"] > 0
    return measured(info.measures["normalised_impact"].method, values, samples, [lower] * len(rows), reasons)


def _impact_reason(year: int | None, category: int | None, sample: int) -> str:
    if year is None:
        return impact.NO_YEAR
    if category is None:
        return impact.NO_CATEGORY
    return impact.TOO_FEW if sample < impact.LEAST else impact.NO_CITATIONS


async def cd_index(store: Store, rows: Rows, window: int | None, scope: Scope) -> Measured:
    """Disruption; the sample is the later papers that cite the paper or its references, in a window of years if one is given."""
    years, unresolved = await store.values(Kind.PAPER, rows, ["year", "unresolved_references"])
    references = await store.expand(Hop(REFERENCES), rows, Select())
    owner = np.repeat(np.arange(len(rows)), np.diff(references.offsets))
    kept = references.rows != rows[owner]
    owner, cited = owner[kept], references.rows[kept]
    (counts,) = await store.columns(Kind.PAPER, cited, ["citation_count"])
    weight = np.bincount(owner, np.asarray(counts, np.float64), minlength=len(rows))
    known = np.bincount(owner, minlength=len(rows))
    reasons = [_reason(*one) for one in zip(years, known.tolist(), unresolved, weight.tolist(), strict=True)]
    values, samples = np.full(len(rows), np.nan), np.zeros(len(rows), np.int64)
    worked = np.flatnonzero([reason is None for reason in reasons])
    for part in np.split(worked, np.flatnonzero(np.diff(np.cumsum(weight[worked]) // disruption.MOST)) + 1):
        if not len(part):
            continue
        inside = np.isin(owner, part)
        values[part], samples[part] = await _later(
            store, rows[part], np.searchsorted(part, owner[inside]), cited[inside], window, scope
        )
    why = [reason or disruption.NOTHING_LATER for reason in reasons]
    return measured(disruption.METHOD, values, samples.tolist(), [bool(ids) for ids in unresolved], why)


def _reason(year: int | None, known: int, unresolved: list[str] | None, weight: float) -> str | None:
    if year is None:
        return disruption.NO_YEAR
    if not known:
        return disruption.NONE_HERE if unresolved else disruption.NO_REFERENCES
    return disruption.TOO_MANY if weight > disruption.MOST else None


async def _later(
    store: Store, rows: Rows, owner: Places, cited: Rows, window: int | None, scope: Scope
) -> tuple[npt.NDArray[np.float64], Places]:
    """The index of papers with a year and references: `owner` and `cited` are the two ends of those."""
    select = Select(out_by(scope.as_of) if scope.as_of else EVERYTHING)
    direct = await store.expand(Hop(CITED_BY), rows, select)
    around = await store.expand(Hop(CITED_BY), cited, select)
    size = (await store.snapshot()).counts["papers"]
    (focal,) = await store.columns(Kind.PAPER, rows, ["year"])
    start = np.asarray(focal, np.int64)

    async def keys(found: Ragged, of: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
        """Later papers, those of unknown year included where there is no window; and which of them are of unknown year."""
        (column,) = await store.columns(Kind.PAPER, found.rows, ["year"])
        through = of[np.repeat(np.arange(len(of)), np.diff(found.offsets))]
        year = np.asarray(column.fill_null(-1), np.int64)
        last = start[through] + (window if window is not None else 2**31)
        undated = (year == -1) & (window is None)
        later = (((year >= start[through]) & (year <= last)) | undated) & (found.rows != rows[through])
        return through[later] * max(size, 1) + found.rows[later], undated[later]

    citing, _ = await keys(direct, np.arange(len(rows)))
    # A citing paper of unknown year is later than what it cites; of one that cites references only that cannot be told.
    near, undated = await keys(around, owner)
    near = near[~undated | np.isin(near, citing)]
    return disruption.disruption(citing, near, len(rows), max(size, 1))
