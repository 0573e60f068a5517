"""Where things lie in a store's folder.

CURRENT                    one line: the version that is served
segments/<hash>/           the records of one ingest, as read (see data/segments/segments.py)
snapshots/<version>/       one immutable snapshot: manifest.json beside its column files
lock                       held by the one ingest that may write
"""

import json
from pathlib import Path
from typing import Any

from byline.graph.errors import FormatTooNew, NoSnapshot, SnapshotDamaged, describe
from byline.graph.model import FORMAT

CURRENT = "CURRENT"
SNAPSHOTS = "snapshots"
SEGMENTS = "segments"
LOCK = "lock"
MANIFEST = "manifest.json"


def current(store: Path) -> Path:
    """The folder of the snapshot that CURRENT names. Raises NoSnapshot where nothing was ingested yet."""
    try:
        version = (store / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoSnapshot(f"{store} holds no snapshot", "byline ingest SOURCE FILE… makes one") from None
    folder = store / SNAPSHOTS / version
    if not folder.is_dir():
        raise SnapshotDamaged(f"{store / CURRENT} names {version!r}, but {folder} is not there", "ingest again")
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot folder: format, version, built_at, counts, sources, segments, files with size and checksum."""
    try:
        read: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        format_number = int(read["format"])
    except (OSError, ValueError, KeyError) as error:
        raise SnapshotDamaged(f"{folder / MANIFEST} cannot be read: {describe(error)}", "ingest again") from error
    if format_number > FORMAT:
        raise FormatTooNew(f"{folder} has format {format_number}, this Byline reads up to {FORMAT}", "update Byline")
    return read
