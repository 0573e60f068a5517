"""Betweenness of everybody in a small network, for all sources at once."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]


def betweenness(links: npt.NDArray[np.int64], size: int) -> Floats:
    """Freeman's (1977) betweenness of `size` people, between 0 and 1: the share of shortest paths between two others that go
    through a person, over all pairs of others; 0 for fewer than three people. `links` are pairs of places, each once.

    Brandes 2001, "A faster algorithm for betweenness centrality", with one sparse product a step for all sources together.
    Memory is a few times size² numbers, which bounds it to networks of some thousand people.
    """
    if size < 3:
        return np.zeros(size)
    both = np.concatenate([links, links[:, ::-1]])
    matrix = sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))
    steps, ways = _forward(matrix, size)
    return _backward(matrix, steps, ways) / ((size - 1) * (size - 2))


def _forward(matrix: sparse.csr_array, size: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Steps from each source (column) to each person (row), -1 where there is no way, and how many shortest ways there are."""
    steps = np.where(np.eye(size, dtype=np.bool_), 0, -1)
    ways, rim, step = np.eye(size), np.eye(size), 0
    while rim.any():
        step += 1
        rim = (matrix @ rim) * (steps < 0)
        steps[rim > 0] = step
        ways += rim
    return steps, ways


def _backward(matrix: sparse.csr_array, steps: npt.NDArray[np.int64], ways: Floats) -> Floats:
    """What of the paths to farther people goes through each person, added over all sources."""
    through = np.zeros_like(ways)
    for step in range(int(steps.max()), 1, -1):
        passed = np.where(steps == step, (1.0 + through) / np.where(ways > 0, ways, 1.0), 0.0)
        through += np.where(steps == step - 1, ways * (matrix @ passed), 0.0)
    np.fill_diagonal(through, 0.0)
    total: Floats = through.sum(axis=1)
    return total
