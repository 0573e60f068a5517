"""Caches of documents: bounded in entries and characters, the least recently used goes first; what is refused holds nothing."""

import gc
import weakref
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.http.document_guard import graphql_wording, prepared
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from byline.schema.build import make_schema
from byline.schema.compile.text_cache import TextCache


def test_the_least_recently_used_goes_first() -> None:
    cache: TextCache[int] = TextCache(2, 1000)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), len(cache)) == (1, None, 3, 2)


def test_characters_are_bounded_and_no_text_takes_all() -> None:
    cache: TextCache[int] = TextCache(100, 80)
    for letter in "abcdefghij":
        cache.put(letter * 9, 1)
    assert len(cache) == 8
    assert cache.get("a" * 9) is None
    cache.put("x" * 11, 1)
    assert cache.get("x" * 11) is None
    assert cache.get("j" * 9) == 1
    cache.put("j" * 9, 2)
    assert (cache.get("j" * 9), len(cache)) == (2, 8)


def test_nothing_is_held_where_the_setting_is_zero() -> None:
    cache: TextCache[int] = TextCache(0, 1000)
    cache.put("a", 1)
    assert cache.get("a") is None


def test_a_syntax_error_is_remembered_and_raised_anew() -> None:
    prepare = prepared(make_schema()._schema, Settings())
    raised = []
    for _ in range(2):
        with pytest.raises(Exception, match=r"Syntax Error: Expected Name") as caught:
            prepare("{ papers(")
        raised.append(caught.value)
    first, second = raised
    assert first is not second
    assert (first.message, first.locations) == (second.message, second.locations)


class _Marked(dict[str, object]):
    """Variables that a weak reference can follow."""


@pytest.mark.parametrize("text", ["{nothing}", "{ __schema { queryType { name } } }", "{ papers(", "mutation { x }", "{ papers "])
def test_what_no_plan_answers_holds_no_request(text: str, tmp_path: Path) -> None:
    ensure_sample(tmp_path)
    app = create_app(Settings(store=str(tmp_path)))
    client = TestClient(app, raise_server_exceptions=False)
    for _ in range(3):
        assert client.post("/graphql", json={"query": text}).status_code in (200, 400)
    planner = app._planner
    held = []
    for _ in range(3):
        variables = _Marked(x=1)
        held.append(weakref.ref(variables))
        with pytest.raises(Exception, match=r"\w"):
            planner.compiled(text, variables, None)
        del variables
    gc.collect()
    assert [each() for each in held] == [None] * 3


def test_a_message_is_worded_the_same_way_however_much_is_quoted_in_it() -> None:
    long = "x Did you mean y " * 100_000
    message = f"Variable '$x' got invalid value \"{long}\"; Expected type 'Int'. Did you mean 'first'?"
    worded = graphql_wording(message)
    assert len(worded) < 1000
    assert worded.startswith("Variable '$x' got invalid value")
    assert worded.endswith("Did you mean 'first'?")
