"""The people whom sources know by an id, and the scene in which identity tells everybody apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.build.clusters import NEVER, Clusters, cluster, schemes
from byline.data.build.merge import Merged
from byline.data.ragged import Ints, Longs
from byline.data.segments.lists import blocks, renamed, tally
from byline.data.segments.load import RecordColumns, coded, places, single

# Schemes that a person may have ids of; identity keeps one bit for each.
_BITS = 64
_NAMELESS = "name"
# Entries that are looked at together.
_STRETCH = 1 << 22


@dataclass
class Identified:
    """People known by id. `first[e]` orders entries, `met[c]` clusters by when they were first met, on one scale.

    `form` and `plain` number names and their compact forms. `names` are (cluster, form, how often printed).
    """

    clusters: Clusters
    keys: pa.Array
    first: Longs
    key_met: Longs
    met: Longs
    bits: npt.NDArray[np.uint64]
    schemes: tuple[str, ...]
    names: tuple[Ints, Ints, Ints]
    has_record: npt.NDArray[np.bool_]
    # Of each record about a person: the cluster.
    records: Ints = field(default_factory=lambda: np.zeros(0, np.int32))


def identified_people(gathered: RecordColumns, same: Sequence[list[str]]) -> Identified:
    """Whoever has an id, or a record of their own."""
    keys, entries = gathered.texts.distinct("person_key"), gathered.entries
    first = gathered.scratch.column(_times(gathered.records.entries, gathered.record_at), np.int64)
    met = np.full(len(keys), NEVER, np.int64)
    for start in range(_STRETCH * ((len(first) - 1) // _STRETCH), -1, -_STRETCH):
        person = entries.person[start : start + _STRETCH]
        with_id = np.flatnonzero(person >= 0)[::-1]
        met[person[with_id]] = first[start + with_id]
    spoken = single(gathered.texts, "person", "key", "person_key")
    np.minimum.at(met, spoken, places(gathered.contents, "person") << 16)
    clusters = cluster(keys, met, *gathered.person_also, same)
    bits, names = _bits(keys, clusters)
    records = clusters.of[spoken]
    has_record = np.zeros(len(clusters), np.bool_)
    has_record[records] = True
    forms = _names(gathered, clusters, records, first)
    return Identified(clusters, keys, first, met, met[clusters.root], bits, names, forms, has_record, records)


def _bits(keys: pa.Array, clusters: Clusters) -> tuple[npt.NDArray[np.uint64], tuple[str, ...]]:
    scheme, texts = schemes(keys)
    names = texts.to_pylist()
    numbers = [name for name in names if name != _NAMELESS][:_BITS]
    shift = np.array([numbers.index(name) if name in numbers else -1 for name in names] or [0], np.int64)[scheme]
    bits = np.zeros(len(clusters), np.uint64)
    rows = np.flatnonzero((clusters.of >= 0) & (shift >= 0))
    np.bitwise_or.at(bits, clusters.of[rows], np.uint64(1) << shift[rows].astype(np.uint64))
    return bits, tuple(numbers)


def _names(gathered: RecordColumns, clusters: Clusters, records: Ints, first: Longs) -> tuple[Ints, Ints, Ints]:
    """Names of known people in the order in which they were met, each pair once: printed ones, those of records, aliases."""
    entries = gathered.entries
    if not len(records):
        return _printed_names(gathered, clusters)
    with_id = np.flatnonzero(entries.person >= 0)
    person, form = [clusters.of[entries.person[with_id]]], [entries.form[with_id]]
    printed = [entries.printed[with_id].astype(np.int32)]
    when = [first[with_id] >> 16]
    spoken_at = places(gathered.contents, "person")
    own = single(gathered.texts, "person", "name", "name")
    aliases = coded(gathered.texts, "person", "aliases", "name")
    lengths = np.diff(aliases.offsets)
    person += [records, np.repeat(records, lengths)]
    form += [own, aliases.targets]
    when += [spoken_at, np.repeat(spoken_at, lengths)]
    printed += [np.zeros(len(own) + len(aliases.targets), np.int32)]
    return count_names(np.concatenate(person), np.concatenate(form), np.concatenate(printed), np.concatenate(when))


def _printed_names(gathered: RecordColumns, clusters: Clusters) -> tuple[Ints, Ints, Ints]:
    """What `count_names` says of the names on entries alone, for some people after others."""
    entries = gathered.entries
    person = renamed(entries.person, clusters.of, gathered.scratch)
    entries_each = tally(person[person >= 0] if (person < 0).any() else person, len(clusters))
    edges = np.searchsorted(np.cumsum(entries_each), np.arange(_STRETCH, entries_each.sum(), _STRETCH))
    bounds = np.unique(np.concatenate([[0], edges, [len(clusters)]])).tolist()
    nothing = np.zeros(0, np.int32)
    counts = [(nothing, nothing, nothing)]
    for low, high in pairwise(bounds):
        at = np.concatenate(
            [
                start + np.flatnonzero((part >= low) & (part < high))
                for start in range(0, len(person), _STRETCH)
                for part in (person[start : start + _STRETCH],)
            ]
        )
        counts.append(count_names(person[at], entries.form[at], entries.printed[at].astype(np.int32)))
    names, forms, printed = (np.concatenate(each) for each in zip(*counts, strict=True))
    return names, forms, printed


def count_names(person: Ints, form: Ints, printed: Ints, when: Longs | None = None) -> tuple[Ints, Ints, Ints]:
    """Each pair (person, form) once, with the sum of `printed`; sorted by person, then by first appearance."""
    if when is not None and (np.diff(when) < 0).any():
        order = np.argsort(when, kind="stable")
        person, form, printed = person[order], form[order], printed[order]
    pair = person.astype(np.int64) << 32 | form
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])) if len(pair) else order
    total = np.add.reduceat(printed[order], starts).astype(np.int32) if len(pair) else printed
    first, pair = order[starts], pair[starts]
    order = np.lexsort((first, pair >> 32))
    pair = pair[order]
    return (pair >> 32).astype(np.int32), (pair & 0xFFFFFFFF).astype(np.int32), total[order]


def _times(bounds: Longs, at: Longs) -> Iterator[Longs]:
    """When each entry was met: the place of its record, then its own on the list."""
    for low, high in blocks(bounds):
        start, end = bounds[low], bounds[high]
        lengths = np.diff(bounds[low : high + 1])
        within = np.arange(start, end) - np.repeat(bounds[low:high], lengths)
        yield np.repeat(at[low:high] << 16, lengths) + np.minimum(within, 0xFFFF)


@dataclass(frozen=True)
class Persons:
    """The persons of a scene: first the clusters of ids, as absorbed ones leave them, then people known by name alone.

    `of[c]` is the person of a cluster of ids, `key[p]` the earliest key. `lost` are compact names that stand nowhere,
    each with the entry that stands for them.
    """

    of: Ints
    first: Longs
    bits: npt.NDArray[np.uint64]
    key: pa.Array
    # Of each person with ids, the cluster that was met first.
    earliest: Longs
    names: tuple[Ints, Ints, Ints]
    lost: list[tuple[int, int]]
    # Persons that are no cluster of ids: the number of the person, and the compact name.
    nameless: list[tuple[int, int]]


def persons(gathered: RecordColumns, identified: Identified, merged: Merged, plain: Ints, plains: pa.Array) -> Persons:
    """Who is left when the lists that did not stand are taken in."""
    of, bits, first = _absorb(identified, merged)
    standing = np.zeros(len(plains), np.bool_)
    standing[plain[gathered.entries.form[merged.source[merged.person < 0]]]] = True
    texts = identified.keys.take(pa.array(identified.clusters.root))
    by_name = {text: at for at, text in enumerate(texts.to_pylist()) if text.startswith("name:")} if (bits == 0).any() else {}
    lost: list[tuple[int, int]] = []
    extra: list[tuple[int, int, str]] = []
    for what, entry in merged.notes.absorbed:
        if what >= 0 or standing[at := int(plain[~what])]:
            continue
        name = f"name:{plains[at].as_py()}"
        if name in by_name:
            continue
        if entry >= 0:
            lost.append((at, entry))
        elif name not in (already := {text for _, _, text in extra}):
            extra.append((at, ~what, name))
            already.add(name)
    names = _all_names(identified, merged, of, [(len(first) + i, form) for i, (_, form, _) in enumerate(extra)])
    earliest = _earliest(identified, of, len(first))
    late = np.full(len(extra), NEVER - 1, np.int64)
    return Persons(
        of=of,
        first=np.concatenate([first, late]),
        bits=np.concatenate([bits, np.zeros(len(extra), np.uint64)]),
        key=pa.concat_arrays([texts.take(pa.array(earliest)), pa.array([name for _, _, name in extra], pa.large_string())]),
        earliest=earliest,
        names=names,
        lost=lost,
        nameless=[(len(first) + i, at) for i, (at, _, _) in enumerate(extra)],
    )


def _earliest(identified: Identified, of: Ints, count: int) -> Longs:
    """The cluster of each person that was met first."""
    first = np.full(count, -1, np.int64)
    order = np.argsort(identified.met, kind="stable")[::-1]
    first[of[order]] = order
    return first


def _absorb(identified: Identified, merged: Merged) -> tuple[Ints, npt.NDArray[np.uint64], Longs]:
    """Clusters that only lists which did not stand speak of become the person in their place, if no ids contradict."""
    count = len(identified.clusters)
    leader = np.arange(count, dtype=np.int32)
    bits = identified.bits.copy()
    standing = identified.has_record.copy()
    for start in range(0, len(merged.person), _STRETCH):
        person = merged.person[start : start + _STRETCH]
        standing[person[person >= 0]] = True
    for what, entry in merged.notes.absorbed:
        if what < 0 or standing[what] or entry < 0:
            continue
        one, other = int(merged.person[entry]), what
        while leader[one] != one:
            one = int(leader[one])
        while leader[other] != other:
            other = int(leader[other])
        if one != other and not bits[one] & bits[other]:
            low, high = sorted((one, other), key=lambda each: identified.met[each])
            leader[high] = low
            bits[low] |= bits[high]
    while (above := leader[leader]).tobytes() != leader.tobytes():
        leader = above
    roots = np.flatnonzero(leader == np.arange(count))
    number = np.full(count, -1, np.int32)
    number[roots] = np.arange(len(roots), dtype=np.int32)
    return number[leader], bits[roots], identified.met[roots]


def _all_names(identified: Identified, merged: Merged, of: Ints, extra: list[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    person, form, printed = identified.names
    if not merged.notes.names and not extra and len(of) == of.max(initial=-1) + 1:
        return of[person], form, printed
    more = [(int(of[who]), name, times) for who, name, times in merged.notes.names] + [(who, name, 0) for who, name in extra]
    added = np.array(more, np.int32).reshape(-1, 3)
    return count_names(
        np.concatenate([of[person], added[:, 0]]), np.concatenate([form, added[:, 1]]), np.concatenate([printed, added[:, 2]])
    )
