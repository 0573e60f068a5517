"""Which file a segment came from, and which segments an ingest of that file again replaces.

The name of a file is where it lies from the folder that the store lies in, so that a project that moves as a whole keeps its
names, and two files of one name in different folders are two. One segment may have several names: files with the same content.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from byline.data.segments.segments import Segment

# A source and the name of a file of it.
Named: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Replaced:
    """What a file said before: `file` its name, `said_on` the day on which it was ingested, records then and now (None: the file
    is gone from its folder)."""

    source: str
    file: str
    said_on: str | None
    records_before: int
    records: int | None

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON."""
        return asdict(self)


@dataclass
class Reading:
    """The files of one ingest: the segment of each that was read, the folders that were given as a whole (with a slash behind),
    and the names of files in them that were refused, which keep what they said."""

    segments: list[Segment] = field(default_factory=list)
    folders: list[Named] = field(default_factory=list)
    refused: set[Named] = field(default_factory=set)

    def states(self, source: str, name: str) -> bool:
        """Whether this ingest says what the file says now."""
        if (source, name) in self.refused:
            return False
        read = any(segment.source == source and name in segment.names for segment in self.segments)
        return read or any(source == of and name.startswith(folder) for of, folder in self.folders)


def name_of(store: Path, path: Path) -> str:
    """The name of a file or a folder: its path from the folder that the store lies in."""
    return Path(os.path.relpath(path.resolve(), store.resolve().parent)).as_posix()


def settle(before: Sequence[Segment], reading: Reading, add: bool = False) -> tuple[list[Segment], list[Replaced]]:
    """The segments after an ingest: a new one stands where the one of its file stood, all others behind. With `add` nothing is
    replaced. Segments of before this Byline have no names, and stay."""
    new: dict[str, Segment] = {}
    stated: dict[Named, list[Segment]] = defaultdict(list)
    for segment in reading.segments:
        earlier = new.get(segment.hash)
        new[segment.hash] = replace(earlier, names=_once(earlier.names, segment.names)) if earlier else segment
        for name in segment.names:
            stated[segment.source, name].append(segment)
    there = {segment.hash for segment in before}
    every: list[Segment] = []
    replaced: list[Replaced] = []
    for old in before:
        gone = [] if add else [name for name in old.names if _other(old, name, reading, stated)]
        for name in gone:
            successors = stated[old.source, name]
            every += [new[each.hash] for each in successors if each.hash not in there]
            there.update(each.hash for each in successors)
            now = sum(each.records for each in successors) if successors else None
            replaced.append(Replaced(old.source, name, old.ingested, old.records, now))
        names = tuple(name for name in old.names if name not in gone)
        if old.hash in new:
            names = _once(names, new[old.hash].names)
        if names or not gone:
            every.append(replace(old, names=names))
    return [*every, *(segment for segment in new.values() if segment.hash not in there)], replaced


def _other(old: Segment, name: str, reading: Reading, stated: dict[Named, list[Segment]]) -> bool:
    """Whether the file now says something else than the segment."""
    return reading.states(old.source, name) and all(each.hash != old.hash for each in stated.get((old.source, name), ()))


def _once(*names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names for name in each))
