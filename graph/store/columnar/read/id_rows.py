"""Rows by public ids. Those found lately are remembered: finding an id takes as long as reading what most answers show of its
node."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from byline.graph.ids import ID_LENGTH
from byline.graph.model import Kind
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.id_lookup import resolve
from byline.graph.store.protocol import Rows

# Ids that are remembered of each kind, some 2 MB.
_MOST = 1 << 14


class IdRows:
    """The ids of one snapshot. Any thread may ask: each change is one step of the interpreter's."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows_of_ids: defaultdict[Kind, dict[str, int]] = defaultdict(dict)

    def of(self, kind: Kind, ids: Sequence[str]) -> Rows:
        """See `resolve`."""
        rows_of_ids = self._rows_of_ids[kind]
        try:
            return np.array([rows_of_ids[text] for text in ids], np.int32)
        except KeyError:
            rows = resolve(self._snapshot, kind, ids)
        self._make_room(rows_of_ids, len(ids))
        if len(ids) <= _MOST:
            rows_of_ids.update((text, row) for text, row in zip(ids, rows.tolist(), strict=True) if row >= 0)
        return rows

    def finder(self, kind: Kind) -> Callable[[str], int]:
        """What finds one id, as `of`."""
        snapshot, rows_of_ids, make_room = self._snapshot, self._rows_of_ids[kind], self._make_room
        ids = snapshot.ids(kind)
        search, size = ids.searchsorted, len(ids)

        def searched(text: str) -> int:
            if len(text) != ID_LENGTH or not text.isascii():
                return int(resolve(snapshot, kind, [text])[0])
            wanted = text.encode()
            row = int(search(wanted))
            if row == size or ids[row] != wanted:
                return int(resolve(snapshot, kind, [text])[0])
            make_room(rows_of_ids, 1)
            rows_of_ids[text] = row
            return row

        def find(text: str) -> int:
            row = rows_of_ids.get(text)
            return searched(text) if row is None else row

        return find

    @staticmethod
    def _make_room(rows_of_ids: dict[str, int], more: int) -> None:
        if len(rows_of_ids) + more > _MOST:
            rows_of_ids.clear()
