"""Every example of the guides runs and answers what is printed there, and no code that a client may meet goes unsaid."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.api.http.writer import CODES
from byline.graph.errors import BylineError
from tests.asking import client
from tests.examples import BUILT_IN, Example, built_in, examples, of_records

ROOT = Path(__file__).parents[1]
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "tests/queries/README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [example for guide in GUIDES for example in examples(guide)]
# Codes that only a command or an ingest gives; docs/data.md has them.
OF_COMMANDS = {"FETCH_FAILED", "RECORD_REJECTED", "SOURCE_FAILED", "STORE_BUSY", "WRONG_USE"}
# What the contract suite says of a store; docs/architecture.md has it.
OF_THE_SUITE = {"CONTRACT_BROKEN"}
# Codes over HTTP of which there can be no example: nothing gives them on purpose, only a slow machine, or only the query page,
# whose length is no part of a guide (tests/api/test_answers.py).
UNSHOWN = {"INTERNAL", "STORE_FAILED", "BAD_ID", "OUT_OF_TIME", "RANGE_NOT_SATISFIABLE"}
# Codes of requests that never reach the application, nor these examples: see tests/api/test_bounds.py, test_origins.py and
# test_answers.py.
OF_CONNECTIONS = {"HEAD_TOO_LARGE", "URL_TOO_LONG", "TOO_SLOW", "OVERLOADED", "HOST_NOT_ALLOWED", "PREFLIGHT_REFUSED"}
GRAPHQL = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "OPERATION_RESOLUTION_FAILURE", "PERSISTED_QUERY_NOT_SUPPORTED"}


def written_in(*languages: str) -> Any:
    examples = [example for example in EXAMPLES if example.language in languages]
    assert examples
    return pytest.mark.parametrize("example", examples, ids=str)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The stores that examples name, by guide and name; built when first asked for would hide a name that nothing makes."""
    stores_by_guide = {("", name): built_in(name, tmp_path_factory.mktemp(name)) for name in BUILT_IN}
    for example in EXAMPLES:
        if example.language == "jsonl" and example.info not in ("", "rejected"):
            folder = tmp_path_factory.mktemp("records")
            assert list(of_records(example.text, folder)) == [], example
            stores_by_guide[example.guide, example.info] = folder / "store"
    return stores_by_guide


def client_of(stores: dict[tuple[str, str], Path], example: Example) -> TestClient:
    name = example.info or "sample"
    return client(stores["", name] if name in BUILT_IN else stores[example.guide, name])


@written_in("graphql")
def test_queries_answer_what_is_printed(example: Example, stores: dict[tuple[str, str], Path]) -> None:
    answer = client_of(stores, example).post("/graphql", json={"query": example.text})
    if example.answer is None:
        assert "errors" not in answer.json()
        assert all(answer.json()["data"].values())
    else:
        assert answer.json() == json.loads(example.answer)


@written_in("http")
def test_requests_answer_what_is_printed(example: Example, stores: dict[tuple[str, str], Path]) -> None:
    head, _, body = example.text.partition("\n\n")
    (method, path), *headers = (line.split(None, 1) for line in head.splitlines())
    named = {name.removesuffix(":"): value for name, value in headers}
    answer = client_of(stores, example).request(method, path, content=body.strip().encode(), headers=named)
    assert example.answer is not None
    assert (answer.status_code, answer.json()) == (int(example.answer_info), json.loads(example.answer))


@written_in("jsonl")
def test_records_are_kept_or_refused_as_is_said(example: Example, tmp_path: Path) -> None:
    lines = "".join(f"{line}\n" for line in of_records(example.text, tmp_path))
    assert lines == ((example.answer or "") if example.info == "rejected" else "")


@written_in("python")
def test_scripts_print_what_is_printed(example: Example, stores: dict[tuple[str, str], Path]) -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(example.text, {"store": stores["", "sample"]})
    assert output.getvalue() == example.answer


def codes_of(error: type[BylineError]) -> set[str]:
    return {error.code}.union(*(codes_of(each) for each in error.__subclasses__()))


def test_every_error_code_has_its_line_and_its_example() -> None:
    names = ("api.md", "data.md", "architecture.md")
    api, data, architecture = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in names)
    every = codes_of(BylineError) | set(CODES.values()) | GRAPHQL
    over_http = every - OF_COMMANDS - OF_THE_SUITE
    lined = set(re.findall(r"^\| `([A-Z_]+)` \|", api, re.MULTILINE))
    assert lined == over_http
    assert all(f"`{code}`" in data for code in OF_COMMANDS)
    assert all(f"`{code}`" in architecture for code in OF_THE_SUITE)
    shown = {
        code
        for example in examples(ROOT / "docs" / "api.md")
        for code in re.findall(r'"code": ?"([A-Z_]+)"', example.answer or "")
    }
    assert over_http - shown <= UNSHOWN | OF_CONNECTIONS, over_http - shown


def test_every_link_and_every_file_that_is_named_is_there() -> None:
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (guide.parent / target).exists(), f"{guide.name}: {target}"
        for named in re.findall(r"`((?:api|schema|graph|data|tests|bench|docs|web)/[\w/.-]+)`", text):
            assert (ROOT / named).exists(), f"{guide.name}: {named}"
