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
        self._known: defaultdict[Kind, dict[str, int]] = defaultdict(dict)

    def of(self, kind: Kind, ids: Sequence[str]) -> Rows:
        """See `resolve`."""
        known = self._known[kind]
        try:
            return np.array([known[text] for text in ids], np.int32)
        except KeyError:
            rows = resolve(self._snapshot, kind, ids)
        self._make_room(known, len(ids))
        if len(ids) <= _MOST:
            known.update((text, row) for text, row in zip(ids, rows.tolist(), strict=True) if row >= 0)
        return rows

    def finder(self, kind: Kind) -> Callable[[str], int]:
        """What finds one id, as `of`."""
        snapshot, known, make_room = self._snapshot, self._known[kind], self._make_room
        ids = snapshot.ids(kind)
        search, size = ids.searchsorted, len(ids)

        def searched(text: str) -> int:
            if len(text) != ID_LENGTH or not text.isascii():
                return int(resolve(snapshot, kind, [text])[0])
            wanted = text.encode()
            row = int(search(wanted))
            if row == size or ids[row] != wanted:
                return int(resolve(snapshot, kind, [text])[0])
            make_room(known, 1)
            known[text] = row
            return row

        def find(text: str) -> int:
            row = known.get(text)
            return searched(text) if row is None else row

        return find

    @staticmethod
    def _make_room(known: dict[str, int], more: int) -> None:
        if len(known) + more > _MOST:
            known.clear()
