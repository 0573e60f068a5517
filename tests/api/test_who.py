"""`byline explain`: a person by any of their names and ids, what was joined and what kept apart, and who is meant."""

import json
import math
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from byline.api.cli.reasons import Reason, decision_lines, reasons
from byline.data.ingest.ingest import ingest
from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from tests.api.test_cli import run

ORCID = "0000-0002-1825-0097"
PAPERS = [
    ("a", [{"name": "Eghbal A. Hosseini", "id": "x:eah", "orcid": ORCID}, {"name": "Bo Li"}]),
    ("b", [{"name": "Eghbal Hosseini"}, {"name": "Bo Li"}]),
    ("c", [{"name": "Wei Wang", "id": "x:1"}, {"name": "Bo Li"}]),
    ("d", [{"name": "Wei Wang", "id": "x:2"}, {"name": "Cy Wu"}]),
    ("e", [{"name": "John Smith"}, {"name": "Bo Li"}]),
    ("f", [{"name": "Jane Smith"}, {"name": "Bo Li"}]),
    ("g", [{"name": "J. Smith"}, {"name": "Bo Li"}]),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("who")
    path = folder / "some.jsonl"
    records = [
        {"type": "paper", "title": f"t{key}", "id": f"x:{key}", "year": 2020 + at, "authors": authors}
        for at, (key, authors) in enumerate(PAPERS)
    ]
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n")
    ingest(folder / "store", "records", [path])
    return folder / "store"


def test_names_ids_and_what_was_joined_by_what(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "Eghbal Hosseini", "--store", store) == 0
    lines = capsys.readouterr().out.splitlines()
    *head, joined, weights, last = lines[:7]
    assert head == [
        f"{public_id(Kind.AUTHOR, 'x:eah')} Eghbal A. Hosseini: 2 papers, 2020 to 2021",
        "names: Eghbal A. Hosseini; Eghbal Hosseini",
        f"ids: x:eah, orcid:{ORCID}",
        "joined by likeness or by hand: 1",
    ]
    assert joined.startswith("  Eghbal A. Hosseini = Eghbal Hosseini, missing middle name: shared coauthors: Bo Li; ")
    assert weights.startswith("    probability 0.9")
    assert weights.endswith("coauthors +1.0 (log-odds)")
    assert last == "kept apart: nothing"
    one, other = (public_id(Kind.PAPER, key) for key in ("x:a", "x:b"))
    assert lines[7:11] == [
        "papers under Eghbal A. Hosseini: 1",
        f"  {one} 2020: ta",
        "papers under Eghbal Hosseini: 1",
        f"  {other} 2021: tb",
    ]
    assert lines[12] == f"to take papers away from this person: split {public_id(Kind.AUTHOR, 'x:eah')} PAPER-ID…"


@pytest.mark.parametrize(
    "named",
    [public_id(Kind.AUTHOR, "x:eah"), ORCID, f"https://orcid.org/{ORCID}", f"orcid:{ORCID}", "x:eah", "eghbal a hosseini"],
)
def test_one_person_by_everything_that_leads_to_them(store: Path, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", named, "--json", "--store", store) == 0
    author = json.loads(capsys.readouterr().out)
    assert author["id"] == public_id(Kind.AUTHOR, "x:eah")
    assert [each["rule"] for each in author["joined"]] == ["missing middle name"]


def test_what_was_kept_apart_names_the_other_one(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "J. Smith", "--store", store, "--json") == 0
    apart = json.loads(capsys.readouterr().out)["apart"]
    others = {public_id(Kind.AUTHOR, "name:johnsmith"), public_id(Kind.AUTHOR, "name:janesmith")}
    assert {each["other"] for each in apart} == others
    assert run("explain", "J. Smith", "--store", store) == 0
    printed = capsys.readouterr().out
    assert "kept apart: 2" in printed
    assert all(f"  J. Smith | {other} J" in printed for other in others)
    here = public_id(Kind.AUTHOR, "name:jsmith")
    for key, name, paper in (("name:johnsmith", "John Smith", "te"), ("name:janesmith", "Jane Smith", "tf")):
        other = public_id(Kind.AUTHOR, key)
        assert f"papers of {other} {name}: 1\n  {public_id(Kind.PAPER, f'x:{paper[1]}')} 202" in printed
        assert f"to make one of them: merge {here} {other}\n" in printed


def test_what_rests_on_words_alone_and_what_is_not_kept_is_said() -> None:
    joined = [
        Reason("Wei Wang", "W. Wang", "initials", "shared title words: 3, weight 2.1; 40 people expected under the name", None),
        Reason("Wei Wang", "W. Wang", "initials", "shared coauthors: Bo Li; shared title words: 3, weight 2.1", None),
        Reason("Wei Wang", "Wei Wang", "decision", "decisions.txt:2: merge x:1 x:2", None),
    ]
    words, coauthors, hand = list(decision_lines(joined, []))[1:4]
    assert words.endswith("; nothing but words of titles speaks for it")
    assert coauthors.endswith("weight 2.1")
    assert hand == "  Wei Wang, decision: decisions.txt:2: merge x:1 x:2"
    *_, more = decision_lines([], [Reason("Wei Wang", "", "same name", "3 more were looked at and stay apart", None)])
    assert more.endswith("3 more were looked at and stay apart; a snapshot keeps the likeliest alone")


def test_what_is_printed_to_overrule_a_decision_is_obeyed(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(store, copy)
    assert run("explain", "J. Smith", "--store", copy) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("to make one of them: "))
    (copy / "decisions.txt").write_text(line.removeprefix("to make one of them: ") + "\n")
    assert run("rebuild", "--store", copy) == 0
    capsys.readouterr()
    assert run("explain", line.split()[-1], "--json", "--store", copy) == 0
    author = json.loads(capsys.readouterr().out)
    assert {"J. Smith"} < set(author["names"])
    assert run("explain", line.split()[-1], "--store", copy) == 0
    assert "what was decided by hand is undone by taking its line out of decisions.txt\n" in capsys.readouterr().out
    assert {each["name"] for each in author["printed"]} == set(author["names"])


def test_a_name_of_several_people_lists_them(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "Wei Wang", "--store", store) == 2
    message = capsys.readouterr().err
    assert "several people bear the name 'Wei Wang'" in message
    for key, year in (("x:1", 2022), ("x:2", 2023)):
        assert f"{public_id(Kind.AUTHOR, key)} Wei Wang, 1 paper, {year}" in message


def test_a_name_lists_those_who_are_printed_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names are looked up without spacing, case and accents; so are those who bear them."""
    path, names = tmp_path / "some.jsonl", ["Marie Devries", "Marie de Vries", "MARIE DE-VRIÈS"]
    records = [{"type": "author", "id": f"x:{at}", "name": name} for at, name in enumerate(names)]
    records += [{"type": "author", "id": f"y:{at}", "name": "Wei Wang"} for at in range(13)]
    path.write_text("\n".join(map(json.dumps, records)))
    ingest(tmp_path / "store", "records", [path])
    assert run("explain", "marie devries", "--store", tmp_path / "store") == 2
    message = capsys.readouterr().err
    assert "several people bear the name 'marie devries'" in message
    assert all(f"{public_id(Kind.AUTHOR, f'x:{at}')} {name}, 0 papers" in message for at, name in enumerate(names))
    assert run("explain", "Wei Wang", "--store", tmp_path / "store") == 2
    message = capsys.readouterr().err
    assert message.count("Wei Wang, 0 papers") == 10
    assert "; and 3 more)" in message


def test_nobody_and_no_store_are_one_line(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "Nobody Atall", "--store", store) == 2
    assert "nobody is known by 'Nobody Atall'" in capsys.readouterr().err
    assert run("explain", "Nobody Atall", "--store", tmp_path / "nowhere") == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_weights_are_numbers_in_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "Eghbal Hosseini", "--json", "--store", store) == 0
    (joined,) = json.loads(capsys.readouterr().out)["joined"]
    assert set(joined["terms"]) == {"name", "coauthors"}
    assert joined["probability"] == pytest.approx(1 / (1 + math.exp(-sum(joined["terms"].values()))), abs=1e-3)


def test_a_snapshot_of_before_has_no_weights_and_is_explained(store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(store, tmp_path / "store")
    path = current(store) / "links" / "decision.arrow"
    table = pa.ipc.open_file(path.read_bytes()).read_all().drop_columns(["probability", "terms"])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    (joined,), _ = reasons(current(store), public_id(Kind.AUTHOR, "x:eah"))
    assert (joined.rule, joined.probability, joined.terms) == ("missing middle name", None, None)
    assert facts(current(store)).links["decision"]["terms"].null_count == table.num_rows
