"""What a store keeps: the segments of its snapshot, even where that is damaged, and how many older snapshots beside it.

Beside the segments lies one small file for each kept snapshot, `<version>.json`: its segments in order. The manifest says the
same; this is the copy from which a snapshot is built anew when its own folder is damaged.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from byline.data.files import publish
from byline.data.segments.segments import Segment, read
from byline.graph.errors import BylineError, NoSnapshot, SnapshotDamaged
from byline.graph.model import FORMAT
from byline.graph.store.columnar.files.layout import CURRENT, SEGMENTS, SNAPSHOTS, current, manifest
from byline.graph.store.columnar.files.load import check_columns
from byline.graph.store.columnar.mapped.snapshot import check_sizes

VERSION = re.compile(r"[0-9a-f]{16}")
_TEMPORARY = ".order-new"


@dataclass(frozen=True)
class Retained:
    """The segments that the current snapshot was built from, and what its manifest says (nothing where it cannot be read).

    `problem` says what is wrong with the snapshot, if anything is.
    """

    segments: tuple[Segment, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None


def read_retained(store: Path) -> Retained:
    """What the store has, from its manifest or, where that is damaged, from the list beside the segments.

    Looks at the manifest, the sizes of the files and the names of their columns, not at their contents. Raises FormatTooNew, and
    SnapshotDamaged where nothing tells any more what the snapshot was built from.
    """
    try:
        folder = current(store)
        about = manifest(folder)
    except NoSnapshot:
        newest = newest_list(store)
        return Retained() if newest is None else Retained(_segments(newest), {}, f"{store / CURRENT} is not there")
    except SnapshotDamaged as error:
        return Retained(_listed(store, error), {}, error.message)
    segments = _names_kept(store, about["version"], tuple(Segment.of(members) for members in about["segments"]))
    if about["format"] < FORMAT:
        return Retained(segments, about, f"{folder} has format {about['format']}, this Byline writes {FORMAT}")
    try:
        check_sizes(folder, about)
        check_columns(folder)
    except SnapshotDamaged as error:
        return Retained(segments, about, error.message)
    return Retained(segments, about)


def _listed(store: Path, error: SnapshotDamaged) -> tuple[Segment, ...]:
    """The segments of the snapshot that CURRENT names; where it names none that is known, those of the newest."""
    named = store / SEGMENTS / f"{(store / CURRENT).read_text(errors='replace').strip()}.json"
    for path in (named, newest_list(store)):
        if path is not None:
            try:
                return _segments(path)
            except (OSError, ValueError, KeyError, TypeError):
                continue
    raise error from None


def _names_kept(store: Path, version: str, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments as the list beside them has them: files whose content was known already have left their names there."""
    try:
        listed = _segments(store / SEGMENTS / f"{version}.json")
    except (OSError, ValueError, KeyError, TypeError):
        return segments
    return listed if [each.hash for each in listed] == [each.hash for each in segments] else segments


def _segments(path: Path) -> tuple[Segment, ...]:
    return tuple(Segment.of(members) for members in json.loads(path.read_bytes()))


def newest_list(store: Path) -> Path | None:
    """The list of segments that was written down last; None in a store that never had a snapshot."""
    lists = [path for path in (store / SEGMENTS).glob("*.json") if VERSION.fullmatch(path.stem)]
    return max(lists, key=lambda path: path.stat().st_mtime_ns, default=None)


def damaged_segments(store: Path) -> Iterator[str]:
    """What is wrong with the segments of the current snapshot. Raises as `read_retained`."""
    for segment in read_retained(store).segments:
        try:
            read(store / SEGMENTS, segment)
        except BylineError as error:
            yield error.message


def remember(store: Path, version: str, segments: Sequence[Segment]) -> None:
    """Write down what a snapshot is built from, before CURRENT names it."""
    beside = store / SEGMENTS / _TEMPORARY
    beside.write_text(json.dumps([segment.as_dict() for segment in segments], indent=1))
    publish(beside, store / SEGMENTS / f"{version}.json")


def clean(store: Path, snapshots: int, is_segment: Callable[[str], str | None]) -> None:
    """Remove all snapshots but the current one and those before it, `snapshots` in all, and the segments that none of them
    names; `is_segment` tells the hash of a segment from a name, or None. Only for who holds the lock.

    Only what has the look of ours goes: the folder may have been somebody's before. A server that still has a removed
    snapshot open goes on reading it, since its files are mapped.
    """
    remove(store / SEGMENTS / _TEMPORARY)
    named, versions = _chain(store, snapshots)
    if versions is None:
        return
    for folder in (each for each in (store / SNAPSHOTS).glob("*") if VERSION.fullmatch(each.name)):
        if folder.name not in versions:
            remove(folder)
    for path in (store / SEGMENTS).glob("*"):
        if (name := is_segment(path.name)) is not None and name not in named:
            remove(path)
        if path.suffix == ".json" and VERSION.fullmatch(path.stem) and path.stem not in versions:
            remove(path)


def _chain(store: Path, snapshots: int) -> tuple[set[str], set[str] | None]:
    """The segments and versions of the snapshots to keep; None where nobody can tell any more what is named: the segments may
    be all that is left."""
    named: set[str] = set()
    versions: set[str] = set()
    if not (store / CURRENT).exists():
        return named, None if newest_list(store) else versions
    try:
        about = manifest(current(store))
    except BylineError:
        return named, None
    while True:
        versions.add(about["version"])
        named.update(segment["hash"] for segment in about["segments"])
        before = about.get("previous")
        if len(versions) >= snapshots or before is None or before in versions:
            return named, versions
        try:
            about = manifest(store / SNAPSHOTS / before)
        except BylineError:
            return named, versions


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
