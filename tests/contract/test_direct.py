"""Readers for small batches against the batched methods of the same store: the same answers, in Python lists."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.ids import public_id
from byline.graph.model import COLUMNS, EDGES, LETTERS, Edge, Kind
from byline.graph.request import Hop, Key, Page, Select
from byline.graph.store.columnar.files.secondary_orders import KEPT
from byline.graph.store.columnar.read import id_rows, small
from byline.graph.store.columnar.read.small import as_lists
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.graphs import crowd
from byline.graph.store.contract.requests import sizes
from byline.graph.store.contract.vocabulary import NAMES
from byline.graph.store.protocol import AMBIGUOUS, MISSING, Rows, Store
from byline.graph.store.small import Pages, SmallReads, Wants
from tests.contract.graphs import drafts, rows, selects, windows
from tests.contract.stores import EVERY, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
EVERYTHING_WANTED = Wants(flags=True, edge_rows=True)


KEEPING = ["columnar", "worked out"]


def shape(edge: Edge, batch: list[Any]) -> Rows:
    return np.array(batch, np.int32).reshape((len(batch), 2) if edge.pair else (len(batch),))


def both(draft: Draft, name: str = "columnar") -> tuple[Store, SmallReads]:
    store = EVERY[name](draft.facts())
    assert store.direct is not None
    return store, store.direct


def same_pages(pages: Pages, expected: Pages, wants: Wants, select: Select) -> None:
    assert pages.rows == expected.rows
    assert pages.ends == expected.ends
    if wants.flags:
        assert (pages.has_next, pages.has_previous) == (expected.has_next, expected.has_previous)
    if wants.edge_rows:
        assert pages.edge_rows == expected.edge_rows
    if select.total:
        assert pages.totals == expected.totals
    assert {name: repr(values) for name, values in pages.values.items()} == {
        name: repr(values) for name, values in expected.values.items()
    }


@many
@given(drafts(), st.sampled_from(KEEPING), st.data())
def test_small_reads_answer_as_the_batched_methods(draft: Draft, name: str, data: st.DataObject) -> None:
    store, direct = both(draft, name)
    lists_of_hops_agree(draft, store, direct, data)
    for kind in LETTERS:
        select = data.draw(selects(kind), label=str(kind))
        assert direct.find(kind, select, EVERYTHING_WANTED) == as_lists(answer(store.find(kind, select)), EVERYTHING_WANTED)
    columns_agree(draft, store, direct)
    keys_agree(draft, store, direct, data.draw(st.sampled_from(NAMES)))


def lists_of_hops_agree(draft: Draft, store: Store, direct: SmallReads, data: st.DataObject) -> None:
    for edge in EDGES.values():
        batch: list[Any] = data.draw(rows(sizes(draft)[edge.source], edge.pair), label=f"{edge.name} rows")
        hop = Hop(edge, data.draw(windows(edge), label=f"{edge.name} window"))
        select = data.draw(selects(edge.target, edge), label=f"{edge.name} select")
        wants = data.draw(st.sampled_from([Wants(), EVERYTHING_WANTED]))
        expected = as_lists(answer(store.expand(hop, shape(edge, batch), select)), EVERYTHING_WANTED)
        if batch:
            same_pages(direct.lister(hop, select, wants)(batch), expected, wants, select)


@pytest.mark.parametrize("name", KEEPING)
def test_heads_of_a_crowd(name: str) -> None:
    """Heads of short and long lists, few sources and many, in every kept order, each value of each hop and none."""
    store, direct = both(crowd(), name)
    for edge in EDGES.values():
        size = sizes(crowd())[edge.source]
        for some in ([0], list(range(min(size, 9))), [row % size for row in range(200)]) if size else ():
            batch = [(row, row) for row in some] if edge.pair else some
            for order, page in product(((), *KEPT.get(edge.name, ())), (Page(), Page(0), Page(3))):
                for values, wants in ((edge.values, EVERYTHING_WANTED), ((), Wants(flags=True)), ((), Wants())):
                    select = Select(order=order, page=page, values=values, total=bool(wants.flags))
                    expected = as_lists(answer(store.expand(Hop(edge), shape(edge, batch), select)), EVERYTHING_WANTED)
                    same_pages(direct.lister(Hop(edge), select, wants)(batch), expected, wants, select)


def columns_agree(draft: Draft, store: Store, direct: SmallReads) -> None:
    for kind, size in sizes(draft).items():
        names = [column.name for column in COLUMNS[kind]]
        for some in (range(0), range(size), range(size - 1, -1, -1), [row for row in range(size) for _ in range(30)]):
            batch = np.array(list(some), np.int32)
            assert direct.reader(kind, names)(list(some)) == answer(store.values(kind, batch, names))
            for name in names:
                assert direct.reader(kind, [name])(list(some)) == answer(store.values(kind, batch, [name]))


def keys_agree(draft: Draft, store: Store, direct: SmallReads, name: str) -> None:
    for kind, size in sizes(draft).items():
        if kind not in LETTERS:
            continue
        find = direct.finder(kind)
        ids = answer(store.columns(kind, np.arange(size, dtype=np.int32), ["id"]))[0].to_pylist()
        assert [find(Key("id", each)) for each in ids] == list(range(size))
        odd = ["", "x", ids[0][:-1] if ids else "é", "Aééééééééééé1", public_id(kind, "nobody"), "A" * 13]
        keys = [Key("id", each) for each in odd]
        assert [find(key) for key in keys] == answer(store.lookup(kind, keys)).tolist()
        if kind in (Kind.AUTHOR, Kind.INSTITUTION):
            row = find(Key("name", name))
            assert row == int(answer(store.lookup(kind, [Key("name", name)]))[0])
            assert row in (MISSING, AMBIGUOUS) or row < size


def test_rows_of_ids_are_remembered_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(id_rows, "_MOST", 3)
    store, direct = both(crowd())
    nobody = public_id(Kind.AUTHOR, "nobody")
    ids = [*answer(store.columns(Kind.AUTHOR, np.arange(8, dtype=np.int32), ["id"]))[0].to_pylist(), nobody]
    rows = [*range(8), MISSING]
    find = direct.finder(Kind.AUTHOR)
    for batch in (1, 2, 3, 9):
        for start in (*range(0, 9, batch), 0):
            some = slice(start, start + batch)
            assert answer(store.lookup(Kind.AUTHOR, [Key("id", each) for each in ids[some]])).tolist() == rows[some]
            assert [find(Key("id", each)) for each in ids[some] * 2] == rows[some] * 2
            assert answer(store.lookup(Kind.PAPER, [Key("id", each) for each in ids[some]])).tolist() == [MISSING] * len(
                ids[some]
            )
            assert isinstance(direct, small.ColumnarSmallReads)
            assert len(direct._ids._rows_of_ids[Kind.AUTHOR]) <= 3


def test_long_texts_are_not_brief() -> None:
    draft = Draft()
    draft.paper("long", title="A title", abstract="word " * 400)
    _, direct = both(draft)
    assert direct.brief(Kind.PAPER, ["id", "title", "year", "citation_count"])
    assert not direct.brief(Kind.PAPER, ["id", "abstract"])
    assert not direct.brief(Kind.PAPER, ["external_ids"])
