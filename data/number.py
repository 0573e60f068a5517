"""Public ids and rows: each cluster of keys becomes one node, its rows in the order of the ids."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.identify.scene import Ints
from graph import ids
from graph.errors import StoreFailed
from graph.model import Kind

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Numbered:
    """`ids[row]` is the public id of a row, `row[cluster]` the row of a cluster, `cluster[row]` the other way round.

    `alias` has further ids and the row that each leads to.
    """

    ids: pa.Array
    row: Ints
    cluster: npt.NDArray[np.int64]
    alias: tuple[pa.Array, Ints]

    def __len__(self) -> int:
        return len(self.cluster)


def number(kind: Kind, keys: pa.Array, further: pa.Array, owner: Ints) -> Numbered:
    """Ids and rows of clusters. `keys[c]` is the key that gives cluster c its id; the ids of `further` keys, with the
    cluster that owns each, are aliases: whatever id an earlier snapshot gave keeps leading here.

    Raises StoreFailed where two keys get one id.
    """
    own, others = _numbers(kind, keys), _numbers(kind, further)
    _refuse_collisions(kind, own, keys, others, further)
    order = np.argsort(own, kind="stable")
    row = np.empty(len(order), np.int32)
    row[order] = np.arange(len(order), dtype=np.int32)
    _, first = np.unique(others, return_index=True)
    first = first[~np.isin(others[first], own)]
    alias = (ids.spelled(kind, others[first]), row[owner[first]])
    return Numbered(ids.spelled(kind, own[order]), row, order, alias)


def _numbers(kind: Kind, keys: pa.Array) -> npt.NDArray[np.uint64]:
    found = np.empty(len(keys), np.uint64)
    for start in range(0, len(keys), _AT_ONCE):
        stretch = keys.slice(start, _AT_ONCE).to_pylist()
        found[start : start + len(stretch)] = [ids.public_number(kind, key) for key in stretch]
    return found


def _refuse_collisions(
    kind: Kind, own: npt.NDArray[np.uint64], keys: pa.Array, others: npt.NDArray[np.uint64], further: pa.Array
) -> None:
    every = np.concatenate([own, others])
    order = np.argsort(every, kind="stable")
    alike = np.flatnonzero(every[order[1:]] == every[order[:-1]])
    for left, right in zip(order[alike].tolist(), order[alike + 1].tolist(), strict=True):
        one, other = (str((keys[at] if at < len(keys) else further[at - len(keys)]).as_py()) for at in (left, right))
        if one != other:
            raise StoreFailed(f"{one!r} and {other!r} would both get the id {ids.public_id(kind, one)}", "leave one of them out")
