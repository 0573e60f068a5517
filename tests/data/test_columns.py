"""The build on columns against plain loops over records, and against itself with hardly any memory."""

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.build import papers, people
from byline.data.build.build import build, build_contents
from byline.data.identify import resolve
from byline.data.identify.keys import Keys
from byline.data.ingest.ingest import ingest
from byline.data.notices import Notice
from byline.data.segments import lists, part, spool
from byline.data.segments.dictionary import encode
from byline.data.segments.segments import Segment, Writer, read
from byline.data.segments.spool import Scratch
from byline.data.sources.read.salvage import salvaged
from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from tests.data.views import Json, View, normal, paper, who
from tests.generated import examples

TITLES = st.sampled_from(["One", "Two", "Three"])
KEYS = st.sampled_from(["x:1", "x:2", "x:3", "y:1", "y:2", "doi:10.1/a"])
PEOPLE = st.builds(
    lambda name, key, printed, places: who(name, key, printed=printed, institutions=[{"name": place} for place in places]),
    st.sampled_from(["Ann Roe", "A. Roe", "Bo Li", "Cy Wu"]),
    st.sampled_from([None, None, "p:1", "p:2", "q:1"]),
    st.sampled_from([True, True, True, False]),
    st.lists(st.sampled_from(["MIT", "mit", "ETH"]), max_size=2),
)
# All titles have most of their words in common: an id that quite different works share would be set aside.
PAPERS = st.builds(
    lambda title, key, further, people, complete, year, abstract, codes, cited: paper(
        f"Mosses and ferns, {title} {key}", *people, id=key, ids=further, authors_complete=complete, year=year, abstract=abstract,
        categories=codes, references=cited,
    ),
    TITLES, KEYS, st.lists(KEYS, max_size=1), st.lists(PEOPLE, max_size=3), st.booleans(), st.sampled_from([None, 1999, 2000]),
    st.sampled_from([None, "first", "second"]), st.lists(st.sampled_from(["cs.CL", "cs.AI", "own"]), max_size=2),
    st.lists(st.sampled_from(["x:1", "x:2", "y:2", "z:9"]), max_size=3),
)  # fmt: skip
CITATIONS = st.builds(lambda left, right: {"type": "citation", "from": left, "to": right}, KEYS, KEYS)
RECORDS = st.lists(st.one_of(PAPERS, PAPERS, PAPERS, CITATIONS), min_size=1, max_size=9)


def plainly(records: list[Json]) -> dict[str, Json]:
    """What the papers of the graph must say, by public id: loops over records, one dictionary a paper."""
    keys = Keys()
    written = [each for each in records if each["type"] == "paper"]
    nodes = []
    for each in written:
        ids = [each["id"], *each.get("ids", ())]
        nodes.append(keys.add(ids[0], dict.fromkeys(ids[1:])))
    keys.join_shared()
    papers: dict[int, list[Json]] = {}
    for node, each in zip(nodes, written, strict=True):
        papers.setdefault(keys.root(node), []).append(each)
    cited = [(each["id"], key) for each in written for key in each.get("references", ())]
    cited += [(each["from"], each["to"]) for each in records if each["type"] == "citation"]
    name = {root: public_id(Kind.PAPER, keys.keys[root]) for root in papers}

    def lead(key: str) -> str | None:
        node = keys.find(key)
        return None if node is None else name[keys.root(node)]

    columns_by_name = {}
    for root, statements in papers.items():
        own = [key for citing, key in cited if lead(citing) == name[root]]
        columns_by_name[name[root]] = {
            "title": statements[-1]["title"],
            "year": last(each.get("year") for each in statements),
            "abstract": last(each.get("abstract") for each in statements),
            "categories": list(dict.fromkeys(code for each in statements for code in each.get("categories", ()))),
            "cites": {lead(key) for key in own} - {None, name[root]},
            "unresolved": {key for key in own if lead(key) is None},
            "outside": {citing for citing, key in cited if lead(citing) is None and lead(key) == name[root]},
        }
    return columns_by_name


def last(values: Any) -> Any:
    return next((value for value in reversed(list(values)) if value is not None), None)


@settings(max_examples=examples(40), deadline=None)
@given(RECORDS)
def test_papers_say_what_plain_loops_make_of_their_records(records: list[Json]) -> None:
    records = normal(records)
    view = View(build([("test", records)]))
    ids = [each["id"] for each in view.nodes[Kind.PAPER]]
    codes = [each["code"] for each in view.nodes[Kind.CATEGORY]]
    columns_by_id = {}
    for row, each in enumerate(view.nodes[Kind.PAPER]):
        columns_by_id[each["id"]] = {
            "title": each["title"],
            "year": each["year"],
            "abstract": each["abstract"],
            "categories": [codes[one["category"]] for one in view.links["paper_category"] if one["paper"] == row],
            "cites": {ids[one["cited"]] for one in view.links["citation"] if one["citing"] == row},
            "unresolved": set(each["unresolved_references"]),
            "outside": set(each["unresolved_citations"]),
        }
    assert columns_by_id == plainly(records)


@settings(max_examples=8, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=2))
def test_memory_and_the_size_of_parts_change_nothing(groups: list[list[Json]]) -> None:
    groups = [normal(records) for records in groups]
    whole = build([("test", records) for records in groups]).facts
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setattr(part, "FULL", 2)
        patch.setattr(spool, "_SMALL", 0)
        for module, name in ((lists, "_BLOCK"), (people, "_STRETCH"), (resolve, "_STRETCH"), (papers, "_AT_ONCE")):
            patch.setattr(module, name, 2)
        contents = []
        for number, records in enumerate(groups):
            with Writer(folder, "test", str(number)) as writer:
                for line, record in enumerate(records):
                    for each in salvaged(dict(record), "test", line):
                        if not isinstance(each, Notice):
                            writer.add(each)
                segment = Segment(writer.finish(), "test", (), writer.records, 0)
                writer.keep(segment)
            contents.append(read(folder, segment))
        (folder / "scratch").mkdir()
        cut = build_contents(contents, scratch=Scratch(1, folder / "scratch")).facts
        for kind in Kind:
            assert cut.nodes[kind].combine_chunks().equals(whole.nodes[kind].combine_chunks()), kind
        for link, table in whole.links.items():
            assert cut.links[link].combine_chunks().equals(table.combine_chunks()), link


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-9, 9), max_size=4), max_size=5), st.sampled_from([0, 20, 1000]))
def test_numbers_are_the_same_in_memory_and_in_a_file(pieces: list[list[int]], small: int) -> None:
    arrays = [np.array(piece, np.int32) for piece in pieces]
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_SMALL", small)
        column = Scratch(1, Path(name)).column(arrays, np.int64)
        assert (column.dtype, column.tolist()) == (np.int64, [each for piece in pieces for each in piece])
        assert isinstance(column.base, np.memmap) == (8 * len(column) > small)
        assert not list(Path(name).iterdir())


@settings(deadline=None)
@given(st.lists(st.lists(st.text(alphabet="abß", max_size=4), max_size=6), max_size=4), st.integers(1, 600))
def test_texts_are_numbered_as_first_met_whatever_the_memory(chunks: list[list[str]], memory: int) -> None:
    column = pa.chunked_array([pa.array(chunk, pa.large_string()) for chunk in chunks], pa.large_string())
    encoded = encode(column, memory)
    numbers: dict[str, int] = {}
    assert encoded.codes.tolist() == [numbers.setdefault(text, len(numbers)) for text in column.to_pylist()]
    assert encoded.distinct.to_pylist() == list(numbers)


def test_a_report_lies_beside_the_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [*(paper(f"t{i}", "Ann Roe", id=f"x:{i}", year=2000 if i % 2 else None) for i in range(4)), {"type": "paper"}]
    path.write_text("\n".join(json.dumps(each) for each in lines) + "\noops\n", encoding="utf-8")
    ingest(tmp_path / "store", "records", [path])
    report = json.loads((current(tmp_path / "store") / "report.json").read_text(encoding="utf-8"))
    assert report["ingest"]["notices"]["records"]["refused"]["reasons"] == [
        {"reason": "title: is missing", "count": 1, "examples": ["a.jsonl:5"]},
        {"reason": "is not JSON: unexpected character, expected a JSON value", "count": 1, "examples": ["a.jsonl:6"]},
    ]
    assert report["ingest"]["coverage"]["paper"]["year"] == 50.0
    assert report["ingest"]["coverage"]["paper"]["external_ids"] == 100.0
    assert {"gather", "author disambiguation", "facts", "write"} <= report["ingest"]["stages"].keys()
    assert report["sources"][0]["rejected"] == 2
    assert report["sources"][0]["bytes"] > 0
