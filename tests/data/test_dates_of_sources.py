"""Years and days of sources that state them in members of JSON: one rule for all, and what is not kept is listed."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from byline.data.notices import Notice, Outcome
from byline.data.record import Paper
from byline.data.sources import SOURCES

MENDED, LEFT_OUT = Outcome.MENDED, Outcome.LEFT_OUT
# By source: an object with a year and a day, and what the source calls both.
SHAPES: dict[str, tuple[Callable[[Any, Any], Any], str, str]] = {
    "records": (lambda year, day: {"type": "paper", "title": "T", "year": year, "date": day}, "year", "date"),
    "openalex": (
        lambda year, day: {"id": "https://openalex.org/W7", "title": "T", "publication_year": year, "publication_date": day},
        "publication_year",
        "publication_date",
    ),
    "semantic-scholar": (
        lambda year, day: {"paperId": "0a" * 20, "title": "T", "year": year, "publicationDate": day},
        "year",
        "publicationDate",
    ),
}
# Year and day as stated, both as kept, and what is listed of each.
STATED: list[tuple[Any, Any, tuple[int | None, str | None], dict[str, Outcome]]] = [
    (2019, "2019-05-17", (2019, "2019-05-17"), {}),
    (None, None, (None, None), {}),
    (2019, "", (2019, None), {}),
    ("2019", None, (2019, None), {"year": MENDED}),
    ("2019a", None, (2019, None), {"year": MENDED}),
    (2019.0, None, (2019, None), {"year": MENDED}),
    ("in press", "2019-05-17", (2019, "2019-05-17"), {"year": LEFT_OUT}),
    (None, "2019-05", (2019, None), {"date": MENDED}),
    (2019, "2019-05", (2019, None), {"date": MENDED}),
    (None, "17 May 2019", (2019, "2019-05-17"), {"date": MENDED}),
    (None, "2019-02-30", (2019, None), {"date": LEFT_OUT}),
    (2019, "soon", (2019, None), {"date": LEFT_OUT}),
    (2018, "2019-05-17", (2018, None), {"date": LEFT_OUT}),
    (2018, "2019-05", (2018, None), {"date": LEFT_OUT}),
    ("2018", "2019-05", (2018, None), {"year": MENDED, "date": LEFT_OUT}),
    (None, {"year": 2019}, (None, None), {"date": LEFT_OUT}),
    (True, [2019, 5, 17], (2019, "2019-05-17"), {"year": LEFT_OUT, "date": MENDED}),
]


@pytest.mark.parametrize("source", SHAPES)
@pytest.mark.parametrize(("year", "day", "expected", "listed"), STATED)
def test_years_and_days(
    tmp_path: Any, source: str, year: Any, day: Any, expected: tuple[int | None, str | None], listed: dict[str, Outcome]
) -> None:
    shape, of_year, of_day = SHAPES[source]
    path = tmp_path / "one.jsonl"
    path.write_bytes(orjson.dumps(shape(year, day)))
    entries = list(SOURCES[source].read(path, {}))
    (paper,) = [each for each in entries if isinstance(each, Paper)]
    assert (paper.year, paper.date.isoformat() if paper.date else None) == expected
    outcomes = {each.member: each.outcome for each in entries if isinstance(each, Notice)}
    assert outcomes == {{"year": of_year, "date": of_day}[member]: outcome for member, outcome in listed.items()}


@pytest.mark.parametrize(("year", "expected"), [("2019", 2019), ("c2018", 2018), ("n.d.", None)])
def test_years_of_paperlists(tmp_path: Any, year: str, expected: int | None) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(orjson.dumps({"id": "q1", "title": "T", "year": year, "authors": [{"name": "Ida Vik"}]}))
    entries = list(SOURCES["paperlists"].read(path, {}))
    assert [each.year for each in entries if isinstance(each, Paper)] == [expected]
    (notice,) = [each for each in entries if isinstance(each, Notice)]
    assert (notice.member, notice.outcome) == ("year", MENDED if expected else LEFT_OUT)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("records", '{"type": "paper", "title": "Œuvre à Žitná"}\n{"type": "paper", "title": "– “so”"}\n'),
        ("csl", '[\n{"id": "a", "type": "book", "title": "Œuvre à Žitná"},\n{"id": "b", "type": "book", "title": "– “so”"}\n]'),
        ("semantic-scholar", '{"paperId": "0a", "title": "Œuvre à Žitná"}\n{"paperId": "0b", "title": "– “so”"}\n'),
    ],
)
def test_json_in_windows_1252(tmp_path: Any, source: str, text: str) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(text.encode("cp1252"))
    entries = list(SOURCES[source].read(path, {}))
    assert [each.title for each in entries if isinstance(each, Paper)] == ["Œuvre à Žitná", "– “so”"]
    (notice,) = [each for each in entries if isinstance(each, Notice) and each.outcome is MENDED]
    assert (notice.reason, notice.count) == ("is not UTF-8 and was read in Windows-1252", 2)
