"""A file given under another source's name: it is refused, its own source is named, and nothing is taken from it."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from byline.api.cli.main import main
from byline.data.ingest.ingest import SAMPLE, ingest
from byline.data.notices import Notice, Outcome
from byline.data.sources import SOURCES
from byline.data.sources.read import head as beginning
from byline.graph.errors import BylineError, NoSnapshot, SourceFailed
from byline.graph.store.columnar.files.layout import current, manifest

OPENALEX = "https://openalex.org/"
WORK = {
    "id": f"{OPENALEX}W1",
    "title": "On Examples",
    "display_name": "On Examples",
    "type": "article",
    "doi": "https://doi.org/10.1/x",
    "authorships": [{"author": {"id": f"{OPENALEX}A1", "display_name": "Ann Roe"}, "raw_author_name": "Ann Roe"}],
}
PAPER = {"paperId": "a" * 40, "title": "On Examples", "year": 2020, "authors": [{"authorId": "1", "name": "Ann Roe"}]}
ROW = {"paper_id": "123", "title": "On Examples", "authors": [{"first": "Ann", "middle": [], "last": "Roe"}], "year": 2020}
ITEM = {"id": "roe2020", "type": "article-journal", "title": "On Examples", "author": [{"family": "Roe", "given": "Ann"}]}
DUMP = {
    "id": "2001.00001",
    "title": "On Examples",
    "authors": "Ann Roe and Bo Li",
    "authors_parsed": [["Roe", "Ann", ""]],
    "categories": "cs.CL",
    "versions": [{"version": "v1", "created": "2020-01-01"}],
}
ORGANISATION = {"id": "https://ror.org/019wvm592", "name": "Example University", "country": {"country_code": "AU"}}
LISTED = {"id": "x1", "title": "On Examples", "year": 2020, "authors": [{"name": "Ann Roe", "inst": ["Delft"]}]}
XML = '<?xml version="1.0"?>\n<collection id="P19"><volume id="1"><meta><year>2019</year></meta>'
XML += '<paper id="1"><title>On Examples</title><author><first>Ann</first><last>Roe</last></author></paper></volume></collection>'
DBLP = '<?xml version="1.0"?>\n<dblp><article key="k"><author>Ann Roe</author><title>On Examples.</title></article></dblp>'
BIBTEX = "% comment\n@article{roe2020,\n  title = {On Examples},\n  author = {Roe, Ann and Li, Bo},\n  year = 2020\n}\n"


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in values)


def archive() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as bundle:
        member = tarfile.TarInfo("xml/P19.xml")
        member.size = len(XML)
        bundle.addfile(member, io.BytesIO(XML.encode()))
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("v1-ror-data.json", json.dumps([ORGANISATION]))
    return out.getvalue()


# Source, name of the file, content.
FILES: dict[str, tuple[str, str, bytes]] = {
    "page": ("seed_page", "page.txt", SAMPLE.read_bytes()),
    "records": ("records", "r.jsonl", lines({"type": "paper", "title": "On Examples", "authors": [{"name": "Ann Roe"}]})),
    "institutions": ("records", "i.jsonl", lines({"type": "institution", "name": "Delft", "id": "x:u1"})),
    "anthology": ("acl", "P19.xml", XML.encode()),
    "archive": ("acl", "acl.tar.gz", archive()),
    "dump": ("arxiv", "dump.jsonl", lines(DUMP)),
    "list": (
        "arxiv",
        "list.json",
        lines({name: DUMP[name] for name in ("id", "title", "categories")} | {"authors": ["Ann Roe"]}),
    ),
    "bibtex": ("bibtex", "refs.bib", BIBTEX.encode()),
    "tabs": ("citations", "edges.tsv", b"A00-1001\tJ82-3002\nA00-1002\tC90-3057\n"),
    "spaces": ("citations", "edges.txt", b"# from to\nhep-th/1 hep-th/2\n10.1/a 10.1/b\n"),
    "commas": ("citations", "edges.csv", b"citing,cited\nA00-1001,J82-3002\n"),
    "items": ("csl", "items.json", json.dumps([ITEM], indent=1).encode()),
    "crossref": ("csl", "answer.json", lines({"status": "ok", "message": {"items": [{"title": ["A"], "DOI": "10.1/x"}]}})),
    "dblp": ("dblp", "dblp.xml", DBLP.encode()),
    "dblp.gz": ("dblp", "dblp.xml.gz", gzip.compress(DBLP.encode())),
    "works": ("openalex", "part_000.gz", gzip.compress(lines(WORK))),
    "answer": ("openalex", "works.json", lines({"meta": {"count": 1}, "results": [WORK]})),
    "people": ("openalex", "author.json", lines({"id": f"{OPENALEX}A1", "display_name": "Ann Roe"})),
    "merged": ("openalex", "merged.csv", b"merge_date,id,merge_into_id\n2024-01-02,W1,W2\n"),
    "papers": ("paperlists", "list.jsonl", lines(LISTED)),
    "places": ("paperlists", "places.jsonl", lines({"name": "Delft", "authorships": 1, "countries": {"Netherlands": 1}})),
    "ror": ("ror", "ror.json", json.dumps([ORGANISATION]).encode()),
    "ror.zip": ("ror", "ror.zip", zipped()),
    "paper": ("semantic-scholar", "paper.json", lines(PAPER)),
    "author": ("semantic-scholar", "author.json", lines({"authorId": "1", "name": "Ann Roe", "papers": [PAPER]})),
    "search": ("semantic-scholar", "search.json", lines({"total": 1, "offset": 0, "data": [PAPER]})),
    "row": ("semantic-scholar", "row.jsonl", lines(ROW)),
    "pairs": ("semantic-scholar", "pairs.jsonl", lines({"citingcorpusid": 1, "citedcorpusid": 2})),
}
STRANGERS = [(name, other) for name, (own, _, _) in FILES.items() for other in SOURCES if other != own]
OPTIONS = {"citations": {"scheme": "x"}, "seed_page": {"captured": "2026"}}


def written(folder: Path, name: str) -> tuple[str, Path]:
    source, file, data = FILES[name]
    path = folder / file
    path.write_bytes(data)
    return source, path


@pytest.mark.parametrize("name", FILES)
def test_its_own_source_takes_it(tmp_path: Path, name: str) -> None:
    source, path = written(tmp_path, name)
    assert ingest(tmp_path / "store", source, [path], options=OPTIONS.get(source), dry_run=True).kept


@pytest.mark.parametrize(("name", "other"), STRANGERS)
def test_any_other_source_refuses_it_and_says_whose_it_is(tmp_path: Path, name: str, other: str) -> None:
    own, path = written(tmp_path, name)
    with pytest.raises(SourceFailed) as refused:
        ingest(tmp_path / "store", other, [path], options=OPTIONS.get(other))
    assert f"{path} holds nothing that {other} reads, but looks like a file of {own}" in refused.value.message
    assert refused.value.hint is not None
    assert f"name the source {own}" in refused.value.hint
    with pytest.raises(NoSnapshot):
        current(tmp_path / "store")


@pytest.mark.parametrize(("name", "other"), STRANGERS)
def test_nothing_is_taken_from_it_behind_lines_that_are_right(tmp_path: Path, name: str, other: str) -> None:
    """Beyond the beginning, by which a file is judged, each record is judged by itself."""
    _, path = written(tmp_path, name)
    try:
        entries = list(SOURCES[other].read(path, OPTIONS.get(other, {})))
    except BylineError:
        return
    assert [each for each in entries if not isinstance(each, Notice)] == []


NOTHING = {"nothing": b"", "blank": b" \n\n", "an empty list": b"[]\n", "packed": gzip.compress(b"")}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", NOTHING)
def test_an_empty_file_is_refused_by_every_source(tmp_path: Path, source: str, name: str) -> None:
    path = tmp_path / ("file.gz" if name == "packed" else "file.txt")
    path.write_bytes(NOTHING[name])
    with pytest.raises(SourceFailed, match=f"{path.name} is empty"):
        ingest(tmp_path / "store", source, [path], options=OPTIONS.get(source))
    path = tmp_path / "none.gz"
    path.write_bytes(b"")
    with pytest.raises(SourceFailed, match=r"none\.gz is empty"):
        ingest(tmp_path / "store", source, [path], options=OPTIONS.get(source))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "data", [b"Dear all,\nplease find the list attached!\n", b'{"made": "of", "something": "else"}\n', b"\x00\xff\x17"]
)
def test_what_no_source_knows_is_refused_with_what_was_expected(tmp_path: Path, source: str, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(SourceFailed, match=r"\bfile (?:holds nothing|is not|is no)"):
        ingest(tmp_path / "store", source, [path], options=OPTIONS.get(source))


def test_objects_of_an_answer_that_is_longer_than_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.json"
    path.write_bytes(json.dumps({"meta": {"count": 500}, "results": [WORK] * 500}).encode())
    monkeypatch.setattr(beginning, "_LARGEST", 2000)
    objects = beginning.head(path).objects
    assert objects[0] == {"count": 500}
    assert WORK in objects
    assert SOURCES["openalex"].recognises(beginning.head(path))


def test_the_first_mistake_is_told_where_nobody_knows_the_file(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text("oops\n{}\n")
    with pytest.raises(SourceFailed, match=r"holds nothing that records reads: line 1: is not JSON.*one JSON object a line"):
        ingest(tmp_path / "store", "records", [path])


def test_the_last_good_snapshot_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, good = written(tmp_path, "records")
    ingest(tmp_path / "store", "records", [good])
    before = current(tmp_path / "store")
    _, path = written(tmp_path, "dblp")
    with pytest.raises(SystemExit, match=r"^3$"):
        main(["ingest", "bibtex", str(path), "--store", str(tmp_path / "store")])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"{path} holds nothing that bibtex reads, but looks like a file of dblp" in printed.err
    assert current(tmp_path / "store") == before


def test_strange_files_in_a_folder_are_listed_unless_all_are(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("paper", "dump"):
        written(tmp_path / "in", name)
    (tmp_path / "in" / "none.json").write_bytes(b"")
    report = ingest(tmp_path / "store", "semantic-scholar", [tmp_path / "in"])
    assert (report.kept, [(each.file, each.reason.split(":")[0]) for each in report.first(Outcome.REFUSED)]) == (
        1,
        [
            ("dump.jsonl", "holds nothing that semantic-scholar reads, but looks like a file of arxiv"),
            ("none.json", "is empty"),
        ],
    )
    about = manifest(current(tmp_path / "store"))
    assert about["sources"] == [{"name": "semantic-scholar", "records": 1, "rejected": 2, "refused_files": 2}]
    # Once it can be read, a file is not refused any more; the others are refused as before, and count once.
    (tmp_path / "in" / "none.json").write_bytes(lines({"paperId": "f" * 40, "title": "Found after all"}))
    assert ingest(tmp_path / "store", "semantic-scholar", [tmp_path / "in"]).kept == 2
    about = manifest(current(tmp_path / "store"))
    assert about["sources"] == [{"name": "semantic-scholar", "records": 2, "rejected": 1, "refused_files": 1}]
    (tmp_path / "in" / "none.json").unlink()
    (tmp_path / "in" / "paper.json").unlink()
    with pytest.raises(SourceFailed, match="looks like a file of arxiv"):
        ingest(tmp_path / "store", "semantic-scholar", [tmp_path / "in"])


def test_an_answer_without_results_is_no_empty_file(tmp_path: Path) -> None:
    for source, answer in (
        ("openalex", {"meta": {"count": 0}, "results": []}),
        ("semantic-scholar", {"total": 0, "offset": 0, "data": []}),
        ("csl", {"status": "ok", "message": {"items": []}}),
    ):
        path = tmp_path / f"{source}.json"
        path.write_bytes(lines(answer))
        report = ingest(tmp_path / "store", source, [path])
        assert (report.read, report.changed) == (0, False)


def test_a_part_of_which_the_manifest_says_that_it_is_empty_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "works" / "updated_date=2024-01-01"
    folder.mkdir(parents=True)
    (folder / "part_000.gz").write_bytes(gzip.compress(b""))
    (folder / "part_001.gz").write_bytes(gzip.compress(lines(WORK)))
    entries = [
        {"url": f"s3://openalex/data/works/updated_date=2024-01-01/part_00{i}.gz", "meta": {"record_count": i}} for i in (0, 1)
    ]
    (tmp_path / "works" / "manifest").write_text(json.dumps({"entries": entries}))
    report = ingest(tmp_path / "store", "openalex", [tmp_path / "works"])
    assert (report.first(Outcome.REFUSED), report.counts["papers"]) == ([], 1)
