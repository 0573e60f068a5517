"""Public ids as rows: a search among the sorted ids of a kind, and among the ids that were merged."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from byline.graph.ids import ID_LENGTH
from byline.graph.model import LETTERS, Kind
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.protocol import Rows


def resolve(snapshot: Snapshot, kind: Kind, ids: Sequence[str]) -> Rows:
    """The rows of public ids, merged ones followed; -1 for what is not there, strings that are no ids included."""
    own, wanted = snapshot.ids(kind), _as_bytes(ids)
    rows = _places_of(own, wanted)
    lost = np.flatnonzero(rows < 0)
    if len(lost) and len(snapshot.aliases):
        places = _places_of(snapshot.aliases, wanted[lost])
        there = (places >= 0) & np.char.startswith(wanted[lost], LETTERS[kind].encode())
        rows[lost[there]] = snapshot.alias_rows[places[there]]
    return rows


def _as_bytes(ids: Sequence[str]) -> npt.NDArray[np.bytes_]:
    """Ids in the width of the column; a string of another width, or not in ASCII, becomes one that no node has."""
    text = "".join(ids)
    if text.isascii() and set(map(len, ids)) == {ID_LENGTH}:
        return np.frombuffer(text.encode(), f"S{ID_LENGTH}")
    return np.array([i.encode() if len(i) == ID_LENGTH and i.isascii() else b"" for i in ids], f"S{ID_LENGTH}")


def _places_of(sorted_ids: npt.NDArray[np.bytes_], wanted: npt.NDArray[np.bytes_]) -> Rows:
    """The place of each id among sorted ones, -1 where it is not there."""
    if not len(sorted_ids):
        return np.full(len(wanted), -1, np.int32)
    places = np.searchsorted(sorted_ids, wanted)
    places[places == len(sorted_ids)] = 0
    return np.where(sorted_ids[places] == wanted, places, -1).astype(np.int32)
