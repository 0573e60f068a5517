"""Paired bursts: two servers asked the same in turn on one core, by the CPU of each, over many starts of both.

One start of a process may be a fifth slower than the next of the same code: hash seeds and addresses decide what shares lines of
its caches. So both are started often, each time with the same seed and without random addresses, and a start gives one ratio.
"""

import os
import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench import load
from bench.connection import Connection
from bench.notes import log
from bench.servers import Server

# CPU seconds of a burst: short beside what changes on the machine, long beside a server's ticks.
_BURST = 0.03


@dataclass(frozen=True)
class Load:
    """The bodies that both sides are asked, in turn; `whole` where they are so unlike that a burst asks all of them."""

    bodies: Sequence[bytes]
    whole: bool = False


@dataclass
class _Side:
    """A server at work: its connection, the requests of a query, and the place of the next one."""

    server: Server
    connection: Connection
    requests: Sequence[bytes] = ()
    at: int = 0

    def burst(self, count: int) -> float:
        """Ask so many; CPU milliseconds a request."""
        # A long burst of the other side may have been longer than a connection may be idle.
        self.connection.renew()
        before = self.server.exact_cpu()
        for _ in range(count):
            self.connection.ask(self.requests[self.at % len(self.requests)])
            self.at += 1
        return (self.server.exact_cpu() - before) / count * 1e3


def measure(servers: Sequence[Server], loads: Mapping[str, Load], starts: int, rounds: int) -> list[dict[str, Any]]:
    """Of each start and query the CPU of a request on both servers, in ms, and how many times the first takes the second's."""
    runs = []
    for number in range(starts):
        with _started(servers, number) as sides:
            for query, each in loads.items():
                pairs = _pairs(sides, each, rounds)
                old, new = (median(side) for side in zip(*pairs, strict=True))
                ratio = median(first / second for first, second in pairs)
                runs.append({"start": number, "query": query, "old": old, "new": new, "ratio": ratio})
            log(f"start {number}: " + "  ".join(f"{run['query']} {run['ratio']:.3f}" for run in runs[-len(loads) :]))
    return runs


@contextmanager
def _started(servers: Sequence[Server], seed: int) -> Iterator[list[_Side]]:
    """Both servers up on the last core, of the same seed; this process stays on the others."""
    cores = sorted(os.sched_getaffinity(0))
    with ExitStack() as stack:
        stack.callback(os.sched_setaffinity, 0, cores)
        os.sched_setaffinity(0, cores[-1:])
        for server in servers:
            server.env = {**server.env, "PYTHONHASHSEED": str(seed + 1)}
            stack.callback(server.stop)
            server.start()
        os.sched_setaffinity(0, cores[:-1] or cores)
        yield [_Side(server, stack.enter_context(Connection(server.port))) for server in servers]


def _pairs(sides: Sequence[_Side], asked: Load, rounds: int) -> list[tuple[float, float]]:
    """CPU of a request on each side, burst by burst, the order turned each time."""
    for side in sides:
        side.requests = [load.request(side.server.port, body) for body in asked.bodies]
        side.at = 0
    # All of them once, so that what is kept of nodes is kept, and the interpreter knows its way.
    cost = max(side.burst(len(side.requests)) for side in sides) / 1e3
    count = max(2, round(_BURST / cost))
    if asked.whole:
        count = max(1, round(count / len(asked.bodies))) * len(asked.bodies)
    for side in sides:
        side.burst(count)
    pairs = []
    for turn in range(rounds):
        order = (0, 1) if turn % 2 else (1, 0)
        took = {place: sides[place].burst(count) for place in order}
        pairs.append((took[0], took[1]))
    return pairs


def without_random_addresses(server: Server) -> None:
    """Let a server be started with the same addresses each time, where the system can do that."""
    if setarch := shutil.which("setarch"):
        server.commands = [[setarch, platform.machine(), "-R", *command] for command in server.commands]
