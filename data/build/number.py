"""Public ids and rows: each cluster of keys becomes one node, its rows in the order of the ids."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.ragged import Ints
from byline.graph import ids
from byline.graph.errors import StoreFailed
from byline.graph.model import Kind

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

    def leads(self, identifiers: Iterable[str]) -> dict[str, int]:
        """The cluster that each of some ids leads to, itself or as an alias; those that lead nowhere are left out."""
        wanted = pa.array(sorted(set(identifiers)), pa.large_string())
        cluster_of: dict[str, int] = {}
        for names, row in ((self.ids, np.arange(len(self))), self.alias):
            at = np.flatnonzero(pc.is_in(names, value_set=wanted).to_numpy(zero_copy_only=False))
            cluster_of |= dict(zip(names.take(pa.array(at)).to_pylist(), self.cluster[row[at]].tolist(), strict=True))
        return cluster_of


def number(kind: Kind, keys: pa.Array, owner: Ints, lead: npt.NDArray[np.int64]) -> Numbered:
    """Ids and rows of clusters. `owner[i]` is the cluster of key i, `lead[c]` the key that gives cluster c its id; the ids
    of the other keys are aliases: whatever id an earlier snapshot gave keeps leading here.

    Raises StoreFailed where two keys get one id.
    """
    numbers = _numbers(kind, keys)
    _refuse_collisions(kind, numbers, keys)
    own = numbers[lead]
    order = np.argsort(own, kind="stable")
    row = np.empty(len(order), np.int32)
    row[order] = np.arange(len(order), dtype=np.int32)
    beside = np.ones(len(keys), np.bool_)
    beside[lead] = False
    others = np.flatnonzero(beside)
    _, first = np.unique(numbers[others], return_index=True)
    others = others[first]
    others = others[~np.isin(numbers[others], own)] if len(others) else others
    alias = (ids.spelled(kind, numbers[others]), row[owner[others]])
    return Numbered(ids.spelled(kind, own[order]), row, order, alias)


def _numbers(kind: Kind, keys: pa.Array) -> npt.NDArray[np.uint64]:
    numbers = np.empty(len(keys), np.uint64)
    for start in range(0, len(keys), _AT_ONCE):
        stretch = keys.slice(start, _AT_ONCE).to_pylist()
        numbers[start : start + len(stretch)] = [ids.public_number(kind, key) for key in stretch]
    return numbers


def _refuse_collisions(kind: Kind, numbers: npt.NDArray[np.uint64], keys: pa.Array) -> None:
    order = np.argsort(numbers, kind="stable")
    alike = np.flatnonzero(numbers[order[1:]] == numbers[order[:-1]])
    left, right = keys.take(pa.array(order[alike])), keys.take(pa.array(order[alike + 1]))
    for at in np.flatnonzero(pc.not_equal(left, right).to_numpy(zero_copy_only=False)).tolist():
        one, other = left[at].as_py(), right[at].as_py()
        raise StoreFailed(f"{one!r} and {other!r} would both get the id {ids.public_id(kind, one)}", "leave one of them out")
