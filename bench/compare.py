"""`python -m bench compare OLD NEW`: two revisions of Byline on the same graph, asked in turn over many starts of both.

A revision's files are laid out beside the others in bench/state; `work` means the files as they are now. A revision with other
locked packages than ours gets an environment of its own.
"""

import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import orjson

from bench import byline, equal, pairs, tables
from bench.notes import log, save
from bench.places import QUERIES, ROOT, STATE
from bench.servers import Server
from bench.tables import read_variables
from bench.versus import running

WORK = "work"


def checkout(revision: str) -> tuple[Path, str]:
    """The files of a revision and what it is called. Raises CalledProcessError for one that git does not know."""
    if revision == WORK:
        return ROOT, byline.revision()
    parse = ["git", "rev-parse", "--short=10", "--verify", f"{revision}^{{commit}}"]
    commit = subprocess.run(parse, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    folder = STATE / "revisions" / commit
    if not folder.exists():
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(packed)) as files:
            files.extractall(unfinished, filter="data")
        link(unfinished)
        unfinished.rename(folder)
    return folder, commit


def link(folder: Path) -> None:
    """Let a checkout's `byline` hold links to its folders: with our environment, `byline.api` would be taken from ours."""
    if (package := folder / "byline").is_dir():
        for part in ("api", "graph", "schema", "data"):
            (package / part).symlink_to(f"../{part}")


def python_of(code: Path) -> str:
    """The interpreter for a checkout: ours unless its locked packages differ."""
    lock = "requirements.lock"
    if (code / lock).exists() and (code / lock).read_bytes() == (ROOT / lock).read_bytes():
        return sys.executable
    if not (code / ".venv" / "stamp").exists():
        subprocess.run(["make", "venv"], cwd=code, check=True)
    return str(code / ".venv" / "bin" / "python")


def compare(old: str, new: str, queries: Sequence[str] = QUERIES, starts: int = 12, rounds: int = 20) -> None:
    """Measure both and keep what was found; queries that one of them cannot answer are left out and named."""
    tables.ensure()
    sides: list[Server] = []
    for offset, (side, revision) in enumerate((("old", old), ("new", new))):
        code, called = checkout(revision)
        server = byline.server(side, code=code, python=python_of(code), offset=10 + offset)
        server.label = f"{revision} ({called})"
        pairs.without_random_addresses(server)
        sides.append(server)
    with running(sides):
        able = [query for query in queries if all(answers(server, query) for server in sides)]
        missing = sorted(set(queries) - set(able))
        differences = equal.differences(sides, able)
        log(f"differences: {differences or 'none'}; left out: {missing or 'none'}")
    save(
        "compare",
        {
            "servers": {server.name: server.label for server in sides},
            "starts": starts,
            "rounds": rounds,
            "differences": differences,
            "left_out": missing,
            "runs": pairs.measure(sides, able, starts, rounds),
        },
    )


def answers(server: Server, query: str) -> bool:
    """Whether a server can answer a query at all."""
    try:
        (answer,) = server.ask(server.bodies(query, read_variables()[query][:1]))
    except RuntimeError:
        return False
    return "errors" not in orjson.loads(answer)
