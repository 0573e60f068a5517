"""One open snapshot: its tables and arrays, memory-mapped, and the plain views that kernels read."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.errors import SnapshotDamaged, StoreFailed
from byline.graph.model import COAUTHORS, COLUMNS, FORMAT, KINDS, LINKS, Edge, Kind
from byline.graph.request import Order
from byline.graph.store.codes import category_rows, only
from byline.graph.store.columnar.edges import unlisted
from byline.graph.store.columnar.edges.coauthors import Coauthors
from byline.graph.store.columnar.edges.huge_teams import Worked
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.edges.unlisted import UnlistedEnds
from byline.graph.store.columnar.files import load
from byline.graph.store.columnar.files.csr import NULL, Csr, Numbers
from byline.graph.store.columnar.files.indexes import Index
from byline.graph.store.columnar.files.layout import manifest
from byline.graph.store.columnar.files.marks import Marks
from byline.graph.store.columnar.files.secondary_orders import NAMES
from byline.graph.store.columnar.files.spans import Spans, spans
from byline.graph.store.columnar.files.word_fields import names_of
from byline.graph.store.columnar.mapped import absent_kinds
from byline.graph.store.columnar.mapped.finder import Finder, Nodes
from byline.graph.store.columnar.mapped.readers import ColumnReader, id_bytes
from byline.graph.store.columnar.mapped.word_index import WordIndex

_TYPES = {(kind, column.name): column.dtype for kind, columns in COLUMNS.items() for column in columns}
_NUMBERS = {name for name, dtype in _TYPES.items() if dtype in (pa.int32(), pa.date32())}
_SHARES = {name for name, dtype in _TYPES.items() if dtype == pa.float64()}


@dataclass(frozen=True)
class Snapshot:
    """Everything of one snapshot folder. Opening maps the files and reads none of their contents."""

    folder: Path
    about: dict[str, Any]
    tables: dict[Kind, pa.Table]
    texts: dict[Kind, Mapping[str, Spans]]
    alias: pa.Table
    csr: dict[str, Csr]
    edge_values: dict[str, dict[str, npt.NDArray[Any]]]
    arrays: dict[str, npt.NDArray[Any]]
    indexes: dict[str, Index]
    words: WordIndex | None = None
    columns: dict[tuple[Kind, str], pa.Array] = field(default_factory=dict)
    readers: dict[tuple[Kind, str], ColumnReader] = field(default_factory=dict)
    open_lists: dict[str, UnlistedEnds] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Map a snapshot folder. Raises SnapshotDamaged, FormatTooNew."""
        about = absent_kinds.counted(manifest(folder))
        if about["format"] < FORMAT:
            raise SnapshotDamaged(f"{folder} has format {about['format']}, this Byline reads {FORMAT}", "ingest again")
        check_sizes(folder, about)
        arrays = {name.removesuffix(".npy"): load.array(folder / name) for name in about["files"] if name.endswith(".npy")}
        tables = {kind: load.nodes(folder, kind) for kind in Kind}
        for kind, stored in tables.items():
            load.check_rows(folder, kind, stored, about)
        texts = {kind: spans(folder / f"{kind}.arrow") if stored.num_rows else {} for kind, stored in tables.items()}
        csr, values = _edges(arrays)
        absent_kinds.without_entries(csr, values, {kind: stored.num_rows for kind, stored in tables.items()})
        indexes = absent_kinds.empty_indexes()
        indexes |= {path.stem: Index(load.table(path, Index.COLUMNS)) for path in (folder / "indexes").glob("*.arrow")}
        links = {name: load.link(folder, name) for name in LINKS}
        return cls(folder, about, tables, texts, links["alias"], csr, values, arrays, indexes, WordIndex.open(folder))

    def size(self, kind: Kind) -> int:
        """How many rows a kind has."""
        return int(self.tables[kind].num_rows)

    def column(self, kind: Kind, name: str) -> pa.Array:
        """A whole column as one Arrow array."""
        column = self.columns.get((kind, name))
        if column is None:
            column = self.columns[kind, name] = self.tables[kind].column(name).chunk(0)
        return column

    def numbers(self, kind: Kind, name: str) -> Numbers:
        """A 32-bit column as numpy, NULL where it is null. No copy."""
        return self.reader(kind, name).numbers

    @property
    def citations_known(self) -> bool:
        """Whether the graph knows any citation, by a paper of the graph or by a work outside of it."""
        counts = self.about["counts"]
        return int(counts["citations"]) + int(counts["outside_citations"]) > 0

    def unlisted(self, edge: Edge) -> UnlistedEnds:
        """What the graph does not know of the lists of an edge."""
        ends = self.open_lists.get(edge.name)
        if ends is None:
            ends = self.open_lists[edge.name] = self._unlisted(edge)
        return ends

    def _unlisted(self, edge: Edge) -> UnlistedEnds:
        match edge.name:
            case "paper_authors":
                stated = self.numbers(Kind.PAPER, "author_count")
                complete = self.column(Kind.PAPER, "author_list_complete")
                return unlisted.of_authors(stated, self.arrays["known_authors"], complete)
            case "references":
                complete = self.column(Kind.PAPER, "references_complete")
                return unlisted.of_references(self.column(Kind.PAPER, "unresolved_references"), complete)
            case "cited_by":
                if not self.citations_known:
                    return UnlistedEnds(None, np.ones(self.size(Kind.PAPER), np.bool_))
                return unlisted.of_citations(self.column(Kind.PAPER, "unresolved_citations"))
            case "paper_institutions":
                return unlisted.of_flags(self.column(Kind.PAPER, "institutions_complete"))
            case "affiliations":
                return unlisted.of_flags(self.column(Kind.AUTHOR, "affiliations_complete"))
            case "author_papers" | "institution_papers" | "paper_venue":
                return unlisted.of_empty(self.csr[edge.name])
        return unlisted.NONE

    def reader(self, kind: Kind, name: str) -> ColumnReader:
        """What reads rows of a column."""
        reader = self.readers.get((kind, name))
        if reader is None:
            reader = self.readers[kind, name] = ColumnReader(self.column(kind, name), self.texts[kind].get(name), name == "id")
        return reader

    def index(self, name: str) -> Index:
        """An index of names or external ids."""
        return self.indexes[name]

    @property
    def finder(self) -> Finder:
        """What answers searches. Raises StoreFailed where the snapshot was written without an index of words."""
        if self.words is None:
            raise StoreFailed(f"{self.folder} has no index of words", "ingest again to have one")
        # Made each time: kept here it would be part of a cycle, and a snapshot goes with its last request only without one.
        return Finder(self.words, self.arrays, Nodes(self._id, self._names, self.category_row, self.size))

    def _id(self, kind: Kind, row: int) -> str:
        return str(self.column(kind, "id")[row])

    def _names(self, kind: Kind, row: int) -> list[str]:
        """Every name of a node, as a search looks into them, the preferred one first."""
        return names_of([self.column(kind, name)[row].as_py() for name in KINDS[kind].names])

    def category_row(self, typed: str) -> int:
        """The row of the category that a code as typed names, MISSING or AMBIGUOUS."""
        return only(self.category_rows(typed))

    def category_rows(self, typed: str) -> list[int]:
        """The rows of the categories that a code as typed may name."""
        codes, parents = self.column(Kind.CATEGORY, "code").to_pylist(), self.numbers(Kind.CATEGORY, "parent")
        return category_rows(codes, lambda row: None if parents[row] == NULL else codes[parents[row]], typed)

    def is_number(self, kind: Kind, name: str) -> bool:
        """Whether a column holds 32-bit numbers: whole ones, rows or days."""
        return (kind, name) in _NUMBERS

    def is_share(self, kind: Kind, name: str) -> bool:
        """Whether a column holds numbers that are not whole."""
        return (kind, name) in _SHARES

    def places(self, edge: str, order: tuple[Order, ...]) -> npt.NDArray[np.integer] | None:
        """Where the entries of an edge's lists stand in another order; None where that order is not kept, as of a column that the
        snapshot was written without."""
        name = NAMES.get((edge, order))
        return self.arrays.get(f"edges/{name}") if name else None

    def ids(self, kind: Kind) -> npt.NDArray[np.bytes_]:
        """The public ids of a kind, sorted, as bytes of one width. No copy."""
        ids = self.reader(kind, "id").ids
        assert ids is not None
        return ids

    @cached_property
    def aliases(self) -> npt.NDArray[np.bytes_]:
        """Ids that lead to a row besides its own, sorted."""
        return id_bytes(self.alias.column("id").chunk(0))

    @cached_property
    def alias_rows(self) -> Numbers:
        """The rows that `aliases` lead to."""
        rows: Numbers = self.alias.column("row").chunk(0).to_numpy()
        return rows

    @cached_property
    def edge_inputs(self) -> EdgeInputs:
        """What the hops through papers read."""
        return EdgeInputs(
            {kind: self.size(kind) for kind in Kind},
            self.csr,
            self.numbers(Kind.PAPER, "year"),
            self.arrays["paper_weight"],
            self.numbers(Kind.AUTHORSHIP, "paper"),
        )

    @cached_property
    def coauthors(self) -> Coauthors:
        """The lists of coauthors of all people, those that are not kept included."""
        worked = Worked(self.arrays["worked.rows"], self.arrays["worked.lengths"])
        return Coauthors(self.csr[COAUTHORS.name], self.edge_values[COAUTHORS.name], self.edge_inputs, worked)

    def entries(self, edge: str) -> int:
        """How many entries the lists of an edge have."""
        return len(self.coauthors) if edge == COAUTHORS.name else len(self.csr[edge].targets) if edge in self.csr else 0

    @cached_property
    def marks(self) -> Marks:
        """Marks of people for searches."""
        return Marks(self.size(Kind.AUTHOR))

    @property
    def team_size(self) -> Numbers:
        """Authors of each paper: as reported, and never fewer than are known here."""
        return self.arrays["team_size"]


def check_sizes(folder: Path, about: dict[str, Any]) -> None:
    """Raises SnapshotDamaged where a file is missing or has another size than the manifest says."""
    for name, stated in about["files"].items():
        _check_size(f"{folder}/{name}", stated["bytes"])


def _check_size(path: str, stated: int) -> None:
    try:
        size = os.stat(path).st_size
    except OSError as error:
        raise SnapshotDamaged(f"{path} is missing: {error.strerror}", "ingest again") from error
    if size != stated:
        raise SnapshotDamaged(f"{path} has {size} bytes, its manifest says {stated}", "ingest again")


def _edges(arrays: dict[str, npt.NDArray[Any]]) -> tuple[dict[str, Csr], dict[str, dict[str, npt.NDArray[Any]]]]:
    csr: dict[str, Csr] = {}
    values: dict[str, dict[str, npt.NDArray[Any]]] = {}
    for name in arrays:
        if not name.startswith("edges/") or "@" in name:
            continue
        edge, part = name.removeprefix("edges/").split(".")
        if part == "offsets":
            csr[edge] = Csr(arrays[name], arrays[f"edges/{edge}.targets"])
        elif part != "targets":
            values.setdefault(edge, {})[part] = arrays[name]
    return csr, values
