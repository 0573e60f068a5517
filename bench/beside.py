"""A normal query beside requests that cost much, asked from a process of its own: in the senders' it would wait for them."""

import http.client
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NORMAL = b'{"query": "{ papers(first: 10) { nodes { title year authors { nodes { name } } } } }"}'
_HEADERS = {"content-type": "application/json"}
_PAUSE = 0.01
# Longer than any deadline.
PATIENCE = 90.0


def ask(port: int, begun: Any, done: Any, sender: Any) -> None:
    """Ask until it is done; what each answer took is then said."""
    waits = []
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(50):
        _asked(link)
    begun.set()
    while not done.is_set():
        before = time.perf_counter()
        _asked(link)
        waits.append(time.perf_counter() - before)
        time.sleep(_PAUSE)
    sender.send(waits)


def _asked(link: http.client.HTTPConnection) -> None:
    link.request("POST", "/graphql", NORMAL, _HEADERS)
    answer = link.getresponse()
    content = answer.read()
    assert answer.status == 200, content


@contextmanager
def asking(port: int, waits: list[float]) -> Iterator[None]:
    """Ask while the block runs; the waits are there once it is left."""
    spawn = multiprocessing.get_context("spawn")
    begun, done = spawn.Event(), spawn.Event()
    heard, sender = spawn.Pipe(duplex=False)
    process = spawn.Process(target=ask, args=(port, begun, done, sender), daemon=True)
    process.start()
    assert begun.wait(PATIENCE)
    try:
        yield
    finally:
        done.set()
        waits += heard.recv() if heard.poll(PATIENCE) else []
        process.join(PATIENCE)
