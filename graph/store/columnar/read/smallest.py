"""The first entries of long lists, told without sorting the lists."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import Places
from byline.graph.store.columnar.files.orders import Keys
from byline.graph.store.protocol import Offsets

# Lists are searched one by one where they hold so many times what is wanted of them, and at least so many entries on average;
# one list alone, which is sorted without keys that tell it from others, only from more of them on.
_TIMES, _LEAST, _ALONE = 4, 256, 1500


def worth(offsets: Offsets, wanted: int) -> bool:
    """Whether telling the `wanted` first entries of each list is quicker than sorting the lists."""
    least = _ALONE if len(offsets) == 2 else _LEAST
    return int(offsets[-1]) > (len(offsets) - 1) * max(_TIMES * wanted, least)


def of_each(keys: list[Keys], offsets: Offsets, wanted: int) -> Places:
    """The places of the `wanted` smallest entries of each list, list by list, else in no order; of equal ones the first."""
    places = [np.zeros(0, np.int64)]
    for start, stop in pairwise(offsets.tolist()):
        if stop - start <= wanted:
            places.append(np.arange(start, stop))
        else:
            places.append(start + smallest([key[start:stop] for key in keys], None, stop - start, wanted))
    return np.concatenate(places)


def smallest(keys: list[Keys], left: Places | None, size: int, wanted: int) -> Places:
    """The places of the `wanted` smallest entries by their keys, the first key most significant; equal ones by place."""
    sure: list[npt.NDArray[np.int64]] = []
    for key in keys:
        values = key if left is None else key[left]
        if values.dtype.kind == "f":
            # Unknown ones come last, and equal each other.
            values = np.where(np.isnan(values), np.inf, values)
        if len(values) <= wanted:
            break
        bound = np.partition(values, wanted - 1)[wanted - 1]
        places = np.arange(size) if left is None else left
        sure.append(places[values < bound])
        wanted -= len(sure[-1])
        left = places[values == bound]
    places = np.arange(size) if left is None else left
    return np.concatenate([*sure, places[:wanted]])
