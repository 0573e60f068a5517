"""Papers by the words of their titles: which titles have a word, and how long each title is as a vector of words."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.metrics.similarity import MOST_TITLES, best, weight
from graph.model import Kind
from graph.store.columnar.csr import Csr, ends_of
from graph.store.columnar.disk import Disk
from graph.store.columnar.hashing import hashed_all
from graph.store.columnar.pairs import EdgeFiles, Pairs, Piece, laid
from graph.store.columnar.snapshot import Snapshot
from graph.store.columnar.texts import pieces, text_bytes
from graph.store.protocol import Rows, Scores
from graph.text import words

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


def write_titles(titles: pa.ChunkedArray, disk: Disk) -> None:
    """Write which titles have a word, for words of 2 to MOST_TITLES titles, and the norm of each title. Titles are read twice."""
    vocabulary, counts = _vocabulary(titles)
    papers = len(titles)
    kept = (counts >= 2) & (counts <= MOST_TITLES)
    number = np.cumsum(kept) - 1
    disk.save("titles.hash", vocabulary[kept])
    weights = _weights(papers, counts)
    norms = [np.zeros(0)]
    for _, lists, found in _hashed(titles):
        places = np.searchsorted(vocabulary, found.words)
        norms.append(np.sqrt(np.bincount(found.lists, weights[places] * weights[places], minlength=lists)))
    disk.save("titles.norm", np.concatenate(norms))

    def pairs() -> Iterator[Piece]:
        for start, _, found in _hashed(titles):
            places = np.searchsorted(vocabulary, found.words)
            there = kept[places]
            yield number[places[there]], start + found.lists[there]

    files = EdgeFiles(disk, "title_words")
    for part in laid(Pairs(int(kept.sum()), max(papers - 1, 0), pairs), disk.entries):
        files.append(part.lengths, part.keys.astype(np.int32))
    files.close()


@dataclass(frozen=True)
class _Words:
    """The different words of some titles: the title and the hash of each, by title, then by hash."""

    lists: Counts
    words: Hashes


def _of(titles: list[str]) -> _Words:
    each = [words(title) for title in titles]
    offsets, data = text_bytes(pa.array([word for one in each for word in one], pa.large_string()))
    hashes = hashed_all(offsets, data)
    owner = np.repeat(np.arange(len(each)), [len(one) for one in each])
    order = np.lexsort((hashes, owner))
    owner, hashes = owner[order], hashes[order]
    fresh = np.ones(len(owner), np.bool_)
    fresh[1:] = (owner[1:] != owner[:-1]) | (hashes[1:] != hashes[:-1])
    return _Words(owner[fresh], hashes[fresh])


def _hashed(titles: pa.ChunkedArray) -> Iterator[tuple[int, int, _Words]]:
    start = 0
    for piece in pieces(titles):
        yield start, len(piece), _of(piece.to_pylist())
        start += len(piece)


def _vocabulary(titles: pa.ChunkedArray) -> tuple[Hashes, Counts]:
    """Every word, by hash, and how many titles have it."""
    known, counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    for _, _, found in _hashed(titles):
        fresh, times = np.unique(found.words, return_counts=True)
        merged, back = np.unique(np.concatenate([known, fresh]), return_inverse=True)
        total = np.zeros(len(merged), np.int64)
        np.add.at(total, back, np.concatenate([counts, times]))
        known, counts = merged, total
    return known, counts


def _weights(papers: int, counts: Counts) -> npt.NDArray[np.float64]:
    """The weight of each word; 0 for those in more titles than tell anything."""
    values, back = np.unique(counts, return_inverse=True)
    table = [weight(papers, int(count)) if count <= MOST_TITLES else 0.0 for count in values]
    found: npt.NDArray[np.float64] = np.array(table, np.float64)[back]
    return found


def alike(snapshot: Snapshot, rows: Rows, first: int) -> Scores:
    """The papers whose titles are most alike to those of the rows: see the protocol."""
    titles = snapshot.reader(Kind.PAPER, "title").few(rows.tolist())
    known, csr, norm = snapshot.arrays["titles.hash"], snapshot.csr["title_words"], snapshot.arrays["titles.norm"]
    found = _of(titles)
    places = np.searchsorted(known, found.words)
    there = np.flatnonzero(known[np.minimum(places, len(known) - 1)] == found.words) if len(known) else np.zeros(0, np.int64)
    lists, own = found.lists[there], places[there].astype(np.int64)
    parts = [_near(csr, norm, row, own[lists == which]) for which, row in enumerate(rows.tolist())]
    lengths = [len(part[0]) for part in parts]
    others = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    scores = np.concatenate([np.zeros(0), *(part[1] for part in parts)])
    owner = np.repeat(np.arange(len(rows)), lengths)
    kept = best(owner, others, scores, first)
    offsets = ends_of(np.bincount(owner[kept], minlength=len(rows)))
    return Scores(offsets, others[kept].astype(np.int32), scores[kept])


def _near(csr: Csr, norm: npt.NDArray[np.float64], row: int, own: Counts) -> tuple[Counts, npt.NDArray[np.float64]]:
    """Every other paper with a word of one title, and how alike the two are. Weights add up in the order of the words."""
    offsets, at = csr.gather(own.astype(np.int32))
    squares = np.array([weight(len(norm), int(count)) for count in np.diff(offsets)], np.float64)
    squares *= squares
    papers, place = np.unique(csr.targets[at], return_inverse=True)
    dots = np.bincount(place, np.repeat(squares, np.diff(offsets)), minlength=len(papers))
    other = papers != row
    other &= dots > 0
    return papers[other].astype(np.int64), dots[other] / (norm[row] * norm[papers[other]])
