"""Who goes with whom on papers: a square matrix of full or fractional counts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

FULL = "full counting: a paper counts 1 for each pair that is on it, and 1 on the diagonal for each that is on it"
FRACTIONAL = (
    "fractional counting as the product of shares (the normalised matrix of Batagelj and Cerinšek 2013): the shares of a paper "
    "sum to 1, a pair gets the product of its two shares, and the diagonal the square of one; what is not known keeps a share of "
    "its own, so that all cells of a paper sum to 1"
)
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """`values` between the chosen ones; of each of them `others`, with all that were not chosen, and `unknown`; `rest` is what
    lies between others and unknown. Counted fractionally all of it (others and unknown on both sides) sums to the papers."""

    values: Floats
    others: Floats
    unknown: Floats
    rest: float
    papers: int


def fractional(paper: Places, place: Places, share: Floats, papers: int, chosen: int) -> Cells:
    """M = sum over papers of s sᵀ, s the shares of a paper over the chosen ones, all others and the unknown: each s sums to 1.

    Batagelj and Cerinšek 2013, "On bibliographic networks": NᵀN of the normalised two-mode network N. The fractional counting
    of Perianes-Rodriguez, Waltman and van Eck 2016 is another one: a paper of n gives each pair 1/(n - 1), and has no diagonal.

    One entry for each share: `paper` from 0 on, ascending, `place` 0 to `chosen` - 1, `chosen` for others, `chosen` + 1 for
    unknown. Added in the order of the papers.
    """
    width = chosen + 2
    entries, at = np.unique(paper * width + place, return_inverse=True)
    return _cells(
        np.round(_product(entries, np.bincount(at, share).astype(np.float64, copy=False), papers, width), 9), chosen, papers
    )


def full(paper: Places, place: Places, papers: int, chosen: int) -> Cells:
    """Papers on which both are, and on the diagonal papers on which one is: the same with 1 for every share."""
    width = chosen + 2
    entries = distinct(paper * width + place)
    return _cells(_product(entries, np.ones(len(entries)), papers, width), chosen, papers)


def empty(chosen: int) -> Cells:
    """The cells of no papers."""
    return _cells(np.zeros((chosen + 2, chosen + 2)), chosen, 0)


def distinct(numbers: npt.NDArray[np.signedinteger]) -> Places:
    """What `np.unique` gives of natural numbers. Sorting them is several times as fast as its table, the more so where they are
    nearly in order."""
    ordered = np.sort(numbers, kind="stable")
    return ordered[np.diff(ordered, prepend=-1) > 0].astype(np.int64, copy=False)


def _product(entries: Places, shares: Floats, papers: int, width: int) -> Floats:
    """SᵀS of a matrix of so many papers by `width`, of which `entries` are given, row by row. A paper has few entries, whatever
    the width: one that holds them all would take a hundred times as much memory."""
    offsets = np.searchsorted(entries, np.arange(papers + 1) * width)
    each = csr_array((shares, entries % width, offsets), shape=(papers, width))
    total: Floats = (each.T @ each).toarray()
    return total


def _cells(total: Floats, chosen: int, papers: int) -> Cells:
    rest = float(total[chosen:, chosen:].sum())
    return Cells(total[:chosen, :chosen], total[:chosen, chosen], total[:chosen, chosen + 1], round(rest, 9), papers)
