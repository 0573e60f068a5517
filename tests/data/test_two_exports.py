"""The same department's papers exported by two databases: nothing stands twice."""

from pathlib import Path

import pyarrow as pa
import pytest

from byline.data.ingest.ingest import ingest
from byline.data.notices import Outcome
from byline.graph.store.columnar.files.layout import current
from tests.data.exports import PAPERS, Person, department, scopus, wos


@pytest.mark.parametrize("seed", range(3))
def test_two_exports_of_one_department_are_one_graph(tmp_path: Path, seed: int) -> None:
    papers = department(seed)
    store = tmp_path / "store"
    for name, text in (("savedrecs.bib", wos(papers, seed)), ("scopus.bib", scopus(papers, seed))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        report = ingest(store, "bibtex", [tmp_path / name])
        assert (report.kept, report.count(Outcome.REFUSED)) == (PAPERS, 0)
    people: set[Person] = {person for paper in papers for person in paper.people}
    assert (report.counts["papers"], _rows(store, "paper")) == (PAPERS, PAPERS)
    dois = {doi.lower() for doi in _column(store, "paper", "doi") if doi}
    assert dois == {paper.doi.lower() for paper in papers if paper.doi}
    assert _rows(store, "author") == len(people), sorted(_column(store, "author", "name"))


def _column(store: Path, kind: str, name: str) -> list[str | None]:
    with pa.ipc.open_file(current(store) / f"{kind}.arrow") as table:
        return table.read_all()[name].to_pylist()


def _rows(store: Path, kind: str) -> int:
    return len(_column(store, kind, "id"))
