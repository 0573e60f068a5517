"""The made-up literature: the same each time, heavy-tailed, and a graph like any other."""

from pathlib import Path

import numpy as np
import pytest

from byline.data.ingest.ingest import generate
from byline.graph.errors import WrongUse
from byline.graph.store.columnar.files.layout import SNAPSHOTS, current, manifest
from byline.graph.store.columnar.files.load import table


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    paths = []
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        paths.append(tmp_path_factory.mktemp(name))
        generate(paths[-1], 3000, seed)
    return paths


def test_the_same_seed_makes_the_same_literature(stores: list[Path]) -> None:
    one, two, three = (manifest(current(store)) for store in stores)
    assert one["files"] == two["files"]
    assert one["version"] != three["version"]


def test_it_has_everything_that_a_graph_has(stores: list[Path]) -> None:
    counts = manifest(current(stores[0]))["counts"]
    assert counts["papers"] == 3000
    assert 3.5 < counts["authorships"] / counts["papers"] < 4.5
    assert 8 < counts["citations"] / counts["papers"] < 11
    assert counts["institutions"] == 15
    assert 300 < counts["authors"] < counts["authorships"]


def test_citations_lead_back_and_are_unequal(stores: list[Path]) -> None:
    folder = current(stores[0])
    cited = np.load(folder / "edges" / "cited_by.offsets.npy")
    lengths = np.sort(np.diff(cited))[::-1]
    assert lengths[:30].sum() > 0.08 * lengths.sum()


def test_once_more_changes_nothing(stores: list[Path]) -> None:
    before = sorted((stores[0] / SNAPSHOTS).iterdir())
    report = generate(stores[0], 3000, 1)
    assert (report.changed, report.known_files) == (False, ["3000 papers, seed 1"])
    assert sorted((stores[0] / SNAPSHOTS).iterdir()) == before


def test_every_authorship_may_state_an_id(tmp_path: Path, stores: list[Path]) -> None:
    report = generate(tmp_path, 3000, all_ids=True)
    people = table(current(tmp_path) / "author.arrow")
    schemes = [[one["scheme"] for one in each] for each in people["external_ids"].to_pylist()]
    assert all(each[0] == "synth" for each in schemes)
    assert 0.05 < sum("orcid" in each for each in schemes) / len(schemes) < 0.15
    assert report.files == ["3000 papers, seed 1, all ids"]
    # The same papers: that some authors are not told apart is all that the other one lacks.
    other = manifest(current(stores[0]))["counts"]
    assert {name: report.counts[name] for name in ("authorships", "citations")} == {
        name: other[name] for name in ("authorships", "citations")
    }
    assert report.merged.keys() <= {"author: same orcid"}


@pytest.mark.parametrize(("papers", "seed", "all_ids"), [(50, 2, False), (60, 1, False), (50, 1, True)])
def test_two_literatures_do_not_meet_in_one_store(tmp_path: Path, papers: int, seed: int, all_ids: bool) -> None:
    version = generate(tmp_path, 50, 1).version
    with pytest.raises(WrongUse, match="holds another made-up literature: 50 papers, seed 1"):
        generate(tmp_path, papers, seed, all_ids=all_ids)
    assert current(tmp_path).name == version


def test_no_papers_are_no_literature(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        generate(tmp_path, 0)
