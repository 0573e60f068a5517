"""Serve the stock application at the stack depth that suits it best: `python -m bench.peers.lucky PORT`.

CPython 3.11 keeps the frames of plain functions in chunks of 16 KiB and returns a chunk to the system as soon as it is empty.
Where a recursive executor's busiest calls happen to cross the edge of a chunk, each of them maps and unmaps memory, and the same
program takes two or three times as long. Some unused frames below the server move the edge. Several depths are tried on a copy
of the process, and the best one is kept for the next start: what is quoted of this server is its luckiest form.
"""

import hashlib
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

import orjson
import uvicorn

from bench import machine
from bench.peers.stock import application
from bench.places import HERE, HOST, ROOT, STATE
from bench.servers import Server
from bench.tables import read_variables

DEPTHS = range(0, 180, 12)
_KEPT = STATE / "lucky.json"
# Copies listen so far behind the port, which must stay closed until the server is ready.
_ASIDE = 50
_TRIED = 4


def below(frames: int, act: Callable[[], None]) -> None:
    """Act with so many frames more on the stack."""
    if frames:
        below(frames - 1, act)
    else:
        act()


def milliseconds(pid: int, port: int) -> float:
    """CPU a request of a process, for some of the deepest queries. Raises OSError where it does not listen."""
    text = (HERE / "queries" / "peers" / "Q3.graphql").read_text()
    bodies = [orjson.dumps({"query": text, "variables": each}) for each in read_variables()["Q3"][:_TRIED]]
    copy = Server("copy", "", [], port)
    deadline = time.monotonic() + 30
    while not copy.listens() and time.monotonic() < deadline:
        time.sleep(0.05)
    copy.ask(bodies[:1])
    before = machine.cpu_of([pid])
    copy.ask(bodies)
    return (machine.cpu_of([pid]) - before) / len(bodies) * 1e3


def main() -> None:
    port = int(sys.argv[1])
    app = application()

    def serve(at: int) -> None:
        uvicorn.run(app, host=HOST, port=at, loop="uvloop", http="httptools", access_log=False, log_level="warning")

    lock = hashlib.blake2b((ROOT / "requirements.lock").read_bytes(), digest_size=4).hexdigest()
    version = f"{platform.python_version()} {lock}"
    depths = json.loads(_KEPT.read_text()) if _KEPT.exists() else {}
    if version not in depths:
        spent = {}
        for depth in DEPTHS:
            copy = os.fork()
            if not copy:
                below(depth, partial(serve, port + _ASIDE))
                os._exit(0)
            spent[depth] = milliseconds(copy, port + _ASIDE)
            os.kill(copy, signal.SIGTERM)
            os.waitpid(copy, 0)
        depths[version] = min(spent, key=spent.__getitem__)
        _KEPT.write_text(json.dumps(depths))
        print("CPU-ms a request by depth:", spent, flush=True)
    below(depths[version], partial(serve, port))


if __name__ == "__main__":
    main()
