"""What holds for the project as a whole: names, sizes, docstrings, and papers that agree with the code."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

from byline.api.settings import table

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("api", "graph", "schema", "data")
OURS = "byline-graph"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SOURCES = sorted([*(ROOT / "byline").glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))])
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_only_ours_provides_the_name_byline() -> None:
    others = [each for each in distributions() if each.metadata["Name"] != OURS]
    assert not [each.metadata["Name"] for each in others if any(file.parts[0] == "byline" for file in each.files or ())]


def test_the_lock_is_exact_and_covers_every_dependency() -> None:
    lines = (ROOT / "requirements.lock").read_text().split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    locked = {normal(line.split("==")[0]) for line in lines}
    project = PROJECT["project"]
    wanted = project["dependencies"] + [entry for extra in project["optional-dependencies"].values() for entry in extra]
    assert {normal(re.match(r"[A-Za-z0-9._-]+", entry)[0]) for entry in wanted} <= locked  # type: ignore[index]


def test_each_dependency_has_its_line_in_the_docs() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    project = PROJECT["project"]
    for entry in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name = re.match(r"[A-Za-z0-9._-]+", entry)[0]  # type: ignore[index]
        assert f"| {name} |" in text, name


def test_the_packages_listed_are_the_folders_that_are_there() -> None:
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    folders = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in SOURCES}
    assert listed == {name if name == "byline" else f"byline.{name}" for name in folders}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_each_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 600
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.body[0].lineno < 80, node.name


def test_imports_run_one_way(tmp_path: Path) -> None:
    package = tmp_path / "byline"
    package.mkdir()
    for part in (*PACKAGES, *(f"byline/{file.name}" for file in (ROOT / "byline").glob("*.py"))):
        (package / Path(part).name).symlink_to(ROOT / part)
    command = Path(sys.executable).with_name("lint-imports")
    # It looks for the package in the folder that it is run in.
    arguments = [command, "--no-cache", "--config", ROOT / "pyproject.toml"]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_table_of_settings_in_the_docs_is_the_codes() -> None:
    assert table() in (ROOT / "docs" / "settings.md").read_text()


def test_the_glossarys_terms_are_in_the_files_it_names() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    assert len(rows) >= 50
    for terms, file in rows:
        # Names in code join words by an underscore, or by capitals.
        text = re.sub(r"[_\s]+", "", (ROOT / file).read_text()).lower() + file.replace("_", "")
        for term in terms.split(", "):
            assert term.replace(" ", "").lower().removesuffix("s") in text, (term, file)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
