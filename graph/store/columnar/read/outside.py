"""Works outside the graph that papers cite: which papers meet in one."""

from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.metrics.similarity import MOST_LINKS
from byline.graph.store.columnar.edges.pair_lists import EdgeFiles, Pairs, chunks, laid
from byline.graph.store.columnar.files.csr import ends_of, groups_of
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.files.texts import pieces, text_bytes
from byline.graph.store.columnar.files.unnamed import Unnamed
from byline.graph.store.columnar.files.window import Through
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.hashing import hashed_all
from byline.graph.store.protocol import Rows

REFERENCES, CITED_BY = "outside_references", "outside_cited_by"


def write_outside(references: pa.ChunkedArray, disk: Disk) -> None:
    """Write which papers cite each work outside the graph, in both directions, for works that 2 to MOST_LINKS papers cite.

    Works are numbered by a 64-bit hash of their ids; `references` are the ids of each paper, each once.
    """
    folder = disk.folder
    with Unnamed(folder, np.uint64) as hashes, Unnamed(folder, np.int32) as citing, Unnamed(folder, np.int32) as cited:
        owners = _read(references, hashes)
        works = _shared(hashes.array, disk.entries)
        start = 0
        for lists, lengths in owners:
            stop = start + int(lengths.sum())
            hashed_references = hashes.array[start:stop]
            places = np.minimum(np.searchsorted(works, hashed_references), max(len(works) - 1, 0))
            met = np.flatnonzero(works[places] == hashed_references) if len(works) else np.zeros(0, np.int64)
            citing.append(np.repeat(np.arange(lists, lists + len(lengths)), lengths)[met])
            cited.append(places[met])
            start = stop
        _write(REFERENCES, len(references), citing.array, len(works), cited.array, disk)
        _write(CITED_BY, len(works), cited.array, len(references), citing.array, disk)


def _read(references: pa.ChunkedArray, hashes: Unnamed) -> list[tuple[int, npt.NDArray[np.integer]]]:
    """Hash the ids; answers how many each paper has, a stretch of papers at a time, with the first of them."""
    lengths_by_start: list[tuple[int, npt.NDArray[np.integer]]] = []
    start = 0
    for piece in pieces(references):
        lengths_by_start.append((start, piece.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)))
        hashes.append(hashed_all(*text_bytes(piece.flatten())))
        start += len(piece)
    return lengths_by_start


def _shared(hashes: npt.NDArray[np.uint64], entries: int) -> npt.NDArray[np.uint64]:
    """The works that 2 to MOST_LINKS papers cite, ascending; in stretches of hashes that fit into memory."""
    parts = len(hashes) // entries + 1
    edges = [np.uint64(part * (2**64 // parts)) for part in range(parts)]
    shared_works = [np.zeros(0, np.uint64)]
    for low, high in zip_longest(edges, edges[1:]):
        inside = hashes >= low if high is None else (hashes >= low) & (hashes < high)
        works, counts = np.unique(hashes if parts == 1 else hashes[inside], return_counts=True)
        shared_works.append(works[(counts >= 2) & (counts <= MOST_LINKS)])
    return np.concatenate(shared_works)


def _write(name: str, lists: int, sources: Rows, most: int, targets: Rows, disk: Disk) -> None:
    files = EdgeFiles(disk, name)
    pairs = Pairs(lists, max(most - 1, 0), lambda: chunks(sources, targets))  # type: ignore[arg-type,return-value]
    for part in laid(pairs, disk.entries):
        files.append(part.lengths, part.keys.astype(np.int32))
    files.close()


def coupled(snapshot: Snapshot, rows: Rows, papers: Through | None) -> Lists:
    """Other papers that cite the works outside the graph that each row cites, and how many of these."""
    offsets, places = snapshot.csr[REFERENCES].gather(rows)
    works = snapshot.csr[REFERENCES].targets[places]
    owner = groups_of(offsets)
    far_offsets, far_places = snapshot.csr[CITED_BY].gather(works)
    far = snapshot.csr[CITED_BY].targets[far_places]
    owner = owner[groups_of(far_offsets)]
    other = far != rows[owner]
    size = np.int64(max(len(snapshot.csr[REFERENCES].offsets) - 1, 1))
    pairs, shared = np.unique(owner[other] * size + far[other], return_counts=True)
    lengths = np.bincount(pairs // size, minlength=len(rows))
    return Lists(ends_of(lengths), (pairs % size).astype(np.int32), {"shared_count": shared.astype(np.int32)})
