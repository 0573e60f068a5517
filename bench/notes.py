"""What a measurement leaves behind: one JSON file each, with machine, date, revision and command."""

import shlex
import sys
import time
from datetime import UTC, datetime
from typing import Any

import orjson

from bench import machine
from bench.byline import revision
from bench.places import RESULTS


def log(text: str) -> None:
    """A line with the time."""
    print(time.strftime("%H:%M:%S"), text, flush=True)


def save(name: str, results: dict[str, Any]) -> None:
    """Keep the results of a measurement."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    about = {
        "machine": machine.about(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "revision": revision(),
        "command": shlex.join(["python", "-m", "bench", *sys.argv[1:]]),
    }
    (RESULTS / f"{name}.json").write_bytes(orjson.dumps(about | results, option=orjson.OPT_INDENT_2))
    log(f"{name}: results kept")


def read_results(name: str) -> dict[str, Any] | None:
    """The results of a measurement, None before it was ever made."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        return None
    read: dict[str, Any] = orjson.loads(path.read_bytes())
    return read
