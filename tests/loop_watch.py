"""A server within the test's process, and a watchdog that records the longest step of its event loop.

A step is what the loop calls at once: a callback, or a task up to its next wait. Its time is that of its own thread's processor,
to which what else the machine does adds nothing.
"""

import asyncio
import functools
import gc
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import orjson
import pytest
import uvicorn

from byline.api.http.protocol import Protocol
from byline.api.memory import THRESHOLDS
from tests.patience import PATIENCE

# What no step may take, in seconds of the processor.
LONGEST_STEP = 0.02
# Times that a test whose step was too long is run before it fails.
TRIES = 6
# Seconds of the processor that `reference_seconds` took where the bound was set.
REFERENCE_SECONDS = 0.005


def reference_seconds() -> float:
    """Seconds of this thread for work of a known size."""
    begun = time.thread_time()
    orjson.loads(orjson.dumps([{"a": [str(number), number]} for number in range(2000)] * 5))
    return time.thread_time() - begun


def bound() -> float:
    """What no step may take: as much more as this machine is slower now than the one where the bound was set."""
    return LONGEST_STEP * max(1.0, min(reference_seconds() for _ in range(5)) / REFERENCE_SECONDS)


class StepTooLong(AssertionError):
    """A step of the loop took longer than any may."""


def looked_at_again(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test anew whose step was too long: a step that is too long each time is the server's, else it was the machine's.

    Time of the processor is not free of what else a machine does: a virtual processor that its host takes away, or another one's
    cold cache, counts as if the thread had run.
    """

    @functools.wraps(test)
    def tried(**fixtures: Any) -> None:
        for left in reversed(range(TRIES)):
            for each in fixtures.values():
                if isinstance(each, Served):
                    each.watch.longest = 0.0
                elif isinstance(each, pytest.LogCaptureFixture):
                    each.clear()
            try:
                test(**fixtures)
            except StepTooLong:
                if not left:
                    raise
            else:
                break

    return tried


@dataclass
class Watch:
    """The steps of one event loop: how many, how long the longest was, and what it called."""

    steps: int = 0
    longest: float = 0.0
    what: str = "nothing"
    spent: float = 0.0
    thread: int = 0

    def took(self, seconds: float, handle: asyncio.Handle) -> None:
        """Count one step."""
        self.steps += 1
        self.spent += seconds
        if seconds > self.longest:
            self.longest, self.what = seconds, repr(handle)

    def check(self) -> None:
        """No step was too long, and there were some."""
        assert self.steps > 0
        most = bound()
        if self.longest >= most:
            raise StepTooLong(f"{self.longest * 1000:.1f} ms of {most * 1000:.0f} in {self.what}")


@contextmanager
def watching(watch: Watch) -> Iterator[Watch]:
    """Time the steps of the loop that runs in the thread `watch.thread`."""
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> Any:
        if threading.get_ident() != watch.thread:
            return run(handle)
        before = time.thread_time()
        try:
            return run(handle)
        finally:
            watch.took(time.thread_time() - before, handle)

    with mock.patch.object(asyncio.Handle, "_run", timed):
        yield watch


@dataclass
class Served:
    """A server in a thread of this process."""

    port: int
    server: uvicorn.Server
    watch: Watch = field(default_factory=Watch)

    @contextmanager
    def connected(self, timeout: float = PATIENCE) -> Iterator[socket.socket]:
        """A connection to it."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as link:
            yield link

    def send(self, *pieces: bytes) -> bytes:
        """The answer to some bytes, with its head: as soon as it is whole, or until the server closes if it says that it will."""
        with self.connected() as link:
            for piece in pieces:
                try:
                    link.sendall(piece)
                except OSError:
                    break
            received = b""
            with suppress(ConnectionError):
                while not _is_whole(received) and (piece := link.recv(1 << 16)):
                    received += piece
            return received


def _is_whole(received: bytes) -> bool:
    """Whether all of an answer is there, which its length tells, and no close is still to come."""
    head, behind, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    closes = re.search(rb"(?i)\r\nconnection: *close", head)
    return bool(behind and length and not closes) and len(body) >= int(length[1])


def until_silent(link: socket.socket) -> bytes:
    """What comes until the other side closes, or nothing comes for as long as the connection waits."""
    response = b""
    try:
        while piece := link.recv(1 << 16):
            response += piece
    except OSError:
        pass
    return response


@contextmanager
def served(app: Any) -> Iterator[Served]:
    """Serve an application on a free port of the loopback, its loop watched."""
    settings: dict[str, Any] = {"port": 0, "lifespan": "off", "ws": "none", "http": Protocol, "loop": "asyncio"}
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, proxy_headers=False, log_config=None, timeout_graceful_shutdown=1, **settings)
    )
    watch = Watch()

    def run() -> None:
        watch.thread = threading.get_ident()
        server.run()

    # As a serving process does (api/memory.py): the collector need not walk what the tests have loaded.
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    with watching(watch):
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        # What the start took is not what is watched.
        watch.longest = 0.0
        yield Served(server.servers[0].sockets[0].getsockname()[1], server, watch)
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
    gc.set_threshold(*before)
    gc.unfreeze()
