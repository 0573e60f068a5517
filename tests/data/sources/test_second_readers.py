"""Readers against second readers of the same format that others wrote: CSL's names and dates against citeproc-py, DBLP's XML
against lxml, both on generated files and on real ones."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from citeproc.source import Date, DateRange
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from byline.data.notices import Notice
from byline.data.record import dump
from byline.data.sources import SOURCES

Json = dict[str, Any]


def read(source: str, text: bytes) -> list[Json]:
    """The papers that our reader finds."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "given"
        file.write_bytes(text)
        entries = [dump(each) for each in SOURCES[source].read(file, {}) if not isinstance(each, Notice)]
    return [each for each in entries if each["type"] == "paper"]


# CSL


def cited(items: list[Json]) -> list[tuple[list[str], tuple[int, int | None, int | None] | None]]:
    """Of each item the people and the day by citeproc-py; of a range its beginning."""
    read_items = []
    source = CiteProcJSON([dict(item) for item in items])
    for item in items:
        entry = source[item["id"]]
        day = entry.get("issued")
        day = day.begin if isinstance(day, DateRange) else day
        assert day is None or isinstance(day, Date)
        people = [spelled(*name.parts()) for name in entry.get("author") or ()]
        read_items.append((people, day and (day.year, day.get("month"), day.get("day"))))
    return read_items


def spelled(given: str | None, family: str, dropping: str | None, particle: str | None, suffix: str | None) -> str:
    name = " ".join(part for part in (given, dropping, particle, family) if part)
    return f"{name}, {suffix}" if suffix else name


WORDS = st.sampled_from(["Kari", "Olaf", "Ada", "Berg", "Lis", "Sund", "Åse", "Nuñes", "O’Hara", "Lys-Dahl"])
PARTICLES = st.sampled_from(["van der", "de", "von", "al-"])
NAMES = st.fixed_dictionaries(
    {"family": WORDS, "given": st.lists(WORDS, min_size=1, max_size=2, unique=True).map(" ".join)},
    optional={
        "dropping-particle": PARTICLES,
        "non-dropping-particle": PARTICLES,
        "suffix": st.sampled_from(["Jr.", "III"]),
    },
)
DAYS = st.one_of(
    st.tuples(st.integers(1500, 2030)),
    st.tuples(st.integers(1500, 2030), st.integers(1, 12)),
    st.tuples(st.integers(1500, 2030), st.integers(1, 12), st.integers(1, 28)),
)


@st.composite
def items(draw: st.DrawFn) -> list[Json]:
    drawn = []
    for at in range(draw(st.integers(1, 4))):
        dates = draw(st.lists(DAYS, min_size=1, max_size=2).map(sorted))
        written = str if draw(st.booleans()) else int
        drawn.append(
            {
                "id": f"i{at}",
                "type": draw(st.sampled_from(["book", "article-journal", "chapter"])),
                "title": f"Title {at}",
                "author": draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=lambda name: (name["family"], name["given"]))),
                "issued": {"date-parts": [[written(part) for part in day] for day in dates]},
            }
        )
    return drawn


@given(items())
def test_csl_names_and_dates_are_those_of_citeproc(csl_items: list[Json]) -> None:
    ours = read("csl", orjson.dumps(csl_items))
    assert [(people(each), day(each)) for each in ours] == [(names, whole(when)) for names, when in cited(csl_items)]


def whole(when: tuple[int, int | None, int | None] | None) -> tuple[int | None, int | None, int | None]:
    """A day, or the year alone: a month by itself has no place in the graph."""
    year, month, day_number = when or (None, None, None)
    return (year, month, day_number) if day_number else (year, None, None)


def people(paper: Json) -> list[str]:
    return [author["name"] for author in paper["authors"]]


def day(paper: Json) -> tuple[int | None, int | None, int | None]:
    year, month, day_number = map(int, paper["date"].split("-")) if paper.get("date") else (paper.get("year"), None, None)
    return (year, month, day_number)


# DBLP

# Entities that XML has by itself; all others are in DBLP's DTD, which no reader loads.
OWN = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w+);)(\w+);")


def by_lxml(text: bytes) -> Iterator[tuple[str, list[str], str | None]]:
    """Title, names and year of each publication of a DBLP file."""
    plain = OWN.sub(lambda entity: unescape(entity[0]), text.decode("iso-8859-1")).encode("iso-8859-1", "xmlcharrefreplace")
    for element in etree.fromstring(plain, etree.XMLParser(remove_comments=True, load_dtd=False)):
        if isinstance(element.tag, str) and element.tag not in ("www", "proceedings"):
            title, *_ = [spaced(each) for each in element.findall("title")] or [""]
            names = [re.sub(r" \d{4}$", "", spaced(each)) for each in element.findall("author")]
            yield title.removesuffix("."), [name for name in names if name], element.findtext("year")


def spaced(element: Any) -> str:
    return " ".join(str(element.xpath("string()")).split())


def by_us(text: bytes) -> list[tuple[str, list[str], str | None]]:
    return [
        (each["title"], people(each) if each.get("authors") else [], str(each["year"]) if "year" in each else None)
        for each in read("dblp", text)
    ]


LETTERS = {"é": ["é", "&eacute;", "&#233;", "&#xE9;"], "ö": ["ö", "&ouml;", "&#246;"], "&": ["&amp;", "&#38;"], "<": ["&lt;"]}


def written(draw: st.DrawFn, text: str) -> str:
    """A text with each letter in one of the ways in which XML writes it, comments between some."""
    ways = [draw(st.sampled_from(LETTERS.get(letter, [letter]))) for letter in text]
    return draw(st.sampled_from(["", "<!-- a < b -->"])).join(ways)


TITLES = st.sampled_from(
    ["On méadows", "H<sub>2</sub>O & more", "A <i>fern</i> in the Dömen", "If x < y", "Reeds, <sup>again</sup>."]
)
PERSONS = st.sampled_from(["Kari Sund", "Olaf Ek 0002", "Ada Höm", "Élie Roux", "Bo O'Dell"])


@st.composite
def publications(draw: st.DrawFn) -> bytes:
    parts = ['<?xml version="1.0" encoding="ISO-8859-1"?>', '<!DOCTYPE dblp SYSTEM "dblp.dtd">', "<dblp>"]
    for at in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["article", "inproceedings", "phdthesis", "www"]))
        title = "".join(part if part[:1] == "<" else written(draw, part) for part in re.split(r"(</?\w+>)", draw(TITLES)) if part)
        names = "".join(f"<author>{written(draw, name)}</author>" for name in draw(st.lists(PERSONS, max_size=3, unique=True)))
        gap = draw(st.sampled_from(["", "\n", "\n  "]))
        parts.append(
            f"<{kind} mdate='2020-01-01' key=\"x/{at}\">{names}{gap}<title>{title}.</title>{gap}<year>{1990 + at}</year></{kind}>"
        )
    return "\n".join([*parts, "</dblp>"]).encode("iso-8859-1")


@given(publications())
def test_dblp_is_what_lxml_reads(text: bytes) -> None:
    assert by_us(text) == list(by_lxml(text))


@pytest.mark.corpus
def test_real_files_of_dblp_and_crossref(corpora: Path) -> None:
    folder = corpora / "misc" / "alexandria3k"
    text = gzip.decompress((folder / "dblp.xml.gz").read_bytes())
    ours = by_us(text)
    assert len(ours) > 50
    # The file ends with <dblp> where </dblp> is meant.
    assert ours == list(by_lxml(text.rstrip().removesuffix(b"<dblp>") + b"</dblp>"))
    compared = 0
    for file in sorted((folder / "crossref-sample").glob("*.json.gz")):
        value = orjson.loads(gzip.decompress(file.read_bytes()))
        works = [{**work, "id": work["DOI"]} for work in value.get("items", ()) if work.get("author") and work.get("title")]
        works = [work for work in works if all(name.get("family") for name in work["author"])]
        stated = cited([{"id": work["id"], "type": "book", "author": parts(work), "issued": work["issued"]} for work in works])
        for work, (names, when) in zip(works, stated, strict=True):
            (paper,) = read("csl", orjson.dumps(work))
            compared += 1
            assert people(paper) == names, work["DOI"]
            assert day(paper) == whole(when), work["DOI"]
    assert compared >= 10


def parts(work: Json) -> list[Json]:
    """The parts of names that citations have; degrees are none of them."""
    own = [{part: name[part] for part in ("family", "given", "suffix") if part in name} for name in work["author"]]
    return [{part: text for part, text in name.items() if text != "Ph.D"} for name in own]
