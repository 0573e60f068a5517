"""People as rows: the key that gives each an id, the keys that keep leading to them, names, and what sources state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.build.external import External, naming_keys
from byline.data.build.number import Numbered, number
from byline.data.build.people import Identified, Persons, count_names
from byline.data.identify.disambiguation_input import DisambiguationInput, Resolution
from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.load import RecordColumns, single
from byline.data.segments.spool import Scratch
from byline.graph.model import REPORTED, Kind, facts_schema

_AT_ONCE = 1 << 19


@dataclass(frozen=True)
class _Names:
    """Names that stand without an id: for each pair of a compact name and a person, when and where it was first met."""

    plain: Ints
    cluster: Ints
    first: Longs
    paper: Ints
    # Which of the bearers of one compact name on one paper, from 0 on.
    turn: Ints


@dataclass(frozen=True)
class Printed:
    """Where names stood without an id: `keys` are the first keys of the records of each paper, `texts` what they are, and
    `absorbed` names (compact) of lists that did not stand, each with the entry in whose place it stood, and `twins` those
    that such a list had once more than the standing one, with how many bearers came before."""

    keys: Lists
    texts: pa.Array
    absorbed: list[tuple[int, int]]
    twins: list[tuple[int, int, int]]


def number_people(
    scene: DisambiguationInput,
    resolution: Resolution,
    identified: Identified,
    persons: Persons,
    further: tuple[pa.Array, Ints],
    printed: Printed,
) -> Numbered:
    """Ids and rows of people. The earliest key of a person gives the id: that of a catalogue, or the compact name. A name
    that several people bear is the key of the one who was met first under it; the others' has the key of their earliest
    paper behind it."""
    names = _standing(scene, resolution)
    keys, cluster, first = _candidates(scene, resolution, names)
    order = np.lexsort((first, cluster))
    lead = order[np.unique(cluster[order], return_index=True)[1]]
    naming = naming_keys(identified.keys, identified.clusters)
    stays = np.array(sorted(identified.clusters.survivor), np.int64)
    # The key of each person is that of its earliest cluster: only other clusters have something to add.
    rest = np.setdiff1d(np.arange(len(persons.of)), persons.earliest[: len(persons.of)], assume_unique=True)
    beside = np.union1d(rest, stays).astype(np.int64)
    lead[resolution.person[persons.of[stays]]] = len(keys) + np.searchsorted(beside, stays)
    ever, bearers = _ever_given(scene, resolution, printed)
    texts = [keys, naming.take(pa.array(beside)), further[0], ever]
    owners = [cluster, resolution.person[persons.of[beside]], resolution.person[persons.of[further[1]]], bearers]
    if persons.lost:
        texts.append(pa.array([f"name:{scene.plains[plain].as_py()}" for plain, _ in persons.lost], pa.large_string()))
        owners.append(resolution.entry[np.array([entry for _, entry in persons.lost])])
    return number(Kind.AUTHOR, pa.concat_arrays(texts), np.concatenate(owners).astype(np.int32), lead)


def _standing(scene: DisambiguationInput, resolution: Resolution) -> _Names:
    """The pairs of compact name and person among entries without an id, by compact name and then by first mention."""
    nameless = np.flatnonzero(scene.entry_person < 0)
    plain = scene.form_plain[scene.entry_form[nameless]]
    pair = plain.astype(np.int64) << 32 | resolution.entry[nameless]
    order = np.argsort(scene.entry_first[nameless], kind="stable") if len(nameless) else nameless
    values, at = np.unique(pair[order], return_index=True)
    entry = nameless[order[at]]
    return _Names(
        (values >> 32).astype(np.int32),
        (values & 0xFFFFFFFF).astype(np.int32),
        scene.entry_first[entry],
        scene.entry_paper[entry],
        _turns(scene, nameless)[order[at]] if len(nameless) else np.zeros(0, np.int32),
    )


def _turns(scene: DisambiguationInput, entries: Longs) -> Ints:
    """Of each entry: how many before it on its paper have the same compact name."""
    key = scene.entry_paper[entries].astype(np.int64) << 32 | scene.form_plain[scene.entry_form[entries]]
    order = np.argsort(key, kind="stable")
    new = np.concatenate([[True], np.diff(key[order]) != 0]) if len(key) else np.zeros(0, np.bool_)
    start = np.maximum.accumulate(np.where(new, np.arange(len(key)), 0))
    turn = np.empty(len(key), np.int32)
    turn[order] = np.arange(len(key)) - start
    return turn


def _ever_given(scene: DisambiguationInput, resolution: Resolution, printed: Printed) -> tuple[pa.Array, Ints]:
    """Keys that some bearer of a name may have had when less was known: the name with any key of any of its papers."""
    free = np.flatnonzero(scene.entry_person < 0)
    plain = scene.form_plain[scene.entry_form]
    turn = np.zeros(len(plain), np.int32)
    turn[free] = _turns(scene, free)
    # Before one of several namesakes on a list had an id, all of them were counted.
    held = np.array([at for name, at in printed.absorbed if plain[at] == name], np.int64)
    everyone = np.union1d(free, held)
    before = np.zeros(len(plain), np.int32)
    before[everyone] = _turns(scene, everyone)
    named = [*((name, int(before[at]), at) for name, at in printed.absorbed), *printed.twins]
    named += [(int(plain[at]), int(before[at]), at) for at in free[before[free] != turn[free]].tolist()]
    plains = np.concatenate([plain[free], np.array([name for name, _, _ in named], np.int32)])
    turns = np.concatenate([turn[free], np.array([before for _, before, _ in named], np.int32)])
    entry = np.concatenate([free, np.array([at for _, _, at in named], np.int64)])
    several = np.flatnonzero((np.bincount(plains, minlength=1)[plains] > 1) | (turns > 0))
    plains, turns, entry = plains[several], turns[several], entry[several]
    paper = scene.entry_paper[entry]
    lengths = np.diff(printed.keys.offsets)[paper]
    row = np.repeat(np.arange(len(entry)), lengths)
    start = np.repeat(printed.keys.offsets[paper] - (np.cumsum(lengths) - lengths), lengths)
    code = printed.keys.targets[start + np.arange(len(row))]
    name = pc.binary_join_element_wise(_text("name:"), scene.plains.take(pa.array(plains[row])), _text(""))
    return _beside(name, printed.texts.take(pa.array(code)), turns[row]), resolution.entry[entry[row]]


def _beside(name: pa.Array, paper: pa.Array, turn: Ints) -> pa.Array:
    """The key of a bearer of a name who was not the first one."""
    text = pc.binary_join_element_wise(name, paper, _text("|"))
    again = np.flatnonzero(turn)
    if len(again):
        number = pa.array([f"|{1 + each}" if each else "" for each in turn.tolist()], pa.large_string())
        text = pc.binary_join_element_wise(text, number, _text(""))
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    return text.cast(pa.large_string())


def _candidates(scene: DisambiguationInput, resolution: Resolution, names: _Names) -> tuple[pa.Array, Ints, Longs]:
    """Every key that a person is known by at first hand, with the person and the time of its first mention."""
    order = np.lexsort((names.first, names.plain))
    plain = names.plain[order]
    leading = np.ones(len(plain), np.bool_)
    leading[1:] = plain[1:] != plain[:-1]
    text = pc.binary_join_element_wise(_text("name:"), scene.plains.take(pa.array(plain)), _text(""))
    if not leading.all():
        papers = scene.paper_key.take(pa.array(names.paper[order]))
        text = pc.if_else(pa.array(leading), text, _beside(text, papers, names.turn[order]))
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    keys = pa.concat_arrays([scene.person_key, text.cast(pa.large_string())])
    return (
        keys,
        np.concatenate([resolution.person, names.cluster[order]]),
        np.concatenate([scene.person_first, names.first[order]]),
    )


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def author_table(
    gathered: RecordColumns, scene: DisambiguationInput, resolution: Resolution, identified: Identified, persons: Persons,
    numbered: Numbered, external: External, category_row: Ints, scratch: Scratch,
) -> pa.Table:  # fmt: skip
    """The table of people."""
    count = len(numbered)
    row = numbered.row[resolution.person[persons.of[identified.records]]] if len(identified.records) else np.zeros(0, np.int32)
    bounds, forms = _names(gathered, scene, resolution, numbered, row)
    category = single(gathered.texts, "person", "category", "code")
    stated = np.full(count, -1, np.int32)
    with_category = np.flatnonzero(category >= 0)
    stated[row[with_category]] = category_row[category[with_category]]
    reported = _Reports(gathered, row, count)
    spool = scratch.spool(facts_schema(Kind.AUTHOR))
    for low in range(0, count, _AT_ONCE):
        high = min(low + _AT_ONCE, count)
        start, end = bounds[low], bounds[high]
        names = scene.forms.take(pa.array(forms[start:end])).cast(pa.string())
        offsets = (bounds[low : high + 1] - start).astype(np.int32)
        spool.add_named(
            {
                "id": numbered.ids.slice(low, high - low).cast(pa.string()),
                "name": names.take(pa.array(offsets[:-1])),
                "names": pa.ListArray.from_arrays(pa.array(offsets), names),
                "orcid": external.first("orcid", low, high),
                "external_ids": external.column(low, high),
                "stated_category": pa.array(stated[low:high], mask=stated[low:high] < 0),
                "reported": reported.column(low, high),
            }
        )
    return spool.table() if count else facts_schema(Kind.AUTHOR).empty_table()


def _names(
    gathered: RecordColumns, scene: DisambiguationInput, resolution: Resolution, numbered: Numbered, records: Ints
) -> tuple[Longs, Ints]:
    """The names of each row, the preferred one first: that of a record, else the one printed most often (among equals
    the longer, then the earlier); the others by first appearance. As bounds by row, and names."""
    nameless = np.flatnonzero(scene.entry_person < 0)
    person, form, printed = scene.person_forms
    also_entry, also_form = scene.also
    bearers = np.concatenate([resolution.person[person], resolution.entry[nameless], resolution.entry[also_entry]])
    row, form, printed = count_names(
        numbered.row[bearers],
        np.concatenate([form, scene.entry_form[nameless], also_form]),
        np.concatenate([printed, np.ones(len(nameless), np.int32), np.ones(len(also_form), np.int32)]),
    )
    bounds = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(numbered)))]).astype(np.int64)
    from_record = np.zeros(len(row), np.bool_)
    if len(records):
        own = np.full(len(numbered), -1, np.int32)
        own[records] = single(gathered.texts, "person", "name", "name")
        from_record = own[row] == form
    several = np.flatnonzero(np.diff(bounds)[row] > 1)
    if len(several):
        length = pc.utf8_length(scene.forms.take(pa.array(form[several]))).to_numpy(zero_copy_only=False)
        order = several[np.lexsort((several, -length, -printed[several], ~from_record[several], row[several]))]
        best = order[np.unique(row[order], return_index=True)[1]]
        later = np.ones(len(row), np.bool_)
        later[best] = False
        form[several] = form[several[np.lexsort((several, later[several], row[several]))]]
    return bounds, form


class _Reports:
    """Figures that sources state of people, one for each source and day, by row."""

    def __init__(self, gathered: RecordColumns, row: Ints, count: int) -> None:
        self._by_row: dict[int, dict[Any, dict[str, Any]]] = {}
        at = 0
        for content in gathered.contents:
            for chunk in content.chunks("person", "reported"):
                for place in np.flatnonzero(chunk.is_valid().to_numpy(zero_copy_only=False)).tolist():
                    each = chunk[place].as_py()
                    self._by_row.setdefault(int(row[at + place]), {})[each["source"], each["as_of"]] = each
                at += len(chunk)

    def column(self, low: int, high: int) -> pa.Array:
        """The reports of a stretch of rows as lists."""
        lists: Sequence[list[dict[str, Any]]] = [list(self._by_row.get(row, {}).values()) for row in range(low, high)]
        return pa.array(lists, pa.list_(REPORTED))
