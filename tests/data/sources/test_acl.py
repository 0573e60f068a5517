"""The Anthology's native files: ids of papers and people, defects, and the whole of it against the flattened file."""

import io
import tarfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pyarrow as pa
import pytest
import zstandard

from bench.acl_records import PAPERS, paper
from byline.data.ingest.ingest import ingest
from byline.data.notices import Notice, Outcome
from byline.data.record import Author, Paper
from byline.data.sources import SOURCES
from byline.data.sources.read.bundle import members
from byline.data.sources.read.lines import lines
from byline.graph.errors import SourceFailed
from byline.graph.store.columnar.files.layout import current
from tests.data.views import without_tallies

Read = Callable[..., list[Any]]
VARIANTS = """
- canonical: {first: Ann, last: Roe}
  variants:
  - {first: A., last: Roe}
- canonical: {first: Yang, last: Liu}
  id: yang-liu-umich
  variants: [{first: Y., last: Li}]
- canonical: {first: Yi, last: Li}
  variants: [{first: Y., last: Li}]
- comment: nobody
"""
XML = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="W19">
  <volume id="2" type="proceedings">
    <meta><booktitle>B</booktitle><editor><first>Ed</first><last>Itor</last></editor><year>2019</year></meta>
    <frontmatter><url>W19-0200</url></frontmatter>
    <paper id="1">
      <title>An <fixed-case>O</fixed-case>(<tex-math>n^2</tex-math>)
         Parser</title>
      <author><first>A.</first><last>Roe</last><affiliation>Delft</affiliation></author>
      <author id="yang-liu-umich"><first>Yang</first><last>Liu</last>
        <variant script="hani"><first>洋</first><last>刘</last></variant></author>
      <author><first>Y.</first><last>Li</last></author>
      <author><first/><last>O’Conor-Ruíz</last></author>
      <abstract>Text with <i>marks</i>.</abstract>
      <doi>10.18653/v1/W19-0201</doi>
    </paper>
    <paper id="2"><title>Proceedings</title><editor><first>Ed</first><last>Itor</last></editor><doi>http://hdl.handle.net/1</doi></paper>
    <paper id="x"><title>No</title></paper>
    <paper id="3"><title/></paper>
  </volume>
  <event id="e"><meta><title>An event</title></meta></event>
</collection>
"""


def folder(at: Path) -> Path:
    for name, text in {"xml/W19.xml": XML, "yaml/name_variants.yaml": VARIANTS}.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text, encoding="utf-8")
    return at


def archive(at: Path) -> Path:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        tar.add(folder(at / "native"), "native")
    (at / "native.tar.zst").write_bytes(zstandard.compress(raw.getvalue()))
    return at / "native.tar.zst"


def test_an_archive(read: Read, tmp_path: Path) -> None:
    path = archive(tmp_path)
    entries = read("acl", path)
    first, second = (each for each in entries if isinstance(each, dict) and each["type"] == "paper")
    assert (first["id"], first["title"], first["year"]) == ("acl:W19-0201", "An O(n²) Parser", 2019)
    assert (first["abstract"], first["doi"]) == ("Text with marks.", "10.18653/v1/w19-0201")
    assert first["authors"] == [
        {"name": "A. Roe", "id": "acl:ann-roe", "institutions": [{"name": "Delft"}]},
        {"name": "Yang Liu", "id": "acl:yang-liu-umich"},
        {"name": "Y. Li"},
        {"name": "O’Conor-Ruíz", "id": "acl:oconor-ruiz"},
    ], "the name of two people tells neither"
    assert second == {
        "type": "paper",
        "id": "acl:W19-0202",
        "title": "Proceedings",
        "year": 2019,
        "venue": {"name": "B", "venue_type": "conference"},
        "paper_type": "proceedings-article",
    }
    assert [each for each in entries if isinstance(each, dict) and each["type"] == "author"] == [
        {"type": "author", "id": "acl:ann-roe", "name": "Ann Roe", "aliases": ["A. Roe"]},
        {"type": "author", "id": "acl:yang-liu-umich", "name": "Yang Liu", "aliases": ["洋 刘"]},
    ]
    assert [each for each in entries if isinstance(each, tuple)] == [
        (1, "[4]", "is no entry with a canonical name"),
        (17, "doi", "is no DOI: 'http://hdl.handle.net/1' does not begin with 10.; it is left out"),
        (
            18,
            "id",
            "is none of the Anthology: paper 'x' of 'collection W19 volume 2'",
        ),
        (19, "title", "is empty"),
    ]


def test_a_folder_a_file_and_an_archive_say_the_same(read: Read, tmp_path: Path) -> None:
    packed = read("acl", archive(tmp_path))
    assert read("acl", folder(tmp_path / "native") / "xml" / "W19.xml") == packed
    report = ingest(tmp_path / "store", "acl", [tmp_path / "native"])
    assert (report.kept, report.count(Outcome.REFUSED), report.count(Outcome.LEFT_OUT)) == (4, 3, 1)
    assert report.counts["authors"] == 4


def test_a_wrong_orcid_costs_nothing_else(read: Read) -> None:
    author = '<author orcid="0000-0002-1825-0098"><first>Ann</first><last>Roe</last></author>'
    text = f'<collection id="P19"><volume id="1"><paper id="1"><title>T</title>{author}</paper></volume></collection>'
    paper, left_out = read("acl", text)
    assert (paper["id"], paper["authors"]) == ("acl:P19-1001", [{"name": "Ann Roe"}])
    assert left_out[1:] == (
        "authors[0].orcid", "is no ORCID: '0000-0002-1825-0098' should end with 7, if its other digits are right; it is left out",
    )  # fmt: skip


def test_without_the_curated_people_only_stated_ids_count(read: Read) -> None:
    first = next(each for each in read("acl", XML, "W19.xml") if isinstance(each, dict) and each["type"] == "paper")
    assert [each.get("id") for each in first["authors"]] == [None, "acl:yang-liu-umich", None, None]


SCRIPTS = """<collection id="V20"><volume id="1"><meta><year>2020</year></meta>
<paper id="1"><title>Parsing of rivers</title>
 <author><first>Quonglin</first><last>Verezh</last><variant script="hani"><first>洋</first><last>刘</last></variant></author>
 <author><first>Imke</first><last>Dalsgaardt</last></author></paper>
<paper id="2"><title>Tagging of lakes</title>
 <author><first>Quonglin</first><last>Verezh</last></author><author><first>Imke</first><last>Dalsgaardt</last></author></paper>
<paper id="3"><title>Glossing of seas</title>
 <author><first>Quonglin</first><last>Verezh</last><variant script="hani"><first>洋</first><last>刘</last></variant></author>
 <author><first>Imke</first><last>Dalsgaardt</last><variant script="cyrl"><first>Имке</first><last>Д</last></variant></author>
</paper>
</volume></collection>"""


def test_without_the_curated_people_names_in_a_second_script_are_kept(read: Read) -> None:
    entries = read("acl", SCRIPTS)
    people = {each["id"]: each for each in entries if each["type"] == "author"}
    papers = [each for each in entries if each["type"] == "paper"]
    assert [(each["name"], each["aliases"]) for each in people.values()] == [
        ("Quonglin Verezh", ["洋 刘"]),
        ("Quonglin Verezh", ["洋 刘"]),
        ("Imke Dalsgaardt", ["Имке Д"]),
    ]
    stated = [entry["id"] for each in papers for entry in each["authors"] if "id" in entry]
    assert stated == list(people), "each other name has an entry that it belongs to, and no entry shares a key with another one"


def test_a_name_in_a_second_script_keeps_nobody_from_being_one_person(tmp_path: Path) -> None:
    (tmp_path / "V20.xml").write_text(SCRIPTS, encoding="utf-8")
    ingest(tmp_path / "store", "acl", [tmp_path / "V20.xml"])
    with pa.ipc.open_file(current(tmp_path / "store") / "author.arrow") as file:
        people = file.read_all().select(["name", "names", "paper_count", "external_ids"]).to_pylist()
    shown = [(each["name"], each["names"], each["paper_count"], each["external_ids"]) for each in people]
    assert sorted(shown) == [
        ("Imke Dalsgaardt", ["Imke Dalsgaardt", "Имке Д"], 3, []),
        ("Quonglin Verezh", ["Quonglin Verezh", "洋 刘"], 3, []),
    ]


@pytest.mark.parametrize(
    ("collection", "volume", "number", "name"),
    [
        ("P19", "1", "7", "P19-1007"),
        ("D19", "5", "7", "D19-0507"),
        ("D19", "4", "7", "D19-4007"),
        ("C69", "1", "1", "C69-0101"),
        ("2022.acl", "long", "12", "2022.acl-long.12"),
    ],
)
def test_ids(read: Read, collection: str, volume: str, number: str, name: str) -> None:
    text = (
        f'<collection id="{collection}"><volume id="{volume}"><paper id="{number}"><title>T</title></paper></volume></collection>'
    )
    assert [each["id"] for each in read("acl", text)] == [f"acl:{name}"]


def test_damage(read: Read, tmp_path: Path) -> None:
    path = archive(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceFailed, match="cut short"):
        read("acl", path)
    (tmp_path / "a.tar").write_bytes(b"no archive" * 100)
    with pytest.raises(SourceFailed, match="no whole archive"):
        read("acl", tmp_path / "a.tar")
    (tmp_path / "native" / "yaml" / "name_variants.yaml").write_text("- {a: [\n- x", encoding="utf-8")
    entries = read("acl", tmp_path / "native" / "xml" / "W19.xml")
    assert entries[0][0] == 2
    assert entries[0][2].startswith("is not YAML")


@pytest.mark.long
@pytest.mark.corpus
@pytest.mark.slow
def test_the_whole_anthology_is_that_of_the_flattened_file(corpora: Path) -> None:
    """Papers, authorships, affiliations and people are the same. Titles differ only in formulas, of which the flattened file has
    the TeX, and in two with control characters; DOIs in one that is cut off ("10.1162/"), one that the file has as a link of
    another kind, and six that lack their first digit. In a few lists stands what is no person's name: 14 groups and addresses,
    titles, marks, telephone numbers."""
    flat = {each["id"]: each for line in lines(corpora / PAPERS) if (each := paper(orjson.loads(line)))}
    other = {"title": 0, "doi": 0, "names": 0, "ids": 0, "institutions": 0}
    papers = people = authorships = stated = 0
    met: set[str | None] = set()
    for entry in without_tallies(SOURCES["acl"].read(corpora / "acl" / "native.tar.zst", {})):
        people += isinstance(entry, Author)
        if isinstance(entry, Notice):
            assert entry.outcome is not Outcome.REFUSED
            assert entry.member in ("doi", "title") or entry.member.startswith("authors[")
        if not isinstance(entry, Paper):
            continue
        flat_paper = flat[entry.id or ""]
        ours = [(each.name, each.id, [place.name for place in each.institutions]) for each in entry.authors or ()]
        theirs = [
            (
                " ".join(each["name"].split()),
                each["id"],
                [" ".join(place["name"].split()) for place in each.get("institutions", ())],
            )
            for each in flat_paper.get("authors", ())
        ]
        assert entry.year == flat_paper["year"]
        for column, member in enumerate(("names", "ids", "institutions")):
            other[member] += [each[column] for each in ours] != [each[column] for each in theirs]
        if entry.title != " ".join(flat_paper["title"].split()):
            assert any(sign in flat_paper["title"] for sign in "\\^_{~") or not flat_paper["title"].isprintable()
            other["title"] += 1
        other["doi"] += entry.doi != (flat_paper.get("doi") or "").lower() and bool(entry.doi or flat_paper.get("doi"))
        papers, authorships, stated = papers + 1, authorships + len(ours), stated + len(theirs)
        met |= {each.id for each in entry.authors or ()}
    assert (papers, stated, authorships, len(met), people) == (81_347, 261_872, 261_858, 69_043, 3_260)
    assert other == {"title": 34, "doi": 8, "names": 34, "ids": 17, "institutions": 21}


@pytest.mark.corpus
@pytest.mark.slow
def test_names_in_a_second_script_are_kept_without_the_curated_people(corpora: Path, tmp_path: Path) -> None:
    """The whole Anthology without its YAML: every name in another script that the XML states is somebody's other name."""
    stated: Counter[str] = Counter()
    aliases: Counter[str] = Counter()
    for name, pieces in members(corpora / "acl" / "native.tar.zst", lambda name: name.endswith(".xml")):
        text = b"".join(pieces)
        if b"<variant" not in text:
            continue
        path = tmp_path / Path(name).name
        path.write_bytes(text)
        for author in ElementTree.fromstring(text).iterfind(".//paper/author"):
            for variant in author.findall("variant"):
                stated[" ".join("".join(part.itertext()) for part in variant)] += 1
        for entry in SOURCES["acl"].read(path, {}):
            aliases.update(entry.aliases if isinstance(entry, Author) else ())
    assert aliases == stated
    assert (stated.total(), len(stated)) == (843, 568)
