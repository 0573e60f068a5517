"""`python -m bench again STORE`: what no plan answers, a hundred thousand times: does a server keep anything of it?

Over connections that are kept, by several senders: a field that is not there, an introspection, a slip of the pen, the last two
also as documents that were never seen, and now and then each of them with 1 MB of variables.
"""

import http.client
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.abuse_requests import body
from bench.beside import PATIENCE
from bench.markdown import table
from tests.server import Server, serving

SENDERS = 4
# Every so many requests have long variables, of so many characters.
_LONG_EVERY, _LONG = 250, 1_000_000
_HEADERS = {"content-type": "application/json"}
_MIB = 2**20
_SAME = [
    body("query ($a: String) { nothing }"),
    body("{ __schema { queryType { name } } }"),
    body("{ papers { nodes { titel } } }"),
]


@dataclass
class Measured:
    """Memory of its own that the server has, in MiB, after so many requests, and what was answered."""

    memory: list[tuple[int, float]] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def bodies() -> Iterator[bytes]:
    """What is sent, without an end."""
    for number in itertools.count():
        long = {"a": "x" * _LONG} if number % _LONG_EVERY == 0 else {}
        match number % 5:
            case 3:
                yield body(f"query ($a: String) {{ __schema {{ n{number}: queryType {{ name }} }} }}", **long)
            case 4:
                yield body(f"query ($a: String) {{ papers {{ nodes {{ titel{number} }} }} }}", **long)
            case same:
                yield body("query ($a: String) { nothing }", **long) if long else _SAME[same]


def sent(server: Server, times: int, every: int) -> Measured:
    """Send so many; memory is looked at before them, and after every so many, which count from the first look."""
    measured, requests, process = Measured(), bodies(), psutil.Process(server.process.pid)
    port = int(server.address.rpartition(":")[2])
    for done in range(0, times + 1, every):
        measured.memory.append((done, process.memory_full_info().uss / _MIB))
        if done < times:
            # New connections: one whose sender was done before the others may have been closed meanwhile.
            with _Links(port) as links:
                links.send(list(itertools.islice(requests, every)), measured)
    return measured


class _Links:
    """The connections of the senders."""

    def __init__(self, port: int) -> None:
        self._links = [http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(SENDERS)]

    def __enter__(self) -> "_Links":
        return self

    def __exit__(self, *failed: object) -> None:
        for link in self._links:
            link.close()

    def send(self, requests: list[bytes], measured: Measured) -> None:
        """Send all of these, each sender its share one after the other."""
        seen: list[list[int]] = [[] for _ in self._links]
        threads = [
            threading.Thread(target=_send, args=(link, requests[at::SENDERS], seen[at])) for at, link in enumerate(self._links)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in seen:
            measured.statuses.update(each)
        # A sender that failed is not to look like one whose requests left nothing.
        assert sum(map(len, seen)) == len(requests)


def _send(link: http.client.HTTPConnection, requests: list[bytes], seen: list[int]) -> None:
    for each in requests:
        link.request("POST", "/graphql", each, _HEADERS)
        answer = link.getresponse()
        answer.read()
        seen.append(answer.status)


def again(store: Path, times: int = 100_000) -> str:
    """The table: memory after every tenth of the requests."""
    with serving(store) as server:
        measured = sent(server, times, max(1, times // 10))
    statuses = ", ".join(f"{count:,} with {status}" for status, count in measured.statuses.items())
    rows = [[f"{done:,}", f"{memory:.1f}"] for done, memory in measured.memory]
    return f"Answered: {statuses}.\n\n" + table(["requests", "memory of its own, MiB"], rows)
