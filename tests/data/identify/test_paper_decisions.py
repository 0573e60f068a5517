"""Lines of decisions.txt about papers, and what `byline explain` says of a paper."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from byline.api.cli.explain_author import explained
from byline.api.cli.explain_paper import Work
from byline.data.identify.decisions import FILE
from byline.data.ingest.ingest import ingest, rebuild
from byline.graph.errors import SourceFailed, WrongUse
from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.files.layout import current
from tests.api.test_cli import run
from tests.data.views import Json, paper

RECORDS: list[Json] = [
    paper("On Graphs", "Ann Roe", id="arxiv:2001.00001", year=2020),
    paper("On Graphs", "Ann Roe", id="acl:P21-1", year=2021, references=["x:a"]),
    paper("On Trees", "Ann Roe", id="arxiv:2002.00002", year=2020),
    paper("Of Trees and Woods", "Ann Roe", id="acl:P21-2", year=2021),
    paper("Shared", "Bo Li", id="x:a", doi="10.1/shared", year=2001),
    paper("Wrongly so", "Bo Li", id="y:b", doi="10.1/shared", year=2007),
    paper("Citing", "Dee Ray", id="x:c", year=2021, references=["y:b", "doi:10.1/shared", "acl:P21-1"]),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in RECORDS) + "\n")
    ingest(tmp_path / "store", "records", [path])
    return tmp_path / "store"


def decide(store: Path, *lines: str) -> None:
    (store / FILE).write_text("\n".join(lines) + "\n")
    assert rebuild(store).changed
    assert problems(current(store)) == []


def work(store: Path, named: str) -> Work:
    explained_work = explained(store, named)
    assert isinstance(explained_work, Work)
    return explained_work


def cited(store: Path, named: str) -> set[str]:
    tables = []
    for name in ("paper", "links/citation"):
        with pa.memory_map(str(current(store) / f"{name}.arrow")) as source:
            tables.append(pa.ipc.open_file(source).read_all())
    ids = tables[0]["id"].to_pylist()
    pairs = zip(*(tables[1][name].to_pylist() for name in ("citing", "cited")), strict=True)
    return {tables[0]["title"][far].as_py() for near, far in pairs if ids[near] == work(store, named).id}


def test_the_rules_alone(store: Path) -> None:
    assert work(store, "arxiv:2001.00001").ids == ["arxiv:2001.00001", "acl:P21-1"]
    assert work(store, "y:b").id == work(store, "x:a").id
    assert work(store, "acl:P21-2").id != work(store, "arxiv:2002.00002").id


def test_a_merge_makes_one_of_two_titles(store: Path) -> None:
    before = work(store, "acl:P21-2").id
    decide(store, "merge papers arxiv:2002.00002 acl:P21-2")
    merged = work(store, "acl:P21-2")
    assert merged.ids == ["arxiv:2002.00002", "acl:P21-2"]
    assert (merged.title, merged.year) == ("Of Trees and Woods", 2021)
    assert work(store, before).id == merged.id
    (only,) = merged.joined
    assert (only.rule, only.evidence) == ("decision", f"{FILE}:1: merge papers arxiv:2002.00002 acl:P21-2")


def test_a_split_takes_a_likeness_apart(store: Path) -> None:
    decide(store, "split papers arxiv:2001.00001 acl:P21-1")
    left, right = work(store, "arxiv:2001.00001"), work(store, "acl:P21-1")
    assert (left.ids, right.ids) == (["arxiv:2001.00001"], ["acl:P21-1"])
    assert (left.id, right.id) == (public_id(Kind.PAPER, "arxiv:2001.00001"), public_id(Kind.PAPER, "acl:P21-1"))
    assert [(each.rule, each.other) for each in left.apart] == [("decision", right.id)]
    assert cited(store, "acl:P21-1") == {"Wrongly so"}
    assert cited(store, "arxiv:2001.00001") == set()


def test_a_split_takes_a_shared_id_apart_which_stays_with_those_who_are_left(store: Path) -> None:
    decide(store, "split papers x:a y:b")
    left, right = work(store, "x:a"), work(store, "y:b")
    assert (left.title, left.ids) == ("Shared", ["x:a", "doi:10.1/shared"])
    assert (right.title, right.ids) == ("Wrongly so", ["y:b"])
    assert work(store, "doi:10.1/shared").id == left.id
    assert cited(store, "x:c") == {"Shared", "Wrongly so", "On Graphs"}
    decide(store, "split papers y:b x:a")
    assert (work(store, "y:b").ids, work(store, "x:a").ids) == (["y:b", "doi:10.1/shared"], ["x:a"])
    decide(store, "# nothing any more")
    assert work(store, "x:a").id == work(store, "y:b").id


def test_public_ids_do_as_well(store: Path) -> None:
    decide(store, f"split papers {public_id(Kind.PAPER, 'arxiv:2001.00001')} {public_id(Kind.PAPER, 'acl:P21-1')}")
    assert work(store, "arxiv:2001.00001").id != work(store, "acl:P21-1").id


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["merge papers acl:P21-1 acl:nothing"], "1: no paper is known by 'acl:nothing'"),
        (["split papers acl:P21-1 acl:P21-2"], "1: acl:P21-2 is not of the paper that acl:P21-1 leads to"),
        (["split papers y:b doi:10.1/shared"], "1: one record states both y:b and doi:10.1/shared"),
        (["merge papers acl:P21-1"], "1: is neither a merge nor a split"),
        (["split papers x:a y:b", "split papers x:a y:b"], "2: y:b is not of the paper that x:a leads to"),
    ],
)
def test_lines_that_cannot_be_obeyed_change_nothing(store: Path, lines: list[str], problem: str) -> None:
    before = current(store)
    (store / FILE).write_text("\n".join(lines) + "\n")
    with pytest.raises(SourceFailed) as refused:
        rebuild(store)
    assert problem in str(refused.value)
    assert current(store) == before


def test_explain_tells_of_a_paper_in_words(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "acl:P21-1", "--store", store) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{public_id(Kind.PAPER, 'arxiv:2001.00001')} On Graphs: 2021, 1 author",
        "ids: arxiv:2001.00001, acl:P21-1",
        "joined by likeness or by hand: 1",
        "  On Graphs, same title: acl:P21-1 (2021) and arxiv:2001.00001 (2020), 1 of 1 authors",
        "kept apart: nothing",
    ]
    with pytest.raises(WrongUse, match="and no paper"):
        explained(store, "acl:nothing")
