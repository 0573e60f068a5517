"""Node, the packages of package.json, and a server on the sample for them to ask."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from byline.data.ingest.ingest import ensure_sample
from tests.server import serving

FOLDER = Path(__file__).parent
SECONDS = 240


@pytest.fixture(scope="session")
def node() -> Callable[..., Any]:
    """Run a script of this folder, which writes JSON, and give what it wrote."""
    if shutil.which("node") is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("the packages of tests/clients are not installed: make clients")

    def run(script: str, *arguments: str) -> Any:
        command = ["node", "--no-warnings", script, *arguments]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=SECONDS)
        assert done.returncode == 0, f"cd tests/clients && {' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of a server on the sample."""
    store = tmp_path_factory.mktemp("clients") / "store"
    ensure_sample(store)
    with serving(store) as server:
        yield f"{server.address}/graphql"
