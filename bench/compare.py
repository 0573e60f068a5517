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

from bench import byline, equal, page, pairs, tables
from bench.notes import log, save
from bench.pairs import Load
from bench.places import QUERIES, ROOT, STATE
from bench.servers import Server
from bench.tables import read_variables
from bench.versus import running
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store
from tests.queries.corpus import Case, corpus, resolve

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


def compare(
    old: str, new: str, queries: Sequence[str] = QUERIES, starts: int = 12, rounds: int = 20, sample: bool = False
) -> None:
    """Measure both and keep the runs; queries that one of them cannot answer are left out and named. On the sample these are the
    author page and the whole query corpus."""
    tables.ensure()
    sides: list[Server] = []
    for offset, (side, revision) in enumerate((("old", old), ("new", new))):
        code, called = checkout(revision)
        python = python_of(code)
        store = byline.sample_store(code, python) if sample else None
        server = byline.server(side, code=code, python=python, offset=10 + offset, store=store)
        server.label = f"{revision} ({called})"
        pairs.without_random_addresses(server)
        sides.append(server)
    with running(sides):
        loads, missing, differences = on_sample(sides) if sample else on_graph(sides, queries)
        log(f"differences: {differences or 'none'}; left out: {missing or 'none'}")
    save(
        "compare",
        {
            "servers": {server.name: server.label for server in sides},
            "starts": starts,
            "rounds": rounds,
            "differences": differences,
            "left_out": missing,
            "runs": pairs.measure(sides, loads, starts, rounds),
        },
    )


def on_graph(sides: Sequence[Server], queries: Sequence[str]) -> tuple[dict[str, Load], list[str], list[str]]:
    """What is asked on the measured graph, what one side cannot answer, and where answers differ."""
    able = [query for query in queries if all(answers(server, query) for server in sides)]
    loads = {query: Load(sides[0].bodies(query, read_variables()[query])) for query in able}
    return loads, sorted(set(queries) - set(able)), equal.differences(sides, able)


def on_sample(sides: Sequence[Server]) -> tuple[dict[str, Load], list[str], list[str]]:
    """The same on the sample. Documents of the corpus that are refused, or not answered alike byte for byte, are left out."""
    shown = sides[0].bodies(page.QUERY, page.document().variables)
    first, second = (server.answers(shown) for server in sides)
    differences = [f"{page.QUERY}: the answers differ"] if first != second else []
    store = open_store(current(page.store()))
    bodies = {case.name: body_of(case, store) for case in corpus()}
    both = zip(*(server.answers(list(bodies.values())) for server in sides), strict=True)
    alike = [name for name, (one, other) in zip(bodies, both, strict=True) if one == other and one[0] == 200]
    missing = sorted(bodies.keys() - set(alike))
    log(f"{len(alike)} of {len(bodies)} documents of the corpus are answered alike")
    return {page.QUERY: Load(shown), "corpus": Load([bodies[name] for name in alike], whole=True)}, missing, differences


def body_of(case: Case, store: Store) -> bytes:
    """The request that asks a case of the corpus."""
    body = {"query": case.text, "variables": resolve(case, store)}
    return orjson.dumps(body | ({"operationName": case.operation_name} if case.operation_name else {}))


def answers(server: Server, query: str) -> bool:
    """Whether a server can answer a query at all."""
    try:
        (answer,) = server.ask(server.bodies(query, read_variables()[query][:1]))
    except RuntimeError:
        return False
    return "errors" not in orjson.loads(answer)
