"""`python -m bench.faults [RUNS]`: what an ingest and a server do when things break, a line each. Exit code 1 if any failed.

Each fault ends in a clear message and exit code 3, the last good snapshot goes on being served, and the next ingest heals it.
"""

import contextlib
import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.files.layout import MANIFEST, current
from tests.anthology import environment
from tests.server import Server, serving

RUNS = 50
FAILED = 3
_COMMAND = [sys.executable, "-m", "byline"]
_SMALL, _LARGE = 40, 15_000
_DISK = 4 << 20


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it said."""

    code: int
    output: str


def papers(path: Path, start: int, stop: int) -> Path:
    """A file of papers with numbers from `start` to `stop`."""
    records = (
        {"type": "paper", "title": f"Paper {i}", "id": f"x:{i}", "authors": [{"name": f"Ann{i % 50} Roe", "id": f"y:{i % 50}"}]}
        for i in range(start, stop)
    )
    path.write_text("\n".join(map(json.dumps, records)) + "\n")
    return path


def byline(*arguments: str | Path, limit: int | None = None) -> Ended:
    """Run a command to its end; `limit` is the size in bytes from which on the system refuses to let a file grow."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    run = subprocess.run(
        [*_COMMAND, *map(str, arguments)], env=environment(), capture_output=True, text=True, preexec_fn=limited, check=False
    )
    return Ended(run.returncode, run.stdout + run.stderr)


def ingest(store: Path, *files: Path, limit: int | None = None) -> Ended:
    """Ingest files of records."""
    return byline("ingest", "records", *files, "--store", store, limit=limit)


def served(server: Server) -> int:
    """How many papers the server shows: by its snapshot and by a list, which must agree."""
    data = server.ask("{snapshot {paperCount} papers(first: 1) {totalCount nodes {title}}}")
    count = int(data["snapshot"]["paperCount"])
    assert data["papers"]["totalCount"] == count
    return count


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[int | None]:
    """A file system of a few MB under `folder`; where none may be mounted, the size from which on no file may grow."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield None if mounted else 60_000
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def full_disk(folder: Path) -> str:
    """No room is left while the snapshot is written."""
    with small_disk(folder / "disk") as limit:
        store = folder / "disk" / "store"
        assert ingest(store, papers(folder / "a.jsonl", 0, _SMALL)).code == 0
        with serving(store) as server:
            ended = ingest(store, papers(folder / "b.jsonl", _SMALL, _LARGE), limit=limit)
            assert ended.code == FAILED, ended
            assert "no space left" in ended.output.lower() or "file too large" in ended.output.lower(), ended
            assert served(server) == _SMALL
            assert ingest(store, papers(folder / "c.jsonl", _SMALL, _SMALL + 5)).code == 0
            time.sleep(0.1)
            assert served(server) == _SMALL + 5
        assert problems(current(store)) == []
    return ended.output.strip().splitlines()[-1]


def cut_archive(folder: Path) -> str:
    """A .gz file that ends in the middle."""
    store = folder / "store"
    assert ingest(store, papers(folder / "a.jsonl", 0, _SMALL)).code == 0
    data = gzip.compress(papers(folder / "b.jsonl", 50, 2000).read_bytes())
    cut = folder / "b.jsonl.gz"
    cut.write_bytes(data[: len(data) // 2])
    with serving(store) as server:
        ended = ingest(store, cut)
        assert ended.code == FAILED, ended
        assert served(server) == _SMALL
        assert ingest(store, folder / "b.jsonl").code == 0
    return ended.output.strip().splitlines()[-1]


def _flip(snapshot: Path) -> None:
    path = snapshot / "paper.arrow"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    _replace(path, bytes(data))


def _cut(snapshot: Path) -> None:
    path = snapshot / "edges" / "paper_authors.targets.npy"
    _replace(path, path.read_bytes()[:-8])


def _no_manifest(snapshot: Path) -> None:
    _replace(snapshot / MANIFEST, b'{"format": 2, ')


def _gone(snapshot: Path) -> None:
    shutil.rmtree(snapshot)


def _replace(path: Path, data: bytes) -> None:
    """As a disk would have it that gives back other bytes: a server that has the file mapped keeps its own."""
    path.unlink()
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "bytes of a column flipped": _flip,
    "a column file cut": _cut,
    "the manifest damaged": _no_manifest,
    "the snapshot removed": _gone,
}


def damage(folder: Path, how: Callable[[Path], None]) -> str:
    """The current snapshot is damaged under a running server: it stays, `check` tells, the next ingest builds it anew."""
    store = folder / "store"
    first = papers(folder / "a.jsonl", 0, _SMALL)
    assert ingest(store, first).code == 0
    with serving(store) as server:
        how(current(store))
        check = byline("check", "--store", store)
        assert check.code == FAILED, check
        assert served(server) == _SMALL
        # The same file again: nothing is new, and the snapshot is built anew all the same.
        ended = ingest(store, first)
        assert ended.code == 0, ended
        assert "damaged" in ended.output, ended
        time.sleep(0.1)
        assert served(server) == _SMALL
        assert ingest(store, papers(folder / "b.jsonl", _SMALL, _SMALL + 3)).code == 0
        time.sleep(0.1)
        assert served(server) == _SMALL + 3
    assert problems(current(store)) == []
    return check.output.strip().splitlines()[0]


def future_format(folder: Path) -> str:
    """A newer Byline has written the snapshot: it is left alone, and the server keeps the one that it has."""
    store = folder / "store"
    assert ingest(store, papers(folder / "a.jsonl", 0, _SMALL)).code == 0
    with serving(store) as server:
        path = current(store) / MANIFEST
        _replace(path, json.dumps(json.loads(path.read_bytes()) | {"format": 999}).encode())
        os.utime(store / "CURRENT")
        for ended in (ingest(store, papers(folder / "b.jsonl", 50, 60)), byline("check", "--store", store)):
            assert ended.code == FAILED, ended
            assert "format 999" in ended.output, ended
            assert "update Byline" in ended.output, ended
        assert served(server) == _SMALL
    return ended.output.strip().splitlines()[-1]


def kills(folder: Path, runs: int = RUNS) -> str:
    """kill -9 at random moments of an ingest: CURRENT names a whole snapshot, the one before or the one after."""
    store, chance = folder / "store", random.Random(50)
    assert ingest(store, papers(folder / "first.jsonl", 0, _SMALL)).code == 0
    begun = time.monotonic()
    assert ingest(folder / "measured", papers(folder / "more.jsonl", 0, 2000)).code == 0
    takes, met, count, after = time.monotonic() - begun, 0, _SMALL, 0
    with serving(store) as server:
        for i in range(runs):
            path = papers(folder / f"{i}.jsonl", 10_000 * (i + 1), 10_000 * (i + 1) + 500)
            child = subprocess.Popen(
                [*_COMMAND, "ingest", "records", str(path), "--store", str(store)],
                env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            # The start of Python is most of the time; the second half is where files are written.
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(takes * chance.uniform(0.3, 1.0))
            child.send_signal(signal.SIGKILL)
            met += child.wait() == -signal.SIGKILL
            assert (wrong := problems(current(store))) == [], wrong
            about = json.loads((current(store) / MANIFEST).read_bytes())
            shown = about["counts"]["papers"]
            assert shown in (count, count + 500), (count, shown)
            after, count = after + (shown != count), shown
            time.sleep(0.1)
            assert served(server) == count
    assert met, "no ingest was met while it ran"
    assert ingest(store, papers(folder / "last.jsonl", 10**7, 10**7 + 1)).code == 0
    return f"{runs} kills, {met} of them in time; {after} new snapshots were whole, {runs - after} times the one before stayed"


def faults(runs: int) -> Iterator[tuple[str, Callable[[Path], str]]]:
    """Every fault by name."""
    yield "disk full", full_disk
    yield "a .gz cut short", cut_archive
    for name, how in DAMAGES.items():
        yield name, lambda folder, how=how: damage(folder, how)  # type: ignore[misc]
    yield "a future format", future_format
    yield "kill -9", lambda folder: kills(folder, runs)


def main() -> None:
    """Run all of them."""
    failed = 0
    for name, fault in faults(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS):
        with tempfile.TemporaryDirectory() as folder:
            try:
                outcome: Any = fault(Path(folder))
            except AssertionError as error:
                failed, outcome = failed + 1, f"FAILED: {error}"
        print(f"{name:<28}{outcome}", flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
