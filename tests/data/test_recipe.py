"""Files of several sources in one go: the same graph as one after the other, all of them or none."""

import json
from pathlib import Path

import pytest

from api.cli import main
from data.ingest import SAMPLE, Asked, ingest, ingest_all
from data.recipe import read
from graph.errors import BylineError, NoSnapshot, SourceFailed, WrongUse
from graph.store.columnar.layout import current, manifest

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


RECIPE = """
[[ingest]]
source = "records"
files = ["first.jsonl", "more/*.jsonl"]

[[ingest]]
source = "citations"
files = ["cites.tsv"]
options = { scheme = "x" }
"""


def test_one_build_makes_what_several_make(folder: Path) -> None:
    asked = read(written(folder, RECIPE))
    assert [[path.name for path in each.files] for each in asked] == [["first.jsonl", "b.jsonl", "c.jsonl"], ["cites.tsv"]]
    report = ingest_all(folder / "together", asked)
    assert (report.source, report.read, report.kept, report.counts["citations"]) == ("records, citations", 5, 5, 2)
    for each in asked:
        ingest(folder / "apart", each.source, each.files, options=each.options)
    together, apart = (manifest(current(folder / name)) for name in ("together", "apart"))
    assert (together["version"], together["files"]) == (apart["version"], apart["files"])
    assert (together["previous"], apart["previous"] is None) == (None, False)


def test_what_is_known_already_is_said(folder: Path) -> None:
    asked = read(written(folder, RECIPE))
    twice = ingest_all(folder / "store", [*asked, asked[0]])
    assert [Path(name).name for name in twice.known_files] == ["first.jsonl", "b.jsonl", "c.jsonl"]
    assert not ingest_all(folder / "store", asked).changed


@pytest.mark.parametrize(
    ("second", "error"),
    [(Asked("nothing", [SAMPLE]), WrongUse), (Asked("records", [Path("/not/there")]), SourceFailed)],
)
def test_none_is_added_where_one_cannot_be(folder: Path, second: Asked, error: type[BylineError]) -> None:
    with pytest.raises(error):
        ingest_all(folder / "store", [Asked("records", [folder / "first.jsonl"]), second])
    with pytest.raises(NoSnapshot):
        current(folder / "store")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[ingest]\n", "graph.toml: expected ']]'"),
        ("", "graph.toml: ingest: Field required"),
        ('[[ingest]]\nsource = "records"\n', "graph.toml: ingest[0].files: Field required"),
        ('[[ingest]]\nsource = "records"\nfiles = ["first.jsonl"]\nfile = 1\n', "graph.toml: ingest[0].file: Extra inputs"),
        ('[[ingest]]\nsource = "records"\nfiles = ["no*.jsonl"]\n', "graph.toml: ingest[0].files: 'no*.jsonl' matches no file"),
    ],
)
def test_what_is_wrong_with_a_list_is_told(folder: Path, text: str, told: str) -> None:
    with pytest.raises(SourceFailed, match=told.replace("[", r"\[").replace("*", r"\*")):
        read(written(folder, text))


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(folder / "store")]
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["ingest-all", str(written(folder, RECIPE)), *store])
    assert "read 5, kept 5, rejected 0" in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"^3$"):
        main(["ingest-all", str(folder / "none.toml"), *store])
    assert "none.toml: no such file or directory" in capsys.readouterr().err
