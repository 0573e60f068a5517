"""The records of one ingested file as columns: a folder of Arrow files, named by the hash of its content.

`segment.json` tells format, source and the size and checksum of every table's file. The same records of the same source
always make the same segment, which is how a file that was ingested before is recognised.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from byline.data.files import publish, sync
from byline.data.record import Record
from byline.data.segments.part import Part
from byline.data.segments.tables import DICTIONARIES, LATER, TABLES, filled
from byline.graph.errors import FormatTooNew, SnapshotDamaged, StoreFailed, describe

# Version of the tables of a segment and of the files that hold them.
FORMAT = 4
# The oldest one that is read: what has come since are columns, which are null in it.
_OLDEST = 3
ABOUT = "segment.json"
TEMPORARY = ".writing-"
_PACKED = pa.ipc.IpcWriteOptions(compression="zstd")


@dataclass(frozen=True)
class Segment:
    """What a manifest says of a segment: where it came from, how many records were kept and rejected, and why those were.

    `reasons` counts the rejections by member and reason, the most frequent ones. `names` are those of the files that say this
    (data/ingest/replacing.py), `ingested` the day on which the first of them was ingested; neither counts in a version.
    `refused` are files of the same ingest and source that were refused whole and have no segment, each with how many rejections
    it counts for.
    """

    hash: str
    source: str
    files: tuple[str, ...]
    records: int
    rejected: int
    reasons: dict[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    ingested: str | None = None
    refused: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The members, for a manifest."""
        return asdict(self) | {"files": list(self.files), "names": list(self.names)}

    @classmethod
    def of(cls, members: Mapping[str, Any]) -> "Segment":
        """A segment as a manifest states it."""
        files = tuple(members["files"])
        reasons = dict(members.get("reasons", {}))
        own = (members["hash"], members["source"], files, members["records"], members["rejected"], reasons)
        return cls(*own, tuple(members.get("names", ())), members.get("ingested"), dict(members.get("refused", {})))

    def path(self, folder: Path) -> Path:
        """Its folder in a folder of segments."""
        return folder / self.hash


class Writer:
    """Writes one segment into a folder; without `keep()` nothing remains of it. Raises OSError where the disk refuses."""

    def __init__(self, folder: Path, source: str, name: str) -> None:
        self._temporary = folder / f"{TEMPORARY}{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}"
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._temporary.mkdir()
        self._source = source
        self._hash = hashlib.blake2b(f"format {FORMAT}\n{source}\n".encode(), digest_size=16)
        self._sinks = {table: pa.OSFile(str(self._path(table)), "wb") for table in TABLES}
        self._files = {table: pa.ipc.new_file(self._sinks[table], schema, options=_PACKED) for table, schema in TABLES.items()}
        self._sizes = dict.fromkeys(DICTIONARIES, 0)
        self._part = Part(source, self._sizes)
        self.records = 0

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def add(self, record: Record) -> None:
        """Put one record behind the others."""
        self._part.add(record)
        self.records += 1
        if self._part.full:
            self._flush()

    def write(self, tables: Mapping[str, pa.Table], records: int) -> None:
        """Put rows that are columns already behind the others; `records` is how many records they stand for. A column that is
        not there is null."""
        for name, rows in tables.items():
            whole = filled(dict(zip(rows.column_names, rows.columns, strict=True)), TABLES[name])
            for batch in whole.combine_chunks().to_batches():
                self._hash.update(name.encode())
                self._hash.update(batch.serialize())
                self._files[name].write_batch(batch)
            if name in self._sizes:
                self._sizes[name] += rows.num_rows
        self.records += records

    def finish(self) -> str:
        """Close the files. Answers the hash of the content."""
        self._flush()
        self._close()
        return self._hash.hexdigest()

    def keep(self, segment: Segment) -> None:
        """Give the finished files the name of their segment, synced."""
        about = {"format": FORMAT, "source": self._source, "files": {name: _seal(self._path(name)) for name in TABLES}}
        (self._temporary / ABOUT).write_text(json.dumps(about, indent=1), encoding="ascii")
        for path in sorted(self._temporary.iterdir()):
            sync(path)
        place = segment.path(self._temporary.parent)
        # Left by an ingest that was killed before a manifest could name it.
        shutil.rmtree(place, ignore_errors=True)
        publish(self._temporary, place)

    def _flush(self) -> None:
        written, self._part = self._part, Part(self._source, self._sizes, self.records)
        if written.size:
            self.write(written.tables(), 0)
            self._part = Part(self._source, self._sizes, self.records)

    def _path(self, table: str) -> Path:
        return self._temporary / f"{table}.arrow"

    def _close(self) -> None:
        while self._files:
            name, file = self._files.popitem()
            file.close()
            self._sinks[name].close()


@dataclass(frozen=True)
class Content:
    """The tables of one segment, by name, the source that they are of, and the file by which notices name it. `earlier` tells
    that an earlier ingest read that file. A column that it was written without is null."""

    source: str
    tables: Mapping[str, pa.Table | Path]
    file: str = ""
    earlier: bool = False

    def table(self, name: str, *columns: str) -> pa.Table:
        """Columns of a table (all where none is named), read from the disk now if they lie there."""
        stored = self.tables[name]
        if not isinstance(stored, Path):
            return stored.select(list(columns)) if columns else stored
        wanted = list(columns) or TABLES[name].names
        with pa.memory_map(str(stored)) as source:
            written = pa.ipc.open_file(source).schema
            there = sorted(at for at, column in enumerate(written.names) if column in wanted)
            read = pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=there)).read_all()
        for column in (each for each in wanted if each not in written.names):
            read = read.append_column(TABLES[name].field(column), pa.nulls(read.num_rows, TABLES[name].field(column).type))
        return read.select(wanted)

    def chunks(self, name: str, column: str) -> Iterator[pa.Array]:
        """A column of a table, one part after the other: never more than one of them in memory."""
        stored = self.tables[name]
        if not isinstance(stored, Path):
            yield from stored[column].chunks
            return
        with pa.memory_map(str(stored)) as source:
            at = pa.ipc.open_file(source).schema.get_field_index(column)
            file = pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=[max(at, 0)]))
            for i in range(file.num_record_batches):
                read = file.get_batch(i).column(0)
                yield read if at >= 0 else pa.nulls(len(read), TABLES[name].field(column).type)


def read(folder: Path, segment: Segment) -> Content:
    """The tables of a segment, each file of it checked first.

    Raises SnapshotDamaged where a file is missing, cut or changed, FormatTooNew, StoreFailed for a format of before.
    """
    place = segment.path(folder)
    if place.with_suffix(".jsonl.zst").exists():
        raise StoreFailed(f"{place} was written by an earlier Byline, in a format that this one does not read", _ANEW)
    try:
        about = json.loads((place / ABOUT).read_bytes())
        if about["format"] > FORMAT:
            raise FormatTooNew(f"{place} has format {about['format']}, this Byline reads up to {FORMAT}", "update Byline")
        if about["format"] < _OLDEST:
            raise StoreFailed(f"{place} has format {about['format']}, which this Byline does not read any more", _ANEW)
        there = [name for name in TABLES if name in about["files"] or name not in LATER]
        damaged = [name for name in there if _seal(place / f"{name}.arrow") != about["files"][name]]
        source = str(about["source"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotDamaged(f"the segment {place} cannot be read: {describe(error)}", _HINT) from error
    if damaged:
        raise SnapshotDamaged(f"the segment {place} is not what was written: {damaged[0]}.arrow differs", _HINT)
    empty = {name: TABLES[name].empty_table() for name in LATER if name not in there}
    return Content(source, {name: place / f"{name}.arrow" for name in there} | empty, ", ".join(segment.files))


def packed(source: str, records: Iterable[Record], file: str = "") -> Content:
    """The tables of records, in memory."""
    part = Part(source, {})
    for record in records:
        part.add(record)
    return Content(source, part.tables(), file)


def size(folder: Path, segment: Segment) -> int:
    """Bytes that a segment takes on the disk."""
    return sum(path.stat().st_size for path in segment.path(folder).iterdir())


def _seal(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
        return {"bytes": path.stat().st_size, "blake2b": digest.hexdigest()}


_ANEW = "begin a new store with the original files"
_HINT = "restore it, or begin a new store with the original files"
