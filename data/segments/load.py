"""The tables of all segments as long arrays: keys, names and codes numbered through, lists end to end with their bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.dictionary import Texts, encode, find
from byline.data.segments.lists import ends
from byline.data.segments.origins import Notes
from byline.data.segments.segments import Content
from byline.data.segments.spool import Scratch
from byline.data.segments.tables import MENTIONS, TABLES

Flags = npt.NDArray[np.bool_]
_TEXTS = ("paper_key", "person_key", "institution_key", "name", "institution_name", "code")


class Dictionaries:
    """The texts of all segments, and the number of each segment's own codes among them."""

    def __init__(self, contents: Sequence[Content], scratch: Scratch) -> None:
        self.contents, self.scratch = contents, scratch
        self._texts: dict[str, Texts] = {}
        self._starts: dict[str, list[int]] = {}
        for name in _TEXTS:
            columns = [content.table(name, "text")["text"] for content in contents]
            self._starts[name] = np.cumsum([0, *(len(column) for column in columns)]).tolist()
            chunks = [chunk for column in columns for chunk in column.chunks]
            self._texts[name] = encode(pa.chunked_array(chunks, pa.large_string()), scratch.memory)
        for name in MENTIONS:
            mentions = [content.table(name, TABLES[name].names[0]).num_rows for content in contents]
            self._starts[name] = np.cumsum([0, *mentions]).tolist()

    def distinct(self, name: str) -> pa.Array:
        """The texts of a dictionary, each once, as first met."""
        return self._texts[name].distinct

    def forget(self, *names: str) -> None:
        """Let go of texts that nobody will ask for any more."""
        for name in names:
            del self._texts[name]

    def extend(self, name: str, more: Sequence[str]) -> Ints:
        """The numbers of these texts, which become part of the dictionary if they are not yet."""
        texts = self._texts[name]
        wanted = pa.array(list(more), pa.large_string())
        new = pa.array(list(dict.fromkeys(each for each, at in zip(more, find(wanted, texts.distinct), strict=True) if at < 0)))
        self._texts[name] = replace(texts, distinct=pa.concat_arrays([texts.distinct, new.cast(pa.large_string())]))
        return find(wanted, self._texts[name].distinct)

    def of(self, name: str, segment: int, codes: Ints) -> Ints:
        """The numbers of a segment's codes; -1 stays -1."""
        start, end = self._starts[name][segment : segment + 2]
        if name in MENTIONS:
            return np.where(codes < 0, -1, codes + start).astype(np.int32)
        if start == end:
            return codes
        return np.where(codes < 0, np.int32(-1), self._texts[name].codes[start:end][codes])

    def plains(self, name: str, memory: int) -> tuple[Ints, pa.Array]:
        """The compact form of each distinct name, numbered, and the distinct compact forms."""
        texts = self._texts[name]
        first = np.full(len(texts), 0, np.int64)
        first[texts.codes[::-1]] = np.arange(len(texts.codes), dtype=np.int64)[::-1]
        taken = []
        for segment, content in enumerate(self.contents):
            start, end = self._starts[name][segment : segment + 2]
            low, high = np.searchsorted(first, [start, end])
            taken += content.table(name, "plain")["plain"].take(pa.array(first[low:high] - start)).chunks
        encoded = encode(pa.chunked_array(taken, pa.large_string()), memory)
        return encoded.codes, encoded.distinct


@dataclass(frozen=True)
class Records:
    """What records of papers say, in order. `keys` has the ids of each, the first of which names its node."""

    keys: Lists
    likeness: npt.NDArray[np.uint64]
    likely: Flags
    year: Ints
    dated: Flags
    complete: Flags
    entries: Longs
    categories: Lists
    institutions: Lists
    references: Lists
    # The mention of the venue, -1 for none.
    venue: Ints
    # Records of which an id was set aside, see data/build/doubts.py.
    doubted: Flags | None = None

    def __len__(self) -> int:
        return len(self.year)

    @property
    def first(self) -> Ints:
        """The key of each record's node."""
        return self.keys.targets[self.keys.offsets[:-1]]


@dataclass(frozen=True)
class Entries:
    """Author lists end to end: key of the person or -1, name, and what is said of the authorship (-1: nothing)."""

    person: Ints
    form: Ints
    printed: Flags
    corresponding: npt.NDArray[np.int8]
    institutions: Lists


@dataclass(frozen=True)
class RecordColumns:
    """Everything that the records say, in numbers, mapped from files where it is much. `at` orders records of all kinds: the
    place of each among all. `notes` take what the steps of a build find contradictory."""

    texts: Dictionaries
    records: Records
    record_at: Longs
    entries: Entries
    # Keys of people that one mention states together: the first of it, and another one.
    person_also: tuple[Ints, Ints]
    notes: Notes

    @property
    def contents(self) -> Sequence[Content]:
        """The segments that it was gathered from."""
        return self.texts.contents

    @property
    def scratch(self) -> Scratch:
        """Where columns go that memory is not to hold."""
        return self.texts.scratch


def load_columns(contents: Sequence[Content], scratch: Scratch) -> RecordColumns:
    """The records of all segments in order."""
    texts = Dictionaries(contents, scratch)
    at = scratch.column([places(contents, "paper")], np.int64)
    also = [single(texts, "person_also", name, "person_key") for name in ("first", "other")]
    gathered = RecordColumns(texts, _records(texts), at, _entries(texts), (also[0], also[1]), Notes(contents))
    # What was unpacked on the way goes back to the system now, not at the next need.
    pa.default_memory_pool().release_unused()
    return gathered


def places(contents: Sequence[Content], table: str) -> Longs:
    """The place of each record of a table among all records of all segments."""
    positions, start = [np.zeros(0, np.int64)], 0
    for content in contents:
        positions.append(column(content, table, "at").astype(np.int64) + start)
        start += 1 << 31
    return np.concatenate(positions)


def column(content: Content, table: str, name: str, null: int = -1) -> npt.NDArray[np.int32]:
    """A column of whole numbers; `null` stands where nothing is said."""
    return np.concatenate([np.zeros(0, np.int32), *_numbers(content, table, name, null)])


def _numbers(content: Content, table: str, name: str, null: int) -> Iterator[Ints]:
    for chunk in content.chunks(table, name):
        plain = chunk.cast(pa.int32()) if pa.types.is_date32(chunk.type) else chunk
        yield plain.fill_null(null).to_numpy(zero_copy_only=False)


def _flags(contents: Sequence[Content], table: str, name: str) -> Iterator[Flags]:
    for content in contents:
        for chunk in content.chunks(table, name):
            yield chunk.fill_null(False).to_numpy(zero_copy_only=False)


def coded(texts: Dictionaries, table: str, name: str, dictionary: str) -> Lists:
    """A column of lists of codes, of all segments."""
    lengths = [np.zeros(0, np.int32)]

    def targets() -> Iterator[Ints]:
        for segment, content in enumerate(texts.contents):
            for chunk in content.chunks(table, name):
                lengths.append(pc.list_value_length(chunk).fill_null(0).to_numpy(zero_copy_only=False))
                yield texts.of(dictionary, segment, chunk.flatten().to_numpy(zero_copy_only=False))

    codes = texts.scratch.column(targets(), np.int32)
    return Lists(texts.scratch.column(ends(lengths), np.int64), codes)


def single(texts: Dictionaries, table: str, name: str, dictionary: str) -> Ints:
    """A column of codes, of all segments."""
    codes = (
        texts.of(dictionary, i, part) for i, content in enumerate(texts.contents) for part in _numbers(content, table, name, -1)
    )
    return texts.scratch.column(codes, np.int32)


def _records(texts: Dictionaries) -> Records:
    contents, keep = texts.contents, texts.scratch.column
    none = np.iinfo(np.int32).min
    likeness = [chunk for content in contents for chunk in content.chunks("paper", "likeness")]
    return Records(
        keys=coded(texts, "paper", "keys", "paper_key"),
        likeness=keep((chunk.fill_null(0).to_numpy(zero_copy_only=False) for chunk in likeness), np.uint64),
        likely=keep((chunk.is_valid().to_numpy(zero_copy_only=False) for chunk in likeness), np.bool_),
        year=keep((part for each in contents for part in _numbers(each, "paper", "year", 0)), np.int32),
        dated=keep((part != none for each in contents for part in _numbers(each, "paper", "date", none)), np.bool_),
        complete=keep(_flags(contents, "paper", "complete"), np.bool_),
        entries=keep(ends(part for each in contents for part in _numbers(each, "paper", "entries", -1)), np.int64),
        categories=coded(texts, "paper", "categories", "code"),
        institutions=coded(texts, "paper", "institutions", "institution"),
        references=coded(texts, "paper", "references", "paper_key"),
        venue=single(texts, "paper", "venue", "venue"),
    )


def _entries(texts: Dictionaries) -> Entries:
    corresponding = (chunk for content in texts.contents for chunk in content.chunks("entry", "corresponding"))
    return Entries(
        person=single(texts, "entry", "person", "person_key"),
        form=single(texts, "entry", "name", "name"),
        printed=texts.scratch.column(_flags(texts.contents, "entry", "printed"), np.bool_),
        corresponding=texts.scratch.column((chunk.cast(pa.int8()).fill_null(-1).to_numpy() for chunk in corresponding), np.int8),
        institutions=coded(texts, "entry", "institutions", "institution"),
    )


def rows(contents: Sequence[Content], table: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Each row of a small table as Python values, with the number of its segment and its source."""
    for segment, content in enumerate(contents):
        for row in content.table(table).to_pylist():
            yield segment, content.source, row
