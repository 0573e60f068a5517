"""Byline as it is measured: which code, on which store."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.places import FIRST_PORT, HOST, ROOT, STATE
from bench.servers import Server
from bench.tables import RECORDS

# Stores take some 200 MB each; the latest are kept.
_KEPT = 4
# What decides how a store is written.
_WRITERS = ("data/**/*.py", "graph/*.py", "graph/metrics/*.py", "graph/store/columnar/**/*.py")


def command(*arguments: str, python: str = sys.executable, code: Path = ROOT) -> list[str]:
    """The console script's command, run from whatever code the path names first; older code has no package `byline`."""
    module = "byline.api.cli.main" if (code / "byline").is_dir() else "api.cli"
    return [python, "-c", f"from {module} import main; main()", *arguments]


def environment(code: Path = ROOT, store: Path | None = None) -> dict[str, str]:
    """Settings for a checkout of the code."""
    settings = {"PYTHONPATH": str(code), "BYLINE_LOG_LEVEL": "warning"}
    return settings | ({"BYLINE_STORE": str(store)} if store else {})


def ensure_store(code: Path = ROOT, python: str = sys.executable) -> Path:
    """The measured graph, ingested by this code; made once for each state of what writes it."""
    store = STATE / "stores" / writers_hash(code)
    if not (store / "CURRENT").exists():
        environ = {**os.environ, **environment(code, store)}
        subprocess.run(command("ingest", "records", str(RECORDS), python=python, code=code), cwd=code, env=environ, check=True)
        stores = sorted(store.parent.glob("[0-9a-f]*/CURRENT"), key=lambda path: path.stat().st_mtime)
        for old in stores[:-_KEPT]:
            shutil.rmtree(old.parent)
    return store


def sample_store(code: Path = ROOT, python: str = sys.executable) -> Path:
    """The sample, as this code ingests it."""
    store = STATE / "stores" / f"sample-{writers_hash(code)}"
    module = "data.ingest" if (code / "data" / "ingest.py").exists() else "byline.data.ingest.ingest"
    ensure = f"from pathlib import Path; from {module} import ensure_sample; ensure_sample(Path({str(store)!r}))"
    subprocess.run([python, "-c", ensure], cwd=code, env={**os.environ, **environment(code)}, check=True)
    return store


def writers_hash(code: Path) -> str:
    """A short hash of the code that writes a store."""
    digest = hashlib.blake2b(digest_size=8)
    for pattern in _WRITERS:
        for path in sorted(code.glob(pattern)):
            digest.update(str(path.relative_to(code)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def server(
    name: str = "byline",
    *,
    store: Path | None = None,
    code: Path = ROOT,
    python: str = sys.executable,
    offset: int = 0,
    workers: int = 1,
    settings: dict[str, str] | None = None,
) -> Server:
    """A Byline on the measured graph, or on another store."""
    port = FIRST_PORT + offset
    store = store or ensure_store(code, python)
    start = command("serve", "--host", HOST, "--port", str(port), "--workers", str(workers), python=python, code=code)
    environ = environment(code, store) | (settings or {})
    return Server(name, "Byline", [start], port, "byline", environ, code)


def revision() -> str:
    """The revision of this checkout, with a mark where it has changes that no commit holds."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=10"], cwd=ROOT, capture_output=True, text=True
    )
    return described.stdout.strip() or "unknown"
