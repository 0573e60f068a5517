"""No request that once held the server holds it for a step: all of them, with a watchdog over the event loop.

What is timed is the processor of the one thread: of each step of the loop, and of each call of the JSON parser in any thread,
which no other thread can run beside. Steps that are too long are looked at again, on a server that has seen nothing yet.
"""

import functools
import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import orjson
import pytest

from bench.abuse_requests import Abuse, abuses
from byline.api.app import create_app
from byline.api.http.fast_path import FastPath
from byline.api.settings import Settings
from tests.anthology import Anthology
from tests.loop_watch import LONGEST_STEP, TRIES, Served, bound, served
from tests.patience import PATIENCE

SENDERS = 4
HEADERS = {"content-type": "application/json", "accept-encoding": "gzip"}
PEOPLE = b'{"query": "{ authors(first: 10) { nodes { id } } }"}'
# Requests alone: heads and connections have their own watchdog in test_bounds.py.
KINDS = {each.name: each for each in abuses() if each.act is None}


class Parsing:
    """The longest call of orjson, whichever thread it was in."""

    longest = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        with mock.patch("orjson.loads", self._timed(orjson.loads)), mock.patch("orjson.dumps", self._timed(orjson.dumps)):
            yield

    def _timed(self, call: Any) -> Any:
        @functools.wraps(call)
        def timed(*args: Any, **named: Any) -> Any:
            before = time.thread_time()
            try:
                return call(*args, **named)
            finally:
                self.longest = max(self.longest, time.thread_time() - before)

        return timed


def post(running: Served, bodies: list[bytes], codes: set[str] | None = None) -> bytes:
    """Send bodies over one connection; the last answer."""
    link = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    content = b""
    for body in bodies:
        link.request("POST", "/graphql", body, HEADERS)
        answer = link.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:500]
    link.close()
    return content


def send(running: Served, each: Abuse, people: tuple[bytes, bytes]) -> None:
    """Send all of one kind by several senders at a time."""
    bodies = [body.replace(b"$0", people[0]).replace(b"$1", people[1]) for body in each.bodies]
    with ThreadPoolExecutor(SENDERS) as pool:
        for sent in [pool.submit(post, running, bodies) for _ in range(SENDERS)]:
            sent.result()


def steps(store: Path, kinds: list[str]) -> dict[str, tuple[float, str]]:
    """Of each kind the longest step that it made, and which one that was, on a server of their own."""
    longest, parsing = {}, Parsing()
    with parsing.watched(), served(create_app(Settings(store=str(store)))) as running:
        nodes = orjson.loads(post(running, [PEOPLE]))["data"]["authors"]["nodes"]
        people = nodes[0]["id"].encode(), nodes[-1]["id"].encode()
        for name in kinds:
            watch = running.watch
            watch.longest = parsing.longest = 0.0
            before = watch.steps
            send(running, KINDS[name], people)
            assert watch.steps > before
            longest[name] = max((watch.longest, watch.what), (parsing.longest, "orjson"))
    return longest


def too_long(store: Path, kinds: list[str], tries: int = TRIES) -> dict[str, str]:
    """The kinds that make a step which is too long each time, and that step; kind by kind, where `looked_at_again` would run all
    of them anew for one."""
    least: dict[str, tuple[float, str]] = {}
    for _ in range(tries):
        for name, step in steps(store, kinds).items():
            least[name] = min(step, least.get(name, step))
        most = bound()
        kinds = [name for name, (seconds, _) in least.items() if seconds > most]
        if not kinds:
            break
    return {name: f"{1e3 * least[name][0]:.1f} ms of {1e3 * most:.0f} in {least[name][1]}" for name in kinds}


def test_no_request_of_the_suite_holds_the_event_loop_for_a_step(store: Path) -> None:
    assert too_long(store, list(KINDS)) == {}


@pytest.mark.long
def test_nor_does_any_on_the_whole_anthology(acl: Anthology) -> None:
    assert too_long(acl.store, list(KINDS)) == {}


def spin(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_slow_step_is_found(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One on the loop, and one beside it that lets no other thread run."""
    quick, slow = "fragments twice a level, 2^14 shapes", "Did you mean, 100 KB of it"
    real, marked = FastPath.at_once, KINDS[slow].bodies[0]

    def at_once(front: FastPath, body: bytes) -> Any:
        if body == marked:
            spin(5 * bound())
        return real(front, body)

    with monkeypatch.context() as patched:
        patched.setattr(FastPath, "at_once", at_once)
        slow_steps = too_long(store, [quick, slow], 3)
    assert list(slow_steps) == [slow]
    assert "Handle" in slow_steps[slow]
    dense = "250,000 empty members of or"
    # Far above what is allowed, but not on a faster machine.
    monkeypatch.setattr("tests.loop_watch.LONGEST_STEP", LONGEST_STEP / 2)
    monkeypatch.setattr("byline.api.http.gates.values.check_values", lambda data, settings: None)
    # The least of several tries: in one alone, a step of the loop may have been longer by what else the machine does.
    slow_steps = too_long(store, [dense])
    assert list(slow_steps) == [dense]
    assert slow_steps[dense].endswith("orjson")
