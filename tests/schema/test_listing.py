"""The arguments of a list, understood."""

from typing import Any

import pytest
from strawberry import UNSET

from byline.graph.errors import BadCursor, BadFilter, BadInput, PageTooLarge
from byline.graph.model import AUTHOR_PAPERS, COAUTHORS, Kind
from byline.graph.query.cursors import encode
from byline.graph.request import EVERYTHING, NEWEST, Hop, Order, Page, Select, Window
from byline.schema.context import Limits
from byline.schema.fields import ListingField
from byline.schema.inputs.filters import AuthorQuantifier, IntFilter, PaperFilter
from byline.schema.inputs.listing import bounded, page_of, understand, window_of, years_of
from byline.schema.inputs.orders import BY_PAPERS, PaperOrder, PaperOrderField
from byline.schema.types.values import YearRange

LIMITS = Limits()
PAPERS = ListingField(AUTHOR_PAPERS, Kind.PAPER, NEWEST)
PEOPLE = ListingField(COAUTHORS, Kind.AUTHOR, BY_PAPERS)
ROOT = ListingField(None, Kind.PAPER, NEWEST)


def page(**arguments: Any) -> Page:
    return page_of(Kind.PAPER, NEWEST, arguments, LIMITS)


def test_nothing_asked() -> None:
    args = understand(PAPERS, {}, LIMITS)
    assert args.hop == Hop(AUTHOR_PAPERS)
    assert args.select == Select(EVERYTHING, NEWEST, Page(first=20), ("position", "corresponding", "country_codes"), total=True)
    assert understand(ROOT, {}, LIMITS).hop is None


def test_unset_and_null_count_as_not_given() -> None:
    names = ["where", "order_by", "first", "after", "last", "before", "years", "max_authors_per_paper"]
    for nothing in (None, UNSET):
        assert understand(PEOPLE, dict.fromkeys(names, nothing), LIMITS) == understand(PEOPLE, {}, LIMITS)


def test_lengths() -> None:
    assert page(first=0) == Page(first=0)
    assert page(first=100) == Page(first=100)
    assert page(last=3) == Page(first=None, last=3)
    assert page(first=5, last=3) == Page(first=5, last=3)


@pytest.mark.parametrize("name", ["first", "last"])
def test_lengths_are_bounded(name: str) -> None:
    with pytest.raises(PageTooLarge, match="101"):
        page(**{name: 101})
    with pytest.raises(BadInput, match="-1"):
        page(**{name: -1})
    with pytest.raises(PageTooLarge):
        page_of(Kind.PAPER, NEWEST, {name: 6}, Limits(max_page=5))
    with pytest.raises(BadInput):
        bounded(name, -1, LIMITS)
    assert bounded(name, 100, LIMITS) == 100


def test_cursors_are_read_in_the_order_asked_for() -> None:
    cursor = encode((Order("year", True),), [2010], "P1")
    arguments = {"order_by": [PaperOrder(by=PaperOrderField.YEAR)], "after": cursor, "before": cursor}
    assert understand(PAPERS, arguments, LIMITS).select.page == Page(20, (2010, "P1"), None, (2010, "P1"))
    with pytest.raises(BadCursor):
        understand(PAPERS, {"after": cursor}, LIMITS)
    assert understand(PAPERS, {"after": "", "before": ""}, LIMITS).select.page == Page(20)


def test_years() -> None:
    assert years_of(None) == years_of(YearRange()) == years_of(YearRange(from_=None)) == (None, None)
    assert years_of(YearRange(from_=2000, to=2000)) == (2000, 2000)
    assert years_of(YearRange(to=0)) == (None, 0)
    with pytest.raises(BadInput, match="got 2001 and 2000"):
        years_of(YearRange(from_=2001, to=2000))


def test_windows() -> None:
    assert window_of({}) is None
    assert window_of({"years": YearRange()}) is None
    assert window_of({"years": YearRange(from_=0), "max_authors_per_paper": 2}) == Window(0, None, 2)
    for cap in (1, 0, -1):
        with pytest.raises(BadInput, match="maxAuthorsPerPaper"):
            window_of({"max_authors_per_paper": cap})


def test_a_filter_that_does_not_fit_is_refused_here() -> None:
    where = PaperFilter(authors=AuthorQuantifier(count=IntFilter(gte=1)))
    assert understand(PAPERS, {"where": where}, LIMITS).select.where != EVERYTHING
    with pytest.raises(BadFilter):
        understand(PAPERS, {"where": where}, Limits(max_filter_depth=0))
