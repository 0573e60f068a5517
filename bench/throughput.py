"""`python -m bench throughput`: several connections and processes, and a small query beside a large one."""

import tempfile
from pathlib import Path
from typing import Any

from bench import byline, load, tables
from bench.notes import log, save
from bench.servers import Server
from bench.tables import read_variables

WORKERS = (1, 2)
CONNECTIONS = (16, 256)
QUERIES = ("Q1", "Q2", "Q5")
# A query of some 26,000 objects beside which a small one is timed.
LARGE, SMALL = "Q3", "Q1"


def throughput(seconds: float = 4.0) -> None:
    """Measure both and keep what was found."""
    load.build()
    tables.ensure()
    runs, beside = [], []
    for workers in WORKERS:
        server = byline.server(f"workers-{workers}", offset=30 + workers, workers=workers)
        try:
            server.start()
            with tempfile.TemporaryDirectory() as folder:
                runs += crowd(server, Path(folder), workers, seconds)
                if workers == 1:
                    beside = neighbours(server, Path(folder), seconds)
        finally:
            server.stop()
    save("throughput", {"runs": runs, "beside": beside, "large": LARGE, "small": SMALL})


def crowd(server: Server, folder: Path, workers: int, seconds: float) -> list[dict[str, Any]]:
    """Requests a second and times at several connections."""
    runs = []
    for query in QUERIES:
        path = folder / query
        bodies = server.bodies(query, read_variables()[query])
        load.write_requests(path, server.port, bodies)
        load.warm(server, bodies, 1)
        for connections in CONNECTIONS:
            run = load.run(server, path, connections, seconds)
            runs.append({"workers": workers, "query": query, "connections": connections} | vars(run))
            what = f"{workers} workers {query} {connections:3} connections"
            log(f"{what}: {run.per_second:8.0f}/s p50 {run.p50:.2f} p99 {run.p99:.2f} ms")
    return runs


def neighbours(server: Server, folder: Path, seconds: float) -> list[dict[str, Any]]:
    """The small query's times alone, and beside one connection that asks the large query without a pause."""
    small, large = folder / "small", folder / "large"
    load.write_requests(small, server.port, server.bodies(SMALL, read_variables()[SMALL]))
    load.write_requests(large, server.port, server.bodies(LARGE, read_variables()[LARGE]))
    runs = []
    for beside in (False, True):
        other = load.start(server.port, 1, seconds + 1, large) if beside else None
        run = load.read(load.start(server.port, 1, seconds, small).communicate(timeout=seconds + 120)[0])
        row = {"beside": beside} | vars(run)
        if other:
            row["large_p50"] = load.read(other.communicate(timeout=seconds + 120)[0]).p50
        runs.append(row)
        log(f"{'beside' if beside else 'alone'}: p50 {run.p50:.2f} p99 {run.p99:.2f} longest {run.longest:.2f} ms")
    return runs
