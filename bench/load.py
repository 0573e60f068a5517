"""The load generator: built from load.c, run against one server, with what the server used meanwhile."""

import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench import machine
from bench.places import HERE, HOST, LOAD
from bench.servers import Server

UNKNOWN = -1
# A run during which others used more than so many cores is made once more.
_FOREIGN = 0.5


@dataclass(frozen=True)
class Load:
    """One run: answers, times in ms, requests a second, CPU-ms a request of the server's tree, cores that others used."""

    answers: int
    p50: float
    p99: float
    longest: float
    per_second: float
    cpu: float
    kib: float
    wrong: int
    foreign: float


def build() -> None:
    """Compile the load generator unless it is newer than its source. Raises CalledProcessError, FileNotFoundError."""
    source = HERE / "load.c"
    if not LOAD.exists() or LOAD.stat().st_mtime < source.stat().st_mtime:
        LOAD.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", str(LOAD), str(source)], check=True)


def request(port: int, body: bytes) -> bytes:
    """A whole HTTP request."""
    head = f"POST /graphql HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def write_requests(path: Path, port: int, bodies: Sequence[bytes], lengths: Sequence[int] | None = None) -> None:
    """The file that the load generator reads; lengths of answers that are not known are -1."""
    with path.open("wb") as file:
        for place, body in enumerate(bodies):
            whole = request(port, body)
            file.write(struct.pack("<ii", len(whole), lengths[place] if lengths else UNKNOWN) + whole)


def start(port: int, connections: int, seconds: float, requests: Path) -> "subprocess.Popen[bytes]":
    """The load generator at work."""
    command = [str(LOAD), str(port), str(connections), str(seconds), str(requests)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)


def run(server: Server, requests: Path, connections: int = 1, seconds: float = 3.0, tries: int = 2) -> Load:
    """Load one server for some seconds, again where others were busy meanwhile; the quieter run counts."""
    loads = [_once(server, requests, connections, seconds)]
    while loads[-1].foreign > _FOREIGN and len(loads) < tries:
        loads.append(_once(server, requests, connections, seconds))
    return min(loads, key=lambda load: load.foreign)


def _once(server: Server, requests: Path, connections: int, seconds: float) -> Load:
    machine.wait_until_quiet()
    before, others, own, begun = server.cpu(), machine.used(), machine.own(), time.monotonic()
    process = start(server.port, connections, seconds, requests)
    out, _ = process.communicate(timeout=seconds + 120)
    elapsed, others = time.monotonic() - begun, machine.used() - others
    if process.returncode:
        raise RuntimeError(f"the load generator ended with {process.returncode} on {server.name}")
    # The load generator is an ended child of this process by now, and so part of what it used.
    cpu, own = server.cpu() - before, machine.own() - own
    return read(out, cpu, max(0.0, others - cpu - own) / elapsed)


def read(out: bytes, cpu: float = 0.0, foreign: float = 0.0) -> Load:
    """What the load generator printed."""
    printed = orjson.loads(out)
    answers = max(printed["answers"], 1)
    return Load(
        printed["answers"],
        printed["p50"],
        printed["p99"],
        printed["max"],
        printed["answers"] / max(printed["elapsed"], 1e-9),
        cpu / (answers + printed["untimed"]) * 1e3,
        printed["bytes"] / answers / 1024,
        printed["wrong_status"] + printed["wrong_length"] + printed["broken"],
        foreign,
    )


def warm(server: Server, bodies: Sequence[bytes], seconds: float) -> None:
    """Ask without measuring."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests"
        write_requests(path, server.port, bodies)
        start(server.port, 2, seconds, path).communicate(timeout=seconds + 120)
