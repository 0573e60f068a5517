"""The path of fewest steps: two circles grow towards each other, then the best path through where they meet."""

import numpy as np
import numpy.typing as npt

from graph.metrics.links import Lengths
from graph.store.columnar.lists import once
from graph.store.columnar.search import Search
from graph.store.protocol import Rows

Marks = npt.NDArray[np.int32]


def fewest_steps(search: Search, left: int, right: int) -> list[int] | None:
    """The first path by steps, then by length, then by rows; None where there is none. Raises Spent."""
    # One mark a person and side: 0 not seen, else 1 + steps. Pages of zeros cost nothing until somebody on them is seen.
    marks = [np.zeros(search.near.size, np.int32) for _ in range(2)]
    met = _grow(search, marks, left, right)
    if met is None:
        return None
    rows, steps = met
    return _first(search, _layers(search, marks, rows, steps), left)


def _grow(search: Search, marks: list[Marks], left: int, right: int) -> tuple[Rows, tuple[int, int]] | None:
    """Where the circles meet, and how many steps that is from either side."""
    rims = [np.array([end], np.int32) for end in (left, right)]
    steps, looked_at = [0, 0], 2
    for side, end in enumerate((left, right)):
        marks[side][list(search.closed)] = -1
        marks[side][end] = 1
    while True:
        side = 0 if len(rims[0]) <= len(rims[1]) else 1
        mine, theirs = marks[side], marks[1 - side]
        steps[side] += 1
        rims[side] = _once(search.far(rims[side]), mine, steps[side] + 1)
        met = rims[side][theirs[rims[side]] > 0]
        if len(met):
            return met, (steps[0], steps[1])
        if not len(rims[side]):
            return None
        looked_at += len(rims[side])
        search.spend(looked_at)


def _once(far: Rows, marks: Marks, mark: int) -> Rows:
    """Those who were not seen before, each once, ascending; they are marked."""
    new = far[marks[far] == 0]
    marks[new] = mark
    # Sorting a few is cheaper than looking at everybody, and the other way round.
    return once(new) if len(new) < len(marks) >> 4 else np.flatnonzero(marks == mark).astype(np.int32)


def _layers(search: Search, marks: list[Marks], met: Rows, steps: tuple[int, int]) -> list[Rows]:
    """The people of all shortest paths, by their place on them."""
    sides = []
    for side in (0, 1):
        layers = [np.sort(met)]
        for left_over in range(steps[side] - 1, -1, -1):
            far = search.far(layers[-1])
            layers.append(once(far[marks[side][far] == left_over + 1]))
        sides.append(layers)
    return [*reversed(sides[0]), *sides[1][1:]]


def _first(search: Search, layers: list[Rows], left: int) -> list[int]:
    """The shortest by length of these paths, the first by rows among equals."""
    onward = _onward(search, layers)
    path = [left]
    for place, layer in enumerate(layers[:-1]):
        _, far, lengths = _inside(search, np.array([path[-1]], np.int32), layers[place + 1])
        rest = lengths + onward[place + 1][np.searchsorted(layers[place + 1], far)]
        best = onward[place][np.searchsorted(layer, path[-1])]
        path.append(int(far[rest == best].min()))
    return path


def _onward(search: Search, layers: list[Rows]) -> list[Lengths]:
    """The least length from each person of each layer to the end."""
    onward = [np.zeros(len(layers[-1]), np.int64)]
    for near, far_layer in zip(reversed(layers[:-1]), reversed(layers[1:]), strict=True):
        through, far, lengths = _inside(search, near, far_layer)
        rest = lengths + onward[-1][np.searchsorted(far_layer, far)]
        # Everybody of a layer has a step to the next one, and steps lie by person.
        starts = np.flatnonzero(np.diff(through, prepend=-1))
        onward.append(np.minimum.reduceat(rest, starts))
    return onward[::-1]


def _inside(search: Search, rows: Rows, layer: Rows) -> tuple[Rows, Rows, Lengths]:
    """The steps from some people to those of a layer."""
    through, far, lengths = search.steps(rows)
    places = np.searchsorted(layer, far)
    places[places == len(layer)] = 0
    kept = layer[places] == far
    return through[kept], far[kept], lengths[kept]
