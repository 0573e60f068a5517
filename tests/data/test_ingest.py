"""Ingest as a transaction: what is counted, what is kept, and that a store is always whole."""

import asyncio
import fcntl
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from byline.data.ingest import ingest as module
from byline.data.ingest.ingest import SAMPLE, ensure_sample, ingest, rebuild
from byline.data.ingest.report import grouped
from byline.data.notices import Notice, Outcome
from byline.graph.errors import NoSnapshot, SnapshotDamaged, SourceFailed, StoreBusy, StoreFailed, WrongUse
from byline.graph.model import Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.files.disk import seal
from byline.graph.store.columnar.files.layout import CURRENT, LOCK, current, manifest
from byline.graph.store.columnar.files.pair_bounds import PairBounds
from byline.graph.store.columnar.store import open_store

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]


def lines(path: Path, *records: Json | str) -> Path:
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in records) + "\n", "utf-8")
    return path


def some(start: int, end: int) -> list[Json]:
    return [
        {"type": "paper", "title": f"t{i}", "id": f"x:{i}", "authors": [{"name": f"Ann{i % 5} Roe"}]} for i in range(start, end)
    ]


def whole(store: Path) -> Json:
    """The manifest of the current snapshot, every file of it checked."""
    folder = current(store)
    about = manifest(folder)
    assert about["version"] == folder.name
    for name, stated in about["files"].items():
        assert seal(folder / name) == stated, name
    return about


def tree(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_the_first_ingest(tmp_path: Path, store: Path) -> None:
    seen: list[str] = []
    path = lines(tmp_path / "a.jsonl", *some(0, 4), "no json", {"type": "paper"})
    report = ingest(store, "records", [path], progress=lambda stage, done, total: seen.append(stage))
    assert (report.read, report.kept, report.count(Outcome.REFUSED), report.changed) == (6, 4, 2, True)
    assert report.first(Outcome.REFUSED)[1] == Notice("a.jsonl", 6, "title", "is missing", source="records")
    assert report.counts["papers"] == 4
    about = whole(store)
    assert about["version"] == report.version
    assert about["sources"] == [{"name": "records", "records": 4, "rejected": 2, "refused_files": 0}]
    assert [(each["files"], each["records"], each["rejected"]) for each in about["segments"]] == [(["a.jsonl"], 4, 2)]
    assert list(dict.fromkeys(seen)) == ["read a.jsonl", "gather", "author disambiguation", "facts", "write", "measures", "words"]
    assert json.loads(json.dumps(report.as_dict()))["notices"]["records"]["refused"]["first"][0]["line"] == 5


def test_the_same_again_changes_nothing(tmp_path: Path, store: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 4))
    first = ingest(store, "records", [path, path])
    assert first.counts["papers"] == 4
    before = {name: (store / name).stat().st_mtime_ns for name in tree(store)}
    again = ingest(store, "records", [lines(tmp_path / "copy.jsonl", *some(0, 4))])
    assert (again.changed, again.version, again.counts) == (False, first.version, first.counts)
    assert again.known_files == [str(tmp_path / "copy.jsonl")]
    # The list of segments has the name of the copy, which may say something else one day.
    own = (LOCK, f"segments/{first.version}.json")
    after = {name: (store / name).stat().st_mtime_ns for name in tree(store)}
    assert {name: at for name, at in after.items() if name not in own} == {
        name: at for name, at in before.items() if name not in own
    }


def test_what_is_counted_is_told_in_one_order(tmp_path: Path, store: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 3))
    counts = [list(ingest(store, "records", [path]).counts.items()) for _ in range(2)]
    assert counts[0] == counts[1]
    assert [name for name, _ in counts[0]][:3] == ["authors", "papers", "institutions"]


def test_records_without_an_id_are_not_said_to_share_one(tmp_path: Path, store: Path) -> None:
    titled = [{"type": "paper", "title": title, "year": 2001} for title in ("One", "ONE!", "Two", "one")]
    with_id = [{"type": "paper", "title": "One", "year": 2001, "id": "x:1"}] * 2
    report = ingest(store, "records", [lines(tmp_path / "a.jsonl", *titled, *with_id)])
    assert report.merged["paper: same title, year and first author"] == 2
    assert report.merged["paper: same id"] == 1


def test_the_same_input_makes_the_same_snapshot_elsewhere(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 9))
    stores = [tmp_path / name for name in ("one", "two")]
    reports = [ingest(store, "records", [path]) for store in stores]
    assert reports[0].version == reports[1].version
    assert manifest(current(stores[0]))["files"] == manifest(current(stores[1]))["files"]


def test_more_is_added_and_the_one_before_is_kept(tmp_path: Path, store: Path) -> None:
    versions = []
    for i in range(4):
        report = ingest(store, "records", [lines(tmp_path / f"{i}.jsonl", *some(3 * i, 3 * i + 4))])
        versions.append(report.version)
        assert report.counts["papers"] == 3 * i + 4
    assert whole(store)["sources"] == [{"name": "records", "records": 16, "rejected": 0, "refused_files": 0}]
    assert {folder.name for folder in (store / "snapshots").iterdir()} == set(versions[-2:])
    assert len([path for path in (store / "segments").iterdir() if not path.suffix]) == 4


@pytest.mark.parametrize("snapshots", [1, 3])
def test_as_many_snapshots_are_kept_as_are_asked_for(tmp_path: Path, store: Path, snapshots: int) -> None:
    versions, opened = [], []
    for i in range(4):
        path = lines(tmp_path / f"{i}.jsonl", *some(3 * i, 3 * i + 4))
        versions.append(ingest(store, "records", [path], snapshots=snapshots).version)
        opened.append(open_store(current(store)))
    assert {folder.name for folder in (store / "snapshots").iterdir()} == set(versions[-snapshots:])
    assert {path.stem for path in (store / "segments").glob("*.json")} == set(versions[-snapshots:])
    # One that is open goes on being read after its files are gone.
    for i, held in enumerate(opened):
        titles = asyncio.run(held.columns(Kind.PAPER, np.arange(3 * i + 4, dtype=np.int32), ["title"]))[0].to_pylist()
        assert sorted(titles) == sorted(f"t{j}" for j in range(3 * i + 4))


def test_what_is_damaged_is_built_anew(tmp_path: Path, store: Path) -> None:
    a, b = lines(tmp_path / "a.jsonl", *some(0, 4)), lines(tmp_path / "b.jsonl", *some(4, 9))
    ingest(store, "records", [a])
    before = whole(store)
    # The manifest, and with it the order of the segments, is gone; the list beside the segments has it.
    (current(store) / "manifest.json").write_text("{")
    report = ingest(store, "records", [b])
    assert report.healed is not None
    assert "manifest.json cannot be read" in report.healed
    assert whole(store)["counts"]["papers"] == 9
    assert [each["files"] for each in whole(store)["segments"]] == [["a.jsonl"], ["b.jsonl"]]
    (current(store) / "author.arrow").write_bytes(b"")
    report = ingest(store, "records", [a])
    assert (report.changed, report.known_files) == (True, [str(a)])
    assert whole(store)["counts"]["papers"] == 9
    assert ingest(store, "records", [a]).healed is None
    assert whole(store)["version"] != before["version"]


def test_nobody_guesses_what_a_snapshot_was_built_from(tmp_path: Path, store: Path) -> None:
    a = lines(tmp_path / "a.jsonl", *some(0, 4))
    ingest(store, "records", [a])
    (current(store) / "manifest.json").unlink()
    for path in (store / "segments").glob("*.json"):
        path.unlink()
    before = tree(store)
    with pytest.raises(SnapshotDamaged, match=r"manifest\.json cannot be read"):
        ingest(store, "records", [a])
    assert tree(store) == before


def test_nothing_kept_makes_no_snapshot(tmp_path: Path, store: Path) -> None:
    report = ingest(store, "records", [lines(tmp_path / "a.jsonl", {"type": "paper"})])
    assert (report.changed, report.version, report.count(Outcome.REFUSED)) == (False, None, 1)
    with pytest.raises(NoSnapshot):
        current(store)


def test_only_the_first_thousand_rejections_are_kept(tmp_path: Path, store: Path) -> None:
    wrong = {"type": "author", "name": "Ann Roe", "orcid": "0000-0002-1825-0098"}
    report = ingest(store, "records", [lines(tmp_path / "a.jsonl", *["no json"] * 1200, *[wrong] * 1200)])
    assert (report.count(Outcome.REFUSED), len(report.first(Outcome.REFUSED))) == (1200, 1000)
    assert (report.count(Outcome.LEFT_OUT), len(report.first(Outcome.LEFT_OUT))) == (1200, 1000)


def test_members_left_out_are_no_records_refused(tmp_path: Path, store: Path) -> None:
    wrong = {"type": "author", "name": "Ann Roe", "id": "x:ann", "orcid": "0000-0002-1825-0098"}
    report = ingest(store, "records", [lines(tmp_path / "a.jsonl", wrong, {"type": "author"}, wrong | {"id": "x:other"})])
    assert (report.read, report.kept, report.count(Outcome.REFUSED), report.count(Outcome.LEFT_OUT)) == (3, 2, 1, 2)
    reason = "is no ORCID: '0000-0002-1825-0098' should end with 7, if its other digits are right; it is left out"
    assert report.first(Outcome.LEFT_OUT)[0] == Notice("a.jsonl", 1, "orcid", reason, Outcome.LEFT_OUT, source="records")
    written = json.loads((current(store) / "report.json").read_text())["ingest"]
    noted = written["notices"]["records"]
    assert (written["read"], [each["line"] for each in noted["left out"]["first"]]) == (3, [1, 3])
    assert [(outcome, each["count"]) for outcome, tally in noted.items() for each in tally["reasons"]] == [
        ("left out", 2),
        ("refused", 1),
    ]
    # The snapshot counts what it lacks: records.
    assert whole(store)["sources"] == [{"name": "records", "records": 2, "rejected": 1, "refused_files": 0}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("title: is missing: OpenAlex knows none of W4", "title: is missing: OpenAlex knows none of W17"),
        ("A1 is no person: OpenAlex has it", "A5317838346 is no person: OpenAlex has it"),
        ("keywords/learning: Byline keeps works, but no keywords", "keywords/x-2: Byline keeps works, but no keywords"),
        ("authors[3].orcid: is no ORCID: '0-1' ends", 'authors[12].orcid: is no ORCID: "it\'s" ends'),
        ("name: 7 marks behind: 'A 1'", "name: 9 marks behind: 'it's 2'"),
        ("name: that month's id: 'A 1'", "name: that month's id: \"it's\""),
        ("doi: is no DOI and was left out: 'it's \"x\"'", "doi: is no DOI and was left out: 'none'"),
        ("says 3 papers, but 1 follow", "says 1,200 papers, but 15 follow"),
        ("is not JSON: bad (character 1)", "is not JSON: bad (character 12)"),
        ("year: must be at most 9999, not 12000; it is left out", "year: must be at most 9999, not 'x'; it is left out"),
    ],
)
def test_reasons_that_differ_by_what_was_given_are_one(one: str, other: str) -> None:
    first, second = (grouped(Notice("f", 1, *_member_of(text))) for text in (one, other))
    assert first == second
    assert first != grouped(Notice("f", 1, "name", "is empty"))


def test_what_would_be_right_stays_in_a_reason() -> None:
    assert grouped(Notice("f", 1, "year", "must be at least 1, not 0")) == "year: must be at least 1"
    day = Notice("f", 1, "date", "must be a date such as 2016-05-01, not 'May 1'; it is left out")
    assert grouped(day) == "date: must be a date such as 2016-05-01; it is left out"


def _member_of(text: str) -> tuple[str, str]:
    member, _, reason = text.partition(": ")
    return ("", text) if " " in member or "/" in member else (member, reason)


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path, store: Path) -> None:
    a, b = lines(tmp_path / "a.jsonl", *some(0, 4)), lines(tmp_path / "b.jsonl", *some(2, 9))
    report = ingest(store, "records", [a], dry_run=True)
    assert (report.counts["papers"], report.changed, store.exists()) == (4, False, False)
    ingest(store, "records", [a])
    before = tree(store)
    report = ingest(store, "records", [b], dry_run=True)
    assert tree(store) == before
    real = ingest(store, "records", [b])
    assert (report.counts, report.version, report.merged) == (real.counts, real.version, real.merged)


def test_wrong_use(tmp_path: Path, store: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 1))
    with pytest.raises(WrongUse, match="no source 'nowhere'"):
        ingest(store, "nowhere", [path])
    with pytest.raises(WrongUse, match="no option 'year'"):
        ingest(store, "records", [path], options={"year": "1"})
    with pytest.raises(WrongUse, match="no file"):
        ingest(store, "records", [])
    with pytest.raises(SourceFailed, match="not there"):
        ingest(store, "records", [path, tmp_path / "absent.jsonl"])
    with pytest.raises(SourceFailed, match="not a file"):
        ingest(store, "records", [tmp_path])
    assert not store.exists()


def test_a_folder_stands_for_the_files_in_it_that_the_source_reads(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = replace(module.SOURCES["records"], parts=lambda folder: sorted(folder.rglob("part.jsonl")))
    monkeypatch.setitem(module.SOURCES, "records", taking)
    for name, records in (("b", some(0, 3)), ("a", some(3, 5))):
        (tmp_path / "in" / name).mkdir(parents=True)
        lines(tmp_path / "in" / name / "part.jsonl", *records)
        lines(tmp_path / "in" / name / "else.jsonl", "no record")
    report = ingest(store, "records", [tmp_path / "in"])
    assert (report.kept, report.count(Outcome.REFUSED)) == (5, 0)
    assert [segment["files"] for segment in whole(store)["segments"]] == [["a/part.jsonl"], ["b/part.jsonl"]]
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceFailed, match="holds no file that records reads"):
        ingest(store, "records", [tmp_path / "empty"])


def test_a_cut_archive_changes_nothing(tmp_path: Path, store: Path) -> None:
    ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 4))])
    before = tree(store)
    data = gzip.compress("\n".join(json.dumps(each) for each in some(0, 500)).encode())
    (tmp_path / "b.jsonl.gz").write_bytes(data[: len(data) // 2])
    good = lines(tmp_path / "c.jsonl", *some(7, 9))
    with pytest.raises(SourceFailed, match="cut short"):
        ingest(store, "records", [good, tmp_path / "b.jsonl.gz"])
    assert tree(store) == before
    whole(store)


@pytest.mark.parametrize("fill", [True, False])
def test_a_full_disk_leaves_the_last_good_snapshot(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, fill: bool
) -> None:
    if fill:
        ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 4))])
    before = tree(store) if fill else [LOCK]

    def full(facts: object, folder: Path, *_: object) -> None:
        (folder / "half").write_bytes(b"x")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write", full)
    with pytest.raises(StoreFailed, match=r"was not changed: .*no space left"):
        ingest(store, "records", [lines(tmp_path / "b.jsonl", *some(4, 9))])
    assert tree(store) == before


def test_one_ingest_at_a_time(tmp_path: Path, store: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 4))
    ingest(store, "records", [path])
    with (store / LOCK).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy):
            ingest(store, "records", [path])


def test_a_damaged_segment_is_noticed(tmp_path: Path, store: Path) -> None:
    ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 4))])
    (segment,) = (path for path in (store / "segments").iterdir() if not path.suffix)
    (segment / "entry.arrow").write_bytes((segment / "entry.arrow").read_bytes()[:-5])
    version = whole(store)["version"]
    with pytest.raises(SnapshotDamaged, match="segment"):
        ingest(store, "records", [lines(tmp_path / "b.jsonl", *some(4, 9))])
    assert whole(store)["version"] == version


@pytest.mark.parametrize(("format", "message"), [(99, "reads up to"), (1, "any more")])
def test_segments_of_another_format_are_told(tmp_path: Path, store: Path, format: int, message: str) -> None:
    ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 4))])
    (about,) = (store / "segments").glob("*/segment.json")
    about.write_text(json.dumps(json.loads(about.read_text()) | {"format": format}))
    with pytest.raises(StoreFailed, match=message):
        ingest(store, "records", [lines(tmp_path / "b.jsonl", *some(4, 9))])
    about.parent.with_suffix(".jsonl.zst").write_bytes(b"")
    with pytest.raises(StoreFailed, match="earlier Byline"):
        ingest(store, "records", [lines(tmp_path / "b.jsonl", *some(4, 9))])


def test_what_is_not_ours_is_left_alone(tmp_path: Path, store: Path) -> None:
    (store / "snapshots" / "holiday").mkdir(parents=True)
    (store / "segments").mkdir()
    (store / "segments" / "mine.jsonl.zst").write_bytes(b"mine")
    ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 4))])
    assert (store / "snapshots" / "holiday").is_dir()
    assert (store / "segments" / "mine.jsonl.zst").read_bytes() == b"mine"


def test_a_store_that_cannot_be(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *some(0, 1))
    with pytest.raises(StoreFailed):
        ingest(path, "records", [path])


def test_the_sample_is_ingested_once(store: Path) -> None:
    ensure_sample(store)
    about = whole(store)
    assert (about["counts"]["papers"], about["counts"]["authors"], about["counts"]["authorships"]) == (15, 22, 47)
    assert about["sources"] == [{"name": "seed_page", "records": 16, "rejected": 0, "refused_files": 0}]
    ensure_sample(store)
    assert whole(store)["built_at"] == about["built_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", about["built_at"]), "an instant as RFC 3339 has it, in UTC"
    assert SAMPLE.is_file()


CHILD = """
import sys
from pathlib import Path
from byline.data.ingest.ingest import ingest
ingest(Path(sys.argv[1]), "records", [Path(sys.argv[2])])
"""


def run(store: Path, path: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", CHILD, str(store), str(path)], env=environment)


@pytest.mark.long
def test_kill_at_any_moment(tmp_path: Path, store: Path) -> None:
    chance = random.Random(20)
    ingest(store, "records", [lines(tmp_path / "first.jsonl", *some(0, 50))])
    begun = time.monotonic()
    assert run(tmp_path / "measured", lines(tmp_path / "more.jsonl", *some(50, 2000))).wait() == 0
    takes = time.monotonic() - begun
    killed = 0
    for i in range(20):
        before = whole(store)
        path = lines(tmp_path / f"{i}.jsonl", *some(2000 * (i + 1), 2000 * (i + 2)))
        child = run(store, path)
        # The start of Python is most of the time; the second half is where files are written.
        time.sleep(takes * chance.uniform(0.4, 1.0))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        after = whole(store)
        papers = after["counts"]["papers"] - before["counts"]["papers"]
        assert papers == (0 if after["version"] == before["version"] else 2000)
    assert killed >= 5, "hardly any ingest was met while it ran"
    report = ingest(store, "records", [lines(tmp_path / "last.jsonl", *some(10**6, 10**6 + 1))])
    about = whole(store)
    assert report.changed
    assert {folder.name for folder in (store / "snapshots").iterdir()} == {about["version"], about["previous"]}
    held = {path.name for path in (store / "segments").iterdir() if not path.suffix}
    assert held == {each["hash"] for each in about["segments"]}


class Crash(BaseException):
    """The end of the process, as far as an ingest can tell."""


def crash_at(monkeypatch: pytest.MonkeyPatch, stop: int) -> list[str]:
    """From now on the `stop`-th sync or rename, and all that would come after it, do not happen. Answers what was done."""
    done: list[str] = []

    def step(name: str, real: Any, *args: Any) -> Any:
        if len(done) + 1 >= stop:
            raise Crash
        done.append(name)
        return real(*args)

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, partial(step, name, getattr(os, name)))
    calls: list[Path] = []
    cleaned = module.clean
    # A process that ends does not clean behind itself: only the first call, before anything is written, is made.

    def clean(store: Path, snapshots: int) -> None:
        if not calls:
            cleaned(store, snapshots)
        calls.append(store)

    monkeypatch.setattr(module, "clean", clean)
    return done


def crashed(tmp_path: Path, stop: int) -> tuple[str, int]:
    """What a store serves after a crash at a step, and how many steps were done."""
    a, b = lines(tmp_path / "a.jsonl", *some(0, 4)), lines(tmp_path / "b.jsonl", *some(4, 9))
    store = tmp_path / str(stop)
    first = ingest(store, "records", [a]).version
    with pytest.MonkeyPatch.context() as patch:
        done = crash_at(patch, stop)
        try:
            ingest(store, "records", [b])
            state = "whole"
        except Crash:
            state = "before" if whole(store)["version"] == first else "after"
    ingest(store, "records", [b])
    assert whole(store)["counts"]["papers"] == 9
    assert not [name for name in tree(store) if "/." in name or name.startswith(".")]
    return state, len(done)


@pytest.mark.long
def test_a_crash_at_a_sync_or_rename(tmp_path: Path) -> None:
    """The same by design instead of by chance: at the first steps, at the last ones, and at some between them."""
    state, steps = crashed(tmp_path, 10**6)
    assert state == "whole"
    stops = sorted({*range(1, 6), *range(6, steps - 8, 9), *range(steps - 8, steps + 1)})
    outcomes = [crashed(tmp_path, stop)[0] for stop in stops]
    # Of the last three steps (sync, rename, sync of CURRENT) only the last comes after the new snapshot is named.
    assert outcomes == ["before"] * (len(stops) - 1) + ["after"]


def test_another_bound_of_pairs_has_the_snapshot_built_anew(store: Path, tmp_path: Path) -> None:
    """With the same version, since it gives the same answers."""
    file = lines(tmp_path / "a.jsonl", {**some(0, 1)[0], "authors": [{"name": name} for name in ("Ann A", "Bo B", "Cy C")]})
    first = ingest(store, "records", [file])
    assert (first.changed, whole(store)["pairs"]["max_kept_team"]) == (True, 200)
    for pairs, built in ((PairBounds(), False), (PairBounds(2), True), (PairBounds(2), False)):
        report = rebuild(store, pairs=pairs)
        assert (report.changed, report.version) == (built, first.version)
        assert whole(store)["pairs"]["max_kept_team"] == pairs.max_kept_team
    assert not np.load(current(store) / "edges" / "coauthors.targets.npy").size
    assert problems(current(store)) == []


@pytest.mark.parametrize("current_says", [None, "garbage\n", "0123456789abcdef\n"])
@pytest.mark.parametrize("how", ["ingest", "rebuild", "serve"])
def test_a_store_whose_current_is_lost_keeps_all_that_it_has(
    store: Path, tmp_path: Path, current_says: str | None, how: str
) -> None:
    ingest(store, "records", [lines(tmp_path / "a.jsonl", *some(0, 3))])
    ingest(store, "records", [lines(tmp_path / "b.jsonl", *some(3, 5))])
    (store / CURRENT).unlink() if current_says is None else (store / CURRENT).write_text(current_says)
    if how == "ingest":
        report = ingest(store, "records", [lines(tmp_path / "c.jsonl", *some(5, 6))])
        assert report.healed is not None
        assert "CURRENT" in report.healed or str(store) in report.healed
    elif how == "rebuild":
        rebuild(store)
    elif current_says is None:
        ensure_sample(store)
    else:
        rebuild(store)
    assert whole(store)["counts"]["papers"] == (6 if how == "ingest" else 5)
