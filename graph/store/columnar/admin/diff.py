"""What changed from one snapshot to another: nodes by their ids, what is said of them, and how many links there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.model import KINDS, LETTERS, Kind, facts_schema
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.protocol import Rows

_CHUNK = 1 << 17
# Columns that name a row of another table: compared by the id there.
_ROWS = {"stated_category": Kind.CATEGORY, "parent": Kind.CATEGORY, "venue": Kind.VENUE}


@dataclass
class Change:
    """Nodes of one kind: how many came, went, and are told of differently, with the first of each; `merged` are ids that went
    and now lead to another node."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    merged: int = 0
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, texts: Iterator[str], limit: int | None) -> None:
        """Keep the first few; all where there is no limit."""
        examples = self.examples.setdefault(what, [])
        examples += islice(texts, None if limit is None else max(0, limit - len(examples)))


@dataclass(frozen=True)
class Difference:
    """Changes by kind, and the number of entries of each edge, then and now, where the two differ."""

    nodes: dict[Kind, Change]
    links: dict[str, tuple[int, int]]


def difference(old: Path, new: Path, limit: int | None = None) -> Difference:
    """Compare two snapshot folders, and name the first `limit` changes of each sort, or all. Ids are sorted in both, and read
    side by side, a stretch at a time. Raises StoreFailed."""
    before, after = Snapshot.open(old), Snapshot.open(new)
    nodes = {kind: _kind(before, after, kind, limit) for kind in LETTERS}
    lengths = {name: (before.entries(name), after.entries(name)) for name in sorted(before.csr.keys() | after.csr.keys())}
    return Difference(nodes, {name: pair for name, pair in lengths.items() if pair[0] != pair[1]})


def _kind(before: Snapshot, after: Snapshot, kind: Kind, limit: int | None) -> Change:
    change = Change()
    for rows, places in _matched(after.ids(kind), before.ids(kind)):
        fresh, in_both = rows[places < 0], places >= 0
        change.added += len(fresh)
        change.note("added", _named(after, kind, fresh), limit)
        _compare(change, before, after, kind, (places[in_both], rows[in_both]), limit)
    for rows, places in _matched(before.ids(kind), after.ids(kind)):
        gone = rows[places < 0]
        change.removed += len(gone)
        change.note("removed", _named(before, kind, gone), limit)
        for row in gone.tolist() if len(after.aliases) else ():
            wanted = before.ids(kind)[row]
            at = int(np.searchsorted(after.aliases, wanted))
            if at < len(after.aliases) and after.aliases[at] == wanted:
                change.merged += 1
                now = after.ids(kind)[after.alias_rows[at]].decode()
                change.note("merged", iter([f"{wanted.decode()} now leads to {now}"]), limit)
    return change


def _matched(ids: npt.NDArray[np.bytes_], others: npt.NDArray[np.bytes_]) -> Iterator[tuple[Rows, Rows]]:
    """Rows in stretches, and beside each the row of the same id among the others, -1 where there is none."""
    for at in range(0, len(ids), _CHUNK):
        part = ids[at : at + _CHUNK]
        rows = np.arange(at, at + len(part), dtype=np.int32)
        places = np.searchsorted(others, part).astype(np.int32)
        there = places < len(others)
        there[there] = others[places[there]] == part[there]
        yield rows, np.where(there, places, np.int32(-1))


def _named(snapshot: Snapshot, kind: Kind, rows: Rows) -> Iterator[str]:
    for row in rows.tolist():
        identifier, name = (snapshot.reader(kind, column).few((row,))[0] for column in ("id", KINDS[kind].short))
        yield f"{identifier} {name}"


def _compare(change: Change, before: Snapshot, after: Snapshot, kind: Kind, rows: tuple[Rows, Rows], limit: int | None) -> None:
    old, new = rows
    differs = np.zeros(len(new), np.bool_)
    columns: dict[int, list[str]] = {}
    for name in facts_schema(kind).names[1:]:
        one, other = _values(before, kind, name, old), _values(after, kind, name, new)
        if one.equals(other):
            continue
        for place in _unlike(one, other).tolist():
            differs[place] = True
            if limit is None or len(columns) < limit or place in columns:
                columns.setdefault(place, []).append(name)
    change.changed += int(np.count_nonzero(differs))
    change.note(
        "changed",
        (f"{text}: {', '.join(columns[at])}" for at in sorted(columns) for text in _named(after, kind, new[at : at + 1])),
        limit,
    )


def _values(snapshot: Snapshot, kind: Kind, name: str, rows: Rows) -> pa.Array:
    values = snapshot.column(kind, name).take(pa.array(rows))
    if (far := _ROWS.get(name)) is None:
        return values
    return snapshot.column(far, "id").take(values)


def _unlike(one: pa.Array, other: pa.Array) -> npt.NDArray[np.int64]:
    if pa.types.is_nested(one.type):
        pairs = zip(one.to_pylist(), other.to_pylist(), strict=True)
        return np.flatnonzero(np.array([left != right for left, right in pairs], np.bool_))
    same = pc.or_(pc.fill_null(pc.equal(one, other), False), pc.and_(one.is_null(), other.is_null()))
    return np.flatnonzero(~same.to_numpy(zero_copy_only=False))
