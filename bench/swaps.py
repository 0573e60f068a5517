"""`python -m bench swaps STORE`: what a server holds while snapshots swap under every kind of query.

A copy of the store is served, and clients ask without a pause (`bench/crowd.py`). Every few seconds a new snapshot folder is
there. Meanwhile the process is looked at ten times a second: how many snapshot folders it has mapped, its open files that are no
connections, and memory of its own.
"""

import asyncio
import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.crowd import CLIENTS, SECONDS, Crowd, endless, requests
from bench.markdown import table
from bench.plots import swaps_plot
from bench.publish import Publisher
from tests.server import serving

_LOOK = 0.1
_MIB = 2**20
_FOLDER = re.compile(r"/snapshots/([0-9a-f]+)/")


@dataclass
class Held:
    """What the process held in the time of one snapshot: at most, in folders and files, and at its end, in MiB."""

    mapped: int = 0
    files: int = 0
    mapped_last: int = 0
    private: float = 0.0
    shared: float = 0.0


@dataclass
class Outcome:
    """All of a run."""

    crowd: Crowd
    held: list[Held] = field(default_factory=list)
    seconds: float = 0.0


def swaps(store: Path, count: int = 50, every: float = 3.0) -> str:
    """Swap so many times; answers the table, and draws the plot."""
    with tempfile.TemporaryDirectory() as folder:
        publisher = Publisher(store, Path(folder))
        publisher.publish()
        bodies = [*requests(publisher.store), *[endless()] * 5]
        with serving(publisher.store, BYLINE_MAX_SECONDS=str(SECONDS), BYLINE_LONG_QUEUE="64") as server:
            outcome = Outcome(Crowd(server.address, bodies))
            asyncio.run(_run(outcome, publisher, server.process.pid, count, every))
    swaps_plot({name: [float(getattr(each, name)) for each in outcome.held] for name in Held.__dataclass_fields__})
    return _shown(outcome)


async def _run(outcome: Outcome, publisher: Publisher, pid: int, count: int, every: float) -> None:
    crowd, done = outcome.crowd, asyncio.Event()
    await crowd.learn()
    await asyncio.to_thread(publisher.publish)
    await asyncio.sleep(1.0)
    await crowd.learn()
    begun = time.monotonic()
    clients = [asyncio.create_task(crowd.ask(seed, done)) for seed in range(CLIENTS)]
    for _ in range(count):
        due = time.monotonic() + every
        await asyncio.to_thread(publisher.publish)
        outcome.held.append(await _watched(pid, due))
    done.set()
    await asyncio.gather(*clients)
    outcome.seconds = time.monotonic() - begun


async def _watched(pid: int, until: float) -> Held:
    held, process = Held(), psutil.Process(pid)
    while True:
        held.mapped_last = len(set(_FOLDER.findall(Path(f"/proc/{pid}/maps").read_text())))
        held.mapped = max(held.mapped, held.mapped_last)
        held.files = max(held.files, _files(pid))
        if time.monotonic() >= until:
            break
        await asyncio.sleep(_LOOK)
    memory = process.memory_full_info()
    held.private, held.shared = memory.uss / _MIB, memory.pss / _MIB
    return held


def _files(pid: int) -> int:
    """Open descriptors that are no sockets."""
    count = 0
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            count += not os.readlink(each).startswith("socket:")
        except OSError:
            continue
    return count


def _shown(outcome: Outcome) -> str:
    crowd, held = outcome.crowd, outcome.held
    codes = ", ".join(f"{count:,} {code}" for code, count in crowd.codes.most_common())
    lines = [f"{sum(crowd.codes.values()):,} requests in {outcome.seconds:.0f} s over {len(held)} swaps: {codes}."]
    lines += [f"{len(crowd.wrong)} wrong answers.", *crowd.wrong[:10]]
    rows = [
        [str(at + 1), str(each.mapped), str(each.mapped_last), str(each.files), f"{each.private:.0f}", f"{each.shared:.0f}"]
        for at, each in enumerate(held)
        if (at + 1) % 5 == 0 or at == 0
    ]
    head = ["swap", "snapshots mapped, at most", "at the end", "open files", "memory of its own, MiB", "with its share of files"]
    return "\n".join(lines) + "\n\n" + table(head, rows)
