"""Venues: which mentions are one, the table of them, and the venue of each paper. They are few: one Python object for each
distinct mention.

Venues are one that share an ISSN or an id of a catalogue; else those of one name up to case, accents, punctuation and spacing,
which of conferences is the name of the series. Different ids of one catalogue are different venues.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from byline.data.build.institutions import external_keys, names_by_row, number_nodes
from byline.data.build.number import Numbered
from byline.data.build.paper_nodes import SourcePriority
from byline.data.identify.keys import Decision
from byline.data.identify.nodes import Nodes, rules
from byline.data.ragged import Ints
from byline.data.segments.load import RecordColumns
from byline.data.text.venue_name import series_name
from byline.graph.model import EXTERNAL_ID, Kind, facts_schema


@dataclass(frozen=True)
class Venues:
    """The table of venues, their ids, the row of each paper's venue (-1: none), and what was joined by which rule."""

    table: pa.Table
    numbered: Numbered
    of_paper: Ints
    joins: list[Decision]
    merged: Counter[str]


@dataclass
class _Stated:
    """What mentions say of a venue beside ids: types by how often, those of records far before others; ISSN-L, name."""

    types: Counter[str]
    issn_l: str | None = None
    name: str | None = None


# A record of a venue outweighs what papers say in passing.
_RECORD = 1 << 40


def venues(gathered: RecordColumns, priority: SourcePriority, same: Sequence[list[str]]) -> Venues:
    """The venues of all records."""
    nodes, node, stated = _mentions(gathered)
    merged = Counter({f"same {scheme}": count for scheme, count in nodes.join_shared().items()})
    merged["declared the same"] = sum(nodes.declare_same(ids) for ids in same)
    joins = nodes.join_same_names()
    numbered = number_nodes(Kind.VENUE, nodes)
    heard = priority.latest(gathered.records.venue >= 0)
    mention = gathered.records.venue[heard] if len(gathered.records) else heard
    row = numbered.row[node[mention]] if len(node) else np.zeros(len(heard), np.int32)
    of_paper = np.where(heard < 0, np.int32(-1), row).astype(np.int32)
    return Venues(_table(nodes, numbered, stated), numbered, of_paper, joins, merged + rules(joins))


def _mentions(gathered: RecordColumns) -> tuple[Nodes, Ints, dict[int, _Stated]]:
    """The nodes of all mentions, not joined yet, the node of each mention, and what they say."""
    nodes, of_mention = Nodes(), []
    stated: dict[int, _Stated] = defaultdict(lambda: _Stated(Counter()))
    rows = [row for content in gathered.contents for row in content.table("venue").to_pylist()]
    codes = gathered.records.venue
    times = np.bincount(codes[codes >= 0], minlength=len(rows)).tolist()
    for row, count in zip(rows, times, strict=True):
        name = row["name"] if row["venue_type"] in ("journal", "repository", "book") else series_name(row["name"])
        node, _ = nodes.mention(tuple(row["keys"]), name, count)
        for alias in (row["name"], *row["aliases"]):
            nodes.bear(node, nodes.form(alias), 0)
        said = stated[node]
        if row["venue_type"]:
            said.types[row["venue_type"]] += count + _RECORD * row["recorded"]
        said.issn_l = row["issn_l"] or said.issn_l
        said.name = name if row["recorded"] else said.name
        of_mention.append(node)
    return nodes, np.array(of_mention, np.int32), stated


def _table(nodes: Nodes, numbered: Numbered, stated: dict[int, _Stated]) -> pa.Table:
    by_row: dict[int, list[_Stated]] = defaultdict(list)
    for node, said in sorted(stated.items()):
        by_row[int(numbered.row[node])].append(said)
    rows = [by_row[row] for row in range(len(numbered))]
    keys = external_keys(nodes, numbered)
    names = names_by_row(nodes, numbered, [[each.name for each in said if each.name] for said in rows])
    issn_l = [next((each.issn_l for each in reversed(said) if each.issn_l), None) for said in rows]
    linked = [[f"issn:{each}"] if each else [] for each in issn_l]
    issns = [
        [key[5:] for key in dict.fromkeys(first + each) if key[:5] == "issn:"] for first, each in zip(linked, keys, strict=True)
    ]
    types = [sum((each.types for each in said), Counter()).most_common(1) for said in rows]
    columns = {
        "id": numbered.ids.cast(pa.string()),
        "name": pa.array([each[0] for each in names], pa.string()),
        "names": pa.array(names, pa.list_(pa.string())),
        "venue_type": pa.array([each[0][0] if each else None for each in types], pa.string()),
        "issn_l": pa.array(issn_l, pa.string()),
        "issns": pa.array(issns, pa.list_(pa.string())),
        "external_ids": pa.array([[_id(key) for key in each] for each in keys], pa.list_(EXTERNAL_ID)),
    }
    schema = facts_schema(Kind.VENUE)
    return pa.Table.from_arrays([columns[name].cast(schema.field(name).type) for name in schema.names], schema=schema)


def _id(key: str) -> dict[str, str]:
    scheme, value = key.split(":", 1)
    return {"scheme": scheme, "value": value}
