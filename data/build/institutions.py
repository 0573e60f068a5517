"""Institutions: which mentions are one, and the table of them. They are few: one Python object for each distinct mention."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from byline.data.build.number import Numbered, number
from byline.data.identify.country import Statements
from byline.data.identify.keys import Decision, Keys
from byline.data.identify.nodes import Nodes
from byline.data.ragged import Ints
from byline.data.segments.load import Dictionaries, RecordColumns, rows, single
from byline.graph.model import EXTERNAL_ID, Kind, given


@dataclass
class Said:
    """What records and mentions say of an institution beyond ids: the name of the last record, and statements of countries."""

    name: str | None = None
    countries: Statements = field(default_factory=Statements)


@dataclass(frozen=True)
class Institutions:
    """`node[m]` is the node of mention m, `country[m]` the country beside it (a place in `codes`, -1: none), `said` what is known
    of a node."""

    nodes: Nodes
    node: Ints
    said: dict[int, Said]
    country: Ints
    codes: tuple[str, ...]

    def countries(self) -> dict[int, str]:
        """The country of each cluster, by its root, where one is known."""
        found: dict[int, Statements] = defaultdict(Statements)
        for node, said in self.said.items():
            found[self.nodes.root(node)].add(said.countries)
        return {root: code for root, each in found.items() if (code := each.verdict()[0])}


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
    said: dict[int, Said] = defaultdict(Said)
    for at in np.flatnonzero(country >= 0).tolist():
        said[int(node[at])].countries.state(codes[country[at]], int(times[at]))
    _records(texts, Institutions(nodes, node, said, country, codes), names)
    return Institutions(nodes, node, dict(said), country, codes)


def _stated(texts: Dictionaries) -> tuple[Ints, tuple[str, ...]]:
    """The country beside each mention, as a place in the codes; -1 for none."""
    chunks = [chunk for content in texts.contents for chunk in content.chunks("institution", "country")]
    coded = pa.chunked_array(chunks, pa.string()).combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32), tuple(coded.dictionary.to_pylist())


def _records(texts: Dictionaries, found: Institutions, names: list[str]) -> None:
    """What records of institutions say: a country beside a ROR is the catalogue's own, any other is a statement like those of
    author lists."""
    nodes, node = found.nodes, found.node
    for segment, _, row in rows(texts.contents, "institution_said"):
        at = int(node[_of(texts, "institution", segment, row["institution"])])
        said = found.said.setdefault(at, Said())
        if row["country"]:
            said.countries.state(str(row["country"]), authoritative="ror" in nodes.ids(at))
        said.name = names[_of(texts, "institution_name", segment, row["name"])]
        for alias in row["aliases"]:  # type: ignore[attr-defined]
            nodes.bear(at, nodes.form(names[_of(texts, "institution_name", segment, alias)]), 0)


def _of(texts: Dictionaries, name: str, segment: int, code: object) -> int:
    return int(texts.of(name, segment, np.array([code], np.int32))[0])


def numbered(found: Institutions) -> Numbered:
    """Ids and rows of the clusters of nodes, once they are joined."""
    return number_nodes(Kind.INSTITUTION, found.nodes)


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
    found = number(kind, keys, np.concatenate([everywhere, owner]).astype(np.int32), everywhere)
    row = found.row[cluster] if len(cluster) else np.zeros(0, np.int32)
    return Numbered(found.ids, row.astype(np.int32), found.cluster, found.alias)


def institution_table(found: Institutions, numbered: Numbered) -> pa.Table:
    """The table of institutions."""
    nodes = found.nodes
    external = _external(nodes, numbered)
    by_row: dict[int, list[Said]] = defaultdict(list)
    for node, said in sorted(found.said.items()):
        by_row[int(numbered.row[node])].append(said)
    told = [[each.name for each in by_row[row] if each.name] for row in range(len(numbered))]
    names = _names(nodes, numbered, told)
    countries = [Statements.of(each.countries for each in by_row[row]).verdict() for row in range(len(numbered))]
    rors = [next((key[4:] for key in keys if key.startswith("ror:")), None) for keys in external]
    pairs = [[dict(zip(("scheme", "value"), key.split(":", 1), strict=True)) for key in keys] for keys in external]
    columns = [
        numbered.ids.cast(pa.string()),
        pa.array([each[0] for each in names], pa.string()),
        pa.array(names, pa.list_(pa.string())),
        pa.array(rors, pa.string()),
        pa.array([code for code, _ in countries], pa.string()),
        pa.array([reason for _, reason in countries], pa.string()),
        pa.array(pairs, pa.list_(EXTERNAL_ID)),
    ]
    return pa.Table.from_arrays(columns, schema=given(Kind.INSTITUTION))


def _external(nodes: Keys, numbered: Numbered) -> list[list[str]]:
    """The ids that sources give for each row, each once, the earliest first."""
    found: list[dict[str, None]] = [{} for _ in range(len(numbered))]
    for node, row in enumerate(numbered.row.tolist()):
        if (stays := nodes.survivor.get(node)) is not None:
            found[row][stays] = None
        if not nodes.named(node):
            found[row][nodes.keys[node]] = None
        for key in nodes.stated.get(node, ()):
            found[row][key] = None
    return [list(keys) for keys in found]


def _names(nodes: Nodes, numbered: Numbered, told: list[list[str]]) -> list[list[str]]:
    """The names of each row, the preferred one first: that of a record, else the one given most often (among equals the
    longer, then the earlier), strings that hold more than the name last; the others by first appearance."""
    counted: list[dict[str, int]] = [{} for _ in range(len(numbered))]
    longer = {nodes.forms[form] for form in nodes.longer}
    row = numbered.row.tolist()
    for (node, form), times in nodes.bears.items():
        names = counted[row[node]]
        names[nodes.forms[form]] = names.get(nodes.forms[form], 0) + times
    found = []
    for names, own in zip(counted, told, strict=True):
        best = own[-1] if own else max(names, key=lambda name: (name not in longer, names[name], len(name)))
        found.append([best, *(name for name in names if name != best)])
    return found


def decisions(found: list[Decision], numbered: Numbered) -> list[tuple[int, str, str, str, str]]:
    """Joins with the row of each."""
    return [(int(numbered.row[each.node]), each.left, each.right, each.rule, each.evidence) for each in found]
