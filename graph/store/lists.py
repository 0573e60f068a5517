"""Lists laid end to end: where each begins, and back to Python lists."""

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt


def offsets(lengths: list[int]) -> npt.NDArray[np.int64]:
    """Where each list begins, and where the last one ends."""
    return np.array([0, *accumulate(lengths)], np.int64)


def split(bounds: npt.NDArray[np.int64], flat: list[Any]) -> list[list[Any]]:
    """The lists that begin and end where the offsets say."""
    return [flat[start:stop] for start, stop in pairwise(bounds.tolist())]
