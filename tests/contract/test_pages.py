"""What `Store.find` must do, and what a page is."""

import pytest

from byline.graph.request import Compare, Op, Order, Page, Select
from byline.graph.store.contract.draft import Draft, node_id
from tests.contract.library import AUTHOR, CATEGORY, INSTITUTION, PAPER, by_id, expand, library, named, titled
from tests.contract.stores import answer, lists


def test_breaks_ties_by_id(make) -> None:
    draft = library()
    expected = [*by_id(PAPER, "p2", "p5"), "p1"]
    newest = Select(Compare("year", Op.LTE, 2021), (Order("year", descending=True),))
    assert titled(make, draft, newest) == expected
    assert titled(make, draft, Select()) == by_id(PAPER, "p1", "p2", "p3", "p4", "p5")


def test_puts_nulls_last_in_both_directions(make) -> None:
    for descending in (False, True):
        order = (Order("year", descending), Order("title_fold"))
        years = ["p1", "p2", "p5", "p4"] if not descending else ["p4", "p2", "p5", "p1"]
        assert titled(make, library(), Select(order=order)) == [*years, "p3"]


def test_gives_totals_before_paging_where_asked(make) -> None:
    store = make(library().facts())
    page = answer(store.find(PAPER, Select(Compare("year", Op.GT, 2020), page=Page(first=1), total=True)))
    assert page.totals is not None
    assert (page.totals.tolist(), len(page.rows), page.has_next.tolist()) == ([3], 1, [True])
    assert answer(store.find(PAPER, Select())).totals is None


def test_finds_nothing_in_an_empty_store(make) -> None:
    for kind in (AUTHOR, PAPER, INSTITUTION, CATEGORY):
        page = answer(make(Draft().facts()).find(kind, Select(page=Page(first=3), total=True)))
        assert (page.offsets.tolist(), page.has_next.tolist(), page.totals.tolist()) == ([0, 0], [False], [0])


LETTERS = [chr(code) for code in range(ord("a"), ord("j"))]
TITLES = (Order("title_fold"),)


def place(title: str) -> tuple[str, str]:
    return title, node_id(PAPER, title)


@pytest.mark.parametrize(
    ("page", "titles", "has_next", "has_previous"),
    [
        (Page(), "abcdefghi", False, False),
        (Page(first=0), "", True, False),
        (Page(first=3), "abc", True, False),
        (Page(first=9), "abcdefghi", False, False),
        (Page(first=3, after=place("c")), "def", True, True),
        (Page(first=3, after=place("i")), "", False, True),
        (Page(first=3, after=place("")), "abc", True, False),
        (Page(first=2, after=place("cc")), "de", True, True),
        (Page(last=3), "ghi", False, True),
        (Page(last=0), "", False, True),
        (Page(last=3, before=place("c")), "ab", True, False),
        (Page(last=3, before=place("h")), "efg", True, True),
        (Page(last=2, before=place("z")), "hi", False, True),
        (Page(after=place("b"), before=place("f")), "cde", True, True),
        (Page(after=place("f"), before=place("b")), "", True, True),
        (Page(first=4, last=2), "cd", True, True),
        (Page(first=2, last=4), "ab", True, False),
    ],
)
def test_pages(make, page: Page, titles: str, has_next: bool, has_previous: bool) -> None:
    draft = Draft()
    for title in LETTERS:
        draft.paper(title, ["ann"])
    select = Select(order=TITLES, page=page, total=True)
    for ragged in (answer(make(draft.facts()).find(PAPER, select)), expand(make, draft, "author_papers", ["ann"], select)):
        assert named(draft, PAPER, ragged) == [list(titles)]
        assert (ragged.has_next.tolist(), ragged.has_previous.tolist()) == ([has_next], [has_previous])
        assert ragged.totals.tolist() == [9]


@pytest.mark.parametrize("descending", [False, True])
def test_walking_page_by_page_meets_every_entry_once(make, descending: bool) -> None:
    draft = Draft()
    for i in range(23):
        draft.paper(f"p{i}", year=[None, 2020, 2021][i % 3])
    store, order = make(draft.facts()), (Order("year", descending),)
    whole, seen, after = lists(answer(store.find(PAPER, Select(order=order))))[0], [], None
    while True:
        page = answer(store.find(PAPER, Select(order=order, page=Page(first=4, after=after))))
        seen += page.rows.tolist()
        if not page.has_next[0]:
            break
        after = tuple(column[0].as_py() for column in answer(store.columns(PAPER, page.rows[-1:], ["year", "id"])))
    assert seen == whole
