"""`Store.facet` over the core: the papers of each list, what each counts under, and a tally by list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from byline.graph.model import KINDS, PAPER_AUTHORS, PAPER_INSTITUTIONS, Edge, Kind
from byline.graph.request import Facet, HitFacet, Hop, Page, Search, Select, Where
from byline.graph.store.defaults.search import search
from byline.graph.store.facet_page import Place, kinds_page, stretch
from byline.graph.store.lists import offsets, split
from byline.graph.store.protocol import MISSING, Counts, FacetSource, Ragged, Rows, StoreCore

# A number, a text, or the row of a node.
_Value: TypeAlias = int | str
# Key, label and row of a value.
_Shown: TypeAlias = tuple[str, str, int]


async def facet(store: StoreCore, source: FacetSource, rows: Rows, where: Where, by: Facet | HitFacet, page: Page) -> Counts:
    """See the protocol."""
    if isinstance(source, Search):
        (found,) = await search(store, [Search(source.text, source.kinds, source.where)])
        if isinstance(by, HitFacet):
            return kinds_page(Counter(found.kinds), page)
        lists = [[row for kind, row in zip(found.kinds, found.rows.tolist(), strict=True) if kind is Kind.PAPER]]
    elif isinstance(source, Ragged):
        lists = split(source.offsets, source.rows.tolist())
    else:
        wanted = Select(where)
        papers = await (store.expand(source, rows, wanted) if isinstance(source, Hop) else store.find(source, wanted))
        lists = split(papers.offsets, papers.rows.tolist())
    assert isinstance(by, Facet)
    of = await _values(store, np.array(sorted({paper for one in lists for paper in one}), np.int32), by)
    tallies: list[Counter[_Value]] = [Counter(value for paper in one for value in of[paper]) for one in lists]
    shown = await _shown(store, {value for tally in tallies for value in tally}, by)
    ranked = [sorted((_place(shown[value], count), shown[value][2]) for value, count in tally.items()) for tally in tallies]
    cuts = [stretch([place for place, _ in one], page) for one in ranked]
    entries = [entry for one, cut in zip(ranked, cuts, strict=True) for entry in one[cut.start : cut.stop]]
    return Counts(
        offsets([cut.stop - cut.start for cut in cuts]),
        [key for (_, _, key), _ in entries],
        [label for (_, label, _), _ in entries],
        np.array([row for _, row in entries], np.int32),
        np.array([-count for (count, _, _), _ in entries], np.int64),
        np.array([len(one) for one in ranked], np.int64),
        np.array([sum(not of[paper] for paper in one) for one in lists], np.int64),
        np.array([cut.has_next for cut in cuts], np.bool_),
        np.array([cut.has_previous for cut in cuts], np.bool_),
    )


def _place(shown: _Shown, count: int) -> Place:
    key, label, _ = shown
    return -count, label, key


async def _values(store: StoreCore, papers: Rows, by: Facet) -> Mapping[int, set[_Value]]:
    """What each paper counts under; nothing where that is unknown."""
    per_paper: Sequence[set[_Value]]
    match by.of:
        case str() as name:
            (column,) = await store.columns(Kind.PAPER, papers, [name])
            lists = [value if isinstance(value, list) else [value] for value in column.to_pylist()]
            per_paper = [{value for value in one if value is not None} for one in lists]
        case Edge() as edge:
            ends = await store.expand(Hop(edge), papers, Select())
            per_paper = [set(one) for one in split(ends.offsets, ends.rows.tolist())]
        case _:
            per_paper = await _countries(store, papers)
    return dict(zip(papers.tolist(), per_paper, strict=True))


async def _countries(store: StoreCore, papers: Rows) -> list[set[_Value]]:
    """The countries of the institutions of each paper, and those that its authorships state."""
    institutions = await store.expand(Hop(PAPER_INSTITUTIONS), papers, Select())
    (codes,) = await store.columns(Kind.INSTITUTION, institutions.rows, ["country_code"])
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select(values=("country_codes",)))
    stated = split(authors.offsets, authors.values["country_codes"].to_pylist())
    own = split(institutions.offsets, codes.to_pylist())
    return [
        {code for code in (*mine, *(code for codes in theirs for code in codes or ())) if code is not None}
        for mine, theirs in zip(own, stated, strict=True)
    ]


async def _shown(store: StoreCore, values: set[_Value], by: Facet) -> Mapping[_Value, _Shown]:
    """What stands in the answer for each value."""
    if by.kind is None:
        return {value: (str(value), str(value), MISSING) for value in values}
    rows = sorted(int(value) for value in values)
    names = [KINDS[by.kind].key, KINDS[by.kind].label]
    keys, labels = await store.columns(by.kind, np.array(rows, np.int32), names)
    named = zip(keys.to_pylist(), labels.to_pylist(), rows, strict=True)
    return {shown[2]: shown for shown in named}
