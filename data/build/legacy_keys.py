"""Under which keys of papers names may have stood without an id, whatever records were known at the time."""

import numpy as np

from byline.data.ragged import Ints, Longs
from byline.data.segments.load import Records
from byline.data.segments.titles import shared_titles


def standing_keys(records: Records, paper: Ints) -> Longs:
    """Pairs of paper and key, as paper << 32 | key, sorted, each once: the first key of each record of a paper, and those of
    the records that have its title. Such a record may have been one with it before a further record showed them to be two.
    """
    own = paper.astype(np.int64) << 32 | records.first
    rows, title = shared_titles(records, lambda of: records.first[of])
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
