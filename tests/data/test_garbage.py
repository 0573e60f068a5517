"""The collector of cycles runs seldom during an ingest, and as before after it."""

import gc
import weakref
from pathlib import Path

import pytest

from byline.data import remembered
from byline.data.ingest.garbage import THRESHOLDS, moved_together, rarely_collected
from byline.data.ingest.ingest import ingest
from byline.data.ingest.report import Report
from byline.data.notices import Notice
from byline.data.record import parse
from byline.data.segments.part import Part
from byline.data.sources.read.ordinary import ordinary
from byline.graph.errors import SourceFailed


def test_thresholds_hold_inside_and_go_back_after_an_error() -> None:
    before = gc.get_threshold()
    inside: list[tuple[int, int, int]] = []

    def fails() -> None:
        with rarely_collected():
            inside.append(gc.get_threshold())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert inside == [tuple(map(max, THRESHOLDS, before))]
    assert gc.get_threshold() == before


def test_a_collector_that_is_off_stays_off() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(0)
        with rarely_collected():
            assert gc.get_threshold()[0] == 0
        assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)


def test_an_ingest_sets_and_restores_them(tmp_path: Path) -> None:
    before = gc.get_threshold()
    seen: list[tuple[int, int, int]] = []
    file = tmp_path / "some.jsonl"
    file.write_text('{"type": "paper", "id": "x:1", "title": "On X"}\n', encoding="utf-8")
    ingest(tmp_path / "store", "records", [file], progress=lambda *_: seen.append(gc.get_threshold()))
    assert seen
    assert all(each == tuple(map(max, THRESHOLDS, before)) for each in seen)
    with pytest.raises(SourceFailed):
        ingest(tmp_path / "store", "records", [tmp_path / "none.jsonl"])
    assert gc.get_threshold() == before


def test_a_part_goes_without_the_collector() -> None:
    """What holds the rows of a million authorships must not wait for it."""
    paper = parse({"type": "paper", "title": "On X", "authors": [{"name": "Ann Roe", "institutions": [{"name": "ETH"}]}]}, "f", 1)
    assert not isinstance(paper, Notice)
    gc.disable()
    try:
        part = Part("records", {})
        part.add(paper)
        part.tables()
        reference = weakref.ref(part)
        del part
        assert reference() is None
    finally:
        gc.enable()


def test_what_reading_leaves_is_moved_and_its_caches_are_emptied() -> None:
    report = Report("records", [])
    for line in range(3):
        report.take(Notice("a.jsonl", line, "authors[0]", f"is odd: 'Person {line}'"), "records")
    before = report.as_dict()
    assert ordinary("Ann Roe")
    assert remembered.held()
    old, report.tallies = report.tallies, moved_together(report.tallies)
    assert report.as_dict() == before
    assert report.read == 3
    (moved,), (left,) = ([tally.first[0].reason for tally in each["records"].values()] for each in (report.tallies, old))
    assert moved == left
    assert moved is not left
    assert remembered.held() == 0
