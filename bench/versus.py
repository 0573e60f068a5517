"""`python -m bench peers`: Byline and its peers on the same graph, all up at once, loaded in turn."""

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import equal, load, machine, setup
from bench.contenders import MAKERS
from bench.notes import log, save
from bench.peers.static import RECORDED
from bench.places import QUERIES
from bench.servers import Server
from bench.tables import read_variables

# Seconds that each server is asked each query before anything is timed: compilers need some of them.
_WARM = 2.5


@contextmanager
def running(servers: Sequence[Server]) -> Iterator[None]:
    """All servers up; all stopped at the end, whatever happens."""
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.stop)
            server.start()
            log(f"{server.name} is up")
        yield


def record(server: Server, queries: Sequence[str]) -> None:
    """Keep a running server's answers for the static one."""
    answers: dict[bytes, bytes] = {}
    for query in queries:
        bodies = server.bodies(query, read_variables()[query])
        answers.update(zip(bodies, server.ask(bodies), strict=True))
    RECORDED.write_bytes(pickle.dumps(answers))
    log(f"{len(answers)} answers recorded")


def measure(servers: Sequence[Server], queries: Sequence[str], rounds: int, seconds: float) -> list[dict[str, Any]]:
    """Every server and query once a round, the order of the servers turned by one each time."""
    runs, turn = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for server in servers:
            for query in queries:
                bodies = server.bodies(query, read_variables()[query])
                load.write_requests(Path(folder) / f"{server.name}.{query}", server.port, bodies)
                load.warm(server, bodies, _WARM)
        for number in range(rounds):
            for query in queries:
                turn += 1
                for place in range(len(servers)):
                    server = servers[(place + turn) % len(servers)]
                    run = load.run(server, Path(folder) / f"{server.name}.{query}", 1, seconds)
                    runs.append({"round": number, "server": server.name, "query": query} | vars(run))
                    times = f"p50 {run.p50:8.3f} ms  cpu {run.cpu:8.3f} ms"
                    log(f"{number} {query} {server.name:13} {times}  others {run.foreign:.2f}")
    return runs


def peers(names: Sequence[str] = tuple(MAKERS), queries: Sequence[str] = QUERIES, rounds: int = 3, seconds: float = 3.0) -> None:
    """Run the comparison and keep what it found."""
    setup.everything()
    byline = MAKERS["byline"]()
    others = [MAKERS[name]() for name in names if name not in ("byline", "static")]
    with running([byline]):
        record(byline, queries)
        if "static" in names:
            others.append(MAKERS["static"]())
        with running(others):
            everyone = [*others, byline]
            differences = equal.differences([byline, *others], queries)
            log("differences: " + ("; ".join(differences) or "none"))
            runs = measure(everyone, queries, rounds, seconds)
            memory = {server.name: machine.memory_of(server.pids) for server in everyone}
    save(
        "peers",
        {
            "servers": {server.name: server.label for server in everyone},
            "rounds": rounds,
            "seconds": seconds,
            "differences": differences,
            "memory": memory,
            "runs": runs,
        },
    )
