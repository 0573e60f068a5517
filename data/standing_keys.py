"""Under which keys of papers names may have stood without an id, whatever records were known at the time."""

import numpy as np

from data.gather import Records
from data.identify.scene import Ints, Longs
from data.identify.versions import MOST


def standing_keys(records: Records, paper: Ints) -> Longs:
    """Pairs of paper and key, as paper << 32 | key, sorted, each once: the first key of each record of a paper, and those of
    the records that have its title. Such a record may have been one with it before a further record showed them to be two.
    """
    own = paper.astype(np.int64) << 32 | records.first
    rows, title = _of_shared_titles(records)
    if not len(rows):
        return np.unique(own)
    keys = np.unique(title << 32 | records.first[rows])
    papers = np.unique(title << 32 | paper[rows])
    bounds = np.searchsorted(keys >> 32, np.arange(int(title.max()) + 2))
    start, stop = bounds[papers >> 32], bounds[(papers >> 32) + 1]
    ends = np.cumsum(stop - start)
    at = np.arange(int(ends[-1])) - np.repeat(ends - (stop - start) - start, stop - start)
    beside = np.repeat((papers & 0xFFFFFFFF) << 32, stop - start) | (keys[at] & 0xFFFFFFFF)
    return np.unique(np.concatenate([own, beside]))


def _of_shared_titles(records: Records) -> tuple[Longs, Longs]:
    """Records whose title is also that of a record with another key, and a number for each title."""
    rows = np.flatnonzero(records.likely)
    ordered = np.sort(records.likeness[rows])
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return rows[:0], rows[:0]
    at = np.minimum(np.searchsorted(twice, records.likeness[rows]), len(twice) - 1)
    kept = twice[at] == records.likeness[rows]
    rows, title = rows[kept], at[kept].astype(np.int64)
    several = np.bincount(np.unique(title << 32 | records.first[rows]) >> 32, minlength=len(twice))
    kept = ((several > 1) & (several <= MOST))[title]
    return rows[kept], title[kept]
