"""The two sources: what they read, every defect that they refuse, and that the rest goes on."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import zstandard

from byline.data.notices import Notice
from byline.data.record import Author, Paper, Record
from byline.data.sources import SOURCES
from byline.graph.errors import SourceFailed, WrongUse
from tests.data.views import refused

PAGE = """Ada B. Example

CL
h-index28
1,500papers
279citations
Novelty52%
AI Score56

{count} Papers

"""
FIRST = """LGMay 28
A First Title

Bo Other, Cy Third et al. · deepmind, stanford

The first abstract.

Its second paragraph, May 28.

"""
SECOND = """NCDec 5, 2024
A Second Title
in two lines

Ada B. Example, John Roe, Jr.

The second abstract.
"""


def page(tmp_path: Path, text: str, **options: str) -> list[Record | Notice]:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return list(SOURCES["seed_page"].read(path, options or {"captured": "2026"}))


def papers(entries: list[Record | Notice]) -> list[Paper]:
    return [each for each in entries if isinstance(each, Paper)]


def test_a_page_becomes_a_person_and_papers(tmp_path: Path) -> None:
    entries = page(tmp_path, PAGE.format(count=2) + FIRST + SECOND, captured="2026-06-01")
    assert refused(entries) == []
    person, first, second = entries
    assert isinstance(person, Author)
    assert (person.name, person.categories, person.id) == ("Ada B. Example", ("cs.CL",), None)
    assert person.reported is not None
    assert person.reported.model_dump(mode="json") == {
        "source": "seed_page", "as_of": "2026-06-01", "h_index": 28, "paper_count": 1500, "citation_count": 279,
        "novelty": 0.52, "ai_score": 56.0,
    }  # fmt: skip
    assert isinstance(first, Paper)
    assert (first.title, str(first.date), first.categories, first.listed) == ("A First Title", "2026-05-28", ("cs.LG",), 1)
    assert first.abstract == "The first abstract.\n\nIts second paragraph, May 28."
    assert [(each.name, each.printed) for each in first.authors or ()] == [
        ("Bo Other", True), ("Cy Third", True), ("Ada B. Example", False),
    ]  # fmt: skip
    assert (first.authors_complete, first.author_count) == (False, None)
    assert [each.name for each in first.institutions] == ["deepmind", "stanford"]
    assert isinstance(second, Paper)
    assert (second.title, second.categories) == ("A Second Title in two lines", ("q-bio.NC",))
    assert [each.name for each in second.authors or ()] == ["Ada B. Example", "John Roe, Jr."]
    assert (second.authors_complete, second.institutions) == (True, ())


def test_a_year_of_capture_dates_the_days_but_not_the_figures(tmp_path: Path) -> None:
    person, first, *_ = page(tmp_path, PAGE.format(count=1) + FIRST, captured="2019")
    assert isinstance(person, Author)
    assert isinstance(first, Paper)
    assert person.reported is not None
    assert (person.reported.as_of, first.year) == (None, 2019)


def test_the_owner_is_known_under_an_initial(tmp_path: Path) -> None:
    (only,) = papers(page(tmp_path, PAGE.format(count=1) + SECOND.replace("Ada B. Example", "A. Example")))
    assert [each.name for each in only.authors or ()] == ["A. Example", "John Roe, Jr."]


def test_a_whole_list_without_the_owner_is_not_whole(tmp_path: Path) -> None:
    (only,) = papers(page(tmp_path, PAGE.format(count=1) + FIRST.replace(" et al.", "")))
    assert [each.printed for each in only.authors or ()] == [True, True, False]
    assert only.authors_complete is False


HEAD = PAGE.count("\n")
DEFECTS = [
    (FIRST.replace("May 28", "Mai 28"), 1, "date", "is not a category and a day such as 'CLMay 9, 2024': 'LGMai 28'"),
    (FIRST.replace("LGMay 28", "LG"), 1, "date", "is not a category and a day such as 'CLMay 9, 2024': 'LG'"),
    (FIRST.replace("A First Title\n", ""), 1, "title", "is missing"),
    (FIRST.replace("Bo Other, Cy Third et al. · deepmind, stanford\n\n", ""), 4, "authors",
     "is missing: no line of names follows the title"),
    ("LGMay 28\nA First Title\n\n", 1, "authors", "is missing: no line of names follows the title"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "line", "member", "reason"), DEFECTS)
def test_a_broken_entry_is_refused_and_the_rest_goes_on(tmp_path: Path, entry: str, line: int, member: str, reason: str) -> None:
    entries = page(tmp_path, PAGE.format(count=2) + entry + SECOND)
    assert refused(entries) == [(HEAD + line, member, reason)]
    assert [(each.title, each.listed) for each in papers(entries)] == [("A Second Title in two lines", 2)]


def test_broken_profiles_and_counts_are_refused(tmp_path: Path) -> None:
    text = PAGE.format(count=3).replace("h-index28", "h-indexhigh").replace("AI Score56", "Follow me") + SECOND
    entries = page(tmp_path, text)
    assert refused(entries) == [
        (4, "h_index", "is no number: 'h-indexhigh'"),
        (8, "", "is no figure that such a page shows: 'Follow me'"),
        (10, "", "says 3 papers, but 1 follow"),
    ]
    (person,) = [each for each in entries if isinstance(each, Author)]
    assert person.reported is not None
    assert (person.reported.h_index, person.reported.ai_score, person.reported.citation_count) == (None, None, 279)


@pytest.mark.parametrize("text", ["", "\n\n", "Just some text.\n\nAnd more.", "15 Papers\n\n" + SECOND])
def test_what_is_no_page_at_all(tmp_path: Path, text: str) -> None:
    reason = "is no author page: there is no name followed by a line such as '15 Papers'"
    assert refused(page(tmp_path, text)) == [(1, "", reason)]


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"\xef\xbb\xbf" + (PAGE.format(count=2) + FIRST + SECOND).replace("\n", "\r\n").encode())
    entries = list(SOURCES["seed_page"].read(path, {"captured": "2026"}))
    assert entries == page(tmp_path, PAGE.format(count=2) + FIRST + SECOND)


def test_wrong_options(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="captured must be a year or a date"):
        page(tmp_path, PAGE, captured="yesterday")


def test_a_day_that_does_not_exist_leaves_the_year(tmp_path: Path) -> None:
    entries = page(tmp_path, PAGE.format(count=1) + FIRST.replace("May 28", "Feb 29"))
    (only,) = papers(entries)
    assert (only.year, only.date) == (2026, None)
    assert refused(entries) == [(HEAD + 1, "date", "is a day that does not exist; the year is kept: 'LGFeb 29 in 2026'")]


def test_a_page_in_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes((PAGE.format(count=1) + FIRST.replace("Bo Other", "Bo Šother")).encode("cp1252"))
    entries = list(SOURCES["seed_page"].read(path, {"captured": "2026"}))
    assert [each.name for each in papers(entries)[0].authors or ()][:1] == ["Bo Šother"]
    assert refused(entries) == [(HEAD + 4, "", "is not UTF-8 and was read in Windows-1252")]


@pytest.mark.corpus
def test_the_seed_page(corpora: Path) -> None:
    path = corpora / "seed-author-page.txt"
    entries = list(SOURCES["seed_page"].read(path, {"captured": "2026"}))
    assert refused(entries) == []
    listed = papers(entries)
    assert [each.listed for each in listed] == list(range(1, 16))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(each.abstract in lines for each in listed), "an abstract is not whole"
    assert sum(each.authors_complete is False for each in listed) == 12
    assert [each.listed for each in listed if any(not author.printed for author in each.authors or ())] == [1, 4, 5, 11]
    assert sum(bool(each.institutions) for each in listed) == 9


@pytest.mark.corpus
def test_the_sample_tells_the_same_facts_in_other_words(corpora: Path) -> None:
    from byline.data.ingest.ingest import SAMPLE

    real = list(SOURCES["seed_page"].read(corpora / "seed-author-page.txt", {"captured": "2026"}))
    ours = list(SOURCES["seed_page"].read(SAMPLE, {"captured": "2026"}))
    for theirs, own in zip(real, ours, strict=True):
        assert not isinstance(own, Notice)
        assert not isinstance(theirs, Notice)
        if isinstance(own, Paper) and isinstance(theirs, Paper):
            assert own.abstract
            assert theirs.abstract
            assert own.abstract != theirs.abstract
        assert own.model_dump(exclude={"abstract"}) == theirs.model_dump(exclude={"abstract"})


LINES = (
    b'\xef\xbb\xbf{"type": "category", "code": "cs.CL"}\r\n\n{"type": "category"}\nnot json\n'
    b'{"type": "citation", "from": "a:1", "to": "b:2"}'
)
NONE: Mapping[str, str] = {}


def packed(name: str, data: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(data)
    if name.endswith(".zst"):
        # Two frames one behind the other are one file.
        return b"".join(zstandard.ZstdCompressor().compress(part) for part in (data[:50], data[50:]))
    return data


@pytest.mark.parametrize("name", ["r.jsonl", "r.jsonl.gz", "r.jsonl.zst"])
def test_record_lines_plain_and_packed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(packed(name, LINES))
    entries = list(SOURCES["records"].read(tmp_path / name, NONE))
    assert [getattr(each, "type", None) for each in entries] == ["category", None, None, "citation"]
    first, second = refused(entries)
    assert first == (3, "code", "is missing")
    assert (second[0], second[2].startswith("is not JSON")) == (4, True)


@pytest.mark.parametrize("name", ["r.jsonl.gz", "r.jsonl.zst"])
@pytest.mark.parametrize("share", [0.5, 0.95])
def test_a_cut_file_fails_as_a_whole(tmp_path: Path, name: str, share: float) -> None:
    data = packed(name, b"\n".join(b'{"type": "category", "code": "c%d"}' % i for i in range(5000)))
    (tmp_path / name).write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SourceFailed, match="cut short"):
        list(SOURCES["records"].read(tmp_path / name, NONE))


@pytest.mark.parametrize("name", ["r.jsonl.gz", "r.jsonl.zst"])
def test_garbage_and_absence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is no archive at all")
    with pytest.raises(SourceFailed, match="cannot be read"):
        list(SOURCES["records"].read(tmp_path / name, NONE))
    with pytest.raises(SourceFailed, match="cannot be read"):
        list(SOURCES["records"].read(tmp_path / f"absent-{name}", NONE))


def test_every_source_describes_itself() -> None:
    for name, source in SOURCES.items():
        texts: list[Any] = [source.about, source.licence, source.says, source.silent]
        assert source.name == name
        assert all(texts)
