"""How unusual it is that the categories of a paper stand together."""

import math

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.pagerank import batches

METHOD = (
    "negative pointwise mutual information (Church and Hanks 1990) of the rarest pair among the paper's categories, over papers: "
    "-ln(n(a,b) N / (n(a) n(b))); N papers with a category, n those in a, in b, in both; in nats, 0 is what chance gives, more "
    "is rarer"
)
REASON = "The paper has fewer than two categories"


def atypicality(offsets: npt.NDArray[np.int64], categories: npt.NDArray[np.int32], size: int) -> npt.NDArray[np.float64]:
    """max over pairs {a, b} of a paper's categories of -ln(n(a,b) N / (n(a) n(b))); NaN for fewer than two categories.

    The negative pointwise mutual information (Church and Hanks 1990, "Word association norms, mutual information, and
    lexicography") of the rarest pair, counted over papers, in nats. It is not the commonness of Lee, Walsh and Wang 2015, which
    counts pairs of cited journals among the pairs of one year, nor the z-score of Uzzi et al. 2013 against shuffled networks.
    `categories[offsets[p]:offsets[p + 1]]` are those of paper p, each once, `size` is how many categories there are. The paper
    itself counts, so n(a,b) is never 0.
    """
    papers = len(offsets) - 1
    alone = np.bincount(categories, minlength=size).astype(np.int64)
    with_any = int((np.diff(offsets) > 0).sum())
    pairs, together = _tally(offsets, categories, size)
    rarity = np.array(
        [math.log(int(alone[a] * alone[b]) / (with_any * count)) for a, b, count in _spelled(pairs, together, size)], np.float64
    )
    out = np.full(papers, np.nan)
    for first, last in batches(offsets):
        owner, key = _pairs(offsets, categories, size, first, last)
        if len(owner):
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            out[owner[starts]] = np.maximum.reduceat(rarity[np.searchsorted(pairs, key)], starts)
    return out


def _spelled(pairs: npt.NDArray[np.int64], together: npt.NDArray[np.int64], size: int) -> list[tuple[int, int, int]]:
    return [(key // size, key % size, count) for key, count in zip(pairs.tolist(), together.tolist(), strict=True)]


def _tally(
    offsets: npt.NDArray[np.int64], categories: npt.NDArray[np.int32], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every pair that occurs, as lower * size + higher, ascending, and in how many papers."""
    counts: dict[int, int] = {}
    for first, last in batches(offsets):
        keys, times = np.unique(_pairs(offsets, categories, size, first, last)[1], return_counts=True)
        for key, count in zip(keys.tolist(), times.tolist(), strict=True):
            counts[key] = counts.get(key, 0) + count
    pairs = sorted(counts)
    return np.array(pairs, np.int64), np.array([counts[key] for key in pairs], np.int64)


def _pairs(
    offsets: npt.NDArray[np.int64], categories: npt.NDArray[np.int32], size: int, first: int, last: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(paper, pair) of every pair of categories of some papers, papers ascending."""
    lengths = np.diff(offsets[first : last + 1])
    places = np.arange(offsets[first], offsets[last])
    behind = np.repeat(offsets[first + 1 : last + 1], lengths) - places - 1
    ends = np.cumsum(behind)
    right = np.arange(ends[-1] if len(ends) else 0) + np.repeat(places + 1 - ends + behind, behind)
    one, other = categories[np.repeat(places, behind)].astype(np.int64), categories[right].astype(np.int64)
    owner = np.repeat(np.repeat(np.arange(first, last), lengths), behind)
    return owner, np.minimum(one, other) * size + np.maximum(one, other)
