"""Co-occurrence: on how many papers two nodes are together, and from which year to which. Full counting: a paper counts 1 for
each pair that is on it, however many are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.deadline import checkpoint

Places = npt.NDArray[np.int64]
# Stands for an unknown year where the earliest is looked for, and where the latest is.
LATE, EARLY = 2**31 - 1, -(2**31)
# Pairs that are written out at once.
_CHUNK = 2_000_000


@dataclass(frozen=True)
class Pairs:
    """Pairs of places that share a paper, the lower place first, in the order of both; `papers` that they share, `first` and
    `last` year of these, LATE and EARLY where none is dated."""

    ends: Places
    papers: Places
    first: Places
    last: Places

    def kept(self, flags: npt.NDArray[np.bool_]) -> "Pairs":
        """Some of them."""
        return Pairs(self.ends[flags], self.papers[flags], self.first[flags], self.last[flags])


def cooccurrence(paper: Places, place: Places, years: Places, known: npt.NDArray[np.bool_], count: int) -> Pairs:
    """The pairs among `count` places. One entry for each place of each paper: `paper` from 0 on, ascending, each `place` once a
    paper; `years` by paper, of those of which it is `known`."""
    ends = np.searchsorted(paper, paper, side="right")
    partners = ends - np.arange(len(paper)) - 1
    written = np.cumsum(partners)
    papers = np.zeros(count * count, np.int64)
    first, last = np.full(count * count, LATE, np.int64), np.full(count * count, EARLY, np.int64)
    start = 0
    while start < len(paper):
        checkpoint()
        before = int(written[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(written, before + _CHUNK, side="right")))
        near = np.repeat(np.arange(start, stop), partners[start:stop])
        begins = np.repeat(written[start:stop] - partners[start:stop] - before, partners[start:stop])
        far = near + 1 + np.arange(len(near)) - begins
        at = np.minimum(place[near], place[far]) * count + np.maximum(place[near], place[far])
        papers += np.bincount(at, minlength=count * count)
        dated = known[paper[near]]
        year = years[paper[near[dated]]]
        np.minimum.at(first, at[dated], year)
        np.maximum.at(last, at[dated], year)
        start = stop
    there = np.flatnonzero(papers)
    return Pairs(np.stack([there // max(count, 1), there % max(count, 1)], axis=1), papers[there], first[there], last[there])
