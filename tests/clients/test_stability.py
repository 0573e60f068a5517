"""What docs/stability.md promises, by graphql-inspector: the schema against that of the last release."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, print_ast

from byline.schema.build import sdl

NODE = Callable[..., Any]
ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "schema" / "released.graphql"
VERSION = str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
# Beside what graphql-inspector calls breaking: queries that are still valid and answer something else.
DEFAULTS = {"FIELD_ARGUMENT_DEFAULT_CHANGED", "INPUT_FIELD_DEFAULT_VALUE_CHANGED"}
DESCRIPTION = re.compile(r'^ *""".*?"""\n', re.MULTILINE | re.DOTALL)
# Edits of the schema without its descriptions, as (what stands there, what comes instead).
FORBIDDEN = {
    "a field that is gone": ("  orcid: String\n", ""),
    "a field renamed": ("  arxivId: String\n", "  arXivId: String\n"),
    "a field that may be null": ("  title: String!\n", "  title: String\n"),
    "another type": ("  year: Int\n", "  year: String\n"),
    "an enum value that is gone": ("  TITLE\n", ""),
    "an argument that must be given": ("  node(id: ID!)", "  node(id: ID!, why: String!)"),
    "another default": ("first: Int = 200", "first: Int = 100"),
    "an interface that is gone": ("type Paper implements Node {", "type Paper {"),
    "an input member that must be given": ("input YearRange {", "input YearRange {\n  why: String!"),
}
ALLOWED = {
    "a field more": ("  title: String!\n", "  title: String!\n  subtitle: String\n"),
    "a field that is never null any more": ("  abstract: String\n", "  abstract: String!\n"),
    "an optional argument": ("  node(id: ID!)", "  node(id: ID!, why: String)"),
    "a deprecation": ("  arxivId: String\n", '  arxivId: String @deprecated(reason: "Use `externalIds`.")\n'),
    "an enum value more": ("  TITLE\n", "  TITLE\n  LENGTH\n"),
    "a type more": ("type Snapshot {", "type More {\n  more: Int\n}\n\ntype Snapshot {"),
    "other words": ("type Snapshot {", '"""Other words."""\ntype Snapshot {'),
}


def major(version: str) -> int:
    return int(version.partition(".")[0])


def released_version() -> str:
    first = RELEASED.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("# Byline ")


def broken(changes: list[dict[str, str]]) -> list[str]:
    """What a query that was valid and answered may notice."""
    return [each["message"] for each in changes if each["criticality"] == "BREAKING" or each["type"] in DEFAULTS]


@pytest.fixture(scope="module")
def changes(node: NODE, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """The changes that each edit makes, by its name."""
    folder = tmp_path_factory.mktemp("edits")
    text = print_ast(parse(DESCRIPTION.sub("", sdl())))
    (folder / "before.graphql").write_text(text, encoding="utf-8")
    files = {}
    for number, (name, (old, new)) in enumerate((FORBIDDEN | ALLOWED).items()):
        assert old in text, name
        files[name] = folder / f"{number}.graphql"
        files[name].write_text(text.replace(old, new, 1), encoding="utf-8")
    found = node("changes.js", str(folder / "before.graphql"), *map(str, files.values()))
    return {name: found[str(file)] for name, file in files.items()}


def test_the_last_release_is_not_broken(node: NODE, tmp_path: Path) -> None:
    """Before version 1, and with a new major version, anything may change; it is still compared."""
    now = tmp_path / "now.graphql"
    now.write_text(sdl(), encoding="utf-8")
    found = broken(node("changes.js", str(RELEASED), str(now))[str(now)])
    assert major(VERSION) >= major(released_version())
    if major(VERSION) == major(released_version()) > 0:
        assert not found, "\n".join(found)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_breaking_change_is_found(changes: dict[str, list[dict[str, str]]], name: str) -> None:
    assert broken(changes[name])


@pytest.mark.parametrize("name", ALLOWED)
def test_a_change_that_breaks_nothing_passes(changes: dict[str, list[dict[str, str]]], name: str) -> None:
    assert changes[name]
    assert broken(changes[name]) == []
