"""A snapshot read back as facts is the graph that was written."""

from pathlib import Path

from byline.graph.request import Order, Select
from byline.graph.store.columnar.build.write import write
from byline.graph.store.reference.store import load
from tests.contract.library import PAPER, library
from tests.contract.stores import answer, networkx, ragged


def test_a_snapshot_read_whole_answers_as_the_facts_it_was_made_from(tmp_path: Path) -> None:
    facts = library().facts()
    write(facts, tmp_path, {"version": "7", "built_at": "2026-01-02T03:04:05Z", "segments": []})
    loaded, select = load(tmp_path), Select(order=(Order("year"),), total=True)
    assert ragged(answer(loaded.find(PAPER, select))) == ragged(answer(networkx(facts).find(PAPER, select)))
    info = answer(loaded.snapshot())
    assert (info.version, info.built_at, info.counts) == ("7", "2026-01-02T03:04:05Z", answer(networkx(facts).snapshot()).counts)
