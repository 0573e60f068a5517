"""Facts of a made-up graph of any size, as Arrow files: what a snapshot is built from, without the records before it.

`python -m bench.facts PAPERS FOLDER` makes them. Heavy-tailed: few people write much, few institutions employ many, old papers
are cited most. Four authorships and ten citations a paper. The same seed gives the same files.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.model import LETTERS, LINKS, Facts, Kind, Source, facts_schema

Numbers = npt.NDArray[Any]
_DIGITS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", np.uint8)
_STEP = 1 << 19
_FIELDS = 20
_CODES = [f"f{i:02}" for i in range(_FIELDS)] + [f"f{i:02}.{j}" for i in range(_FIELDS) for j in "ABCDEFGH"]


def make(papers: int, folder: Path, seed: int = 20) -> None:
    """Write the tables of the facts into a folder, a stretch of rows at a time."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    people, places = papers * 6 // 10, max(50, papers // 500)
    paper, author = _authorships(rng, papers, people)
    home = (places * rng.power(0.5, people)).astype(np.int32)
    names = _names(rng, people)
    _people(folder, rng, people, names)
    _papers(folder, rng, papers, np.bincount(paper, minlength=papers).astype(np.int32))
    _places(folder, rng, places)
    _categories(folder)
    _write(folder, "venue", facts_schema(Kind.VENUE), iter(()))
    _write(folder, "authorship", facts_schema(Kind.AUTHORSHIP), _printed(paper, author, names))
    _write(folder, "authorship_institution", LINKS["authorship_institution"], _employed(rng, author, home))
    category = rng.integers(_FIELDS, len(_CODES), papers, dtype=np.int32)
    _write(folder, "paper_category", LINKS["paper_category"], _pairs(np.arange(papers, dtype=np.int32), category))
    _write(folder, "citation", LINKS["citation"], _pairs(*_citations(rng, papers)))
    for name in ("paper_institution", "alias", "decision"):
        _write(folder, name, LINKS[name], iter(()))


def load(folder: Path) -> Facts:
    """The facts of a folder, memory-mapped."""
    tables = {path.stem: pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in folder.glob("*.arrow")}
    nodes = {kind: tables[str(kind)] for kind in Kind}
    records = sum(table.num_rows for kind, table in nodes.items() if kind is not Kind.AUTHORSHIP)
    return Facts(nodes, {name: tables[name] for name in LINKS}, (Source("made up", records, 0),))


def _write(folder: Path, name: str, schema: pa.Schema, batches: Iterator[list[Any] | dict[str, Any]]) -> None:
    """Write columns in their order, or by their names; one that is not named is null."""
    with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in batches:
            columns = batch
            if isinstance(batch, dict):
                size = len(next(iter(batch.values())))
                columns = [batch.get(field.name, pa.nulls(size, field.type)) for field in schema]
            writer.write_batch(pa.record_batch([_cast(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema))


def _cast(column: Any, dtype: pa.DataType) -> pa.Array:
    return pa.array(column, dtype) if isinstance(column, np.ndarray) else column.cast(dtype)


def _stretches(size: int) -> Iterator[slice]:
    return (slice(at, min(at + _STEP, size)) for at in range(0, size, _STEP))


def _ids(rng: np.random.Generator, kind: Kind, size: int) -> Numbers:
    """Public ids, sorted: the letter and 60 random bits."""
    numbers = np.unique(rng.integers(0, 1 << 60, size + size // 1000 + 100))
    numbers = np.sort(rng.permutation(numbers)[:size])
    letters = np.full((size, 1), ord(LETTERS[kind]), np.uint8)
    digits = [_DIGITS[(numbers >> shift) & 31][:, None] for shift in range(55, -1, -5)]
    return np.concatenate([letters, *digits], axis=1).view("S13").ravel()


def _text(values: Numbers) -> pa.Array:
    return pa.array(values, pa.binary(13)).cast(pa.binary()).cast(pa.string())


def _nothing(size: int, dtype: pa.DataType) -> pa.Array:
    return pa.nulls(size, dtype)


def _empty(size: int, dtype: pa.DataType) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.zeros(size + 1, np.int32)), pa.array([], dtype.value_type))


def _external(numbers: Numbers, letter: str) -> pa.Array:
    values = pc.binary_join_element_wise(letter, pa.array(numbers).cast(pa.string()), "")
    pairs = pa.StructArray.from_arrays(
        [pa.array(["made"]).take(pa.array(np.zeros(len(numbers), np.int8))), values], ["scheme", "value"]
    )
    return pa.ListArray.from_arrays(pa.array(np.arange(len(numbers) + 1, dtype=np.int32)), pairs)


def _words(rng: np.random.Generator, count: int) -> pa.Array:
    """Made-up words of two to four syllables, one in a hundred of them not in ASCII."""
    syllables = np.array([a + b for a in "bcdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")])
    plain = ["".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(count)]
    return pa.array([word.replace("o", "ö") if rng.random() < 0.01 else word for word in plain])


def _names(rng: np.random.Generator, people: int) -> pa.Array:
    first = pc.utf8_capitalize(_words(rng, 3000)).take(pa.array((3000 * rng.power(0.6, people)).astype(np.int32)))
    last = pc.utf8_capitalize(_words(rng, 40_000)).take(pa.array((40_000 * rng.power(0.7, people)).astype(np.int32)))
    initial = pa.array([f"{chr(65 + i)}." for i in range(26)]).take(pa.array(rng.integers(0, 26, people, dtype=np.int32)))
    return pc.binary_join_element_wise(first, initial, last, " ")


def _people(folder: Path, rng: np.random.Generator, people: int, names: pa.Array) -> None:
    ids, schema = _ids(rng, Kind.AUTHOR, people), facts_schema(Kind.AUTHOR)

    def batches() -> Iterator[list[Any]]:
        for here in _stretches(people):
            some, size = names[here.start : here.stop], here.stop - here.start
            each = pa.ListArray.from_arrays(pa.array(np.arange(size + 1, dtype=np.int32)), some)
            none = [_nothing(size, pa.string()), _external(np.arange(here.start, here.stop), "a"), _nothing(size, pa.int32())]
            yield [_text(ids[here]), some, each, *none, _empty(size, schema.field("reported").type)]

    _write(folder, "author", schema, batches())


def _papers(folder: Path, rng: np.random.Generator, papers: int, authors: Numbers) -> None:
    ids, schema, words = _ids(rng, Kind.PAPER, papers), facts_schema(Kind.PAPER), _words(rng, 20_000)

    def batches() -> Iterator[dict[str, Any]]:
        for here in _stretches(papers):
            size = here.stop - here.start
            lengths = rng.integers(4, 12, size)
            ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
            picked = words.take(pa.array((20_000 * rng.power(0.4, int(ends[-1]))).astype(np.int32)))
            titles = pc.utf8_capitalize(pc.binary_join(pa.ListArray.from_arrays(pa.array(ends), picked), " "))
            year = (2026 - (60 * rng.power(2.5, size)[::-1] * rng.random(size))).astype(np.int32)
            day = ((year - 1970) * 365.2425 + rng.integers(0, 365, size)).astype(np.int32)
            numbers = np.arange(here.start, here.stop)
            dois = pc.binary_join_element_wise("10.5555/made.", pa.array(numbers).cast(pa.string()), "")
            yield {
                "id": _text(ids[here]),
                "title": titles,
                "year": year,
                "published_on": pa.array(day, pa.int32(), mask=rng.random(size) < 0.5),
                "doi": pc.if_else(pa.array(rng.random(size) < 0.6), dois, None),
                "external_ids": _external(numbers, "p"),
                "author_count": authors[here],
                "author_list_complete": pa.array(np.ones(size, np.bool_)),
                "unresolved_references": _empty(size, schema.field("unresolved_references").type),
                "references_complete": pa.array(np.ones(size, np.bool_)),
                "unresolved_citations": _empty(size, schema.field("unresolved_citations").type),
                "reported": _empty(size, schema.field("reported").type),
            }

    _write(folder, "paper", schema, batches())


def _places(folder: Path, rng: np.random.Generator, places: int) -> None:
    ids, words = _ids(rng, Kind.INSTITUTION, places), pc.utf8_capitalize(_words(rng, places))
    names = pc.binary_join_element_wise("University of", words, " ")
    each = pa.ListArray.from_arrays(pa.array(np.arange(places + 1, dtype=np.int32)), names)
    country = pa.array(["DE", "US", "CN", "NL"]).take(pa.array(rng.integers(0, 4, places)))
    columns = [
        _text(ids),
        names,
        each,
        _nothing(places, pa.string()),
        country,
        _nothing(places, pa.string()),
        _external(np.arange(places), "i"),
    ]
    _write(folder, "institution", facts_schema(Kind.INSTITUTION), iter([columns]))


def _categories(folder: Path) -> None:
    ids = pa.array([f"C{i:012}" for i in range(len(_CODES))])
    parent = pa.array([None] * _FIELDS + [i // 8 for i in range(len(_CODES) - _FIELDS)], pa.int32())
    columns = [ids, pa.array(_CODES), pa.array([f"Field {code}" for code in _CODES]), parent]
    _write(folder, "category", facts_schema(Kind.CATEGORY), iter([columns]))


def _authorships(rng: np.random.Generator, papers: int, people: int) -> tuple[Numbers, Numbers]:
    """Four authors a paper on average, sorted by paper; a person stands once on a paper."""
    sizes = np.minimum(rng.geometric(0.25, papers), 30)
    total = int(sizes.sum())
    order = rng.permutation(people).astype(np.int32)
    author = np.concatenate(
        [order[(people * rng.power(0.45, len(part))).astype(np.int32)] for part in np.array_split(np.empty(total, np.int8), 20)]
    )
    keys = (np.repeat(np.arange(papers, dtype=np.int64), sizes) << 32) | author
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return (keys >> 32).astype(np.int32), keys.astype(np.uint32).astype(np.int32)


def _printed(paper: Numbers, author: Numbers, names: pa.Array) -> Iterator[list[Any]]:
    for here in _stretches(len(paper)):
        some = paper[here]
        position = np.arange(here.start, here.stop) - np.searchsorted(paper, some) + 1
        printed = names.take(pa.array(author[here]))
        unsaid = (_nothing(len(some), pa.bool_()), _empty(len(some), pa.list_(pa.string())))
        yield [some, author[here], position.astype(np.int32), printed, *unsaid]


def _employed(rng: np.random.Generator, author: Numbers, home: Numbers) -> Iterator[list[Any]]:
    for here in _stretches(len(author)):
        employed = np.flatnonzero(rng.random(here.stop - here.start) < 0.8)
        yield [(employed + here.start).astype(np.int32), home[author[here]][employed]]


def _citations(rng: np.random.Generator, papers: int) -> tuple[Numbers, Numbers]:
    """Ten citations a paper on average, each of an earlier paper; the earliest ones get the most."""
    number = rng.permutation(papers).astype(np.int32)
    parts = []
    for _ in range(10):
        citing = rng.integers(1, papers, papers)
        cited = (citing * rng.power(0.7, papers)).astype(np.int64)
        parts.append((number[citing].astype(np.int64) << 32) | number[cited])
    keys = np.concatenate(parts)
    del parts
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return (keys >> 32).astype(np.int32), keys.astype(np.uint32).astype(np.int32)


def _pairs(left: Numbers, right: Numbers) -> Iterator[list[Any]]:
    return ([left[here], right[here]] for here in _stretches(len(left)))


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
