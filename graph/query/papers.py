"""Measures of papers, for a batch of rows at a time, over any store."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.metrics import atypicality, disruption, impact
from byline.graph.metrics.trust import NO_CITATIONS
from byline.graph.model import CITED_BY, OUTSIDE_COUPLED, PAPER_CATEGORIES, REFERENCES, Kind
from byline.graph.query.measures import Scope, out_by
from byline.graph.query.metric_values import Measured, measured
from byline.graph.request import EVERYTHING, Hop, Select
from byline.graph.store.protocol import Ragged, Rows, Store

Places = npt.NDArray[np.int64]
_UNKNOWN = np.iinfo(np.int32).min


async def category_atypicality(store: Store, rows: Rows) -> Measured:
    """Of the rarest pair of categories; the sample is the paper's categories."""
    about = (await store.snapshot()).measures["category_atypicality"]
    (values,) = await store.values(Kind.PAPER, rows, ["category_atypicality"])
    categories = np.diff((await store.expand(Hop(PAPER_CATEGORIES), rows, Select())).offsets).tolist()
    return measured(about.method, values, categories, [False] * len(rows), atypicality.REASON)


async def normalised_impact(store: Store, rows: Rows) -> Measured:
    """Over the mean of its year and primary category; the sample is the papers of these."""
    info = await store.snapshot()
    names = ["normalised_impact", "impact_sample", "year", "primary_category"]
    values, samples, years, categories = await store.values(Kind.PAPER, rows, names)
    reasons = [_impact_reason(*inputs) for inputs in zip(years, categories, samples, strict=True)]
    if not info.citations_known:
        reasons = [NO_CITATIONS] * len(rows)
    lower = info.references_lacking
    return measured(info.measures["normalised_impact"].method, values, samples, [lower] * len(rows), reasons)


def _impact_reason(year: int | None, category: int | None, sample: int) -> str:
    if year is None:
        return impact.NO_YEAR
    if category is None:
        return impact.NO_CATEGORY
    return impact.TOO_FEW if sample < impact.LEAST else impact.NO_CITATIONS


async def cd_index(store: Store, rows: Rows, window: int | None, scope: Scope) -> Measured:
    """Disruption; the sample is the later papers that cite the paper or its references, in a window of years if one is given."""
    years, days = await store.values(Kind.PAPER, rows, ["year", "published_on"])
    outside, citing = await store.columns(Kind.PAPER, rows, ["outside_reference_count", "outside_citation_count"])
    references = await store.expand(Hop(REFERENCES), rows, Select())
    owner = np.repeat(np.arange(len(rows)), np.diff(references.offsets))
    cited = references.rows
    (counts,) = await store.columns(Kind.PAPER, cited, ["citation_count"])
    weight = np.bincount(owner, np.asarray(counts.fill_null(0), np.float64), minlength=len(rows))
    reference_counts = np.bincount(owner, minlength=len(rows)) + np.asarray(outside, np.int64)
    dated = [year is not None or day is not None for year, day in zip(years, days, strict=True)]
    reasons = [_reason(*one) for one in zip(dated, reference_counts.tolist(), weight.tolist(), strict=True)]
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
    lower = (np.asarray(outside, np.int64) > 0) | (np.asarray(citing, np.int64) > 0)
    # Any later paper whose references are not known whole may cite the paper, or what it cites.
    lower |= (await store.snapshot()).counts.get("incomplete_reference_lists", 1) > 0
    return measured(disruption.METHOD, values, samples.tolist(), lower.tolist(), why)


def _reason(dated: bool, reference_count: int, weight: float) -> str | None:
    if not dated:
        return disruption.NO_YEAR
    if not reference_count:
        return disruption.NO_REFERENCES
    return disruption.TOO_MANY if weight > disruption.MOST else None


async def _later(
    store: Store, rows: Rows, owner: Places, cited: Rows, window: int | None, scope: Scope
) -> tuple[npt.NDArray[np.float64], Places]:
    """The index of papers with a date and references: `owner` and `cited` are the two ends of those in the graph. Papers meet in
    works outside the graph as they do in references that are in it."""
    select = Select(out_by(scope.as_of) if scope.as_of else EVERYTHING)
    direct = await store.expand(Hop(CITED_BY), rows, select)
    around = await store.expand(Hop(CITED_BY), cited, select)
    beyond = await store.expand(Hop(OUTSIDE_COUPLED), rows, select)
    size = max((await store.snapshot()).counts["papers"], 1)
    focal = await _dates(store, rows)

    async def keys(lists: Ragged, of: Places) -> Places:
        """Strictly later papers, each with the place of the paper that it is later than."""
        through = of[np.repeat(np.arange(len(of)), np.diff(lists.offsets))]
        other = await _dates(store, lists.rows)
        later = _is_later(other, _Dates(focal.year[through], focal.day[through]), window) & (lists.rows != rows[through])
        later_keys: Places = through[later] * size + lists.rows[later]
        return later_keys

    here = np.arange(len(rows))
    near = np.concatenate([await keys(around, owner), await keys(beyond, here)])
    return disruption.disruption(await keys(direct, here), near, len(rows), size)


@dataclass(frozen=True)
class _Dates:
    """Year and day of papers, _UNKNOWN where they are not known. A known day tells the year where nothing else does."""

    year: Places
    day: Places


async def _dates(store: Store, rows: Rows) -> _Dates:
    year, day = await store.columns(Kind.PAPER, rows, ["year", "published_on"])
    year = pc.coalesce(year, pc.year(day).cast(pa.int32()))
    return _Dates(*(np.asarray(part.cast(pa.int32()).fill_null(_UNKNOWN), np.int64) for part in (year, day)))


def _is_later(other: _Dates, focal: _Dates, window: int | None) -> npt.NDArray[np.bool_]:
    """By day where both are known, else by year; at most `window` years after the year of the focal paper. What has no year
    cannot be told to be later."""
    by_day = (other.day != _UNKNOWN) & (focal.day != _UNKNOWN)
    by_year = (other.year != _UNKNOWN) & (focal.year != _UNKNOWN)
    later: npt.NDArray[np.bool_] = np.where(by_day, other.day > focal.day, by_year & (other.year > focal.year))
    if window is not None:
        later &= by_year & (other.year <= focal.year + window)
    return later
