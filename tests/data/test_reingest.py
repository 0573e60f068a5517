"""A file that is ingested again under its name: what it says now stands in the place of what it said before."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from byline.data.ingest.ingest import IngestRequest, ingest, ingest_all, rebuild
from byline.data.ingest.replacing import Reading, settle
from byline.data.ingest.retention import read_retained
from byline.data.segments.segments import Segment
from byline.graph.errors import SourceFailed, WrongUse
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts


def write(path: Path, *titles: str) -> Path:
    """A file with a paper of each title."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\n".join(orjson.dumps({"type": "paper", "title": title, "authors": [{"name": f"A {title}"}]}) for title in titles)
    )
    return path


def titles(store: Path) -> list[str]:
    return sorted(str(title) for title in facts(current(store)).nodes[Kind.PAPER]["title"].to_pylist())


def test_what_a_file_says_now_replaces_what_it_said(tmp_path: Path) -> None:
    store, file = tmp_path / "store", write(tmp_path / "lib.jsonl", "one", "two", "three")
    ingest(store, "records", [file])
    write(file, "one", "drei")
    tried = ingest(store, "records", [file], dry_run=True)
    assert (titles(store), tried.counts["papers"]) == (["one", "three", "two"], 2)
    report = ingest(store, "records", [file])
    assert titles(store) == ["drei", "one"]
    (old,) = report.replaced
    assert (old.source, old.file, old.records_before, old.records) == ("records", "lib.jsonl", 3, 2)
    again = ingest(store, "records", [file])
    assert (again.changed, again.replaced, again.known_files) == (False, [], [str(file)])


def test_two_files_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    store = tmp_path / "store"
    one, other = write(tmp_path / "a" / "lib.jsonl", "one"), write(tmp_path / "b" / "lib.jsonl", "two")
    ingest(store, "records", [one])
    assert ingest(store, "records", [other]).replaced == []
    assert titles(store) == ["one", "two"]
    write(one, "three")
    assert [each.file for each in ingest(store, "records", [one]).replaced] == ["a/lib.jsonl"]
    assert titles(store) == ["three", "two"]


def test_the_same_file_by_another_way_to_write_its_path_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    ingest(store, "records", [write(tmp_path / "a" / "lib.jsonl", "one")])
    monkeypatch.chdir(write(tmp_path / "a" / "lib.jsonl", "two").parent)
    ingest(Path("../store"), "records", [Path("lib.jsonl")])
    assert titles(store) == ["two"]


def test_a_project_that_moved_keeps_its_names_and_its_version(tmp_path: Path) -> None:
    versions = []
    for place in ("here", "there"):
        home = tmp_path / place
        ingest(home / ".byline", "records", [write(home / "lib.jsonl", "one")])
        ingest(home / ".byline", "records", [write(home / "lib.jsonl", "two")])
        versions.append(read_retained(home / ".byline").about["version"])
    assert versions[0] == versions[1]
    shutil.move(tmp_path / "here", tmp_path / "moved")
    report = ingest(tmp_path / "moved" / ".byline", "records", [write(tmp_path / "moved" / "lib.jsonl", "three")])
    assert [each.file for each in report.replaced] == ["lib.jsonl"]


def test_the_new_one_stands_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    """The last word counts, and a corrected file does not become the last one by that."""
    store = tmp_path / "store"
    names = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for name, year in zip(names, (2001, 2002, 2003), strict=True):
        name.write_bytes(orjson.dumps({"type": "paper", "title": "T", "id": "x:1", "year": year}))
    ingest(store, "records", names)
    names[0].write_bytes(orjson.dumps({"type": "paper", "title": "T", "id": "x:1", "year": 1999}))
    ingest(store, "records", names[:1])
    assert facts(current(store)).nodes[Kind.PAPER]["year"].to_pylist() == [2003]
    assert [each.names for each in read_retained(store).segments] == [("a.jsonl",), ("b.jsonl",), ("c.jsonl",)]


def test_both_stand_where_that_is_asked_for(tmp_path: Path) -> None:
    store, file = tmp_path / "store", write(tmp_path / "lib.jsonl", "one")
    ingest(store, "records", [file])
    assert ingest(store, "records", [write(file, "two")], add=True).replaced == []
    assert titles(store) == ["one", "two"]


def test_a_name_can_be_given(tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest(store, "records", [write(tmp_path / "before.jsonl", "one")])
    ingest(store, "records", [write(tmp_path / "after.jsonl", "two")], name="before.jsonl")
    assert titles(store) == ["two"]
    with pytest.raises(WrongUse, match="one file or folder"):
        ingest(store, "records", [tmp_path / "before.jsonl", tmp_path / "after.jsonl"], name="x")


def test_content_of_two_files_goes_when_both_say_something_else(tmp_path: Path) -> None:
    store, one, other = tmp_path / "store", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    ingest(store, "records", [write(one, "same")])
    assert ingest(store, "records", [write(other, "same")]).changed is False
    ingest(store, "records", [write(one, "new")])
    assert titles(store) == ["new", "same"], "the other file still says it"
    ingest(store, "records", [write(other, "newer")])
    assert titles(store) == ["new", "newer"]


def test_several_files_in_one_ingest(tmp_path: Path) -> None:
    store = tmp_path / "store"
    files = [write(tmp_path / f"{name}.jsonl", name) for name in "ab"]
    ingest_all(store, [IngestRequest("records", files)])
    write(files[0], "c"), write(files[1], "a")
    report = ingest_all(store, [IngestRequest("records", files)])
    assert titles(store) == ["a", "c"]
    assert sorted(each.file for each in report.replaced) == ["a.jsonl", "b.jsonl"]
    assert ingest_all(store, [IngestRequest("records", files)]).changed is False


SNAPSHOT = b'{"id":"https://openalex.org/W%d","title":"%s","publication_year":2020,"authorships":[]}\n'


def works(folder: Path, **parts: Sequence[str]) -> Path:
    """Parts of a snapshot of works, each with works of these titles."""
    shutil.rmtree(folder, ignore_errors=True)
    for part, names in parts.items():
        path = folder / "works" / f"updated_date=2023-01-{part[1:]}" / "part_000.jsonl"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"".join(SNAPSHOT % (sum(name.encode()), name.encode()) for name in names))
    return folder


def test_parts_that_are_gone_from_a_folder_are_taken_out(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", tmp_path / "snapshot"
    ingest(store, "openalex", [works(folder, d01=["one"], d02=["two"])])
    assert titles(store) == ["one", "two"]
    report = ingest(store, "openalex", [works(folder, d02=["two"], d03=["three"])])
    assert titles(store) == ["three", "two"]
    (gone,) = report.replaced
    assert (gone.file, gone.records) == ("snapshot/works/updated_date=2023-01-01/part_000.jsonl", None)
    assert ingest(store, "openalex", [folder]).changed is False


def test_a_file_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    store, file = tmp_path / "store", write(tmp_path / "lib.jsonl", "one")
    ingest(store, "records", [file])
    file.write_text("nothing of the kind")
    with pytest.raises(SourceFailed):
        ingest(store, "records", [file])
    assert titles(store) == ["one"]
    assert rebuild(store).changed is False


def test_an_ingest_that_fails_on_the_way_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, file = tmp_path / "store", write(tmp_path / "lib.jsonl", "one")
    ingest(store, "records", [file])
    write(file, "two")
    for step in ("_build", "_tell"):
        with monkeypatch.context() as patch:
            patch.setattr(f"byline.data.ingest.ingest._Run.{step}", lambda *args: 1 / 0)
            with pytest.raises(Exception, match="was not changed"):
                ingest(store, "records", [file])
        assert titles(store) == ["one"]
    assert [each.records for each in ingest(store, "records", [file]).replaced] == [1]
    assert titles(store) == ["two"]


def test_segments_without_names_stay() -> None:
    old, new = Segment("1" * 32, "records", ("a",), 1, 0), Segment("2" * 32, "records", ("a",), 1, 0, names=("a",))
    every, replaced = settle([old], Reading([new]))
    assert (every, replaced) == ([old, new], [])
