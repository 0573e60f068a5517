"""Papers by the words of their titles: which titles have a word, and how long each title is as a vector of words."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.metrics.similarity import MOST_TITLES, best, weight
from byline.graph.model import Kind
from byline.graph.store.columnar.edges.pair_lists import EdgeFiles, Pairs, Piece, laid
from byline.graph.store.columnar.files.csr import Csr, ends_of
from byline.graph.store.columnar.files.disk import ArrayFile, Disk
from byline.graph.store.columnar.files.texts import mapped, pieces, text_bytes
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.hashing import hashed_all
from byline.graph.store.protocol import Rows, Scores
from byline.graph.text import words

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


def write_titles(titles: pa.ChunkedArray, disk: Disk) -> None:
    """Write which titles have a word, for words of 2 to MOST_TITLES titles, and the norm of each title."""
    with tempfile.TemporaryFile(dir=disk.folder) as file:
        read = _read(titles, file)
    vocabulary, counts = _vocabulary(read)
    shared = (counts >= 2) & (counts <= MOST_TITLES)
    number = np.cumsum(shared) - 1
    disk.save("titles.hash", vocabulary[shared])
    _write_norms(read, vocabulary, _weights(len(titles), counts), disk)

    def pairs() -> Iterator[Piece]:
        for start, title_words in read:
            places = np.searchsorted(vocabulary, title_words.words)
            there = shared[places]
            yield number[places[there]], start + title_words.lists[there]

    files = EdgeFiles(disk, "title_words")
    for part in laid(Pairs(int(shared.sum()), max(len(titles) - 1, 0), pairs), disk.entries):
        files.append(part.lengths, part.keys.astype(np.int32))
    files.close()


def _write_norms(read: "_Read", vocabulary: Hashes, weights: npt.NDArray[np.float64], disk: Disk) -> None:
    file = ArrayFile(disk, "titles.norm", np.float64)
    for (_, title_words), lengths in zip(read, read.lengths, strict=True):
        squares = weights[np.searchsorted(vocabulary, title_words.words)] ** 2
        file.append(np.sqrt(np.bincount(title_words.lists, squares, minlength=len(lengths))))
    file.close()


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


@dataclass(frozen=True)
class _Read:
    """The words of all titles, read once: how many each title has, a stretch of titles at a time, and their hashes, mapped."""

    lengths: list[npt.NDArray[np.unsignedinteger]]
    words: Hashes

    def __iter__(self) -> Iterator[tuple[int, _Words]]:
        start = end = 0
        for lengths in self.lengths:
            lists = np.repeat(np.arange(len(lengths)), lengths)
            yield start, _Words(lists, self.words[end : end + len(lists)])
            start, end = start + len(lengths), end + len(lists)


def _read(titles: pa.ChunkedArray, file: IO[bytes]) -> _Read:
    lengths = []
    for piece in pieces(titles):
        title_words = _of(piece.to_pylist())
        file.write(title_words.words.data)
        lengths.append(_least(np.bincount(title_words.lists, minlength=len(piece))))
    return _Read(lengths, np.frombuffer(mapped(file), np.uint64))


def _least(lengths: Counts) -> npt.NDArray[np.unsignedinteger]:
    """The same numbers in as few bytes as they need."""
    return lengths.astype(np.min_scalar_type(lengths.max(initial=0)))


def _vocabulary(read: _Read) -> tuple[Hashes, Counts]:
    """Every word, by hash, and how many titles have it."""
    vocabulary, counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    for _, title_words in read:
        fresh, times = np.unique(title_words.words, return_counts=True)
        merged, back = np.unique(np.concatenate([vocabulary, fresh]), return_inverse=True)
        total = np.zeros(len(merged), np.int64)
        np.add.at(total, back, np.concatenate([counts, times]))
        vocabulary, counts = merged, total
    return vocabulary, counts


def _weights(papers: int, counts: Counts) -> npt.NDArray[np.float64]:
    """The weight of each word; 0 for those in more titles than tell anything."""
    values, back = np.unique(counts, return_inverse=True)
    table = [weight(papers, int(count)) if count <= MOST_TITLES else 0.0 for count in values]
    weights: npt.NDArray[np.float64] = np.array(table, np.float64)[back]
    return weights


def alike(snapshot: Snapshot, rows: Rows, first: int) -> Scores:
    """The papers whose titles are most alike to those of the rows: see the protocol."""
    titles = snapshot.reader(Kind.PAPER, "title").few(rows.tolist())
    vocabulary, csr, norm = snapshot.arrays["titles.hash"], snapshot.csr["title_words"], snapshot.arrays["titles.norm"]
    title_words = _of(titles)
    places = np.searchsorted(vocabulary, title_words.words)
    there = (
        np.flatnonzero(vocabulary[np.minimum(places, len(vocabulary) - 1)] == title_words.words)
        if len(vocabulary)
        else np.zeros(0, np.int64)
    )
    lists, own = title_words.lists[there], places[there].astype(np.int64)
    parts = [_near(csr, norm, row, own[lists == which]) for which, row in enumerate(rows.tolist())]
    lengths = [len(part[0]) for part in parts]
    others = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    scores = np.concatenate([np.zeros(0), *(part[1] for part in parts)])
    owner = np.repeat(np.arange(len(rows)), lengths)
    best_places = best(owner, others, scores, first)
    offsets = ends_of(np.bincount(owner[best_places], minlength=len(rows)))
    return Scores(offsets, others[best_places].astype(np.int32), scores[best_places])


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
