"""Files of several sources in one go: the same graph as one after the other, all of them or none."""

import json
from pathlib import Path

import pytest

from byline.api.cli.main import main
from byline.data.ingest.ingest import SAMPLE, IngestRequest, ingest, ingest_all
from byline.data.ingest.manifest import read
from byline.graph.errors import BylineError, NoSnapshot, SourceFailed, WrongUse
from byline.graph.store.columnar.files.layout import current, manifest

PAPERS = [{"type": "paper", "title": title, "id": f"x:{title}", "authors": [{"name": "Ann Roe"}]} for title in ("a", "b", "c")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    for name, papers in (("first.jsonl", PAPERS[:1]), ("more/b.jsonl", PAPERS[1:2]), ("more/c.jsonl", PAPERS[2:])):
        (tmp_path / name).write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    (tmp_path / "cites.tsv").write_text("a\tb\nb\tc\n", "utf-8")
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "graph.toml"
    path.write_text(text, "utf-8")
    return path


MANIFEST = """
[[ingest]]
source = "records"
files = ["first.jsonl", "more/*.jsonl"]

[[ingest]]
source = "citations"
files = ["cites.tsv"]
options = { scheme = "x" }
"""


def test_one_build_makes_what_several_make(folder: Path) -> None:
    requests = read(written(folder, MANIFEST))
    assert [[path.name for path in each.files] for each in requests] == [["first.jsonl", "b.jsonl", "c.jsonl"], ["cites.tsv"]]
    report = ingest_all(folder / "together", requests)
    assert (report.source, report.read, report.kept, report.counts["citations"]) == ("records, citations", 5, 5, 2)
    for each in requests:
        ingest(folder / "apart", each.source, each.files, options=each.options)
    together, apart = (manifest(current(folder / name)) for name in ("together", "apart"))
    assert (together["version"], together["files"]) == (apart["version"], apart["files"])
    assert (together["previous"], apart["previous"] is None) == (None, False)


def test_what_is_known_already_is_said(folder: Path) -> None:
    requests = read(written(folder, MANIFEST))
    twice = ingest_all(folder / "store", [*requests, requests[0]])
    assert [Path(name).name for name in twice.known_files] == ["first.jsonl", "b.jsonl", "c.jsonl"]
    assert not ingest_all(folder / "store", requests).changed


@pytest.mark.parametrize(
    ("second", "error"),
    [(IngestRequest("nothing", [SAMPLE]), WrongUse), (IngestRequest("records", [Path("/not/there")]), SourceFailed)],
)
def test_none_is_added_where_one_cannot_be(folder: Path, second: IngestRequest, error: type[BylineError]) -> None:
    with pytest.raises(error):
        ingest_all(folder / "store", [IngestRequest("records", [folder / "first.jsonl"]), second])
    with pytest.raises(NoSnapshot):
        current(folder / "store")


NAMES = [
    (["first.jsonl"], ["first.jsonl"]),
    (["more"], ["more"]),
    (["mo*"], ["more"]),
    (["*[[]1].jsonl"], None),
    (["r[1].jsonl"], ["r[1].jsonl"]),
    (["r[[]1].jsonl"], None),
    (["r[0-9].jsonl"], None),
    (["r[*.jsonl"], ["r[1].jsonl", "r[2].jsonl"]),
    (["s[1]/*.jsonl"], ["s[1]/d.jsonl"]),
    (["what?.jsonl"], ["what?.jsonl"]),
    (["wha??.jsonl"], ["what!.jsonl", "what?.jsonl"]),
    (["more/**"], ["more/b.jsonl", "more/c.jsonl", "more/deep/e.jsonl"]),
    (["**/e.jsonl"], ["more/deep/e.jsonl"]),
    (["more/**/*"], ["more/b.jsonl", "more/c.jsonl", "more/deep/e.jsonl"]),
    (["**/deep"], ["more/deep"]),
    (["nothing/**"], None),
]


@pytest.mark.parametrize(("names", "paths"), NAMES)
def test_names_of_files(folder: Path, names: list[str], paths: list[str] | None) -> None:
    brackets = ("r[1].jsonl", "r[2].jsonl", "r1.jsonl", "s[1]/d.jsonl", "s1/d.jsonl")
    for name in (*brackets, "what?.jsonl", "what!.jsonl", "more/deep/e.jsonl"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    path = written(folder, f'[[ingest]]\nsource = "records"\nfiles = {json.dumps(names)}\n')
    if paths is None:
        with pytest.raises(SourceFailed, match="matches no file"):
            read(path)
    else:
        assert [str(each.relative_to(folder)) for each in read(path)[0].files] == paths


def test_a_byte_order_mark_is_no_part_of_a_manifest(folder: Path) -> None:
    path = written(folder, f"\ufeff{MANIFEST.lstrip()}")
    assert [each.source for each in read(path)] == ["records", "citations"]


TABLE = '[[ingest]]\nsource = "records"\n'
WRONG: list[tuple[str, type[BylineError], str]] = [
    ("[[ingest]\n", SourceFailed, "expected ']]'"),
    (f'{TABLE}files = ["no*.jsonl"]\n', SourceFailed, "ingest[0].files: 'no*.jsonl' matches no file"),
    ("", WrongUse, "ingest: is missing"),
    ("ingest = 1\n", WrongUse, "ingest: must be a list, not 1"),
    ("ingest = [1]\n", WrongUse, "ingest[0]: must be a table, not 1"),
    (TABLE, WrongUse, "ingest[0].files: is missing"),
    (f"{TABLE}files = []\n", WrongUse, "ingest[0].files: is empty"),
    (f'{TABLE}files = "first.jsonl"\n', WrongUse, "ingest[0].files: must be a list, not 'first.jsonl'"),
    (f'{TABLE}files = ["first.jsonl"]\nfile = 1\n', WrongUse, "ingest[0].file: is no member of a list"),
    ('[[ingest]]\nsource = 1\nfiles = ["first.jsonl"]\n', WrongUse, "ingest[0].source: must be text, not 1"),
    (f'{TABLE}files = ["first.jsonl"]\noptions = {{ a = true }}\n', WrongUse, "ingest[0].options.a: must be text, not true"),
    (f'{TABLE}files = ["first.jsonl"]\noptions = {{ a = "1" }}\n', WrongUse, "ingest[0]: records has no option 'a'"),
    (f'{TABLE.replace("records", "nothing")}files = ["first.jsonl"]\n', WrongUse, "ingest[0]: there is no source 'nothing'"),
]


@pytest.mark.parametrize(("text", "error", "message"), WRONG)
def test_what_is_wrong_with_a_list_is_told_as_the_command_line_tells_it(
    folder: Path, text: str, error: type[BylineError], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(folder, text)
    with pytest.raises(error) as wrong:
        read(path)
    assert wrong.value.message.startswith(f"{path}: {message}")
    with pytest.raises(SystemExit, match=r"^2$" if error is WrongUse else r"^3$"):
        main(["ingest", "--manifest", str(path), "--store", str(folder / "store")])
    assert f"byline: {path}: {message}" in capsys.readouterr().err


@pytest.mark.parametrize("captured", ['"2026-06-01"', "2026-06-01", "2026"])
def test_days_and_numbers_of_toml_are_texts_for_options(folder: Path, captured: str) -> None:
    (folder / "page.txt").write_bytes(SAMPLE.read_bytes())
    text = f'[[ingest]]\nsource = "seed_page"\nfiles = ["page.txt"]\noptions = {{ captured = {captured} }}\n'
    requests = read(written(folder, text))
    assert requests[0].options == {"captured": captured.strip('"')}
    assert ingest_all(folder / "store", requests).counts["papers"] == 15


def test_ids_without_a_scheme_hint_at_what_both_commands_have(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, MANIFEST.replace('options = { scheme = "x" }', ""))
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["ingest", "--manifest", str(path), "--store", str(folder / "store")])
    message = f"byline: {folder / 'cites.tsv'}: nobody says what 'a' is an id of (give the option scheme, such as acl)\n"
    assert capsys.readouterr().err == message


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(folder / "store")]
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["ingest", "--manifest", str(written(folder, MANIFEST)), *store])
    assert "read 5, kept 5 in " in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"^3$"):
        main(["ingest", "--manifest", str(folder / "none.toml"), *store])
    assert "none.toml: no such file or directory" in capsys.readouterr().err
