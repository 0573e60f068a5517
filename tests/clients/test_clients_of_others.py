"""Clients of other makers against a started server: what they generate and cache is right, as docs/clients.md says."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInterfaceType, build_schema

from byline.schema.build import sdl

NODE = Callable[..., Any]
HERE = Path(__file__).parent
GUIDE = (HERE.parents[1] / "docs" / "clients.md").read_text(encoding="utf-8")


def test_every_audit_of_graphql_http_passes(node: NODE, address: str) -> None:
    """MUST, SHOULD and MAY of its list; where the edition of September 2026 says otherwise is told in docs/http.md."""
    results = node("audits.js", address)
    assert len(results) >= 60
    assert [each for each in results if each["status"] != "ok"] == []


@pytest.fixture(scope="module")
def built(node: NODE, address: str) -> dict[str, dict[str, Any]]:
    """Each step of generating and compiling, against the schema that the server gives."""
    steps: dict[str, dict[str, Any]] = node("build.js", address)
    return steps


@pytest.mark.slow
@pytest.mark.parametrize("step", ["graphql-codegen", "gql.tada", "relay-compiler", "tsc"])
def test_code_is_generated_and_compiles(built: dict[str, dict[str, Any]], step: str) -> None:
    assert built[step]["ok"], built[step]["said"]


@pytest.mark.parametrize("client", ["apollo", "urql", "relay"])
def test_a_client_pages_refetches_and_caches(node: NODE, built: dict[str, Any], address: str, client: str) -> None:
    """The scripts in src/ assert what they say; a list of 21 came in seven pages of three."""
    assert built["tsc"]["ok"]
    checks = node(f"build/out/{client}.js", address)
    assert (checks["coauthors"], checks["pages"]) == (21, 7)
    assert checks.get("unset", 16) == 16


def test_types_by_gql_tada_are_those_of_the_answer(node: NODE, built: dict[str, Any], address: str) -> None:
    assert built["tsc"]["ok"]
    assert node("build/out/tada.js", address) == {"titles": 2, "wrong": 1}


def test_the_guide_has_the_settings_that_run_here() -> None:
    assert (HERE / "src" / "cache.ts").read_text(encoding="utf-8") in GUIDE
    codegen, tada, relay = (json.loads(block) for block in re.findall(r"```json config\n(.*?)```", GUIDE, re.DOTALL))
    ours = [
        json.loads((HERE / name).read_text(encoding="utf-8")) for name in ("codegen.json", "tsconfig.json", "relay.config.json")
    ]
    assert codegen["generates"] == ours[0]["generates"]
    assert tada["plugins"][0].keys() == ours[1]["compilerOptions"]["plugins"][0].keys()
    places = {"src", "schema", "artifactDirectory"}
    assert {name: relay[name] for name in relay.keys() - places} == {name: ours[2][name] for name in ours[2].keys() - places}


def test_the_guide_names_the_types_with_an_identity() -> None:
    schema = build_schema(sdl())
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    sentence = next(line for line in GUIDE.splitlines() if line.startswith("**Types with an identity**"))
    named = set(re.findall(r"`(\w+)`", sentence.partition(". Their")[0])) - {"Node"}
    assert named == {each.name for each in schema.get_implementations(node).objects}
