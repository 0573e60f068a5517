"""The decisions file: merges and splits over all rules, on every ingest; what does not fit is an error and changes nothing."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from byline.api.cli.explain_author import explained
from byline.data.identify.decisions import FILE, RULE
from byline.data.ingest.ingest import ingest, rebuild
from byline.graph.errors import NoSnapshot, SourceFailed, WrongUse
from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.files.layout import current

Json = dict[str, Any]
PAPERS: list[tuple[str, list[Json]]] = [
    ("a", [{"name": "Ann Roe"}, {"name": "Bo Li", "id": "x:bo"}]),
    ("b", [{"name": "Ann Roe"}, {"name": "Bo Li", "id": "x:bo"}]),
    ("c", [{"name": "Ann Roe"}]),
    ("d", [{"name": "Ann Poe"}]),
    ("e", [{"name": "Bo Li", "id": "x:bo"}]),
    ("f", [{"name": "Bo Li", "id": "x:bo-2"}]),
    ("g", [{"name": "Dee Ray", "id": "s2:7"}, {"name": "Ann Roe"}]),
    ("i", [{"name": "Dee Ray", "id": "x:dee"}]),
    ("j", [{"name": "Dee Ray", "id": "x:dee"}]),
]


def person(key: str) -> str:
    return public_id(Kind.AUTHOR, key)


ANN, POE = person("name:annroe"), person("name:annpoe")


def write(folder: Path, name: str, papers: list[tuple[str, list[Json]]]) -> Path:
    records = [{"type": "paper", "title": f"t{key}", "id": f"x:{key}", "authors": authors} for key, authors in papers]
    path = folder / name
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    ingest(tmp_path / "store", "records", [write(tmp_path, "some.jsonl", PAPERS)])
    return tmp_path / "store"


def decide(store: Path, *lines: str) -> None:
    (store / FILE).write_text("\n".join(lines) + "\n")
    assert rebuild(store).changed
    assert problems(current(store)) == []


def papers(store: Path, author: str) -> list[str]:
    """The papers of whom an id leads to."""
    tables = {}
    for name in ("author", "paper", "authorship"):
        with pa.memory_map(str(current(store) / f"{name}.arrow")) as source:
            tables[name] = pa.ipc.open_file(source).read_all()
    row = tables["author"]["id"].to_pylist().index(explained(store, author).id)
    titles = tables["paper"]["title"].to_pylist()
    pairs = zip(tables["authorship"]["author"].to_pylist(), tables["authorship"]["paper"].to_pylist(), strict=True)
    return sorted(titles[paper][1:] for who, paper in pairs if who == row)


def test_without_decisions_the_rules_hold(store: Path) -> None:
    assert papers(store, ANN) == ["a", "b", "c", "g"]
    assert papers(store, "x:bo") == ["a", "b", "e"]
    assert papers(store, "x:bo-2") == ["f"]


def test_a_merge_wins_over_names_and_over_ids_of_one_scheme(store: Path) -> None:
    decide(store, "# by hand", "", f"merge {ANN} {POE}  # married", "merge x:bo-2 x:bo")
    assert papers(store, ANN) == papers(store, POE) == ["a", "b", "c", "d", "g"]
    assert papers(store, "x:bo-2") == ["a", "b", "e", "f"]
    author = explained(store, POE)
    assert author.id == ANN
    assert [(each.left, each.right, each.evidence) for each in author.joined if each.rule == RULE] == [
        ("Ann Roe", "Ann Poe", f"{FILE}:3: merge {ANN} {POE}")
    ]


def test_a_split_takes_papers_and_the_old_id_stays_with_the_others(store: Path) -> None:
    decide(store, f"split {ANN} x:a {public_id(Kind.PAPER, 'x:c')}")
    assert papers(store, ANN) == ["b", "g"]
    (apart,) = [each for each in explained(store, ANN).apart if each.rule == RULE]
    assert apart.other is not None
    assert papers(store, apart.other) == ["a", "c"]
    assert [each.other for each in explained(store, apart.other).apart if each.rule == RULE] == [ANN]
    with pytest.raises(WrongUse, match="several people bear the name"):
        explained(store, "Ann Roe")


def test_a_split_of_a_known_person_leaves_their_id_with_the_others(store: Path) -> None:
    decide(store, "split x:bo x:e")
    assert papers(store, "x:bo") == ["a", "b"]
    (apart,) = explained(store, "x:bo").apart[-1:]
    assert apart.other is not None
    assert (papers(store, apart.other), explained(store, apart.other).ids) == (["e"], [])


def test_someone_known_goes_along_with_all_of_their_papers(store: Path) -> None:
    assert explained(store, "s2:7").id == explained(store, "x:dee").id
    decide(store, "split x:dee x:g")
    assert papers(store, "s2:7") == ["g"]
    assert explained(store, "s2:7").ids == ["s2:7"]
    assert papers(store, "x:dee") == ["i", "j"]


def test_a_split_reaches_the_papers_of_all_who_are_merged(store: Path) -> None:
    decide(store, f"split {POE} x:b", f"merge {ANN} {POE}")
    assert papers(store, POE) == ["a", "c", "d", "g"]


def test_decisions_survive_further_ingests_and_go_with_their_line(store: Path, tmp_path: Path) -> None:
    before = current(store).name
    decide(store, f"merge {ANN} {POE}", "split x:bo x:e")
    decided = current(store).name
    assert decided != before
    assert not rebuild(store).changed
    report = ingest(store, "records", [write(tmp_path, "more.jsonl", [("h", [{"name": "Ann Poe"}])])])
    assert report.merged[f"author: {RULE}"] == 1
    assert papers(store, ANN) == ["a", "b", "c", "d", "g", "h"]
    assert papers(store, "x:bo") == ["a", "b"]
    (store / FILE).unlink()
    assert ingest(store, "records", [tmp_path / "some.jsonl"]).changed
    assert papers(store, POE) == ["d", "h"]
    assert papers(store, "x:bo") == ["a", "b", "e"]


def test_the_same_decisions_in_other_spacing_are_no_new_snapshot(store: Path) -> None:
    decide(store, f"merge {ANN} {POE}")
    (store / FILE).write_text(f"# why\n  merge   {ANN}\t{POE}\n")
    assert not rebuild(store).changed


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["join x:bo x:bo-2"], f"{FILE}:1: is neither a merge nor a split: 'join x:bo x:bo-2'"),
        (["", "merge x:bo"], f"{FILE}:2: is neither"),
        (["merge x:bo Ann"], f"{FILE}:1: 'Ann' is no id of a person"),
        ([f"split x:bo {ANN}"], f"{FILE}:1: '{ANN}' is no id of a paper"),
        (["# one", "merge x:bo x:nobody"], f"{FILE}:2: nobody is known by 'x:nobody'"),
        (["split x:bo x:z"], f"{FILE}:1: no paper is known by 'x:z'"),
        (["split x:bo x:c"], f"{FILE}:1: x:c is no paper of x:bo"),
        (["split x:bo-2 x:f"], f"{FILE}:1: takes every paper of x:bo-2"),
        (["split x:bo x:a", "split x:bo x:b x:a"], f"{FILE}:2: line 1 takes x:a already"),
        (["merge x:bo x:bo-2", "split x:bo x:f"], f"{FILE}:2: takes apart what line 1 merges"),
        (["split x:dee x:g", "merge x:dee s2:7"], f"{FILE}:2: x:dee and s2:7 are taken apart by a split"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_line_and_changes_nothing(
    store: Path, tmp_path: Path, lines: list[str], message: str
) -> None:
    before = sorted(str(path) for path in store.rglob("*"))
    (store / FILE).write_text("\n".join(lines) + "\n")
    more = write(tmp_path, "more.jsonl", [("h", [{"name": "Cy Wu"}])])
    for attempt in (
        lambda: rebuild(store),
        lambda: ingest(store, "records", [more]),
        lambda: ingest(store, "records", [more], dry_run=True),
    ):
        with pytest.raises(SourceFailed) as raised:
            attempt()
        assert str(raised.value).startswith(message)
    (store / FILE).unlink()
    assert sorted(str(path) for path in store.rglob("*")) == before


def test_there_must_be_something_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot):
        rebuild(tmp_path / "store")
    assert not (tmp_path / "store").exists()
