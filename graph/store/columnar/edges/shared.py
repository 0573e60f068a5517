"""Edges that papers make: who shares papers with whom, how many, since when. Used at build for all rows, then for a window."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import NULL, Numbers, Places, ends_of
from byline.graph.store.columnar.files.pack import bits, pack, unpack
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.protocol import Flags, Rows

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PaperPairs:
    """One entry for each time that a list meets a far end on a paper: the same paper may come twice."""

    groups: Places
    far: Rows
    papers: Rows


def count(meetings: PaperPairs, lists: int, years: Numbers, weights: Weights | None = None) -> Lists:
    """Meetings counted per (list, far end), far ends ascending.

    Beside the rows: paper_count of distinct papers, first_year and last_year over papers of known year, and with
    `weights` (by paper, NaN: unknown) their sum in the order of the papers and uncounted_papers, those without one.
    The order matters: floating-point sums must come out alike in every store.
    """
    groups, far, papers = _sorted(meetings)
    starts = np.flatnonzero(_fresh(groups, far))
    beside: dict[str, npt.NDArray[np.generic]] = {"paper_count": np.diff(np.append(starts, len(far))).astype(np.int32)}
    beside["first_year"], beside["last_year"] = _years(years[papers], starts)
    if weights is not None:
        beside["weight"], beside["uncounted_papers"] = _weights(weights[papers], starts)
    return Lists(ends_of(np.bincount(groups[starts], minlength=lists)), far[starts], beside)


def _sorted(meetings: PaperPairs) -> tuple[Places, Rows, Rows]:
    """(group, far end, paper) of each meeting, sorted, each once: as one packed key where the three fit into it."""
    columns = (meetings.groups, meetings.far, meetings.papers)
    most = [int(column.max(initial=0)) for column in columns]
    if (keys := pack(list(zip(columns, most, strict=True)))) is None:
        order = np.lexsort(tuple(reversed(columns)))
        order = order[_fresh(*(column[order] for column in columns))]
        return meetings.groups[order], meetings.far[order], meetings.papers[order]
    keys.sort()
    keys = keys[_fresh(keys)]
    pairs, papers = unpack(keys, bits(most[2]))
    groups, far = unpack(pairs, bits(most[1]))
    return groups.astype(np.int64), far.astype(np.int32), papers.astype(np.int32)


def _fresh(*columns: npt.NDArray[np.integer]) -> Flags:
    """True where sorted columns differ from the entry before."""
    fresh = np.zeros(len(columns[0]), np.bool_)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return fresh


def _years(years: Numbers, starts: Places) -> tuple[Numbers, Numbers]:
    if not len(starts):
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    last = np.maximum.reduceat(np.where(years == NULL, np.int32(-NULL), years), starts)
    return np.minimum.reduceat(years, starts), np.where(last == -NULL, NULL, last)


def _weights(weights: Weights, starts: Places) -> tuple[Weights, Numbers]:
    bins = np.zeros(len(weights), np.int64)
    bins[starts[1:]] = 1
    bins = np.cumsum(bins)
    unknown = np.isnan(weights)
    total = np.bincount(bins, weights=np.where(unknown, 0.0, weights), minlength=len(starts))
    missing = np.bincount(bins, weights=unknown, minlength=len(starts))
    return total[: len(starts)].astype(np.float64), missing[: len(starts)].astype(np.int32)


def newman(author_count: Numbers, known_authors: Numbers) -> Weights:
    """What a paper adds to the weight between two of its authors: 1/(n-1), NaN where n is not reported.

    Newman 2001, "Scientific collaboration networks. II". n is never less than the number of authors known here.
    """
    n = np.maximum(author_count, known_authors).astype(np.float64)
    with np.errstate(divide="ignore"):
        return np.where(author_count == NULL, np.nan, 1.0 / (n - 1.0))
