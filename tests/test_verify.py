"""examples/verify.py: servers that are right pass it, a server that lies does not, whatever it lies about."""

import ast
import importlib.util
import json
import random
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from byline.data.ingest.ingest import ensure_sample, generate
from tests.anthology import Anthology
from tests.server import serving

SCRIPT = Path(__file__).parents[1] / "examples" / "verify.py"
# What a lie is about, and how to tell it: the members of an object with that name are changed.
LIES: dict[str, Callable[[Any], Any]] = {
    "weight": lambda value: value + 0.001,
    "coauthorCount": lambda value: value + 1,
    "citationCount": lambda value: None if value is None else value + 1,
    "hIndex": lambda value: {"value": (value["value"] or 0) + 1},
    "gIndex": lambda value: {"value": (value["value"] or 0) + 1},
    "selfCitationShare": lambda value: {"value": (value["value"] or 0) + 0.01},
    "unknownCount": lambda value: value + 1,
    "count": lambda value: value + 1,
    "distance": lambda value: None if value is None else value + 1,
    "hops": lambda value: value[::-1],
    "firstYear": lambda value: None if value is None else value - 1,
    "outsideCitationCount": lambda value: value + 1,
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a made-up literature, which has citations, institutions and papers without a year."""
    store = tmp_path_factory.mktemp("verify") / "store"
    generate(store, 400, seed=14)
    with serving(store) as server:
        yield f"{server.address}/graphql"


def run(address: str, checks: int, seed: int) -> tuple[int, list[str]]:
    command = [sys.executable, str(SCRIPT), address, "--checks", str(checks), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def test_it_is_short_and_needs_the_standard_library_alone() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert text.count("\n") < 250
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    assert imported <= sys.stdlib_module_names


def test_the_sample_has_no_mismatch(tmp_path: Path) -> None:
    ensure_sample(tmp_path / "store")
    with serving(tmp_path / "store") as server:
        code, lines = run(f"{server.address}/graphql", 5_000, 7)
    assert (code, lines[0]) == (0, "seed 7"), lines
    made, mismatches = (int(word) for word in lines[-1].split() if word.isdigit())
    assert (made > 1_000, mismatches) == (True, 0), lines


def test_a_made_up_literature_has_no_mismatch(made_up: str) -> None:
    seed = random.randrange(10**6)
    code, lines = run(made_up, 3_000, seed)
    assert (code, lines[-1]) == (0, "3000 checks, 0 mismatches"), f"seed {seed}\n" + "\n".join(lines)


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_found(made_up: str, name: str) -> None:
    with lying(made_up, name, LIES[name]) as address:
        checks = module().verify(address, 1_500, 3)
    assert checks.mismatches


@pytest.mark.corpus
@pytest.mark.slow
def test_the_anthology_has_no_mismatch(acl: Anthology) -> None:
    with serving(acl.store) as server:
        code, lines = run(f"{server.address}/graphql", 10_000, 14)
    assert (code, lines[-1]) == (0, "10000 checks, 0 mismatches"), "\n".join(lines)


def module() -> Any:
    spec = importlib.util.spec_from_file_location("verify", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@contextmanager
def lying(honest: str, name: str, lie: Callable[[Any], Any]) -> Iterator[str]:
    """The address of a server that passes on what another one says, but for the members of a name."""

    def told(value: Any) -> Any:
        if isinstance(value, list):
            return [told(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {key: lie(part) if key == name else told(part) for key, part in value.items()}

    class Liar(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            asked = urllib.request.Request(honest, body, {"content-type": "application/json"})
            with urllib.request.urlopen(asked) as answer:
                said = json.dumps(told(json.load(answer))).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/graphql"
    finally:
        server.shutdown()
        server.server_close()
