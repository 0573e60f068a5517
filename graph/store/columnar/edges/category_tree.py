"""The category tree at build: what lies above each category, and who wrote below it."""

from collections.abc import Iterator

import numpy as np

from byline.graph.store.columnar.files.csr import NULL, Csr, Numbers, ends_of
from byline.graph.store.columnar.files.ragged import distinct
from byline.graph.store.protocol import Rows

_CHUNK = 1 << 20


def ancestors(parent: Numbers) -> Csr:
    """Of each category itself and all above it; a circle of parents is walked once."""
    size = max(len(parent), 1)
    below = above = np.arange(len(parent), dtype=np.int32)
    while True:
        higher = parent[above]
        nested = higher != NULL
        wider = distinct(np.concatenate([below, below[nested]]).astype(np.int64), np.concatenate([above, higher[nested]]), size)
        if len(wider[0]) == len(below):
            return Csr(ends_of(np.bincount(below, minlength=len(parent))), above)
        below, above = wider[0].astype(np.int32), wider[1]


def people_of(papers: Csr, authors: Csr, size: int) -> Iterator[Rows]:
    """The people of each list of papers, each once, ascending; `size` is the number of people."""
    flags = np.zeros(size, np.bool_)
    for start, stop in zip(papers.offsets[:-1].tolist(), papers.offsets[1:].tolist(), strict=True):
        if stop - start < size >> 7:
            _, places = authors.gather(papers.targets[start:stop])
            yield np.unique(authors.targets[places])
            continue
        for at in range(start, stop, _CHUNK):
            _, places = authors.gather(papers.targets[at : min(at + _CHUNK, stop)])
            flags[authors.targets[places]] = True
        people = np.flatnonzero(flags)
        flags[people] = False
        yield people.astype(np.int32)
