"""Public ids and rows: each cluster of keys becomes one node, its rows in the order of the ids."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.identify.keys import Keys
from graph.errors import StoreFailed
from graph.ids import public_id
from graph.model import EXTERNAL_ID, Kind
from graph.store.protocol import Rows


@dataclass(frozen=True)
class Numbered:
    """`ids[row]` is the public id of a row, `row[node]` the row of a node; `alias` are the other ids that lead to a row."""

    keys: Keys
    ids: list[str]
    row: Rows
    alias: list[tuple[str, int]]

    def __len__(self) -> int:
        return len(self.ids)

    def find(self, key: str) -> int | None:
        """The row that an external id leads to."""
        node = self.keys.find(key)
        return None if node is None else int(self.row[node])

    def nodes(self) -> list[list[int]]:
        """The nodes of each row, the earliest first."""
        found: list[list[int]] = [[] for _ in self.ids]
        for node, row in enumerate(self.row.tolist()):
            found[row].append(node)
        return found

    def external_ids(self) -> list[list[str]]:
        """The ids that sources give for each row, as scheme:value, each once, the earliest first."""
        found: list[dict[str, None]] = [{} for _ in self.ids]
        for node, row in enumerate(self.row.tolist()):
            if (stays := self.keys.survivor.get(node)) is not None:
                found[row][stays] = None
            if not self.keys.named(node):
                found[row][self.keys.keys[node]] = None
            for key in self.keys.stated.get(node, ()):
                found[row][key] = None
        return [list(keys) for keys in found]


def number(kind: Kind, keys: Keys) -> Numbered:
    """Ids and rows of the clusters of `keys`. An id is that of the cluster's earliest key, and the ids of its other keys
    are aliases: whatever id an earlier snapshot gave keeps leading here. Raises StoreFailed where two keys get one id.
    """
    root = keys.roots()
    named = [public_id(kind, key) for key in keys.keys]
    earliest = list(named)
    for node, key in keys.survivor.items():
        named[node] = public_id(kind, key)
    order = sorted(np.unique(root).tolist(), key=named.__getitem__)
    row_of_root = np.full(len(keys), -1, np.int32)
    row_of_root[order] = np.arange(len(order), dtype=np.int32)
    row: Rows = row_of_root[root]
    alias = [(each, int(row[node])) for node, each in enumerate(earliest) if each != named[int(root[node])]]
    further = [key for key, owners in keys.others.items() if owners and key not in keys.index]
    others = [public_id(kind, key) for key in further]
    _refuse_collisions([*earliest, *others], [*keys.keys, *further])
    alias += [
        (each, int(row[node]))
        for each, node in ((each, keys.others[key][0]) for each, key in zip(others, further, strict=True))
        if each != named[int(root[node])]
    ]
    return Numbered(keys, [named[node] for node in order], row, alias)


def _refuse_collisions(ids: list[str], keys: list[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, str] = {}
    for each, key in zip(ids, keys, strict=True):
        if seen.setdefault(each, key) != key:
            raise StoreFailed(f"{seen[each]!r} and {key!r} would both get the id {each}", "leave one of them out")


def external_id_column(found: list[list[str]]) -> pa.Array:
    """Ids as scheme:value, a list a row, as the Arrow column of scheme and value."""
    offsets = np.concatenate([[0], np.cumsum([len(keys) for keys in found], dtype=np.int64)]).astype(np.int32)
    split = [key.partition(":") for keys in found for key in keys]
    schemes = pa.array([scheme for scheme, _, _ in split], pa.string())
    values = pa.array([value for _, _, value in split], pa.string())
    pairs = pa.StructArray.from_arrays([schemes, values], fields=list(EXTERNAL_ID))
    return pa.ListArray.from_arrays(pa.array(offsets), pairs)


def stated(found: list[list[str]], scheme: str) -> list[str | None]:
    """The first id of a scheme of each row, without the scheme."""
    head = f"{scheme}:"
    return [next((key[len(head) :] for key in keys if key.startswith(head)), None) for keys in found]
