"""Facets: pages of counted values, of which only those that may be on the page are given a label."""

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.model import KINDS
from byline.graph.request import Facet, Page
from byline.graph.store.columnar.files.csr import ends_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.facet_counts import Counted, ListCounts, Numbers, count, count_all
from byline.graph.store.facet_page import Place, Stretch, place_of, stretch
from byline.graph.store.protocol import MISSING, Counts, Flags

# A value's place and the row of its node.
_Entry = tuple[Place, int]


def facet(snapshot: Snapshot, papers: Lists, by: Facet, page: Page) -> Counts:
    """The values of each list of papers."""
    return _answer(snapshot, count(snapshot, papers, by), by, page)


def facet_all(snapshot: Snapshot, chosen: Flags | None, by: Facet, page: Page) -> Counts:
    """The values of all papers, or of those chosen: one list."""
    return _answer(snapshot, count_all(snapshot, chosen, by), by, page)


def _answer(snapshot: Snapshot, counted: Counted, by: Facet, page: Page) -> Counts:
    pages = [_page(snapshot, one, counted, by, page) for one in counted.of_lists]
    flat = [entry for entries, _ in pages for entry in entries]
    return Counts(
        ends_of(np.array([len(entries) for entries, _ in pages], np.int64)),
        [key for (_, _, key), _ in flat],
        [label for (_, label, _), _ in flat],
        np.array([row for _, row in flat], np.int32),
        np.array([-negative for (negative, _, _), _ in flat], np.int64),
        np.array([len(one.values) for one in counted.of_lists], np.int64),
        np.array([one.unknown for one in counted.of_lists], np.int64),
        np.array([cut.has_next for _, cut in pages], np.bool_),
        np.array([cut.has_previous for _, cut in pages], np.bool_),
    )


def _page(snapshot: Snapshot, one: ListCounts, counted: Counted, by: Facet, page: Page) -> tuple[list[_Entry], Stretch]:
    chosen, more, fewer = _candidates(one.counts, page)
    entries = sorted(_described(snapshot, counted, by, one.values[chosen], one.counts[chosen]))
    cut = stretch([place for place, _ in entries], page)
    whole = cut._replace(has_previous=cut.has_previous or more, has_next=cut.has_next or fewer)
    return entries[cut.start : cut.stop], whole


def _candidates(counts: Numbers, page: Page) -> tuple[Numbers, bool, bool]:
    """Where the values stand that may be on the page, and whether some of higher and some of lower counts were left out."""
    chosen = np.arange(len(counts))
    most, least = (None if at is None else -place_of(at)[0] for at in (page.after, page.before))
    if most is not None and least is not None and most < least:
        # Cursors that cross leave nothing between them, but there is something on both sides.
        return chosen, False, False
    if most is not None:
        chosen = chosen[counts[chosen] <= most]
    more = len(chosen) < len(counts)
    upto = len(chosen)
    if least is not None:
        chosen = chosen[counts[chosen] >= least]
    fewer, left = len(chosen) < upto, counts[chosen]
    if page.first is not None:
        # Those at the cursor may stand before it, and one more than the page tells that the list goes on.
        wanted = page.first + (0 if most is None else int((left == most).sum())) + (least is not None or most is not None)
        if wanted < len(left):
            bound = np.partition(left, len(left) - wanted)[len(left) - wanted] if wanted else left.max() + 1
            return chosen[left >= bound], more, True
    elif page.last is not None:
        wanted = page.last + (0 if least is None else int((left == least).sum())) + (least is not None or most is not None)
        if wanted < len(left):
            bound = np.partition(left, wanted - 1)[wanted - 1] if wanted else left.min() - 1
            return chosen[left <= bound], True, fewer
    return chosen, more, fewer


def _described(snapshot: Snapshot, counted: Counted, by: Facet, values: Numbers, counts: Numbers) -> list[_Entry]:
    """Each value with its place and its row."""
    checkpoint()
    if by.kind is None:
        texts = list(map(str, values.tolist())) if counted.texts is None else counted.texts.take(values).to_pylist()
        return [((-number, text, text), MISSING) for text, number in zip(texts, counts.tolist(), strict=True)]
    names = KINDS[by.kind].label, KINDS[by.kind].key
    labels, keys = (snapshot.column(by.kind, name).take(values).to_pylist() for name in names)
    numbered = zip(labels, keys, values.tolist(), counts.tolist(), strict=True)
    return [((-number, label, key), row) for label, key, row, number in numbered]
