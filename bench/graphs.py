"""A made-up scholarly graph, heavy-tailed as real ones are: few people write much, old papers are cited most.

Nodes are numbered in the order of their public ids, by which Byline breaks ties, so that every peer can break them alike by
number. Popularity has nothing to do with that order.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.ids import public_id
from byline.graph.model import Kind

Numbers = npt.NDArray[np.int64]

CATEGORIES = 40
MOST_AUTHORS = 30
CITATIONS_A_PAPER = 10
YEARS = (1990, 2026)
SCHEME = "bench"


@dataclass(frozen=True)
class Graph:
    """Links as pairs of numbers, sorted and each once; `place`, `category` and `year` have one entry a node.

    `label[kind][number]` is the number under which a node was made and that its name shows; `ids[kind][number]` its public id.
    """

    wrote: tuple[Numbers, Numbers]
    cites: tuple[Numbers, Numbers]
    place: Numbers
    category: Numbers
    year: Numbers
    institutions: int
    label: dict[Kind, Numbers]
    ids: dict[Kind, list[str]]

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self.year)

    @property
    def authors(self) -> int:
        """How many authors there are."""
        return len(self.place)

    def papers_of(self) -> Numbers:
        """How many papers each author has."""
        return np.bincount(self.wrote[1], minlength=self.authors)

    def citations_of(self) -> Numbers:
        """How many papers cite each paper."""
        return np.bincount(self.cites[1], minlength=self.papers)


def external(kind: Kind, label: int) -> str:
    """The id that the made-up source gives to a node."""
    return f"{SCHEME}:{'p' if kind is Kind.PAPER else 'a'}{label}"


def generate(papers: int, authors: int, seed: int) -> Graph:
    """The graph of a seed: the same on every machine with this version of numpy."""
    rng = np.random.default_rng(seed)
    institutions = max(50, papers // 500)
    label, ids = {}, {}
    for kind, count in ((Kind.PAPER, papers), (Kind.AUTHOR, authors)):
        named = [public_id(kind, external(kind, each)) for each in range(count)]
        label[kind] = np.array(sorted(range(count), key=named.__getitem__), np.int64)
        ids[kind] = [named[each] for each in label[kind].tolist()]
    return Graph(
        wrote=_authorships(rng, papers, authors),
        cites=_citations(rng, papers),
        place=rng.integers(0, institutions, authors),
        category=rng.integers(0, CATEGORIES, papers),
        year=rng.integers(*YEARS, papers, endpoint=True),
        institutions=institutions,
        label=label,
        ids=ids,
    )


def _authorships(rng: np.random.Generator, papers: int, authors: int) -> tuple[Numbers, Numbers]:
    """Four authors a paper on average, each drawn by rank with a density that falls with rank^-0.55."""
    sizes = np.minimum(rng.geometric(0.25, papers), MOST_AUTHORS)
    ranks = (authors * rng.power(0.45, sizes.sum())).astype(np.int64)
    people = rng.permutation(authors)[ranks]
    return _distinct(np.repeat(np.arange(papers), sizes), people, authors)


def _citations(rng: np.random.Generator, papers: int) -> tuple[Numbers, Numbers]:
    """Ten citations a paper on average, each of an earlier paper; the earliest ones get the most."""
    citing = rng.integers(1, papers, papers * CITATIONS_A_PAPER)
    cited = (citing * rng.power(0.7, len(citing))).astype(np.int64)
    number = rng.permutation(papers)
    return _distinct(number[citing], number[cited], papers)


def _distinct(left: Numbers, right: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Pairs sorted, each once; `size` bounds the right-hand numbers."""
    pairs = np.unique(left * size + right)
    return pairs // size, pairs % size
