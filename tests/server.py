"""`byline serve` as a process of its own, on a free port of the loopback."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.anthology import environment
from tests.patience import PATIENCE


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and the seconds from its start until it was ready."""

    address: str
    process: "subprocess.Popen[bytes]"
    seconds: float

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that must be without errors."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.address}/graphql", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            response: dict[str, Any] = json.load(answer)
        assert "errors" not in response, response["errors"]
        data: dict[str, Any] = response["data"]
        return data

    def resident(self) -> int:
        """Bytes of memory that the server and its children have in use, mapped files included."""
        process = psutil.Process(self.process.pid)
        return sum(int(each.memory_info().rss) for each in [process, *process.children(recursive=True)])


@contextmanager
def serving(store: Path, log: Path | None = None, files: int | None = None, **variables: str) -> Iterator[Server]:
    """A server on a store; ended when the block is left. It may open so many `files`, and writes what it logs to `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "byline", "serve", "--port", str(port), "--sample", "--store", str(store)]
    begun = time.monotonic()
    with open(log or os.devnull, "wb") as log_file:
        env = {**environment(), **variables}
        process = subprocess.Popen(command, env=env, stdout=log_file, stderr=log_file, preexec_fn=_limited(files))
    try:
        address = f"http://127.0.0.1:{port}"
        ready(address, process)
        yield Server(address, process, time.monotonic() - begun)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=PATIENCE)


def _limited(files: int | None) -> Callable[[], None] | None:
    return None if files is None else lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def ready(address: str, process: "subprocess.Popen[Any]") -> dict[str, Any]:
    """What a server says of itself once it is ready, which its process lives to see."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/ready", timeout=5) as answer:
                assert answer.status == 200
                status: dict[str, Any] = json.load(answer)
                return status
        except OSError:
            assert process.poll() is None, "the server ended before it was ready"
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
