"""External ids of nodes: which keys lead to each, in the order in which they were met, and the columns that show them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.build.clusters import NEVER, Clusters
from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.dictionary import find
from byline.data.segments.lists import once
from byline.graph.model import EXTERNAL_ID

_NAMELESS = ("title:", "name:")


@dataclass(frozen=True)
class External:
    """`lists` has for each row the places of its ids in `keys`."""

    keys: pa.Array
    lists: Lists

    def column(self, low: int, high: int) -> pa.Array:
        """The ids of a stretch of rows as lists of scheme and value."""
        start, end = self.lists.offsets[low], self.lists.offsets[high]
        keys = self.keys.take(pa.array(self.lists.targets[start:end]))
        split = pc.extract_regex(keys, "(?s)^(?P<scheme>[^:]*):(?P<value>.*)$")
        parts = [split.field(name).cast(pa.string()) for name in ("scheme", "value")]
        pairs = pa.StructArray.from_arrays(parts, fields=list(EXTERNAL_ID))
        offsets = (self.lists.offsets[low : high + 1] - start).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), pairs)

    def first(self, scheme: str, low: int, high: int) -> pa.Array:
        """The first id of a scheme of each row of a stretch, without the scheme."""
        start, end = self.lists.offsets[low], self.lists.offsets[high]
        keys = self.keys.take(pa.array(self.lists.targets[start:end]))
        fitting = np.flatnonzero(pc.starts_with(keys, f"{scheme}:").to_numpy(zero_copy_only=False))
        row = np.searchsorted(self.lists.offsets[low : high + 1] - start, fitting, "right") - 1
        at = np.full(high - low, -1, np.int64)
        at[row[::-1]] = fitting[::-1]
        values = pc.utf8_slice_codeunits(keys, len(scheme) + 1)
        return values.take(pa.array(at, mask=at < 0)).cast(pa.string())


def external(keys: pa.Array, met: Longs, first: Ints, other: Ints, clusters: Clusters, owner: Ints, rows: int) -> External:
    """The ids of each row: `owner[c]` is the row of cluster c. Of each node its key comes first, then what it states
    beside it; an id that a source declares to be the one that stays is before all others."""
    nodes = np.flatnonzero(met < NEVER)
    further = pa.array([key for key, _ in clusters.further], pa.large_string())
    every = pa.concat_arrays([keys, further])
    stays = find(pa.array(list(clusters.survivor.values()), pa.large_string()), every)
    key = np.concatenate([stays, nodes, other, np.arange(len(keys), len(every))]).astype(np.int64)
    cluster = np.concatenate(
        [
            np.array(list(clusters.survivor), np.int64),
            clusters.of[nodes],
            clusters.of[first],
            np.array([c for _, c in clusters.further], np.int64),
        ]
    ).astype(np.int64)
    when = np.concatenate([np.full(len(stays), -1), met[nodes], met[first], np.full(len(further), NEVER)])
    within = np.concatenate([np.zeros(len(stays) + len(nodes), np.int64), 1 + np.arange(len(other)), np.arange(len(further))])
    nameless = np.zeros(len(every), np.bool_)
    for head in _NAMELESS:
        nameless |= pc.starts_with(every, head).to_numpy(zero_copy_only=False)
    named = ~nameless[key]
    row = owner[cluster[named]]
    single = not len(row) or int(np.bincount(row).max()) == 1
    order = np.argsort(row, kind="stable") if single else np.lexsort((within[named], when[named], row))
    lengths = np.bincount(row, minlength=rows)
    ids_by_row = Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), key[named][order].astype(np.int32))
    return External(every, once(ids_by_row))


def further_keys(keys: pa.Array, clusters: Clusters) -> tuple[pa.Array, Ints]:
    """All keys that lead to clusters beside those that give the ids, each with its cluster."""
    owned = np.flatnonzero(clusters.of >= 0)
    beside = owned[clusters.root[clusters.of[owned]] != owned]
    moved = np.array(sorted(clusters.survivor), np.int64)
    roots = clusters.root[moved] if len(moved) else np.zeros(0, np.int32)
    texts = pa.concat_arrays(
        [
            keys.take(pa.array(beside)),
            keys.take(pa.array(roots)),
            pa.array([key for key, _ in clusters.further], pa.large_string()),
        ]
    )
    owner = np.concatenate([clusters.of[beside], moved, np.array([c for _, c in clusters.further], np.int64)])
    return texts, owner.astype(np.int32)


def naming_keys(keys: pa.Array, clusters: Clusters) -> pa.Array:
    """The key that gives each cluster its id: the earliest, unless a source declares another one to stay."""
    texts = keys.take(pa.array(clusters.root))
    if not clusters.survivor:
        return texts
    listed = texts.to_pylist()
    for cluster, key in clusters.survivor.items():
        listed[cluster] = key
    return pa.array(listed, pa.large_string())
