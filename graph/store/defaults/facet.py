"""`Store.facet` over the core: the papers of each list, what each counts under, and a tally by list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from byline.graph.model import KINDS, Kind
from byline.graph.request import FACET_EDGES, FACET_KINDS, Facet, Hop, Select, Where
from byline.graph.store.lists import offsets, split
from byline.graph.store.protocol import MISSING, Counts, Rows, StoreCore

# A year, or the row of a node; None is unknown.
_Value: TypeAlias = int | None
# Key, label and row of a value.
_Shown: TypeAlias = tuple[str | None, str, int]
_UNKNOWN: _Shown = (None, "unknown", MISSING)


async def facet(store: StoreCore, source: Hop | Kind, rows: Rows, where: Where, by: Facet, first: int | None) -> Counts:
    """See the protocol."""
    if isinstance(source, Hop):
        papers = await store.expand(source, rows, Select(where))
    else:
        papers = await store.find(source, Select(where))
    of: Mapping[int, Sequence[_Value]] = await _values(store, np.unique(papers.rows), by)
    lists = split(papers.offsets, papers.rows.tolist())
    tallies: list[Counter[_Value]] = [Counter(value for paper in one for value in of[paper] or [None]) for one in lists]
    shown = await _shown(store, {value for tally in tallies for value in tally if value is not None}, by)
    ranked = [_ranked(tally, shown)[:first] for tally in tallies]
    entries = [entry for one in ranked for entry in one]
    return Counts(
        offsets([len(one) for one in ranked]),
        [key for (key, _, _), _ in entries],
        [label for (_, label, _), _ in entries],
        np.array([row for (_, _, row), _ in entries], np.int32),
        np.array([count for _, count in entries], np.int64),
    )


async def _values(store: StoreCore, papers: Rows, by: Facet) -> Mapping[int, Sequence[_Value]]:
    """What each paper counts under, each once."""
    if by is Facet.YEAR:
        (years,) = await store.columns(Kind.PAPER, papers, ["year"])
        per_paper = [[] if year is None else [year] for year in years.to_pylist()]
    else:
        ends = await store.expand(Hop(FACET_EDGES[by]), papers, Select())
        per_paper = [list(set(one)) for one in split(ends.offsets, ends.rows.tolist())]
    return dict(zip(papers.tolist(), per_paper, strict=True))


async def _shown(store: StoreCore, values: set[int], by: Facet) -> Mapping[_Value, _Shown]:
    """What stands in the answer for each value."""
    if by is Facet.YEAR:
        return {None: _UNKNOWN} | {year: (str(year), str(year), MISSING) for year in values}
    rows, kind = sorted(values), FACET_KINDS[by]
    keys, labels = await store.columns(kind, np.array(rows, np.int32), [KINDS[kind].key, KINDS[kind].label])
    named = zip(keys.to_pylist(), labels.to_pylist(), rows, strict=True)
    return {None: _UNKNOWN} | {shown[2]: shown for shown in named}


def _ranked(tally: Mapping[_Value, int], shown: Mapping[_Value, _Shown]) -> list[tuple[_Shown, int]]:
    """By count, then unknown last, then by label, then by key."""
    entries = [(shown[value], count) for value, count in tally.items()]
    return sorted(entries, key=lambda entry: (-entry[1], entry[0][0] is None, entry[0][1], entry[0][0] or ""))
