"""Institutions: which mentions are one, and the table of them. They are few: one Python object for each distinct mention."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from byline.data.build.number import Numbered, number
from byline.data.identify.country import Statements
from byline.data.identify.keys import Decision, Keys
from byline.data.identify.nodes import Nodes
from byline.data.ragged import Ints
from byline.data.reference.iso_countries import NAMES
from byline.data.segments.load import Dictionaries, RecordColumns, rows, single
from byline.data.segments.tables import SAID_OF_INSTITUTIONS
from byline.graph.model import EXTERNAL_ID, Kind, facts_schema


@dataclass
class Details:
    """What records and mentions say of an institution beyond ids: the name of the last record, statements of countries, and what
    the last record that says it says of type and place."""

    name: str | None = None
    countries: Statements = field(default_factory=Statements)
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Institutions:
    """`node[m]` is the node of mention m, `country[m]` the country beside it (a place in `codes`, -1: none), `details` what is
    known of a node."""

    nodes: Nodes
    node: Ints
    details: dict[int, Details]
    country: Ints
    codes: tuple[str, ...]

    def countries(self) -> dict[int, str]:
        """The country of each cluster, by its root, where one is known."""
        statements: dict[int, Statements] = defaultdict(Statements)
        for node, details in self.details.items():
            statements[self.nodes.root(node)].add(details.countries)
        return {root: code for root, each in statements.items() if (code := each.verdict()[0])}


def institutions(gathered: RecordColumns) -> Institutions:
    """The nodes of all mentions, not joined yet."""
    texts, nodes = gathered.texts, Nodes()
    names, keys = texts.distinct("institution_name").to_pylist(), texts.distinct("institution_key").to_pylist()
    key = single(texts, "institution", "key", "institution_key")
    name = single(texts, "institution", "name", "institution_name")
    everywhere = (gathered.records.institutions.targets, gathered.entries.institutions.targets)
    counted = sum(np.bincount(each, minlength=len(key)) for each in everywhere)
    times = np.asarray(counted).tolist()
    node = np.zeros(len(key), np.int32)
    country, codes = _stated(texts)
    for at, (its_key, its_name) in enumerate(zip(key.tolist(), name.tolist(), strict=True)):
        node[at], _ = nodes.mention((keys[its_key],) if its_key >= 0 else (), names[its_name], times[at])
    first = single(texts, "institution_also", "first", "institution_key").tolist()
    other = single(texts, "institution_also", "other", "institution_key").tolist()
    for one, two in zip(first, other, strict=True):
        nodes.add(keys[one], (keys[two],))
    details: dict[int, Details] = defaultdict(Details)
    for at in np.flatnonzero(country >= 0).tolist():
        details[int(node[at])].countries.state(codes[country[at]], int(times[at]))
    _records(texts, Institutions(nodes, node, details, country, codes), names)
    return Institutions(nodes, node, dict(details), country, codes)


def _stated(texts: Dictionaries) -> tuple[Ints, tuple[str, ...]]:
    """The country beside each mention, as a place in the codes; -1 for none."""
    chunks = [chunk for content in texts.contents for chunk in content.chunks("institution", "country")]
    coded = pa.chunked_array(chunks, pa.string()).combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32), tuple(coded.dictionary.to_pylist())


def _records(texts: Dictionaries, institutions: Institutions, names: list[str]) -> None:
    """What records of institutions say: a country beside a ROR is the catalogue's own, any other is a statement like those of
    author lists."""
    nodes, node = institutions.nodes, institutions.node
    for segment, _, row in rows(texts.contents, "institution_said"):
        at = int(node[_of(texts, "institution", segment, row["institution"])])
        details = institutions.details.setdefault(at, Details())
        if row["country"]:
            details.countries.state(str(row["country"]), authoritative="ror" in nodes.ids(at))
        details.said |= {column: value for column in SAID_OF_INSTITUTIONS if (value := row.get(column))}
        details.name = names[_of(texts, "institution_name", segment, row["name"])]
        for alias in row["aliases"]:  # type: ignore[attr-defined]
            nodes.bear(at, nodes.form(names[_of(texts, "institution_name", segment, alias)]), 0)


def _of(texts: Dictionaries, name: str, segment: int, code: object) -> int:
    return int(texts.of(name, segment, np.array([code], np.int32))[0])


def numbered(institutions: Institutions) -> Numbered:
    """Ids and rows of the clusters of nodes, once they are joined."""
    return number_nodes(Kind.INSTITUTION, institutions.nodes)


def number_nodes(kind: Kind, keys: Keys) -> Numbered:
    """Ids and rows of the clusters of keys that are Python objects; `row[node]` is the row of a node."""
    roots, cluster = np.unique(keys.roots(), return_inverse=True)
    own = [keys.survivor.get(root, keys.keys[root]) for root in roots.tolist()]
    beside = [(key, node) for node, key in enumerate(keys.keys)]
    beside += [(key, owners[0]) for key, owners in keys.others.items() if owners and key not in keys.index]
    owner = cluster[np.array([node for _, node in beside], np.int64)] if beside else np.zeros(0, np.int64)
    text = pa.large_string()
    keys = pa.array([*own, *(key for key, _ in beside)], text)
    everywhere = np.arange(len(own))
    numbered = number(kind, keys, np.concatenate([everywhere, owner]).astype(np.int32), everywhere)
    row = numbered.row[cluster] if len(cluster) else np.zeros(0, np.int32)
    return Numbered(numbered.ids, row.astype(np.int32), numbered.cluster, numbered.alias)


def institution_table(institutions: Institutions, numbered: Numbered) -> pa.Table:
    """The table of institutions."""
    nodes = institutions.nodes
    external = external_keys(nodes, numbered)
    by_row: dict[int, list[Details]] = defaultdict(list)
    for node, details in sorted(institutions.details.items()):
        by_row[int(numbered.row[node])].append(details)
    record_names = [[each.name for each in by_row[row] if each.name] for row in range(len(numbered))]
    names = names_by_row(nodes, numbered, record_names)
    countries = [Statements.of(each.countries for each in by_row[row]).verdict() for row in range(len(numbered))]
    said: list[dict[str, Any]] = [{} for _ in range(len(numbered))]
    for row, each in by_row.items():
        for details in each:
            said[row] |= details.said
    rors = [next((key[4:] for key in keys if key.startswith("ror:")), None) for keys in external]
    pairs = [[dict(zip(("scheme", "value"), key.split(":", 1), strict=True)) for key in keys] for keys in external]
    columns = [
        numbered.ids.cast(pa.string()),
        pa.array([each[0] for each in names], pa.string()),
        pa.array(names, pa.list_(pa.string())),
        pa.array(rors, pa.string()),
        pa.array([code for code, _ in countries], pa.string()),
        pa.array([reason for _, reason in countries], pa.string()),
        pa.array([None if code is None else NAMES.get(code) for code, _ in countries], pa.string()),
        *(pa.array([each.get(column) for each in said], dtype) for column, dtype in SAID_OF_INSTITUTIONS.items()),
        pa.array(pairs, pa.list_(EXTERNAL_ID)),
    ]
    return pa.Table.from_arrays(columns, schema=facts_schema(Kind.INSTITUTION))


def external_keys(nodes: Keys, numbered: Numbered) -> list[list[str]]:
    """The ids that sources give for each row, each once, the earliest first."""
    ids_by_row: list[dict[str, None]] = [{} for _ in range(len(numbered))]
    for node, row in enumerate(numbered.row.tolist()):
        if (stays := nodes.survivor.get(node)) is not None:
            ids_by_row[row][stays] = None
        if not nodes.named(node):
            ids_by_row[row][nodes.keys[node]] = None
        for key in nodes.stated.get(node, ()):
            ids_by_row[row][key] = None
    return [list(keys) for keys in ids_by_row]


def names_by_row(nodes: Nodes, numbered: Numbered, record_names: list[list[str]]) -> list[list[str]]:
    """The names of each row, the preferred one first: that of a record, else the one given most often (among equals the
    longer, then the earlier), strings that hold more than the name last; the others by first appearance."""
    counted: list[dict[str, int]] = [{} for _ in range(len(numbered))]
    longer = {nodes.forms[form] for form in nodes.longer}
    row = numbered.row.tolist()
    for (node, form), times in nodes.bears.items():
        names = counted[row[node]]
        names[nodes.forms[form]] = names.get(nodes.forms[form], 0) + times
    names_by_row = []
    for names, own in zip(counted, record_names, strict=True):
        best = own[-1] if own else max(names, key=lambda name: (name not in longer, names[name], len(name)))
        names_by_row.append([best, *(name for name in names if name != best)])
    return names_by_row


def decisions(joins: list[Decision], numbered: Numbered) -> list[tuple[int, str, str, str, str]]:
    """Joins with the row of each."""
    return [(int(numbered.row[each.node]), each.left, each.right, each.rule, each.evidence) for each in joins]
