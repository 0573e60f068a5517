"""Nodes as the small whole numbers that NetworkX's algorithms walk on, and what those numbers stand for.

Authors come first, then papers, institutions, categories and venues, each in the order of their rows.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import networkx as nx
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.errors import BadId
from byline.graph.ids import kind_of
from byline.graph.model import LETTERS, Kind
from byline.graph.store.columnar.edges.coauthors import Coauthors
from byline.graph.store.columnar.files.csr import NULL, Csr


class Adjacency(Protocol):
    """What a view needs of a store: adjacency by edge name, values beside it, tables. `ColumnarStore` is one."""

    @property
    def csr(self) -> Mapping[str, Csr]:
        """Adjacency by the edge names of graph/model.py."""

    @property
    def edge_values(self) -> Mapping[str, Mapping[str, npt.NDArray[Any]]]:
        """Arrays that run beside the targets of an edge, NULL where a whole number is null."""

    @property
    def coauthors(self) -> Coauthors:
        """The lists of coauthors of all people."""

    def size(self, kind: Kind) -> int:
        """How many nodes a kind has."""

    def table(self, kind: Kind) -> pa.Table:
        """All columns of a kind."""


class Attributes(dict[str, Any]):
    """The attributes of a node or an edge, made anew at each access: what is written into them would be lost."""

    def __setitem__(self, name: str, value: Any) -> None:
        nx.classes.function.frozen()

    def update(self, *_: Any, **__: Any) -> None:
        """Refused, as any change to a frozen graph."""
        nx.classes.function.frozen()

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:
        return dict(self)


class Numbering:
    """Numbers of nodes to kinds, rows and public ids, and back."""

    def __init__(self, store: Adjacency) -> None:
        self._store = store
        self.starts: dict[Kind, int] = {}
        self.total = 0
        for kind in LETTERS:
            self.starts[kind] = self.total
            self.total += store.size(kind)

    def node(self, kind: Kind, row: int) -> int:
        """The number of the node at a row."""
        return self.starts[kind] + row

    def locate(self, node: int) -> tuple[Kind, int]:
        """Kind and row of a node. Raises KeyError for a number that stands for none."""
        if not 0 <= node < self.total:
            raise KeyError(node)
        kind = next(kind for kind in reversed(self.starts) if self.starts[kind] <= node)
        return kind, node - self.starts[kind]

    def id_of(self, node: int) -> str:
        """The public id of a node. Raises KeyError."""
        kind, row = self.locate(node)
        return str(self._store.table(kind)["id"][row])

    def node_of(self, identifier: str) -> int:
        """The node with a public id. Raises BadId for an id that is not in the graph."""
        kind = kind_of(identifier)
        if kind is not None:
            ids, size = self._store.table(kind)["id"], self._store.size(kind)
            row = bisect_left(range(size), identifier, key=lambda row: str(ids[row]))
            if row < size and str(ids[row]) == identifier:
                return self.node(kind, row)
        raise BadId(f"no node has the id {identifier!r}")

    def attributes(self, node: int) -> Attributes:
        """kind, id and title or name of a node; of a category its code too. Raises KeyError."""
        kind, row = self.locate(node)
        names = {Kind.PAPER: ("id", "title"), Kind.CATEGORY: ("id", "name", "code")}.get(kind, ("id", "name"))
        table = self._store.table(kind)
        return Attributes({"kind": kind.value} | {name: table[name][row].as_py() for name in names})


class Nodes(Mapping[int, Attributes]):
    """The first `size` nodes as NetworkX keeps them: number to attributes."""

    __slots__ = ("_numbering", "_size")

    def __init__(self, numbering: Numbering, size: int) -> None:
        self._numbering = numbering
        self._size = size

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._size))

    def __len__(self) -> int:
        return self._size

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int | np.integer) and bool(0 <= node < self._size)

    def __getitem__(self, node: int) -> Attributes:
        if node not in self:
            raise KeyError(node)
        return self._numbering.attributes(int(node))


def plain(value: Any) -> Any:
    """A number out of an array as Python's own; None for a null."""
    number = value.item()
    return None if isinstance(number, int) and number == NULL else number
