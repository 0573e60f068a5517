"""Core numbers of the coauthor graph."""

import numpy as np
import numpy.typing as npt

METHOD = (
    "core number (Seidman 1983) in the coauthor graph: the largest k such that the person belongs to a group in which everybody "
    "has at least k coauthors within it"
)
_BATCH = 4_000_000


def core_numbers(offsets: npt.NDArray[np.int64], targets: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The core number of each of n nodes of an undirected graph without self-loops (Seidman 1983; peeled as Batagelj and
    Zaversnik 2003 do, a whole layer at a time).

    `targets[offsets[i]:offsets[i + 1]]` are the neighbours of i, both directions of every edge there. A node without
    neighbours has 0.
    """
    degree = np.diff(offsets)
    core = np.zeros(len(degree), np.int32)
    gone = degree == 0
    left = np.flatnonzero(~gone)
    level = 0
    while len(left):
        level = max(level, int(degree[left].min()))
        layer = left[degree[left] <= level]
        while len(layer):
            core[layer], gone[layer] = level, True
            layer = _freed(offsets, targets, layer, degree, gone, level)
        left = left[~gone[left]]
    return core


def _freed(
    offsets: npt.NDArray[np.int64],
    targets: npt.NDArray[np.int32],
    layer: npt.NDArray[np.int64],
    degree: npt.NDArray[np.int64],
    gone: npt.NDArray[np.bool_],
    level: int,
) -> npt.NDArray[np.int64]:
    """Take a layer's edges away; answers those that fall to the level by it."""
    touched = [np.zeros(0, np.int64)]
    lengths = offsets[layer + 1] - offsets[layer]
    for part in np.split(layer, np.flatnonzero(np.diff(np.cumsum(lengths) // _BATCH)) + 1):
        sizes = offsets[part + 1] - offsets[part]
        starts = np.cumsum(sizes) - sizes
        far = targets[np.arange(int(sizes.sum())) + np.repeat(offsets[part] - starts, sizes)]
        near, times = np.unique(far[~gone[far]], return_counts=True)
        degree[near] -= times
        touched.append(near.astype(np.int64))
    reached = np.unique(np.concatenate(touched))
    return reached[degree[reached] <= level]
