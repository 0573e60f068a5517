"""Reading all of a graph in stretches says what reading it row by row says: conditions, facets, the head of a long order."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.model import Kind
from byline.graph.request import Facet, Page, Select
from byline.graph.store.columnar.read import conditions, list_counts, roots
from byline.graph.store.columnar.read.conditions import mask
from byline.graph.store.columnar.store import ColumnarStore
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts, orders, wheres
from tests.contract.stores import answer, columnar, counts, networkx, ragged
from tests.generated import examples

KINDS = [Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY, Kind.VENUE]
many = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only large graphs meet, met by small ones."""
    for name, value in (("STRETCH", 2), ("LARGE", 0), ("_SHARE", 2)):
        monkeypatch.setattr(conditions, name, value)
    for name, value in (("STRETCH", 2), ("_ENTRIES", 3)):
        monkeypatch.setattr(list_counts, name, value)
    for name, value in (("STRETCH", 2), ("LARGE", 0), ("_CHUNK", 1)):
        monkeypatch.setattr(roots, name, value)


@many
@given(drafts(), st.data())
def test_conditions(draft: Draft, data: st.DataObject) -> None:
    store = columnar(draft.facts())
    assert isinstance(store, ColumnarStore)
    snapshot = store._snapshot
    for kind in KINDS:
        where = data.draw(wheres(kind))
        rows = np.arange(snapshot.size(kind), dtype=np.int32)
        assert conditions.full_scan(snapshot, kind, where).tolist() == mask(snapshot, kind, where, rows).tolist()
        picked = rows[::-2]
        assert conditions.fits(snapshot, kind, where, picked).tolist() == mask(snapshot, kind, where, picked).tolist()


@many
@given(drafts(), st.data())
def test_root_lists_and_facets(draft: Draft, data: st.DataObject) -> None:
    facts = draft.facts()
    stores = columnar(facts), networkx(facts)
    for kind in KINDS:
        select = Select(
            data.draw(wheres(kind)),
            data.draw(orders(kind, None)),
            Page(first=data.draw(st.integers(0, 4))),
            total=data.draw(st.booleans()),
        )
        one, other = (ragged(answer(store.find(kind, select))) for store in stores)
        assert one == other
    by, first, where = (
        data.draw(st.sampled_from(Facet)),
        data.draw(st.sampled_from([None, 0, 1, 2])),
        data.draw(wheres(Kind.PAPER)),
    )
    nobody = np.zeros(0, np.int32)
    one, other = (counts(answer(store.facet(Kind.PAPER, nobody, where, by, Page(first)))) for store in stores)
    assert one == other


def test_the_head_behind_a_cursor() -> None:
    """Pages of two, one behind the other, in an order that is not kept, are the whole list."""
    draft = Draft()
    for i in range(9):
        draft.paper(str(i), title=f"t{i}", year=2000 + i % 2, listed=[None, 1, 2][i % 3])
    with mock.patch.object(roots, "nearest", wraps=roots.nearest) as used:
        from byline.graph.request import Order

        order = (Order("listed", descending=True), Order("year"))
        pages = []
        for store in (columnar(draft.facts()), networkx(draft.facts())):
            rows: list[int] = []
            after = None
            while True:
                part = answer(store.find(Kind.PAPER, Select(order=order, page=Page(first=2, after=after))))
                rows += part.rows.tolist()
                assert bool(part.has_previous[0]) is (after is not None)
                if not part.has_next[0]:
                    break
                listed, year, identifier = answer(store.values(Kind.PAPER, part.rows[-1:], ["listed", "year", "id"]))
                after = (listed[0], year[0], identifier[0])
            pages.append(rows)
        assert pages[0] == pages[1]
        assert sorted(pages[0]) == list(range(9))
    assert used.call_count == 5
