"""Years and dates: everything that sources write, and what is said of what cannot be read."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.notices import Outcome
from byline.data.reference.months import is_season, month_named
from byline.data.sources.csl_dates import csl_date
from byline.data.text.dates import PublicationDate, agreed, from_list, from_members, from_text

NONE = (None, None)


def read(published: PublicationDate) -> tuple[int | None, str | None]:
    return published.year, published.day.isoformat() if published.day else None


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2019", 2019, None),
        ("2007a", 2007, None),
        ("c2011", 2011, None),
        ("©2011", 2011, None),
        ("1987-88", 1987, None),
        ("1987–1988", 1987, None),
        ("1987/88", 1987, None),
        ("1911-12", 1911, None),
        ("[1954]", 1954, None),
        ("2006~", 2006, None),
        ("2006?", 2006, None),
        ("2006%", 2006, None),
        ("2012/", 2012, None),
        ("2012/..", 2012, None),
        ("2013-02/2015-07", 2013, None),
        ("2016-22", 2016, None),
        ("2016-13/2016-14", 2016, None),
        ("2014-06-30T09:15", 2014, "2014-06-30"),
        ("2014-06-30 09:15:00Z", 2014, "2014-06-30"),
        ("2014-06-30/2014-07-02", 2014, "2014-06-30"),
        ("2014/6/3", 2014, "2014-06-03"),
        ("20140630", 2014, "2014-06-30"),
        ("30.06.2014", 2014, "2014-06-30"),
        ("06/07/2014", 2014, None),
        ("June 30, 2014", 2014, "2014-06-30"),
        ("30th of Juni 2014", 2014, "2014-06-30"),
        ("3. März 2014", 2014, "2014-03-03"),
        ("28 June--2 July 2014", 2014, "2014-06-28"),
        ("updated 2014-06-30", 2014, "2014-06-30"),
        ("2014年6月30日", 2014, "2014-06-30"),
        ("2014年", 2014, None),
        ("06/2014", 2014, None),
        ("Winter 2014", 2014, None),
        ("ca. 1490", 1490, None),
        ("2022, in press", 2022, None),
        ("870", 870, None),
        ("２０１４", 2014, None),
        ("", None, None),
    ],
)
def test_what_states_a_year(text: str, year: int | None, day: str | None) -> None:
    published = from_text(text)
    assert (*read(published), published.reason) == (year, day, "")


@pytest.mark.parametrize(
    ("text", "expected", "outcome", "reason"),
    [
        ("198X", NONE, Outcome.LEFT_OUT, "states no year that can be read: '198X'"),
        ("19??", NONE, Outcome.LEFT_OUT, "states no year that can be read: '19??'"),
        ("1980s", NONE, Outcome.LEFT_OUT, "states no year that can be read: '1980s'"),
        ("forthcoming", NONE, Outcome.LEFT_OUT, "states no year that can be read: 'forthcoming'"),
        ("97", NONE, Outcome.LEFT_OUT, "states no year that can be read: '97'"),
        ("20144", NONE, Outcome.LEFT_OUT, "states no year that can be read: '20144'"),
        ("0000", NONE, Outcome.LEFT_OUT, "states no year that can be read: '0000'"),
        ("-0106-01-03", NONE, Outcome.LEFT_OUT, "is before the year 1, which the graph cannot hold: '-0106-01-03'"),
        ("44 BC", NONE, Outcome.LEFT_OUT, "is before the year 1, which the graph cannot hold: '44 BC'"),
        ("2015-02-29", (2015, None), Outcome.LEFT_OUT, "is a day that does not exist; the year is kept: '2015-02-29'"),
        ("1998 [1961]", (1998, None), Outcome.DOUBTED, "names several years, of which the first is kept: '1998 [1961]'"),
        ("/2012", (2012, None), Outcome.DOUBTED, "has an open beginning; the year of its end is kept: '/2012'"),
    ],
)
def test_what_is_listed(text: str, expected: tuple[int | None, str | None], outcome: Outcome, reason: str) -> None:
    published = from_text(text)
    assert (read(published), published.outcome, published.reason) == (expected, outcome, reason)
    (notice,) = published.notices("f", 3, "date")
    assert (notice.line, notice.member, notice.outcome) == (3, "date", outcome)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected", "reason"),
    [
        ("2018", "jul", "9", (2018, "2018-07-09"), ""),
        ("2018", "07", "9th", (2018, "2018-07-09"), ""),
        ("2018", "9--12 July", "", (2018, "2018-07-09"), ""),
        ("2018", "JUL 9", "", (2018, "2018-07-09"), ""),
        ("2018", "July 2018", "9", (2018, "2018-07-09"), ""),
        ("2018", "JUL-AUG", "", (2018, None), ""),
        ("2018", "Summer", "", (2018, None), ""),
        ("2018", "", "9", (2018, None), ""),
        ("2018", "14", "9", (2018, None), "has a month that is none: '14'"),
        ("2018", "Sol", "9", (2018, None), "has a month that is none: 'Sol'"),
        ("2018", "Feb", "30", (2018, None), "is a day that does not exist; the year is kept: '2018 Feb 30'"),
        ("n.d.", "Feb", "3", NONE, "states no year that can be read: 'n.d.'"),
    ],
)
def test_members_apart(year: str, month: str, day: str, expected: tuple[int | None, str | None], reason: str) -> None:
    published = from_members(year, month, day)
    assert (read(published), published.reason) == (expected, reason)


def test_two_statements() -> None:
    assert read(agreed(from_text("2011-03-04"), from_text("2011"))) == (2011, "2011-03-04")
    assert read(agreed(from_text("197X"), from_text("1975"))) == (1975, None)
    assert agreed(from_text("197X"), from_text("1975")).reason == "states no year that can be read: '197X'"
    contradicted = agreed(from_text("2011"), from_text("2010"))
    assert (read(contradicted), contradicted.outcome) == ((2011, None), Outcome.DOUBTED)
    assert contradicted.reason == "contradicts the year 2010 that stands beside it; 2011 is kept"
    assert agreed(from_text(""), from_text("soon")).reason == "states no year that can be read: 'soon'"


# The conventions of CSL-JSON's date variables, and what older exporters made of them.
@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2012"]]}, (2012, None)),
        ({"date-parts": [[2012, 7, 19]]}, (2012, "2012-07-19")),
        ({"date-parts": [["2012", "07", "19"]]}, (2012, "2012-07-19")),
        ({"date-parts": [[2012.0, 7.0, 19.0]]}, (2012, "2012-07-19")),
        ({"date-parts": [[2012, 7, 19], [2012, 7, 21]]}, (2012, "2012-07-19")),
        ({"date-parts": [2012, 7, 19]}, (2012, "2012-07-19")),
        ([{"date-parts": [2012, 7, 19]}], (2012, "2012-07-19")),
        ({"date-parts": [["2012-07-19"]]}, (2012, "2012-07-19")),
        ({"date-parts": [[20120719]]}, (2012, "2012-07-19")),
        ({"date-parts": [[2012, "July", "19"]]}, (2012, "2012-07-19")),
        ({"date-parts": [["2012b"]]}, (2012, None)),
        ({"date-parts": [["2012", "00", "00"]]}, (2012, None)),
        ({"date-parts": [[2012, 0, 0]]}, (2012, None)),
        ({"date-parts": [[2012, 7, None]]}, (2012, None)),
        ({"date-parts": [[2012, 14]]}, (2012, None)),
        ({"date-parts": [[2012, "season-02"]], "season": 2}, (2012, None)),
        ({"date-parts": [["2012", "Summer"]]}, (2012, None)),
        ({"date-parts": [["1490"]], "circa": True}, (1490, None)),
        ({"date-parts": [[2012]], "raw": "2012-07"}, (2012, None)),
        ({"date-parts": [[None]]}, NONE),
        ({"date-parts": [[None]], "literal": "July 2012"}, (2012, None)),
        ({"date-parts": [[]]}, NONE),
        ({"date-parts": []}, NONE),
        ({"date-parts": [[-44, 3, 15]]}, NONE),
        ({"date-parts": [[True]]}, NONE),
        ({"raw": "July 19, 2012"}, (2012, "2012-07-19")),
        ({"literal": "circa 1490"}, (1490, None)),
        ({"literal": 2012}, (2012, None)),
        ({"edtf": "2012-07-19"}, (2012, "2012-07-19")),
        ({"date-time": "2012-07-19T00:00:00Z"}, (2012, "2012-07-19")),
        ({"year": 2012}, (2012, None)),
        ([{"year": "2012", "month": 7, "day": 19}], (2012, "2012-07-19")),
        ("2012-07-19", (2012, "2012-07-19")),
        (2012, (2012, None)),
        ({}, NONE),
        ([], NONE),
        ("", NONE),
        (None, NONE),
    ],
)
def test_dates_of_csl(issued: Any, expected: tuple[int | None, str | None]) -> None:
    assert read(csl_date(issued)) == expected


@given(st.from_regex(r"[0-2][0-9]{3}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_a_whole_day_is_read_as_it_is_with_a_blank_behind_it(text: str) -> None:
    quick, slow = from_text(text), from_text(f"{text} ")
    assert (quick.year, quick.day, bool(quick.reason)) == (slow.year, slow.day, bool(slow.reason))


def test_months_and_seasons() -> None:
    assert [month_named(name) for name in ("Sept.", "MÄRZ", "févr.", "Dez", "ago", "jui", "may", "xyz")] == [
        9, 3, 2, 12, 8, None, 5, None,
    ]  # fmt: skip
    assert is_season("Fall")
    assert not is_season("May")


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2899, 12, 31))
NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
LAYOUTS = [
    lambda day: day.isoformat(),
    lambda day: f"{day.isoformat()}T10:00:00Z",
    lambda day: f"{day.isoformat()}/{day.year + 1}-01-01",
    lambda day: day.strftime("%Y%m%d") if day.year < 3000 else day.isoformat(),
    lambda day: f"{NAMES[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{day.day}. {NAMES[day.month - 1][:3].lower()} {day.year}",
    lambda day: f"{NAMES[day.month - 1][:3].upper()} {day.day} {day.year}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
]


@settings(deadline=None)
@given(DAYS, st.sampled_from(LAYOUTS))
def test_a_day_is_read_in_any_layout(day: date, layout: Any) -> None:
    assert read(from_text(layout(day))) == (day.year, day.isoformat())


YEARS = [
    "{}",
    "{}a",
    "c{}",
    "[{}]",
    "{}?",
    "{}~",
    "({})",
    "ca. {}",
    "Spring {}",
    "{}, in press",
    "{}/",
    "{}-{next:02}",
    "{}--{after}",
]


@settings(deadline=None)
@given(st.integers(1000, 2899), st.sampled_from(YEARS))
def test_a_year_is_read_in_any_layout(year: int, layout: str) -> None:
    published = from_text(layout.format(year, next=(year + 1) % 100, after=year + 1))
    assert read(published) == (year, None)


@settings(deadline=None)
@given(DAYS, st.booleans())
def test_parts_are_read_as_numbers_and_texts(day: date, texts: bool) -> None:
    parts = [day.year, day.month, day.day]
    assert read(from_list([str(part) for part in parts] if texts else parts)) == (day.year, day.isoformat())
    assert read(from_members(str(day.year), NAMES[day.month - 1][:3], str(day.day))) == (day.year, day.isoformat())


@settings(deadline=None)
@given(st.text(max_size=30) | st.text(alphabet="0123456789-/.~?XT uc,[]", max_size=20))
def test_anything_is_read_without_an_error(text: str) -> None:
    published = from_text(text)
    assert published.year is None or 1 <= published.year <= 9999
    assert published.year is not None or published.reason or not "".join(text.split()).strip(",.;-‐‑‒–—−")


@pytest.mark.parametrize(
    ("published", "year", "reason"),
    [
        (from_list([99]), None, "states no year that can be read"),
        (from_list([2023, 13, 1]), 2023, "is a day that does not exist; the year is kept"),
        (from_text("2020-13-01"), 2020, "is a day that does not exist; the year is kept"),
        (from_list([2023, 13]), 2023, ""),
        (from_text("0099"), 99, ""),
    ],
)
def test_short_years_and_days_in_a_thirteenth_month(published: PublicationDate, year: int | None, reason: str) -> None:
    assert (published.year, published.day) == (year, None)
    assert published.reason.startswith(reason)
    assert bool(published.reason) == bool(reason)
