"""`byline check` finds what does not hold in a snapshot, and says in which file."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from byline.data.ingest.ingest import SAMPLE, SAMPLE_OPTIONS, ingest
from byline.graph.model import Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.admin.diff import difference
from byline.graph.store.columnar.files.disk import seal
from byline.graph.store.columnar.files.layout import MANIFEST, current
from byline.graph.store.columnar.files.load import table
from byline.graph.store.columnar.files.pair_bounds import PairBounds


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked")
    ingest(folder / "store", "seed_page", [SAMPLE], options=SAMPLE_OPTIONS)
    cited = folder / "cited.jsonl"
    papers = [
        {"type": "paper", "title": f"t{i}", "id": f"x:{i}", "year": 2000 + i, "references": [f"x:{i - 1}"] * (i > 0),
         "authors": [{"name": f"Ann {i % 3}", "institutions": [{"name": f"U{i % 2}"}, {"name": "V"}]}, {"name": "Bo"}]}
        for i in range(6)
    ]  # fmt: skip
    cited.write_text("\n".join(map(json.dumps, papers)))
    ingest(folder / "store", "records", [cited])
    return current(folder / "store")


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / sound.name))


def rewrite(folder: Path, name: str, data: bytes) -> None:
    """Change a file and its seal: as a wrong build would have written it."""
    (folder / name).write_bytes(data)
    about = json.loads((folder / MANIFEST).read_bytes())
    about["files"][name] = seal(folder / name)
    (folder / MANIFEST).write_text(json.dumps(about))


def change(folder: Path, name: str, how: Callable[[Any], Any]) -> None:
    path = folder / name
    if name.endswith(".npy"):
        array = how(np.load(path).copy())
        np.save(path, array)
    else:
        changed = how(
            pa.table(
                {key: column.combine_chunks() for key, column in zip(table(path).column_names, table(path).columns, strict=True)}
            )
        )
        with pa.OSFile(str(path) + "~", "wb") as sink, pa.ipc.new_file(sink, changed.schema) as writer:
            writer.write_table(changed)
        Path(f"{path}~").replace(path)
    rewrite(folder, name, path.read_bytes())


def swapped(array: Any) -> Any:
    array[0], array[-1] = array[-1], array[0]
    return array


def plus(amount: int, at: int = 0) -> Callable[[Any], Any]:
    def changed(array: Any) -> Any:
        array[at] += amount
        return array

    return changed


def column(name: str, how: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    def changed(table: Any) -> Any:
        values = pa.array(how(table[name].to_pylist()), table.schema.field(name).type)
        return table.set_column(table.column_names.index(name), name, values)

    return changed


def test_a_sound_snapshot_has_no_problem(sound: Path) -> None:
    assert problems(sound) == []


@pytest.mark.parametrize(
    ("name", "how", "fault"),
    [
        ("author.arrow", column("id", lambda ids: ids[::-1]), "author.arrow: the ids are not sorted"),
        ("author.arrow", column("paper_count", lambda counts: [counts[0] + 1, *counts[1:]]), "paper_count of row 0"),
        ("author.arrow", column("h_index", lambda counts: [counts[0] + 1, *counts[1:]]), "h_index of row 0"),
        ("paper.arrow", column("title_fold", lambda texts: ["other", *texts[1:]]), "title_fold of row 0"),
        ("edges/references.targets.npy", swapped, "other pairs than edges/cited_by.targets.npy"),
        ("edges/references.targets.npy", plus(10**6), "an entry is no row of paper.arrow"),
        ("edges/cited_by.offsets.npy", plus(10**6, 1), "edges/cited_by.offsets.npy: the offsets fall"),
        ("edges/cited_by.offsets.npy", plus(1, -1), "edges/cited_by.offsets.npy: from 0 to"),
        ("edges/cited_by.offsets.npy", lambda array: array[:-1], "lists for"),
        ("edges/coauthors.weight.npy", plus(1), "edges/coauthors.weight.npy: not what the papers make"),
        ("edges/coauthors.paper_count.npy", lambda array: array[:-1], "values for"),
        ("edges/coauthors@weight-desc.npy", lambda array: array + 1, "the places of list"),
        ("edges/collaborations.first_year.npy", plus(1), "edges/collaborations.first_year.npy: not what the papers make"),
        ("orders/paper.newest.npy", lambda array: array * 0, "orders/paper.newest.npy: a row of paper.arrow is missing"),
        ("orders/author.name_fold.asc.npy", lambda array: array[1:], "not the rows of author.arrow"),
        ("indexes/author.name.arrow", lambda table: table.take(list(range(table.num_rows))[::-1]), "the hashes are not sorted"),
        ("links/citation.arrow", column("cited", lambda rows: [10**6, *rows[1:]]), "links/citation.arrow: an entry of cited"),
        ("team_size.npy", plus(1), "team_size.npy: not what is reported or known"),
        ("known_authors.npy", plus(50), "known_authors.npy: not the number"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named(copy: Path, name: str, how: Callable[[Any], Any], fault: str) -> None:
    change(copy, name, how)
    faults = problems(copy)
    assert any(fault in problem for problem in faults), faults


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of a team of five, whose pairs are worked out, and one of two, one of whom is in both."""
    folder = tmp_path_factory.mktemp("teams")
    teams = [["Ann A", "Bo B", "Cy C", "Di D", "Ed E"], ["Ann A", "Flo F"]]
    papers = [
        {"type": "paper", "title": f"t{at}", "id": f"x:{at}", "authors": [{"name": name, "id": f"y:{name}"} for name in team]}
        for at, team in enumerate(teams)
    ]
    (folder / "teams.jsonl").write_text("\n".join(map(json.dumps, papers)))
    ingest(folder / "store", "records", [folder / "teams.jsonl"], pairs=PairBounds(max_kept_team=4))
    return current(folder / "store")


def test_a_snapshot_without_the_pairs_of_a_team_has_no_problem(apart: Path) -> None:
    assert problems(apart) == []
    assert len(np.load(apart / "worked.rows.npy")) == 5
    assert len(np.load(apart / "edges" / "coauthors.targets.npy")) == 1


@pytest.mark.parametrize(
    ("name", "how", "fault"),
    [
        ("worked.rows.npy", swapped, "worked.rows.npy: not rows of author.arrow in their order"),
        ("worked.rows.npy", plus(10**6, -1), "worked.rows.npy: not rows of author.arrow in their order"),
        ("worked.lengths.npy", lambda lengths: lengths[1:], "worked.lengths.npy: 4 lengths for 5 rows"),
        ("worked.lengths.npy", plus(1), "worked.lengths.npy: not how many coauthors the papers make"),
        ("known_authors.npy", lambda counts: counts.clip(max=4), "worked.rows.npy: not the people of papers of more than 4"),
    ],
)
def test_what_does_not_hold_of_a_team_is_named(
    apart: Path, tmp_path: Path, name: str, how: Callable[[Any], Any], fault: str
) -> None:
    copy = Path(shutil.copytree(apart, tmp_path / apart.name))
    change(copy, name, how)
    faults = problems(copy)
    assert any(fault in problem for problem in faults), faults


def test_counts_that_differ_from_the_manifest(copy: Path) -> None:
    about = json.loads((copy / MANIFEST).read_bytes())
    for name, fault in (("citations", "the manifest counts 99"), ("authors", "rows, its manifest counts 99")):
        about["counts"][name] = 99
        (copy / MANIFEST).write_text(json.dumps(about))
        (problem,) = problems(copy)
        assert fault in problem


def test_a_changed_or_missing_file_comes_first(copy: Path) -> None:
    (copy / "author.arrow").unlink()
    with (copy / "edges" / "references.targets.npy").open("ab") as file:
        file.write(b"x")
    faults = problems(copy)
    assert len(faults) == 2
    assert "author.arrow cannot be read" in faults[0]
    assert "references.targets.npy has" in faults[1]


def test_differences(tmp_path: Path) -> None:
    def paper(i: int, **more: Any) -> dict[str, Any]:
        return {
            "type": "paper",
            "title": f"t{i}",
            "id": f"x:{i}",
            "authors": [{"name": f"Ann {'ABCDE'[i]}", "id": f"y:{i}"}],
        } | more

    ann = {"type": "author", "name": "Ann A", "id": "y:0", "orcid": "0000-0002-1825-0097"}
    versions = {
        "old": [paper(0), paper(1), paper(2), paper(3)],
        "new": [paper(0), paper(1, year=2000), paper(3), paper(4, references=["x:0"]), ann],
    }
    stores = []
    for name, records in versions.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, records)))
        ingest(tmp_path / name, "records", [tmp_path / f"{name}.jsonl"])
        stores.append(current(tmp_path / name))
    difference_of_both = difference(*stores)
    papers, people = difference_of_both.nodes[Kind.PAPER], difference_of_both.nodes[Kind.AUTHOR]
    assert (papers.added, papers.removed, papers.changed, papers.merged) == (1, 1, 1, 0)
    assert papers.examples["added"][0].endswith(" t4")
    assert papers.examples["removed"][0].endswith(" t2")
    assert papers.examples["changed"][0].endswith(" t1: year")
    assert (people.added, people.removed, people.changed) == (1, 1, 1)
    assert people.examples["changed"][0].endswith("Ann A: orcid, external_ids")
    assert difference_of_both.links["references"] == (0, 1)
    assert "author_papers" not in difference_of_both.links
    assert all(
        not change.examples.get("changed") and not change.added for change in difference(stores[0], stores[0]).nodes.values()
    )


def test_merged_ids_are_told(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = [{"type": "author", "name": name, "id": f"x:{name}"} for name in ("one", "two")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, first)))
    (tmp_path / "b.jsonl").write_text(json.dumps({"type": "author", "name": "one", "id": "x:one", "ids": ["x:two"]}) + "\n")
    ingest(store, "records", [tmp_path / "a.jsonl"])
    before = shutil.copytree(current(store), tmp_path / "before")
    ingest(store, "records", [tmp_path / "b.jsonl"])
    people = difference(Path(before), current(store)).nodes[Kind.AUTHOR]
    assert (people.removed, people.merged, people.added) == (1, 1, 0)
    assert "now leads to" in people.examples["merged"][0]
