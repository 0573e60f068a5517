"""The records of one ingested file, normalised, as a compressed file named by the hash of its content.

The first line tells format and source; each further line is one record as canonical JSON. The same records of the same
source always make the same segment, which is how a file that was ingested before is recognised.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson
import zstandard

from data.files import publish
from data.sources.lines import lines
from graph.errors import FormatTooNew, SnapshotDamaged, SourceFailed
from graph.model import FORMAT

SUFFIX = ".jsonl.zst"
TEMPORARY = ".writing-"


@dataclass(frozen=True)
class Segment:
    """What a manifest says of a segment: where it came from and how many records were kept and rejected."""

    hash: str
    source: str
    files: tuple[str, ...]
    records: int
    rejected: int

    def as_dict(self) -> dict[str, Any]:
        """The members, for a manifest."""
        return asdict(self) | {"files": list(self.files)}

    @classmethod
    def of(cls, members: Mapping[str, Any]) -> "Segment":
        """A segment as a manifest states it."""
        files = tuple(members["files"])
        return cls(members["hash"], members["source"], files, members["records"], members["rejected"])

    def path(self, folder: Path) -> Path:
        """Its file in a folder of segments."""
        return folder / f"{self.hash}{SUFFIX}"


class Writer:
    """Writes one segment into a folder; without `keep()` nothing remains of it. Raises OSError where the disk refuses."""

    def __init__(self, folder: Path, source: str, name: str) -> None:
        self._temporary = folder / f"{TEMPORARY}{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}"
        self._hash = hashlib.blake2b(digest_size=16)
        self._file = self._temporary.open("wb")
        self._packed = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)
        self.records = 0
        self._line({"format": FORMAT, "source": source})

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def add(self, record: Mapping[str, Any]) -> None:
        """Put one record behind the others."""
        self._line(record)
        self.records += 1

    @property
    def hash(self) -> str:
        """The hash of what was written so far."""
        return self._hash.hexdigest()

    def keep(self, segment: Segment) -> None:
        """Finish the file under the name of its segment, synced."""
        self._packed.close()  # type: ignore[no-untyped-call]
        self._file.close()
        publish(self._temporary, segment.path(self._temporary.parent))

    def _line(self, value: Mapping[str, Any]) -> None:
        line = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
        self._hash.update(line)
        self._packed.write(line)


def read(folder: Path, segment: Segment) -> Iterator[dict[str, Any]]:
    """The records of a segment, streamed.

    Raises SnapshotDamaged where the file is missing, cut or changed (a change shows at its end), FormatTooNew.
    """
    path = segment.path(folder)
    found = hashlib.blake2b(digest_size=16)
    try:
        for number, line in enumerate(lines(path)):
            found.update(line + b"\n")
            value = orjson.loads(line)
            if number:
                yield value
            elif value["format"] > FORMAT:
                raise FormatTooNew(f"{path} has format {value['format']}, this Byline reads up to {FORMAT}", "update Byline")
    except (SourceFailed, ValueError, KeyError, TypeError) as error:
        raise SnapshotDamaged(f"the segment {path} cannot be read: {error}", _HINT) from error
    if found.hexdigest() != segment.hash:
        raise SnapshotDamaged(f"the segment {path} is not what was written", _HINT)


_HINT = "restore it, or begin a new store with the original files"
