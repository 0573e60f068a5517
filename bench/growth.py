"""`python -m bench.growth [--seconds N] STORE…`: what serving costs by the size of the graph; writes docs/scale.svg and prints
a table. After so many seconds no further query of the corpus is asked of a store.

For each store: how long opening takes, the p50 of an author's page, the private memory before and after the whole query corpus
and its peak meanwhile, and how long the slowest query took. Pages are asked of all servers in turn, so that the machine's other
work falls on all alike. Memory is what no file stands behind (RssAnon): pages of mapped files are the system's to take back.
"""

import argparse
import asyncio
import http.client
import json
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.machine import own_memory
from bench.places import DOCS, HERE
from bench.plots import _pyplot
from byline.graph.model import COLUMNS, LETTERS, Kind
from byline.graph.request import All, Compare, Op, Order, Page, Select
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store
from tests.queries import pools
from tests.queries.corpus import corpus, resolve
from tests.server import Server, serving

# Seconds after which a connection is made anew: servers hang up on one that nobody uses.
IDLE = 2.0
# People whose pages are asked for, and how many papers such a person has: pages of one length at every size of the graph.
PEOPLE, PAPERS, ROUNDS = 60, (10, 20), 4
_HEAD = 300
_BY_NAME = (HERE / "queries" / "byline" / "page.graphql").read_text()
PAGE = _BY_NAME.replace("$name: String!", "$id: ID!").replace("name: $name", "id: $id")


@dataclass
class Point:
    """What was measured of one store; times in ms, memory in bytes."""

    folder: Path
    papers: int
    disk: int
    # Seconds of all stages of the build, and the most memory of any, mapped files included.
    built: float = 0.0
    build_peak: int = 0
    open: float = 0.0
    pages: list[float] = field(default_factory=list)
    cpu: float = 0.0
    idle: int = 0
    after: int = 0
    peak: int = 0
    # The query in which the peak was reached, and how many of the corpus were asked.
    largest: str = ""
    queries: int = 0
    slowest: tuple[float, str] = (0.0, "")
    failed: list[str] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """Median of the author's page."""
        return statistics.median(self.pages)

    @property
    def page_cpu(self) -> float:
        """Mean CPU of a page."""
        return self.cpu / max(len(self.pages), 1) * 1e3


def opened(folder: Path) -> tuple[Point, ColumnarStore]:
    """Open a store five times; the best counts, since other work can only make it slower."""
    times, store = [], None
    for _ in range(5):
        begun = time.perf_counter()
        store = open_store(current(folder))
        times.append((time.perf_counter() - begun) * 1e3)
    assert store is not None
    about, report = (json.loads((current(folder) / f"{name}.json").read_bytes()) for name in ("manifest", "report"))
    stages = report["ingest"]["stages"].values()
    point = Point(folder, store.size(Kind.PAPER), sum(each["bytes"] for each in about["files"].values()))
    point.open, point.built = min(times), sum(each["seconds"] for each in stages)
    point.build_peak = int(max((each["peak_bytes"] for each in stages), default=0))
    return point, store


async def people(store: ColumnarStore) -> list[str]:
    """Ids of people with as many papers as asked for, picked over the whole graph."""
    low, high = PAPERS
    some = All((Compare("paper_count", Op.GTE, low), Compare("paper_count", Op.LTE, high)))
    page = await store.find(Kind.AUTHOR, Select(some, (Order("name_fold"),)))
    rows = np.random.default_rng(1).choice(page.rows, min(PEOPLE, len(page.rows)), replace=False).astype(np.int32)
    (ids,) = await store.values(Kind.AUTHOR, rows, ["id"])
    return [str(each) for each in ids]


async def heads(store: ColumnarStore) -> pools.Pools:
    """What queries can name, from the heads of the root lists: the corpus takes its values near them."""
    nodes = {}
    for kind in LETTERS:
        by = pools._RANK.get(kind)
        order = (Order(by, descending=True),) if by else (Order("code"),)
        rows = np.asarray((await store.find(kind, Select(order=order, page=Page(first=_HEAD)))).rows, np.int32)
        names = [column.name for column in COLUMNS[kind]]
        columns = await store.values(kind, rows, names)
        nodes[kind] = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    return pools.Pools(nodes)


class Client:
    """One connection to a server, kept."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=600)
        self._last = 0.0

    def ask(self, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        """Milliseconds until the whole answer was there, and the answer."""
        data = json.dumps(body)
        if time.monotonic() - self._last > IDLE:
            self._connection.close()
        begun = time.perf_counter()
        self._connection.request("POST", "/graphql", data, {"content-type": "application/json"})
        answer = self._connection.getresponse().read()
        self._last = time.monotonic()
        return (time.perf_counter() - begun) * 1e3, json.loads(answer)


@contextmanager
def watched(pid: int, point: Point) -> Iterator[None]:
    """The largest private memory of a process meanwhile, looked at every 10 ms."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            point.peak = max(point.peak, own_memory(pid)[0])

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def ask_corpus(client: Client, store: ColumnarStore, point: Point, seconds: float) -> None:
    """Every query of the corpus, on values of this graph, until the time is over."""
    pools._READ[store] = asyncio.run(heads(store))
    end = time.monotonic() + seconds
    for case in corpus():
        if time.monotonic() > end:
            break
        before = point.peak
        variables = json.loads(json.dumps(resolve(case, store), default=str))
        took, answer = client.ask({"query": case.text, "variables": variables, "operationName": case.operation_name})
        point.slowest = max(point.slowest, (took, case.name))
        point.queries += 1
        point.largest = case.name if point.peak > before else point.largest
        codes = [error.get("extensions", {}).get("code") for error in answer.get("errors", ())]
        if "INTERNAL" in codes or ("errors" not in answer and "data" not in answer):
            point.failed.append(case.name)


def measure(folders: Sequence[Path], seconds: float) -> list[Point]:
    """All stores, smallest first; the servers run side by side while pages are asked, one after the other for the corpus."""
    stores = sorted((opened(folder) for folder in folders), key=lambda pair: pair[0].papers)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(point.folder)) for point, _ in stores]
        clients = [Client(server) for server in servers]
        ids_of_store = [asyncio.run(people(store)) for _, store in stores]
        for turn in range(ROUNDS + 1):
            for place in range(PEOPLE):
                for (point, _), client, ids, server in zip(stores, clients, ids_of_store, servers, strict=True):
                    before = sum(psutil.Process(server.process.pid).cpu_times()[:2])
                    took, answer = client.ask({"query": PAGE, "variables": {"id": ids[place % len(ids)]}})
                    assert answer["data"]["author"]["papers"]["nodes"], answer
                    if turn:
                        point.pages.append(took)
                        point.cpu += sum(psutil.Process(server.process.pid).cpu_times()[:2]) - before
        for (point, store), client, server in zip(stores, clients, servers, strict=True):
            pid = server.process.pid
            point.idle = own_memory(pid)[0]
            with watched(pid, point):
                ask_corpus(client, store, point, seconds)
            point.after = own_memory(pid)[0]
    return [point for point, _ in stores]


def table(points: Sequence[Point]) -> str:
    """What was measured, as Markdown."""
    names = (
        "papers",
        "on the disk",
        "open",
        "author page p50",
        "CPU a page",
        "private memory before",
        "after the corpus",
        "peak",
    )
    rows = [f"| {' | '.join(names)} | reached in | asked | slowest query |", f"|{' ---: |' * len(names)} --- | ---: | --- |"]
    for each in points:
        cells = [
            f"{each.papers:,}",
            f"{each.disk / 2**30:.2f} GiB",
            f"{each.open:.0f} ms",
            f"{each.p50:.2f} ms",
            f"{each.page_cpu:.2f} ms",
            *(f"{size / 2**20:,.0f} MiB" for size in (each.idle, each.after, each.peak)),
            each.largest,
            str(each.queries),
            f"{each.slowest[0] / 1e3:.2f} s, {each.slowest[1]}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def plot(points: Sequence[Point]) -> Path | None:
    """What building and serving cost by the number of papers."""
    pyplot = _pyplot()
    if pyplot is None:
        return None
    figure, axes = pyplot.subplots(2, 3, figsize=(12, 7), layout="constrained")
    (built, memory, disk), (page, opening, private) = axes
    sizes = [point.papers for point in points]
    built.plot(sizes, [point.built / 60 for point in points], "o-")
    built.set(title="Building, all stages", ylabel="minutes", yscale="log")
    memory.plot(sizes, [point.build_peak / 2**30 for point in points], "o-")
    memory.set(title="Most memory while building, mapped files too", ylabel="GiB", ylim=(0, None))
    disk.plot(sizes, [point.disk / 2**30 for point in points], "o-")
    disk.set(title="On the disk", ylabel="GiB", yscale="log")
    page.plot(sizes, [point.p50 for point in points], "o-", label="p50")
    page.plot(sizes, [point.page_cpu for point in points], "s--", label="CPU")
    page.set(title="An author's page", ylabel="ms", ylim=(0, None))
    opening.plot(sizes, [point.open for point in points], "o-")
    opening.set(title="Opening a snapshot", ylabel="ms", ylim=(0, None))
    private.plot(sizes, [point.peak / 2**20 for point in points], "o-", label="peak in the corpus")
    if all(point.after for point in points):
        private.plot(sizes, [point.after / 2**20 for point in points], "s--", label="after it")
    private.set(title="Private memory of the server", ylabel="MiB", ylim=(0, None))
    for each in axes.flat:
        each.set(xscale="log", xlabel="papers")
    page.legend(frameon=False)
    private.legend(frameon=False)
    path = DOCS / "scale.svg"
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    return path


def main() -> None:
    """Measure the stores that are named."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for the corpus, on each store (no end)")
    parser.add_argument("stores", nargs="+", type=Path)
    args = parser.parse_args()
    points = measure(args.stores, args.seconds)
    if plot(points) is None:
        print("no plot was drawn: it needs matplotlib (make bench installs it)\n")
    print(table(points))
    for point in points:
        if point.failed:
            print(f"{point.papers:,} papers: failed: {', '.join(point.failed)}")


if __name__ == "__main__":
    main()
