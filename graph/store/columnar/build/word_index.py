"""The index of words of a snapshot: one tantivy document a node, in the order in which searches show them.

It is made from the files that are there already, a stretch of nodes at a time. A document holds no text: its `rank` leads to
kind and row through the arrays beside it (`words/kinds.npy` and the others).
"""

import json
import uuid
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import tantivy

from byline.graph.model import IDENTIFIED, KINDS, Kind
from byline.graph.store.columnar.edges.category_tree import ancestors
from byline.graph.store.columnar.files.csr import NULL
from byline.graph.store.columnar.files.disk import Disk, Progress, silent
from byline.graph.store.columnar.files.load import array
from byline.graph.store.columnar.files.word_fields import (
    ABBREVIATED,
    FIELDS,
    FOLDER,
    INDEX,
    LENGTH,
    STARTS,
    names_of,
    starts,
    whole_key,
)
from byline.graph.words import FEW_WORDS, abbreviated, indexed, text_words, wholes

_STRETCH = 20_000
# Bytes that tantivy may hold before it writes a segment: what it asks for at least, and what a large graph gets.
_SMALL, _LARGE = 15_000_000, 300_000_000
Numbers = npt.NDArray[np.int64]
_HEADS = [slice(end) for end in range(1, STARTS + 1)]


def write_words(disk: Disk, progress: Progress = silent) -> None:
    """Add the index of words to a snapshot folder that has its tables and edges. Raises OSError."""
    folder = disk.folder
    kinds, rows, citations, papers = _order(folder)
    place = folder / FOLDER
    (place / INDEX).mkdir(parents=True)
    arrays: dict[str, npt.NDArray[Any]] = {
        "kinds": kinds.astype(np.uint8),
        "rows": rows.astype(np.int32),
        "citations": citations,
        "papers": papers,
    }
    for name, values in arrays.items():
        disk.save(f"{FOLDER}/{name}", values)
    index = tantivy.Index(_schema(), str(place / INDEX))
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(heap_size=_SMALL if len(rows) < _STRETCH else _LARGE, num_threads=1)
    for rank, document in enumerate(_documents(folder, kinds, rows)):
        if rank % _STRETCH == 0:
            progress("words", rank, len(rows))
        writer.add_document(document)
    progress("words", len(rows), len(rows))
    writer.commit()
    writer.wait_merging_threads()
    del writer, index
    _settle(place / INDEX)
    for path in sorted((place / INDEX).iterdir()):
        disk.finished(path)


def _order(folder: Path) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Kind, row, citations and papers of every node, in the order in which searches show nodes of one level."""
    weights = [_weights(folder, kind) for kind in IDENTIFIED]
    sizes = [len(citations) for citations, _ in weights]
    kinds = np.repeat(np.arange(len(IDENTIFIED)), sizes)
    rows = np.concatenate([np.arange(size) for size in sizes])
    citations, papers = (np.concatenate([pair[part] for pair in weights]) for part in (0, 1))
    order = np.lexsort((-papers, -citations))
    return kinds[order], rows[order], citations[order], papers[order]


def _weights(folder: Path, kind: Kind) -> tuple[Numbers, Numbers]:
    """Citations and papers of each node of a kind; a category counts the papers in and below it."""
    if kind is Kind.CATEGORY:
        return _category_weights(folder)
    table = _table(folder, kind)
    citations = table["citation_count"].fill_null(0).to_numpy().astype(np.int64)
    return citations, np.zeros_like(citations) if kind is Kind.PAPER else table["paper_count"].to_numpy().astype(np.int64)


def _category_weights(folder: Path) -> tuple[Numbers, Numbers]:
    offsets, papers = (_array(folder, f"edges/category_papers.{part}") for part in ("offsets", "targets"))
    cited = _table(folder, Kind.PAPER)["citation_count"].fill_null(0).to_numpy()
    ends = list(pairwise(offsets.tolist()))
    sums = [int(cited[papers[start:stop]].sum()) for start, stop in ends]
    return np.array(sums, np.int64), np.array([stop - start for start, stop in ends], np.int64)


def _above(folder: Path) -> list[list[int]]:
    """Of each category itself and all above it."""
    lists = ancestors(_table(folder, Kind.CATEGORY)["parent"].fill_null(NULL).to_numpy().astype(np.int32))
    return [lists.targets[start:stop].tolist() for start, stop in pairwise(lists.offsets.tolist())]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in (*FIELDS.values(), *map(starts, FIELDS.values()), "abstract"):
        builder.add_text_field(field, tokenizer_name="words", index_option="basic")
    for number in ("whole", ABBREVIATED, LENGTH):
        builder.add_unsigned_field(number, indexed=True)
    builder.add_unsigned_field("within", indexed=True)
    builder.add_integer_field("year", fast=True)
    builder.add_unsigned_field("rank", fast=True)
    return builder.build()


def _documents(folder: Path, kinds: Numbers, rows: Numbers) -> Iterator[tantivy.Document]:
    tables = {kind: _table(folder, kind) for kind in IDENTIFIED}
    categories = [_array(folder, f"edges/paper_categories.{part}") for part in ("offsets", "targets")]
    above = _above(folder)
    for start in range(0, len(rows), _STRETCH):
        stretch = slice(start, start + _STRETCH)
        read = [_read(tables[kind], kind, rows[stretch][kinds[stretch] == code]) for code, kind in enumerate(IDENTIFIED)]
        for rank, (code, row) in enumerate(zip(kinds[stretch].tolist(), rows[stretch].tolist(), strict=True), start):
            names, abstract, year = next(read[code])
            document = _named(IDENTIFIED[code], names, rank)
            if IDENTIFIED[code] is Kind.PAPER:
                under = categories[1][categories[0][row] : categories[0][row + 1]].tolist()
                _of_paper(document, abstract, year, set().union(*(above[category] for category in under)))
            yield document


def _read(table: pa.Table, kind: Kind, rows: Numbers) -> Iterator[tuple[list[str], str | None, int | None]]:
    """Names, abstract and year of the nodes at rows."""
    names = KINDS[kind].names
    wanted = [*names, "abstract", "year"] if kind is Kind.PAPER else names
    columns = [table[name].take(pa.array(rows)).to_pylist() for name in wanted]
    for values in zip(*columns, strict=True):
        rest = values[len(names) :] or (None, None)
        yield names_of(list(values[: len(names)])), rest[0], rest[1]


def _named(kind: Kind, names: list[str], rank: int) -> tantivy.Document:
    document = tantivy.Document()
    found_by = [indexed(name) for name in names]
    words = found_by[0][0].union(*[own for own, _ in found_by[1:]])
    field = FIELDS[kind]
    document.add_text(field, " ".join(sorted(words)))
    beginnings = _of_common if kind is Kind.PAPER else _beginnings
    document.add_text(starts(field), " ".join(set().union(*map(beginnings, words))))
    forms = [own for _, own in found_by]
    for key in {whole_key(kind, text) for name in forms for text in wholes(name)}:
        document.add_unsigned("whole", key)
    for length in {len(name) for name in forms if len(name) <= FEW_WORDS}:
        document.add_unsigned(LENGTH, length)
    if kind is Kind.AUTHOR:
        for key in {whole_key(kind, text) for name in forms for text in abbreviated(name)}:
            document.add_unsigned(ABBREVIATED, key)
    document.add_unsigned("rank", rank)
    return document


def _beginnings(word: str) -> list[str]:
    return [word[head] for head in _HEADS]


# The words of titles come again and again; most names are rare.
_of_common = lru_cache(maxsize=1 << 12)(_beginnings)


def _of_paper(document: tantivy.Document, abstract: str | None, year: int | None, within: set[int]) -> None:
    if abstract:
        document.add_text("abstract", " ".join(text_words(abstract)))
    if year is not None:
        document.add_integer("year", year)
    for category in sorted(within):
        document.add_unsigned("within", category)


def _settle(place: Path) -> None:
    """Name the segments by their number instead of by chance, so that the same graph gives the same files; drop the locks."""
    about = json.loads((place / "meta.json").read_bytes())
    for number, segment in enumerate(about["segments"], 1):
        name, segment_id = f"{number:032x}", segment["segment_id"].replace("-", "")
        for path in place.glob(f"{segment_id}.*"):
            path.rename(path.with_name(f"{name}{path.suffix}"))
        segment["segment_id"] = str(uuid.UUID(name))
    # tantivy makes it for its owner alone; a new file has the rights that the umask leaves, as all others do.
    (place / "meta.json").unlink()
    (place / "meta.json").write_bytes(json.dumps(about).encode())
    for path in place.glob(".*"):
        path.unlink()


def _table(folder: Path, kind: Kind) -> pa.Table:
    with pa.memory_map(str(folder / f"{kind}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


def _array(folder: Path, name: str) -> npt.NDArray[Any]:
    return array(folder / f"{name}.npy")
