"""Every member of neutral records reaches the snapshot, and the guide lists it."""

from pathlib import Path

import orjson

from byline.data.ingest.ingest import ingest
from byline.data.record import Paper
from byline.data.segments.part import Part
from byline.graph.model import COLUMNS, Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts

ROOT = Path(__file__).resolve().parents[2]
# A record that states whatever a paper may, and a work that cites it from outside.
WHOLE = {
    "type": "paper",
    "id": "acl:W01-0001",
    "title": "A Whole Record",
    "abstract": "All members are stated.",
    "year": 2001,
    "date": "2001-03-04",
    "doi": "10.1234/whole",
    "arxiv": "2101.00001",
    "authors": [{"name": "Ann Roe"}],
    "author_count": 1,
    "authors_complete": True,
    "listed": 3,
    "references": ["acl:W00-0001"],
    "references_complete": True,
    "categories": ["cs.CL"],
    "reported": {"citation_count": 4},
    "venue": {"name": "Journal of Wholes", "issns": ["1550-7998"]},
    "language": "en",
    "paper_type": "journal-article",
    "volume": "2",
    "issue": "3",
    "pages": "4-5",
    "keywords": ["wholes"],
    "urls": [{"url": "https://example.org/whole"}],
    "license": "cc-by",
    "open_access": True,
    "retracted": True,
    "versions": [{"version": "v1", "date": "2001-01-02"}],
    "funding": [{"funder": "Whole Fund"}],
}


def test_every_stated_column_of_a_paper_reaches_the_snapshot(tmp_path: Path) -> None:
    file = tmp_path / "library.jsonl"
    citing = {"type": "citation", "citing": "acl:W09-0009", "cited": "acl:W01-0001"}
    file.write_bytes(orjson.dumps(WHOLE) + b"\n" + orjson.dumps(citing) + b"\n")
    ingest(tmp_path / "store", "records", [file])
    (paper,) = facts(current(tmp_path / "store")).nodes[Kind.PAPER].to_pylist()
    stated = [column.name for column in COLUMNS[Kind.PAPER] if not column.derived]
    assert [name for name in stated if paper[name] in (None, [])] == [], "a column that no line of the way names is null"


def test_a_member_that_few_papers_state_stands_in_their_rows() -> None:
    part = Part("records", {})
    for title, members in (("A", {}), ("B", {"language": "de"}), ("C", {}), ("D", {"language": "en"}), ("E", {})):
        part.add(Paper(title=title, **members))
    papers = part.tables()["paper"]
    assert papers["title"].to_pylist() == ["A", "B", "C", "D", "E"]
    assert papers["language"].to_pylist() == [None, "de", None, "en", None]


def test_the_guide_lists_every_member_of_a_paper() -> None:
    text = (ROOT / "docs" / "data.md").read_text()
    assert [name for name in Paper.model_fields if f"`{name}`" not in text] == []
