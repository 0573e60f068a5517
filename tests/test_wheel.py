"""The wheel as strangers install it: beside PyPI's `schema`, in a folder whose files are called like our folders."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "BYLINE_"))}
pytestmark = pytest.mark.long
# Each of these would be taken for ours, were our folders installed under their own names.
STRANGERS = {"graph.py": "1 / 0\n", "data.py": "1 / 0\n", "schema.py": "1 / 0\n", "api/__init__.py": "1 / 0\n"}
NOTEBOOK = """
import warnings
warnings.simplefilter("error")
import networkx as nx
import byline
graph = byline.open()
people = graph.coauthors()
answer = graph.query("{ papers { totalCount } }")
print(answer["data"]["papers"]["totalCount"], graph.papers.num_rows, people.number_of_nodes(), len(nx.pagerank(people)))
"""


def pip(python: Path, *arguments: str) -> None:
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, since building leaves a folder behind that the next wheel would be filled from.
    for part in ("api", "graph", "schema", "data", "byline"):
        shutil.copytree(ROOT / part, folder / "source" / part, symlinks=True)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, folder / "source")
    pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", str(folder), str(folder / "source"))
    (built,) = folder.glob("byline_graph-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of an environment's commands, and a folder to work in."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=True)
    commands = folder / "env" / "bin"
    pip(commands / "python", "install", "-c", "requirements.lock", str(wheel), "schema")
    work = folder / "work"
    for name, text in STRANGERS.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(text)
    return commands, work


def test_it_holds_our_packages_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    about = next(name.split("/")[0] for name in names if ".dist-info/" in name)
    assert {name.split("/")[0] for name in names} == {"byline", about}
    folders = {"api", "graph", "schema", "data", "__init__.py", "__main__.py", "py.typed"}
    assert {name.split("/")[1] for name in names if name.startswith("byline/")} == folders
    # What the checkout has besides code: the bare page, the sample, the schema; and the query page where Node has built it.
    assert {"byline/api/plain.html", "byline/schema/schema.graphql"} <= set(names)
    assert any(name.startswith("byline/data/sample/") for name in names)
    assert ("byline/api/static/index.html" in names) is (ROOT / "api/static/index.html").exists()


def test_it_installs_no_name_but_ours(installed: tuple[Path, Path]) -> None:
    commands, work = installed
    code = "import importlib.metadata as m; print({f.parts[0] for f in m.files('byline-graph') if '..' not in f.parts})"
    done = subprocess.run(
        [commands / "python", "-P", "-c", code], cwd=work, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout.count("'") == 4, done.stdout
    assert "'byline'" in done.stdout
    code = "import schema; print(schema.Schema(int).validate(3))"
    done = subprocess.run(
        [commands / "python", "-P", "-c", code], cwd=work, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "3\n"


def test_it_serves_the_sample_and_a_notebook_reads_it(installed: tuple[Path, Path]) -> None:
    commands, work = installed
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [commands / "byline", "serve", "--port", str(port)], cwd=work, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert papers(port, served) == 15
    finally:
        served.terminate()
        _, output = served.communicate(timeout=30)
    assert "Traceback" not in output
    # A script's own folder comes first on its path, and so do its `graph.py` and `data.py`.
    (work / "notebook.py").write_text(NOTEBOOK)
    done = subprocess.run([commands / "python", "notebook.py"], cwd=work, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.stdout == "15 15 22 22\n", done.stderr
    assert done.stderr == ""


def papers(port: int, served: "subprocess.Popen[str]") -> int:
    """How many papers a server has, once it answers."""
    body = json.dumps({"query": "{ papers { totalCount } }"}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body, {"content-type": "application/json"})
    while served.poll() is None:
        try:
            with urllib.request.urlopen(request) as answer:
                return int(json.load(answer)["data"]["papers"]["totalCount"])
        except OSError:
            time.sleep(0.1)
    raise AssertionError(served.communicate()[1])
