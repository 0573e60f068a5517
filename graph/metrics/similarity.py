"""How alike two papers are: by the papers that link them, or by the words of their titles."""

import math

import numpy as np
import numpy.typing as npt

CO_CITATION = (
    "co-citation (Small 1973): papers of this graph that cite both, over the root of the product of how many of them cite each "
    "(Salton's cosine)"
)
COUPLING = (
    "bibliographic coupling (Kessler 1963): references that both have, over the root of the product of how many each has "
    "(Salton's cosine); cited works outside this graph count as those in it"
)
TEXT = (
    "cosine of the words of the titles, folded, each once, weighted by ln(N/n), N papers and n of them with the word "
    "(Sparck Jones 1972)"
)
# A paper that leads to more others than this says little of any two of them, and a word in more titles little of any two.
MOST_LINKS, MOST_TITLES = 10_000, 20_000
Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def tallied(keys: Places, counts: Places) -> tuple[Places, Places]:
    """(pair, shared) of every pair of papers that something links: each key once, ascending, and the sum of its counts."""
    pairs, back = np.unique(keys, return_inverse=True)
    return pairs, np.bincount(back, counts, minlength=len(pairs)).astype(np.int64)


def cosine(shared: Places, own: Places, others: Places) -> Floats:
    """Salton's cosine of pairs of papers: shared / sqrt(own * other), of what both have and how much each has."""
    score: Floats = shared / np.sqrt((own * others).astype(np.float64))
    return score


def weight(papers: int, titles: int) -> float:
    """What a word counts that so many of all titles have: ln(N/n) (Sparck Jones 1972)."""
    return math.log(papers / titles)


def best(lists: Places, rows: Places, scores: Floats, first: int) -> Places:
    """The places of the `first` best of each list: highest score first, then by row; lists ascending."""
    order = np.lexsort((rows, -scores, lists))
    ordered = lists[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    places: Places = order[rank < first]
    return places
