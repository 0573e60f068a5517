"""`python -m bench network STORE…`: steps among coauthors, beside NetworkX and igraph on the same graph in the same run.

Each contender is asked each question in turn. Times are of this process's CPU, since other work may share the machine; those of
the wall stand beside them in the results.
"""

import random
import time
import warnings
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.network_others import MOST, Igraph, NetworkX
from bench.notes import log, save
from byline.graph.model import COAUTHORS, COLLABORATORS, Kind
from byline.graph.network.drawing import draw
from byline.graph.network.members import Around, around
from byline.graph.request import Hop, Order, Page, Route, Select, Window
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store

_BUSIEST = Select(order=(Order("shared_count", True, True),), page=Page(first=20), values=("shared_count",), total=True)
Task = Callable[[Any], Any]


class Ours:
    """Byline's store, asked as a plan asks it."""

    def __init__(self, store: ColumnarStore) -> None:
        self.store = store

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What a plan's `await` costs: this store never waits."""
        try:
            work.send(None)
        except StopIteration as done:
            return done.value
        raise AssertionError("the store waited")

    def two_steps(self, pair: tuple[int, int]) -> int:
        """The 20 busiest people two steps away, with counts and the total."""
        listed = self._run(self.store.expand(Hop(COLLABORATORS, None, 2), np.array(pair[:1], np.int32), _BUSIEST))
        return int(listed.totals[0])

    two_steps_uncounted = two_steps

    def path(self, pair: tuple[int, int]) -> int:
        """The shortest path, of equally short ones the strongest."""
        return self._first(pair, Route())

    all_paths = any_path = path

    def three_paths(self, pair: tuple[int, int]) -> int:
        """The three first paths by steps, then by strength."""
        return self._first(pair, Route(limit=3))

    def path_of_a_window(self, pair: tuple[int, int]) -> int:
        """The same as `path` through papers since 2015 of at most 25 authors; no other has papers to choose."""
        return self._first(pair, Route(Window(2015, None, 25)))

    def _first(self, pair: tuple[int, int], route: Route) -> int:
        """How many people are on the first path."""
        paths = self._run(self.store.paths(np.array([pair], np.int32), route))
        return int(paths.people[1]) if len(paths.people) > 1 else 0

    def weighted(self, pair: tuple[int, int]) -> int:
        return len(self._run(self.store.paths(np.array([pair], np.int32), Route(weighted=True))).rows)

    def network(self, pair: tuple[int, int]) -> int:
        """A circle of 200 people with every figure."""

        async def drawn() -> int:
            members = await around(self.store, np.array(pair[:1], np.int32), Around(2, None, MOST))
            (drawing,) = await draw(self.store, members, None)
            return len((drawing.cluster, drawing.betweenness, drawing.x, drawing.y)[0])

        return int(self._run(drawn()))


TASKS = {
    "two_steps": 100,
    "two_steps_uncounted": 100,
    "path": 60,
    "any_path": 60,
    "path_of_a_window": 30,
    "network": 5,
    "weighted": 5,
    "three_paths": 12,
    "all_paths": 9,
}
# Seconds that one contender may take for a task; then it is asked no further.
ENOUGH = 10.0
# A question that took no more milliseconds is asked again at once, with all that it reads in the caches.
QUICK = 50.0


def network(stores: list[Path], seed: int = 7) -> None:
    """Measure every task on every store, the contenders in turn on each question."""
    by_store = {}
    for folder in stores:
        store = open_store(current(folder))
        _touch(store)
        by_store[folder.name] = {"counts": dict(store.info.counts), **_measured(store, random.Random(seed))}
    save("network", {"stores": by_store})


def _touch(store: ColumnarStore) -> None:
    """Read every page of what the questions read once, as a server that has run for a while has: the others built theirs here."""
    csr = store.csr[COAUTHORS.name]
    for array in (csr.offsets, csr.targets, *store.edge_values[COAUTHORS.name].values()):
        array.sum()


def _measured(store: ColumnarStore, draw: random.Random) -> dict[str, Any]:
    warnings.filterwarnings("ignore", "Couldn't reach some vertices")
    size = store.size(Kind.AUTHOR)
    contenders: dict[str, Any] = {"byline": Ours(store)}
    for name, make in (("igraph", Igraph), ("networkx", NetworkX)):
        started = time.perf_counter()
        contenders[name] = make(store)
        log(f"{name}: {size} people, {len(store.coauthors) // 2} pairs in {time.perf_counter() - started:.1f} s")
    degrees = store.coauthors.lengths(np.arange(size, dtype=np.int32))
    people, busy = np.flatnonzero(degrees), np.flatnonzero((degrees >= MOST // 4) & (degrees < 5 * MOST))
    figures: dict[str, Any] = {"people": size, "pairs": len(store.coauthors) // 2}
    for task, questions in TASKS.items():
        among = (busy if task == "network" else people).tolist()
        pairs = [tuple(draw.choices(among, k=2)) for _ in range(questions)]
        figures[task] = _task(contenders, task, pairs)
        log(f"{task}: " + ", ".join(f"{name} {value:g}" for name, value in figures[task].items()))
    return figures


def _task(contenders: Mapping[str, Any], task: str, pairs: list[tuple[int, ...]]) -> dict[str, float]:
    """Medians of milliseconds: of CPU, of CPU when asked again at once, by the wall; how many were asked; and how many times as
    much CPU the others take."""
    able = {name: contender for name, contender in contenders.items() if hasattr(contender, task)}
    spent: dict[str, list[_Times]] = {name: [] for name in able}
    for warm in pairs[:2]:
        getattr(contenders["byline"], task)(warm)
    for pair in pairs:
        answers = {}
        for name, contender in able.items():
            if sum(times.cpu for times in spent[name]) < ENOUGH * 1e3:
                answers[name], times = _timed(getattr(contender, task), pair)
                spent[name].append(times)
        assert task == "weighted" or len(set(answers.values())) <= 1, (task, pair, answers)
    medians: dict[str, float] = {}
    for name, times in spent.items():
        medians[name] = round(median(each.cpu for each in times), 4)
        medians[f"{name} again"] = round(median(each.again for each in times), 4)
        medians[f"{name} wall"] = round(median(each.wall for each in times), 4)
        medians[f"{name} asked"] = len(times)
    return medians | {f"{name}/byline": round(medians[name] / medians["byline"], 2) for name in able if name != "byline"}


@dataclass(frozen=True)
class _Times:
    """Milliseconds of one question."""

    cpu: float
    again: float
    wall: float


def _timed(ask: Task, pair: tuple[int, ...]) -> tuple[Any, _Times]:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask(pair)
    first, passed = (time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3
    cpu = time.process_time()
    if first < QUICK:
        ask(pair)
    return answer, _Times(first, (time.process_time() - cpu) * 1e3 if first < QUICK else first, passed)
