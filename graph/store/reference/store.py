"""The reference store, over `networkx.MultiDiGraph`: the executable specification. What it answers is right by reading it.

It keeps every node and edge as Python objects and walks them one by one: for tests and for small graphs.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from byline.graph.identifiers import normal
from byline.graph.ids import kind_of
from byline.graph.model import (
    BETWEEN,
    CATEGORY_AUTHORS,
    CATEGORY_PAPERS,
    CATEGORY_PARENT,
    COLLABORATORS,
    COLUMNS,
    EDGES,
    KINDS,
    LETTERS,
    OUTSIDE_COUPLED,
    OWN_INSTITUTIONS,
    Edge,
    Facts,
    Kind,
    columns_where,
)
from byline.graph.request import (
    EVERYTHING,
    All,
    Compare,
    Cursor,
    Hop,
    Identified,
    InCategory,
    InCountry,
    Key,
    Not,
    OnEdge,
    Op,
    Quantifier,
    Scalar,
    Select,
    Where,
)  # fmt: skip
from byline.graph.request import Any as AnyOf
from byline.graph.store.codes import category_rows, only, typed_codes
from byline.graph.store.columnar.files.layout import manifest
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.defaults.capabilities import Capabilities
from byline.graph.store.identified import identifies
from byline.graph.store.loops import without_loops
from byline.graph.store.protocol import (
    MISSING,
    Array,
    Degree,
    Ragged,
    Rows,
    SnapshotInfo,
)  # fmt: skip
from byline.graph.store.reference.derived import add_figures
from byline.graph.store.reference.graph_metrics import add_whole
from byline.graph.store.reference.neighbourhood import Circles
from byline.graph.store.reference.plain import End, arrange, compares, conjunction, cut, negation, of_edge, ragged
from byline.graph.store.reference.unlisted import unlisted
from byline.graph.store.reference.walks import Walks
from byline.graph.store.widths import widths
from byline.graph.text import compact

# Edges of whose lists no length is stated: working them all out would take longer than reading the graph, or it is one at most.
_UNSTATED = (CATEGORY_PAPERS, CATEGORY_AUTHORS, COLLABORATORS, OUTSIDE_COUPLED, CATEGORY_PARENT)
# Nodes and quantifiers whose truth is remembered.
_REACHED = 100_000


class NetworkXStore(Capabilities):
    """`byline.graph.store.protocol.Store`, built from facts in memory: the core alone, with the defaults over it."""

    def __init__(self, facts: Facts, version: str = "memory", built_at: str = "") -> None:
        facts = replace(facts, links={**facts.links, "citation": without_loops(facts.links["citation"])})
        self._walks = Walks(facts)
        self._circles = Circles(self._walks)
        self._reached: dict[tuple[str, Quantifier], bool | None] = {}
        add_figures(self._walks)
        self._measures = add_whole(self._walks)
        self._aliases = {alias["id"]: alias["row"] for alias in facts.links["alias"].to_pylist()}
        self._version, self._built_at, self._facts = version, built_at, facts

    # Where.

    def _holds(self, end: End, where: Where) -> bool:
        """Whether a condition is known to hold of an entry of a list."""
        return self._truth(end.node, where, end.values) is True

    def _truth(self, node: str, where: Where, values: Mapping[str, Scalar] = MappingProxyType({})) -> bool | None:
        """True, false, or None where it cannot be known; `values` are those of the hop that led to the node."""
        match where:
            case OnEdge(part):
                return of_edge(values, part)
            case Compare("id", _, value):
                return node in self._followed(value)
            case Compare(column, op, value):
                return compares(self._walks.graph.nodes[node][column], op, value)
            case Identified():
                return identifies(where, self._external(self._walks.graph.nodes[node]["kind"], node))
            case InCategory():
                categories = self._walks.categories(node)
                if where.op is Op.EXISTS:
                    return bool(categories) == where.value
                return not self._fitting_categories(where).isdisjoint(categories) if categories else None
            case InCountry():
                return self._in_country(node, where)
            case All(parts):
                return conjunction(self._truth(node, part, values) for part in parts)
            case AnyOf(parts):
                return negation(conjunction(negation(self._truth(node, part, values)) for part in parts))
            case Not(part):
                return negation(self._truth(node, part, values))
            case Quantifier():
                # Quantifiers within quantifiers meet a node in many ways.
                if (node, where) not in self._reached:
                    if len(self._reached) >= _REACHED:
                        self._reached.clear()
                    self._reached[node, where] = self._reaches(node, where)
                return self._reached[node, where]

    def _in_country(self, node: str, where: InCountry) -> bool | None:
        nodes = self._walks.graph.nodes
        edge = OWN_INSTITUTIONS[nodes[node]["kind"]]
        own = [nodes[institution.node]["country_code"] for institution in self._far(Hop(edge), node)]
        authorships = [self._walks.authorships[row] for row in self._walks.authorship_rows(node)]
        stated = [code for authorship in authorships for code in authorship["country_codes"] or ()]
        known = {code for code in own + stated if code is not None}
        if where.op is Op.EXISTS:
            return bool(known) == where.value
        if any(compares(code, where.op, where.value) for code in known):
            return True
        return None if None in own or unlisted(self._walks, edge, node) else False

    def _reaches(self, node: str, where: Quantifier) -> bool | None:
        truths = [self._truth(end, where.where) for end in {end.node for end in self._far(Hop(where.edge), node)}]
        others = unlisted(self._walks, where.edge, node)
        fewest = truths.count(True) + (others.number if where.where == EVERYTHING else 0)
        greatest = math.inf if others.open else len(truths) - truths.count(False) + others.number
        least, most = where.least or 0, math.inf if where.most is None else where.most
        if fewest >= least and greatest <= most:
            return True
        return False if greatest < least or fewest > most else None

    def _followed(self, value: object) -> set[str]:
        """The nodes that an id, or each of several, leads to: ids that were merged away lead on."""
        nodes: set[str] = set()
        for one in value if isinstance(value, tuple) else (value,):
            kind = kind_of(str(one))
            row = MISSING if kind is None else self._row(kind, Key("id", str(one)))
            if kind is not None and row != MISSING:
                nodes.add(self._walks.ids[kind][row])
        return nodes

    def _fitting_categories(self, where: InCategory) -> set[str]:
        """The categories that a code names or whose code fits, and all below them."""
        nodes, ids = self._walks.graph.nodes, self._walks.ids[Kind.CATEGORY]
        if where.op in (Op.EQ, Op.IN):
            fitting = [ids[row] for code in typed_codes(where) if (row := self._code(code)) >= 0]
        else:
            fitting = [category for category in ids if compares(nodes[category]["code"], where.op, where.value)]
        return {below for category in fitting for below in self._walks.within(category)}

    # Lists.

    async def find(self, kind: Kind, select: Select) -> Ragged:
        """See the protocol."""
        return self._answer([[End(node) for node in self._walks.ids[kind]]], select, None)

    async def expand(self, hop: Hop, rows: Rows, select: Select) -> Ragged:
        """See the protocol."""
        return self._answer([self._ends(hop, row) for row in rows], select, hop)

    def _ends(self, hop: Hop, row: Rows) -> list[End]:
        if hop.edge.source is Kind.AUTHORSHIP:
            return self._walks.authorship_institutions(int(row))
        ids = self._walks.ids[hop.edge.source]
        if hop.edge.pair:
            left, right = (ids[end] for end in row.tolist())
            if hop.edge is BETWEEN:
                return self._circles.between(left, right, hop.window, hop.distance)
            return self._walks.pair(hop.edge, left, right, hop.window)
        return self._far(hop, ids[int(row)])

    def _far(self, hop: Hop, node: str) -> list[End]:
        if hop.edge is COLLABORATORS:
            return self._circles.collaborators(node, hop.window, hop.distance)
        return self._walks.hop(hop.edge, node, hop.window)

    def _answer(self, lists: list[list[End]], select: Select, hop: Hop | None) -> Ragged:
        """Filter, order and cut each list, then lay them end to end."""
        edge = hop.edge if hop else None

        def keys(end: End) -> Cursor:
            node = self._walks.graph.nodes[end.node]
            return tuple(end.values[key.column] if key.on_edge else node[key.column] for key in select.order)

        stretches = []
        for ends in lists:
            fitting = [end for end in ends if self._holds(end, select.where)]
            stretches.append(cut(arrange(fitting, select.order, keys, edge), select.order, select.page, keys))
        return ragged(stretches, select, self._walks.row, edge)

    async def columns(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Array]:
        """See the protocol."""
        if kind is Kind.AUTHORSHIP:
            records = [self._walks.authorships[row] for row in rows]
        else:
            records = [self._walks.graph.nodes[self._walks.ids[kind][row]] for row in rows]
        types = {column.name: column.dtype for column in COLUMNS[kind]}
        return [pa.array([record[name] for record in records], types[name]) for name in names]

    # Keys.

    async def lookup(self, kind: Kind, keys: Sequence[Key]) -> Rows:
        """See the protocol."""
        return np.array([self._row(kind, key) for key in keys], np.int32)

    def _row(self, kind: Kind, key: Key) -> int:
        ids, nodes = self._walks.ids[kind], self._walks.graph.nodes
        match key.by:
            case "id" if key.value in nodes and nodes[key.value]["kind"] is kind:
                return self._walks.row(key.value)
            case "id":
                return int(self._aliases.get(key.value, MISSING)) if kind_of(key.value) is kind else MISSING
            case "external":
                wanted = (key.scheme.lower(), normal(key.scheme, key.value))
                return only([row for row, node in enumerate(ids) if wanted in self._external(kind, node)])
            case "name" if "names" in KINDS[kind].names:
                name = compact(key.value)
                return only([row for row, node in enumerate(ids) if name in map(compact, nodes[node]["names"])])
            case "code" if kind is Kind.CATEGORY:
                return self._code(key.value)
        return MISSING

    def _external(self, kind: Kind, node: str) -> set[tuple[str, str]]:
        """Every (scheme, value) under which other catalogues know a node, in normal form."""
        columns = self._walks.graph.nodes[node]
        identifiers = [(one["scheme"], one["value"]) for one in columns.get("external_ids") or []]
        own = columns_where(kind, "scheme")
        identifiers += [(column.scheme, columns[name]) for name, column in own.items() if columns[name]]
        return {(scheme.lower(), normal(scheme, value)) for scheme, value in identifiers}

    def _code(self, value: str) -> int:
        """The category that a code as typed names, MISSING or AMBIGUOUS."""
        nodes = [self._walks.graph.nodes[category] for category in self._walks.ids[Kind.CATEGORY]]
        codes, parents = [node["code"] for node in nodes], [node["parent"] for node in nodes]
        return only(category_rows(codes, lambda row: None if parents[row] is None else codes[parents[row]], value))

    # The whole.

    async def snapshot(self) -> SnapshotInfo:
        """See the protocol."""
        return self._info

    @cached_property
    def _info(self) -> SnapshotInfo:
        stated = [edge for edge in EDGES.values() if not edge.pair and edge not in _UNSTATED]
        degrees = {edge.name: self._degree(edge) for edge in stated}
        sizes = self._sizes(self._facts)
        return SnapshotInfo(
            self._version, self._built_at, sizes, self._facts.sources, degrees, self._measures, widths(self._facts.nodes)
        )

    def _degree(self, edge: Edge) -> Degree:
        size = self._facts.nodes[edge.source].num_rows
        lengths = [len(self._ends(Hop(edge), row)) for row in np.arange(size, dtype=np.int32)]
        return Degree(max(lengths, default=0), sum(lengths) / size if size else 0.0)

    def _sizes(self, facts: Facts) -> dict[str, int]:
        ids, nodes = self._walks.ids, self._walks.graph.nodes
        unresolved, outside = (
            sum(len(nodes[paper][f"unresolved_{name}"] or []) for paper in ids[Kind.PAPER])
            for name in ("references", "citations")
        )
        return (
            {KINDS[kind].plural: len(ids[kind]) for kind in LETTERS}
            | {
                "authorships": len(self._walks.authorships),
                "citations": len(facts.links["citation"]),
                "outside_citations": outside,
                "unresolved_references": unresolved,
            }
            | self._lacking()
        )

    def _lacking(self) -> dict[str, int]:
        """Of how many papers the graph is known to lack something."""
        papers = [(paper, self._walks.graph.nodes[paper]) for paper in self._walks.ids[Kind.PAPER]]
        return {
            "incomplete_author_lists": sum(not columns["author_list_complete"] for _, columns in papers),
            "incomplete_reference_lists": sum(not columns["references_complete"] for _, columns in papers),
            "incomplete_institution_lists": sum(not columns["institutions_complete"] for _, columns in papers),
            "uncategorised_papers": sum(not self._walks.categories(paper) for paper, _ in papers),
            "undated_papers": sum(columns["year"] is None for _, columns in papers),
            "papers_without_venue": sum(columns["venue"] is None for _, columns in papers),
        }


def load(folder: Path) -> NetworkXStore:
    """The facts of a snapshot folder, read whole into memory."""
    about = manifest(folder)
    return NetworkXStore(facts(folder), about["version"], about["built_at"])
