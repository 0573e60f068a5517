"""`python -m bench size`: what an answer costs as it grows from ten objects to a million, in CPU and in memory."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from bench import byline, load, machine, tables
from bench.equal import objects, plain
from bench.notes import log, save
from bench.servers import Server
from bench.tables import read_variables

# Authors asked for, papers of each, papers of each of their authors: one shape, growing a hundred thousand times.
STEPS = (
    (1, 1, 1),
    (1, 2, 2),
    (1, 5, 4),
    (1, 8, 8),
    (2, 12, 8),
    (5, 15, 8),
    (10, 20, 10),
    (20, 25, 12),
    (50, 30, 14),
    (100, 40, 16),
    (100, 60, 24),
    (100, 60, 45),
    (100, 90, 60),
)
# Room for the largest step; an operator would have to give it, too.
SETTINGS = {"BYLINE_MAX_PAGE": "1000", "BYLINE_MAX_OBJECTS": "1000000000000"}
_LARGEST = 1_000_000


def size(seconds: float = 2.0) -> None:
    """Ask ever larger answers, the sizes in turn; each is asked again until the seconds are over."""
    load.build()
    tables.ensure()
    server = byline.server("size", offset=20, settings=SETTINGS)
    points = []
    try:
        server.start()
        server.ask(server.bodies("grow-size", variables(STEPS[0])))
        idle, _ = machine.own_memory(server.pids[0])
        with tempfile.TemporaryDirectory() as folder:
            for step in STEPS:
                point = measure(server, variables(step), Path(folder) / "requests", seconds, idle)
                points.append(point)
                log(
                    f"{point['objects']:>9,.0f} objects {point['bytes'] / 1e6:8.3f} MB  cpu {point['cpu']:9.3f} ms  "
                    f"p50 {point['p50']:9.3f} ms  memory {point['peak'] / 1e6:8.1f} MB"
                )
                if point["objects"] >= _LARGEST:
                    break
    finally:
        server.stop()
    save("size", {"points": points, "fit": fit(points)})


def variables(step: Sequence[int]) -> list[Mapping[str, Any]]:
    """A few variable sets of one size."""
    people, papers, inner = step
    people_ids = [each["id"] for each in read_variables()["prolific"]]
    return [{"ids": people_ids[start : start + people], "first": papers, "some": inner} for start in (0, 100, 200, 300)]


def measure(server: Server, variables: Sequence[Mapping[str, Any]], path: Path, seconds: float, idle: int) -> dict[str, float]:
    """CPU-ms and p50 of an answer, its objects and bytes, and by how much memory rose above the idle server's meanwhile."""
    bodies = server.bodies("grow-size", variables)
    (pid,) = server.pids
    machine.reset_peak(pid)
    answers = server.ask(bodies)
    peak = machine.own_memory(pid)[1] - idle
    counts = [objects(plain(orjson.loads(answer)["data"])) for answer in answers]
    length = sum(map(len, answers)) / len(answers)
    del answers
    load.write_requests(path, server.port, bodies)
    run = load.run(server, path, 1, seconds)
    return {
        "objects": sum(counts) / len(counts),
        "bytes": length,
        "cpu": run.cpu,
        "p50": run.p50,
        "peak": max(0, peak),
        "answers": run.answers,
    }


def fit(points: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The line through the points: fixed ms, µs an object; relative errors count alike at both ends."""
    sizes = np.array([point["objects"] for point in points])
    costs = np.array([point["cpu"] for point in points])
    rows = np.stack([np.ones_like(sizes), sizes], axis=1) / costs[:, None]
    (fixed, each), *_ = np.linalg.lstsq(rows, np.ones_like(costs), rcond=None)
    expected = fixed + each * sizes
    worst = float(np.max(np.maximum(expected / costs, costs / expected)))
    slope = np.polyfit(np.log(sizes[-5:]), np.log(costs[-5:]), 1)[0]
    return {"fixed_ms": float(fixed), "us_an_object": float(each * 1e3), "worst_factor": worst, "exponent": float(slope)}
