"""What people decide by hand about papers: `merge papers ID ID…` and `split papers ID ID…` of decisions.txt.

A split takes the records that state one of the ids behind the first one, and makes one paper of them. Ids that only they state
go along; an id that a record of those who stay states too stays with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from byline.data.build.clusters import Clusters
from byline.data.identify.arrays import components
from byline.data.identify.decisions import MERGE, RULE, Decisions, Line, wrong
from byline.data.ragged import Ints, Lists, Longs
from byline.graph import ids
from byline.graph.model import Kind

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Nodes:
    """Papers as rules or people have it: `of[r]` is the paper of record r, `paper[c]` that of cluster c of `clusters`.

    `stated` has the keys of each record, of which `first` names its node; `pairs` are keys that one record states together.
    """

    of: Ints
    paper: Ints
    clusters: Clusters
    first: Ints
    stated: Lists
    pairs: tuple[Ints, Ints]
    met: Longs


@dataclass(frozen=True)
class Hand:
    """What was decided of papers: which one, which other one (None: they are one), by which line."""

    paper: int
    other: int | None
    line: Line

    rule: str = RULE


def apply(decisions: Decisions, nodes: Nodes, keys: pa.Array) -> tuple[Nodes, list[Hand]]:
    """The papers as the decisions leave them, and what to tell of it. First all merges, then all splits.

    Raises SourceFailed for an id that leads nowhere, and for lines that contradict each other.
    """
    key = _keys(keys, decisions.papers())
    hands: list[Hand] = []
    for line in decisions.lines:
        if missing := [word for word, each in zip(line.written, line.papers, strict=True) if _owner(nodes, key, each) < 0]:
            wrong(line.number, f"no paper is known by {missing[0]!r}")
    merges = [line for line in decisions.lines if line.verb == MERGE]
    nodes = _merged(merges, nodes, key)
    hands += [Hand(_owner(nodes, key, line.papers[0]), None, line) for line in merges]
    taken = np.full(len(nodes.of), -1, np.int32)
    for line in decisions.lines:
        if line.verb != MERGE:
            nodes, hand = _split(line, nodes, key, taken, keys)
            hands += hand
    for line in merges:
        if len({_owner(nodes, key, each) for each in line.papers}) > 1:
            wrong(line.number, f"{' and '.join(line.written)} are taken apart by a split", "keep one of the two lines")
    return nodes, hands


def _keys(keys: pa.Array, wanted: set[str]) -> dict[str, int]:
    """The key that gives each of these public ids."""
    numbers = {ids.number_of(each): each for each in wanted}
    wanted_numbers = np.array(sorted(numbers), np.uint64)
    key_of: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        texts = keys.slice(start, _AT_ONCE).to_pylist()
        key_numbers = np.array([ids.public_number(Kind.PAPER, text) for text in texts], np.uint64)
        for at in np.flatnonzero(np.isin(key_numbers, wanted_numbers)).tolist():
            key_of.setdefault(numbers[int(key_numbers[at])], start + at)
    return key_of


def _owner(nodes: Nodes, key: Mapping[str, int], identifier: str) -> int:
    """The paper that an id leads to, -1 for none."""
    cluster = int(nodes.clusters.of[key[identifier]]) if identifier in key else -1
    return int(nodes.paper[cluster]) if cluster >= 0 else -1


def _merged(lines: Sequence[Line], nodes: Nodes, key: Mapping[str, int]) -> Nodes:
    if not lines:
        return nodes
    pairs = [(_owner(nodes, key, line.papers[0]), _owner(nodes, key, each)) for line in lines for each in line.papers[1:]]
    count = int(nodes.paper.max(initial=-1)) + 1
    left, right = np.array(pairs, np.int64).T
    group = components(left, right, count)
    # Papers go on being numbered by the first of each.
    _, number = np.unique(group, return_inverse=True)
    _, first = np.unique(number, return_index=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    moved = rank[number]
    return replace(nodes, of=moved[nodes.of], paper=moved[nodes.paper])


def _split(line: Line, nodes: Nodes, key: Mapping[str, int], taken: Ints, keys: pa.Array) -> tuple[Nodes, list[Hand]]:
    paper = _owner(nodes, key, line.papers[0])
    stays, *named = (key[each] for each in line.papers)
    own = np.flatnonzero(nodes.of == paper)
    states = {each: _stating(nodes, own, each) for each in (stays, *named)}
    for word, each in zip(line.written[1:], named, strict=True):
        if not len(states[each]):
            wrong(line.number, f"{word} is not of the paper that {line.written[0]} leads to")
        if np.isin(states[each], states[stays]).any():
            wrong(line.number, f"one record states both {line.written[0]} and {word}", "nothing here tells them apart")
        before = taken[states[each]]
        if (strange := before[(before >= 0) & (before != line.number)]).size:
            wrong(line.number, f"line {int(strange[0])} takes {word} already", "leave out one of them")
    rows = np.unique(np.concatenate([states[each] for each in named]))
    if len(rows) == len(own):
        wrong(line.number, f"takes every record of {line.written[0]}", "leave one, or leave the line out")
    taken[rows] = line.number
    new = int(nodes.paper.max()) + 1
    return _moved(nodes, own, rows, named[0], keys), [Hand(paper, new, line), Hand(new, paper, line)]


def _stating(nodes: Nodes, rows: Longs, key: int) -> Longs:
    """Those of the records that state a key."""
    return np.array([row for row in rows.tolist() if key in nodes.stated.of(row)], np.int64)


def _moved(nodes: Nodes, own: Longs, rows: Longs, lead: int, keys: pa.Array) -> Nodes:
    """The records `rows` of those of one paper as another one, which is known by the key `lead`."""
    of, paper, new = nodes.of.copy(), nodes.paper.copy(), int(nodes.paper.max()) + 1
    of[rows] = new
    left = np.setdiff1d(own, rows)
    still_stated = {key for row in left.tolist() for key in nodes.stated.of(row).tolist()}
    gone = {key for row in rows.tolist() for key in nodes.stated.of(row).tolist()} - still_stated
    whole = {int(nodes.clusters.of[key]) for key in gone} - {int(nodes.clusters.of[key]) for key in still_stated}
    paper[sorted(whole)] = new
    moving = np.array(sorted(key for key in gone if int(nodes.clusters.of[key]) not in whole), np.int64)
    if not len(moving):
        return replace(nodes, of=of, paper=paper)
    clusters = _cut(nodes, moving, lead if lead in moving else int(moving[0]), keys)
    first, other = (each.copy() for each in nodes.pairs)
    # What a record that went states beside a key that stayed is a further id of the new paper.
    along = np.isin(other, moving) & ~np.isin(first, moving)
    first[along] = clusters.root[-1]
    stayed = ~(np.isin(first, moving) & ~np.isin(other, moving))
    return replace(nodes, of=of, paper=np.append(paper, np.int32(new)), clusters=clusters, pairs=(first[stayed], other[stayed]))


def _cut(nodes: Nodes, moving: Longs, lead: int, keys: pa.Array) -> Clusters:
    """The clusters with one more behind them, that of the keys that move."""
    before = nodes.clusters
    of, root = before.of.copy(), np.append(before.root, np.int32(lead))
    of[moving] = len(before)
    for cluster in np.flatnonzero(np.isin(before.root, moving)).tolist():
        rest = np.flatnonzero(of == cluster)
        root[cluster] = rest[np.lexsort((rest, nodes.met[rest]))[0]]
    gone = set(keys.take(pa.array(moving)).to_pylist()) if before.survivor else set()
    survivor = {cluster: text for cluster, text in before.survivor.items() if text not in gone}
    return Clusters(of, root.astype(np.int32), survivor, before.further, before.merged)
