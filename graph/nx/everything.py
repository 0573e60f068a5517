"""All nodes and edges as one read-only `networkx.MultiDiGraph` over the store's own arrays.

paper  -> author        authorship    position, name_as_printed, corresponding, country_codes; twice where one is printed twice
author -> institution   affiliation   paper_count, first_year, last_year
paper  -> institution   institution
paper  -> category      category
paper  -> venue         venue
paper  -> paper         citation
category -> category    parent
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

from byline.graph.model import PAPER_AUTHORS, Kind
from byline.graph.nx.arrays import Arrays
from byline.graph.nx.numbering import Adjacency, Attributes, Nodes, Numbering, plain
from byline.graph.store.columnar.files.csr import Csr, build, groups_of


class _Spoke(NamedTuple):
    """One kind of edge at one end: its name, the adjacency that lists it there, the kind at the far end."""

    edge: str
    csr: str
    far: Kind


_OUT = {
    Kind.AUTHOR: (_Spoke("affiliation", "affiliations", Kind.INSTITUTION),),
    Kind.PAPER: (
        _Spoke("authorship", "paper_authors", Kind.AUTHOR),
        _Spoke("citation", "references", Kind.PAPER),
        _Spoke("institution", "paper_institutions", Kind.INSTITUTION),
        _Spoke("category", "paper_categories", Kind.CATEGORY),
        _Spoke("venue", "paper_venue", Kind.VENUE),
    ),
    Kind.INSTITUTION: (),
    Kind.CATEGORY: (_Spoke("parent", "category_parent", Kind.CATEGORY),),
    Kind.VENUE: (),
}
_IN = {
    Kind.AUTHOR: (_Spoke("authorship", "author_papers", Kind.PAPER),),
    Kind.PAPER: (_Spoke("citation", "cited_by", Kind.PAPER),),
    Kind.INSTITUTION: (
        _Spoke("affiliation", "institution_authors", Kind.AUTHOR),
        _Spoke("institution", "institution_papers", Kind.PAPER),
    ),
    Kind.CATEGORY: (
        _Spoke("category", "category_papers_direct", Kind.PAPER),
        _Spoke("parent", "category_children", Kind.CATEGORY),
    ),
    Kind.VENUE: (_Spoke("venue", "venue_papers", Kind.PAPER),),
}


class _Ground:
    """The arrays below both directions."""

    def __init__(self, store: Adjacency) -> None:
        self.store = store
        self.numbering = Numbering(store)
        children = store.csr["category_children"]
        above = groups_of(children.offsets).astype(np.int32)
        parent, _ = build(children.targets, above, store.size(Kind.CATEGORY))
        self.csr: dict[str, Csr] = {**store.csr, "category_parent": parent}

    def targets(self, spoke: _Spoke, row: int) -> npt.NDArray[np.int32]:
        """The rows at the far ends, each once."""
        csr = self.csr[spoke.csr]
        targets = csr.targets[csr.offsets[row] : csr.offsets[row + 1]]
        if spoke.csr == "paper_authors":
            return targets[np.sort(np.unique(targets, return_index=True)[1])]
        return targets

    def joined(self) -> Csr:
        """Where every node leads, by its number: the lists of its spokes one behind the other."""
        near, far = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
        for kind, spokes in _OUT.items():
            for spoke in spokes:
                csr = self.csr[spoke.csr]
                near.append(groups_of(csr.offsets) + self.numbering.starts[kind])
                far.append((csr.targets + self.numbering.starts[spoke.far]).astype(np.int32))
        return build(np.concatenate(near), np.concatenate(far), self.numbering.total)[0]

    def bundle(self, spoke: _Spoke, near: int, far: int) -> dict[int, Attributes]:
        """The edges from row `near` to row `far`, outward; empty where there is none."""
        csr = self.csr[spoke.csr]
        start = csr.offsets[near]
        places = start + np.flatnonzero(csr.targets[start : csr.offsets[near + 1]] == far)
        return {key: self._attributes(spoke, int(place)) for key, place in enumerate(places)}

    def _attributes(self, spoke: _Spoke, place: int) -> Attributes:
        about: dict[str, Any] = {"kind": spoke.edge}
        if spoke.edge == "authorship":
            # The printed lists, laid end to end, are the authorship rows.
            table = self.store.table(Kind.AUTHORSHIP)
            about |= {name: table[name][place].as_py() for name in PAPER_AUTHORS.values}
        if spoke.edge == "affiliation":
            about |= {name: plain(values[place]) for name, values in self.store.edge_values[spoke.csr].items()}
        return Attributes(about)


class _Around(Mapping[int, dict[int, Attributes]]):
    """What one node leads to, or what leads to it."""

    __slots__ = ("_ground", "_inward", "_kind", "_row")

    def __init__(self, ground: _Ground, node: int, inward: bool) -> None:
        self._ground, self._inward = ground, inward
        self._kind, self._row = ground.numbering.locate(node)

    def _spokes(self) -> tuple[_Spoke, ...]:
        return (_IN if self._inward else _OUT)[self._kind]

    def __iter__(self) -> Iterator[int]:
        for spoke in self._spokes():
            start = self._ground.numbering.starts[spoke.far]
            yield from (self._ground.targets(spoke, self._row) + start).tolist()

    def __len__(self) -> int:
        return sum(len(self._ground.targets(spoke, self._row)) for spoke in self._spokes())

    def __getitem__(self, node: int) -> dict[int, Attributes]:
        if not isinstance(node, int | np.integer):
            raise KeyError(node)
        kind, row = self._ground.numbering.locate(int(node))
        from_kind, to_kind = (kind, self._kind) if self._inward else (self._kind, kind)
        near, far = (row, self._row) if self._inward else (self._row, row)
        for spoke in _OUT[from_kind]:
            if spoke.far is to_kind and (edges := self._ground.bundle(spoke, near, far)):
                return edges
        raise KeyError(node)


class _Direction(Mapping[int, _Around]):
    """Every node to what it leads to, or to what leads to it."""

    def __init__(self, ground: _Ground, inward: bool) -> None:
        self._ground, self._inward = ground, inward

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    def __len__(self) -> int:
        return self._ground.numbering.total

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int | np.integer) and bool(0 <= node < len(self))

    def __getitem__(self, node: int) -> _Around:
        if node not in self:
            raise KeyError(node)
        return _Around(self._ground, int(node), self._inward)


class WholeGraph(nx.MultiDiGraph):  # type: ignore[misc]
    """A frozen graph of everything; edges say by `kind` what they are.

    Algorithms that make a graph of the same class get a plain `networkx.MultiDiGraph`; so do `subgraph` and `copy`.
    """

    __networkx_backend__ = "byline"

    def __new__(cls, store: Adjacency | None = None, **attributes: Any) -> Any:
        """A view of a store; without one a plain graph, which is what NetworkX asks for when it needs an empty one."""
        return nx.MultiDiGraph(**attributes) if store is None else super().__new__(cls)

    def __init__(self, store: Adjacency) -> None:
        super().__init__()
        ground = self._ground = _Ground(store)
        self.numbering = ground.numbering
        self._edges_in_all = sum(len(ground.csr[spoke.csr].targets) for spokes in _OUT.values() for spoke in spokes)
        self._adj = _Direction(ground, inward=False)
        self._pred = _Direction(ground, inward=True)
        self._node = Nodes(self.numbering, self.numbering.total)
        nx.freeze(self)

    @cached_property
    def arrays(self) -> Arrays:
        """The adjacency of all kinds as one, put together once."""
        out, total = self._ground.joined(), self.numbering.total
        turned, _ = build(out.targets, groups_of(out.offsets).astype(np.int32), total)
        return Arrays(range(total), int, out, turned, self._weigh)

    def _weigh(self, name: str) -> npt.NDArray[np.float64] | None:
        """Ones for an attribute that no edge has; the others belong to some kinds of edges only."""
        attributes = {
            "kind",
            *PAPER_AUTHORS.values,
            *(value for spokes in self._ground.store.edge_values.values() for value in spokes),
        }
        return None if name in attributes else np.ones(self._edges_in_all)

    def size(self, weight: str | None = None) -> Any:
        """The number of edges, or the sum of an attribute of them."""
        return self._edges_in_all if weight is None else super().size(weight)

    def subgraph(self, nodes: Iterable[int]) -> nx.MultiDiGraph:
        """A plain, changeable graph of these nodes and the edges between them."""
        chosen = set(self.nbunch_iter(nodes))
        part = nx.MultiDiGraph()
        part.add_nodes_from((node, self._node[node]) for node in sorted(chosen))
        for node in sorted(chosen):
            for far in self._adj[node]:
                if far in chosen:
                    part.add_edges_from((node, far, key, about) for key, about in self._adj[node][far].items())
        return part

    def copy(self, as_view: bool = False) -> nx.MultiDiGraph:
        """The whole graph as a plain one; a view of it is the graph itself."""
        return self if as_view else self.subgraph(self)


def whole(store: Adjacency) -> WholeGraph:
    """All nodes and edges of a store: authors first, then papers, institutions, categories, venues."""
    graph: WholeGraph = WholeGraph(store)
    return graph
