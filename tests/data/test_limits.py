"""Limits of files: what unpacks too far, is too long, too deep or has too many members is refused alone, in every source."""

import bz2
import functools
import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from byline.data.ingest.ingest import ingest
from byline.data.limits import Limits, limited
from byline.data.notices import Notice
from byline.data.record import Record
from byline.data.sources import SOURCES
from byline.data.sources.acl_people import read_people
from byline.data.sources.read.json_bounds import problem
from byline.graph.errors import SourceFailed
from byline.graph.store.columnar.files.layout import current

SMALL = Limits(max_record_bytes=2000, max_document_bytes=20_000, max_record_members=100, max_record_depth=12)
PAD = "x" * 3000


def acl(inside: str) -> str:
    return f'<collection id="P19"><volume id="1"><meta><year>2019</year></meta>\n{inside}\n</volume></collection>'


def acl_paper(number: int, title: str = "A title", more: str = "") -> str:
    first = f"<author><first>Ada</first><last>Holm{number}</last></author>"
    return f'<paper id="{number}"><title>{title}</title>{first}{more}</paper>'


def dblp_paper(number: int, title: str = "A title", more: str = "") -> str:
    head = f'<article key="journals/x/{number}"><author>Ada Holm{number}</author>'
    return f"{head}<title>{title}</title><year>2019</year>{more}</article>"


# For each source: how a record is written, with a title and with other members, and how records make a file.
Write = Callable[[int, str, str], str]
JSON_DEEP = f', "deep": {"[" * 20}{"]" * 20}'
JSON_MANY = f', "many": [{",".join("1" * 150)}]'


def as_json(members: dict[str, Any]) -> Write:
    def write(number: int, title: str, more: str) -> str:
        filled = json.loads(json.dumps(members).replace("NUMBER", str(number)).replace("TITLE", title))
        return json.dumps(filled)[:-1] + more + "}"

    return write


WAYS: dict[str, tuple[str, Write, Callable[[list[str]], str]]] = {
    "records": ("a.jsonl", as_json({"type": "paper", "title": "TITLE", "authors": [{"name": "Ada HolmNUMBER"}]}), "\n".join),
    "arxiv": ("a.json", as_json({"id": "2401.0000NUMBER", "title": "TITLE", "authors": "Ada Holm"}), "\n".join),
    "openalex": (
        "a.jsonl",
        as_json({"id": "https://openalex.org/WNUMBER", "title": "TITLE", "display_name": "TITLE", "authorships": []}),
        "\n".join,
    ),
    "semantic-scholar": ("a.jsonl", as_json({"paperId": "0" * 39 + "NUMBER", "title": "TITLE", "authors": []}), "\n".join),
    "csl": ("a.json", as_json({"id": "kNUMBER", "type": "book", "title": "TITLE", "author": [{"family": "Holm"}]}), "\n".join),
    "paperlists": ("a.jsonl", as_json({"id": "kNUMBER", "title": "TITLE", "author": "Ada Holm", "status": "Poster"}), "\n".join),
    "acl": ("a.xml", lambda n, title, more: acl_paper(n, title, more), lambda each: acl("\n".join(each))),
    "dblp": ("a.xml", lambda n, title, more: dblp_paper(n, title, more), lambda each: "<dblp>\n" + "\n".join(each) + "\n</dblp>"),
    "bibtex": (
        "a.bib",
        lambda n, title, more: f"@article{{k{n}, title = {{{title}}}, author = {{Ada Holm}}, year = 2019{more}}}",
        "\n".join,
    ),
    "citations": ("a.tsv", lambda n, title, more: f"acl:P19-100{n}\tacl:P19-2001{more}", "\n".join),
}
XML = {"deep": "<i>" * 20 + "</i>" * 20, "many": "<i/>" * 150}
MORE = {
    "acl": XML,
    "dblp": XML,
    "bibtex": {"deep": f", note = {{{'{' * 20}{'}' * 20}}}", "many": "".join(f", m{i} = 1" for i in range(150))},
    "citations": {"long": "\t" + PAD},
}
CASES = [
    (name, case)
    for name in WAYS
    for case in ("long", "deep", "many")
    if case in MORE.get(name, {"long": "", "deep": JSON_DEEP, "many": JSON_MANY}) or (case == "long" and name != "citations")
]


def records_of(entries: list[Record | Notice]) -> list[Record]:
    return [each for each in entries if not isinstance(each, Notice)]


@pytest.mark.parametrize("pack", ["", ".gz", ".zst"])
@pytest.mark.parametrize(("name", "case"), CASES)
def test_what_is_beyond_is_refused_alone(tmp_path: Path, name: str, case: str, pack: str) -> None:
    file, write, whole = WAYS[name]
    more = MORE.get(name, {"deep": JSON_DEEP, "many": JSON_MANY}).get(case, "")
    beyond = write(2, PAD if case == "long" and not more else "A title", more)
    text = whole([write(1, "A first one", ""), beyond, write(3, "A third one", "")]).encode()
    path = tmp_path / (file + pack)
    path.write_bytes({"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[pack](text))
    with limited(SMALL):
        entries = list(SOURCES[name].read(path, {}))
    ordinary = tmp_path / file
    ordinary.write_text(whole([write(1, "A first one", ""), write(3, "A third one", "")]))
    assert [each.model_dump() for each in records_of(entries)] == [
        each.model_dump() for each in records_of(list(SOURCES[name].read(ordinary, {})))
    ]
    line = text[: text.index(beyond.encode())].count(b"\n") + 1
    reason = {"long": "too long", "deep": "too deep", "many": "too many"}[case]
    refused = [each for each in entries if isinstance(each, Notice) and reason in each.reason]
    assert [(each.file, each.line) for each in refused] == [(path.name, line)]
    assert "BYLINE_MAX_RECORD_" in refused[0].reason


def bomb(size: int = 300 << 20) -> Iterator[bytes]:
    for _ in range(size >> 20):
        yield b"0" * (1 << 20)


@functools.cache
def packed_bomb(suffix: str) -> bytes:
    packed: Any = zstandard.ZstdCompressor().compressobj() if suffix == ".zst" else zlib.compressobj(wbits=31)
    data = b"".join([*(packed.compress(each) for each in bomb()), packed.flush()])
    assert len(data) < 400_000
    return data


BOMBS = [
    ("records", "a.jsonl.zst"),
    ("records", "a.jsonl.gz"),
    ("arxiv", "a.json.zst"),
    ("openalex", "merged_ids/a.csv.gz"),
    ("semantic-scholar", "a.jsonl.zst"),
    ("csl", "a.json.zst"),
    ("paperlists", "a.jsonl.zst"),
    ("acl", "a.tar.zst"),
    ("acl", "a.xml.gz"),
    ("dblp", "a.xml.zst"),
    ("bibtex", "a.bib.zst"),
    ("citations", "a.tsv.gz"),
    ("ror", "a.json.gz"),
    ("seed_page", "a.txt.gz"),
]


@pytest.mark.parametrize(("name", "file"), BOMBS)
def test_a_bomb_is_refused_by_every_source(tmp_path: Path, name: str, file: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(packed_bomb(path.suffix))
    try:
        entries = list(SOURCES[name].read(path, {}))
    except SourceFailed:
        return
    # What knows at once that the file is none of its own need not read it.
    assert not records_of(entries)
    assert entries


def test_what_unpacks_too_far_leaves_the_last_snapshot(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text('{"type": "paper", "title": "A title", "authors": [{"name": "Ada Holm"}]}')
    ingest(tmp_path / "store", "records", [good])
    before = current(tmp_path / "store")
    line = b'{"type": "paper", "title": "A title", "authors": [{"name": "Ada Holm"}]}\n'
    (tmp_path / "bad.jsonl.zst").write_bytes(zstandard.compress(line + (b" " * 9999 + b"\n") * 7000))
    with pytest.raises(SourceFailed, match=r"bad\.jsonl\.zst unpacks too far: .* bytes stand for more than 67,108,864") as raised:
        ingest(tmp_path / "store", "records", [tmp_path / "bad.jsonl.zst"])
    assert "BYLINE_MAX_UNPACK_RATIO" in str(raised.value.hint)
    assert current(tmp_path / "store") == before
    (tmp_path / "wide.jsonl.gz").write_bytes(gzip.compress(line + b" \n" * 600_000))
    with pytest.raises(SourceFailed, match="unpacks too far"):
        ingest(tmp_path / "store", "records", [tmp_path / "wide.jsonl.gz"], limits=Limits(max_unpacked_mb=1))
    ingest(tmp_path / "store", "records", [tmp_path / "wide.jsonl.gz"], dry_run=True)


def entry(kind: bytes, size: int, name: str = "x.xml") -> bytes:
    about = tarfile.TarInfo(name)
    about.type, about.size = kind, size
    return about.tobuf(tarfile.USTAR_FORMAT)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_SPARSE])
def test_heads_of_an_archive_are_bounded(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(entry(kind, 1 << 30) + bytes(10_000))
    with pytest.raises(SourceFailed, match="with holes, or with a head that is too long"):
        list(SOURCES["acl"].read(path, {}))


def test_an_archive_within_the_bounds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for number in range(1, 4):
            data = acl(acl_paper(number)).encode()
            about = tarfile.TarInfo(f"{'long' * 40}/{number}.xml")
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    assert len(records_of(list(SOURCES["acl"].read(path, {})))) == 3


def test_heads_behind_heads_and_cut_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(entry(tarfile.XHDTYPE, 0) * 2000)
    with pytest.raises(SourceFailed, match="no whole archive"):
        list(SOURCES["acl"].read(path, {}))
    path.write_bytes(entry(tarfile.REGTYPE, 5000) + b"<a>")
    with pytest.raises(SourceFailed, match="no whole archive"):
        list(SOURCES["acl"].read(path, {}))


def test_a_zip_unpacks_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "ror.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.json", "w") as file:
        for each in bomb():
            file.write(b" " * len(each))
    with pytest.raises(SourceFailed, match="unpacks too far"):
        list(SOURCES["ror"].read(path, {}))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.json", b"[]")
    with pytest.raises(SourceFailed, match="packed in a way that is not read"):
        list(SOURCES["ror"].read(path, {}))
    assert bz2.decompress(bz2.compress(b"[]")) == b"[]"


def ror(number: int, more: str = "") -> str:
    return f'{{"id": "https://ror.org/0{number}mj9k95", "name": "Place {number}"{more}}}'


def test_organisations_beyond_the_bounds_are_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    path.write_text(f"[{ror(2, JSON_DEEP)},\n{ror(3, JSON_MANY)}, 1]")
    with limited(SMALL):
        notices = [each for each in SOURCES["ror"].read(path, {}) if isinstance(each, Notice)]
    assert [each.member for each in notices] == ["[0]", "[1]", "[2]"]
    assert ["too deep" in notices[0].reason, "too many" in notices[1].reason] == [True, True]
    path.write_text("[" * 100_000)
    with pytest.raises(SourceFailed, match="no whole list"):
        list(SOURCES["ror"].read(path, {}))
    path.write_text('[{"a":' * 50_000)
    with pytest.raises(SourceFailed, match="no whole list"):
        list(SOURCES["ror"].read(path, {}))


YAML = "- canonical: {first: Ada, last: Holm}\n  variants:\n  - {first: A., last: Holm}\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("[" * 200_000, 1, "too deep"),
        ("- " * 50_000 + "a", 1, "too deep"),
        ("\n".join(" " * i + "a:" for i in range(500)), 65, "too deep"),
        ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", 2, "has an alias, *a, which is not followed"),
        ("- {canonical: !!python/object/apply:os.system [true]}", 1, "is not YAML"),
        ("a: !!int xyz", 1, "is not YAML"),
        ("- 1\n" * 1_000_100, None, "has too many values: at most 1,000,000"),
    ],
)
def test_yaml_neither_blows_up_nor_crashes(text: str, line: int | None, why: str) -> None:
    people, (notice,) = read_people([text.encode()], "n.yaml")
    assert not people.names
    assert why in notice.reason
    assert line is None or notice.line == line


def test_yaml_within_the_bounds() -> None:
    people, notices = read_people([YAML.encode()], "n.yaml")
    assert (people.variants("ada-holm"), notices) == (["A. Holm"], [])


def test_strings_of_bibtex_cannot_grow_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    strings = '@string{s0 = "ha ha ha "}\n' + "".join(
        f"@string{{s{i} = {' # '.join([f's{i - 1}'] * 10)}}}\n" for i in range(1, 12)
    )
    path.write_text(strings + "@article{k, title = {A title}, author = {Ada Holm}, note = s11, abstract = s9}\n")
    entries = list(SOURCES["bibtex"].read(path, {}))
    assert [each.model_dump()["title"] for each in records_of(entries)] == ["A title"]
    assert all(len(str(each.model_dump())) < 50_000 for each in records_of(entries))
    assert any("stand for too much text" in each.reason for each in entries if isinstance(each, Notice))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a": "' + b"[" * 500 + b'"}', None),
        (b'{"a": "' + b'\\"[' * 500 + b'"}', None),
        (b'["]",' * 13 + b"1" + b"]" * 13, "too deep"),
        (b'["\\\\",' * 13 + b"1" + b"]" * 13, "too deep"),
        (b'{"a":' * 13 + b"1" + b"}" * 13, "too deep"),
        (b'{"a":' * 12 + b"1" + b"}" * 12, None),
        (b"[" + b"{}," * 150 + b"1]", "too many"),
        (b'["' + b",[" * 150 + b'"]', None),
        (b"[" + b'"a,b",' * 60 + b"1]", None),
    ],
)
def test_bounds_of_json_count_what_stands_outside_of_strings(text: bytes, reason: str | None) -> None:
    json.loads(text)
    with limited(SMALL):
        assert (actual := problem(text)) is reason or (reason is not None and reason in str(actual))


# Each is read by a process of its own, of which the memory that it had at most beyond an ordinary file is asked.
HUNGRY: dict[str, tuple[str, str, str]] = {
    "one line of zstd": ("records", "a.jsonl.zst", "zstandard.compress(b'1' * (600 << 20))"),
    "one line of gzip": ("arxiv", "a.json.gz", "gzip.compress(b'1' * (300 << 20), 1)"),
    "blank lines": ("csl", "a.json", "b'[' + b'\\n' * (3 << 20)"),
    "lists in a line": ("records", "a.jsonl", "b'[' + b'[],' * (5 << 20) + b'1]'"),
    "lists in a document": ("csl", "a.json", "b'[' + b'[],' * (13 << 20) + b'1]'"),
    "empty elements": ("dblp", "a.xml", "b'<dblp><article key=\"a\">' + b'<i/>' * (3 << 20) + b'</article></dblp>'"),
    "elements without end": ("acl", "a.xml", "b'<collection>' + b'<a>' * (20 << 20)"),
    "one attribute": ("dblp", "a.xml", "b'<dblp><article key=\"' + b'a' * (500 << 20) + b'\"/></dblp>'"),
    "one entry": ("bibtex", "a.bib", "b'@article{a, title = {' + (b'a' * 9999 + b'\\n') * 30_000 + b'}}'"),
    "long ids": ("citations", "a.tsv", "(b'a:' + b'a' * 999999 + b'\\tb:1\\n') * 500"),
    "one organisation": ("ror", "a.json", "b'[{\"id\": \"' + b'a' * (500 << 20) + b'\"}]'"),
    "a page": ("seed_page", "a.txt", "b'a\\n\\n' * (10 << 20)"),
    "a head of tar": ("acl", "a.tar.zst", "zstandard.compress(head_of_tar(600 << 20) + bytes(600 << 20))"),
}
READER = """
import re, sys
from pathlib import Path
from byline.data.notices import Notice
from byline.data.sources import SOURCES
from byline.graph.errors import SourceFailed
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10
count, before = 0, most()
try:
    count = sum(isinstance(each, Notice) for each in SOURCES[sys.argv[1]].read(Path(sys.argv[2]), {}))
except SourceFailed:
    count = 1
print(count, most() - before)
"""
WRITER = """
import gzip, sys, tarfile, zstandard
def head_of_tar(size):
    about = tarfile.TarInfo("x")
    about.type, about.size = tarfile.XHDTYPE, size
    return about.tobuf(tarfile.USTAR_FORMAT)
open(sys.argv[1], "wb").write(eval(sys.argv[2]))
"""
MOST_MB = 350


# One of each: what unpacks, what a parser of XML builds, what one of JSON does.
QUICK = {"one line of zstd", "elements without end", "lists in a line"}


@pytest.mark.parametrize("what", [each if each in QUICK else pytest.param(each, marks=pytest.mark.long) for each in HUNGRY])
def test_memory_stays_bounded(tmp_path: Path, what: str) -> None:
    name, file, script = HUNGRY[what]
    path = str(tmp_path / file)
    subprocess.run([sys.executable, "-c", WRITER, path, script], check=True, timeout=300)
    done = subprocess.run([sys.executable, "-c", READER, name, path], check=True, timeout=300, capture_output=True, text=True)
    count, megabytes = map(int, done.stdout.split())
    print(what, megabytes, "MB")
    assert count
    assert megabytes < MOST_MB
