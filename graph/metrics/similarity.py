"""How alike two papers are: by the papers that link them, or by the words of their titles."""

import math

import numpy as np
import numpy.typing as npt

CO_CITATION = "co-citation (Small 1973): papers that cite both, over the root of the product of their citations (Salton's cosine)"
COUPLING = (
    "bibliographic coupling (Kessler 1963): references that both have, over the root of the product of how many each has "
    "(Salton's cosine)"
)
TEXT = (
    "cosine of the words of the titles, folded, each once, weighted by ln(N/n), N papers and n of them with the word "
    "(Sparck Jones 1972)"
)
# A paper that leads to more others than this says little of any two of them, and a word in more titles little of any two.
MOST_LINKS, MOST_TITLES = 10_000, 20_000
Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def linked(keys: Places, size: int, own: Places, others: tuple[npt.NDArray[np.int32], Places]) -> tuple[Places, Places, Floats]:
    """(pair, shared, score) of every pair of papers that something links: shared / sqrt(own * other).

    `keys` has list * size + paper once for each link, repeated as often as they share something; `own` is how much each list's
    paper has, `others` every paper that occurs, ascending, and how much it has. Papers that have nothing share nothing.
    """
    pairs, shared = np.unique(keys, return_counts=True)
    papers, has = others
    score = shared / np.sqrt((own[pairs // size] * has[np.searchsorted(papers, pairs % size)]).astype(np.float64))
    return pairs, shared, score


def weight(papers: int, titles: int) -> float:
    """What a word counts that so many of all titles have: ln(N/n) (Sparck Jones 1972)."""
    return math.log(papers / titles)


def best(lists: Places, rows: Places, scores: Floats, first: int) -> Places:
    """The places of the `first` best of each list: highest score first, then by row; lists ascending."""
    order = np.lexsort((rows, -scores, lists))
    ordered = lists[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    found: Places = order[rank < first]
    return found
