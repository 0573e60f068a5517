"""How a server ends: by which signals, with what becomes of requests that are under way, and its workers with their parent."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from byline.api.signals import stop_on_hangup
from tests.patience import PATIENCE, awaited
from tests.server import Server, serving

BODY = b'{"query": "{ snapshot { paperCount } }"}'
HEAD = (
    b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
)


@pytest.fixture(autouse=True)
def hangups() -> Iterator[None]:
    """Under nohup a process inherits that hangups are ignored; the servers here are to obey them."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def workers(server: Server) -> set[int]:
    """The ids of the worker processes: those that spawn began, not the one that tracks what they share."""
    return {child.pid for child in psutil.Process(server.process.pid).children() if "spawn_main" in _command(child)}


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGTERM)], ids=str
)
def test_a_request_that_is_under_way_is_answered_before_the_end(store: Path, number: signal.Signals, code: int) -> None:
    with serving(store) as server:
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as link:
            link.sendall(HEAD + BODY[:5])
            # Answered, so that what came before it was heard.
            server.ask("{ snapshot { version } }")
            server.process.send_signal(number)
            time.sleep(0.5)
            link.sendall(BODY[5:])
            response = b""
            while piece := link.recv(4096):
                response += piece
        assert response.endswith(b'{"data":{"snapshot":{"paperCount":15}}}')
        assert server.process.wait(PATIENCE) == code


def test_a_hangup_that_is_to_be_ignored_is_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        stop_on_hangup()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.slow
def test_workers_end_with_their_parent_however_it_ends(store: Path) -> None:
    with serving(store, BYLINE_WORKERS="2", BYLINE_STOP_SECONDS="1") as server:
        assert awaited(lambda: len(workers(server)) == 2)
        left = workers(server)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(PATIENCE)
        assert awaited(lambda: not any(_runs(pid) for pid in left)), left


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.long
def test_a_hangup_replaces_workers_while_the_others_serve(store: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(store, log, BYLINE_WORKERS="2", BYLINE_STOP_SECONDS="1") as server:
        assert awaited(lambda: len(workers(server)) == 2)
        before, failed, stop = workers(server), [], threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    server.ask("{ snapshot { paperCount } }")
                except OSError as error:
                    failed.append(error)
                # Often enough to meet a worker that is going; without a pause asking takes a core from those that start.
                stop.wait(0.01)

        asking = threading.Thread(target=ask)
        asking.start()
        os.kill(server.process.pid, signal.SIGHUP)
        replaced = awaited(lambda: len(workers(server)) == 2 and not workers(server) & before)
        stop.set()
        asking.join(PATIENCE)
        assert replaced, log.read_text()
        assert not failed
