"""Clients of other makers against a started server: what they ask, cache and generate is right."""

from collections.abc import Callable
from typing import Any

NODE = Callable[..., Any]


def test_every_audit_of_graphql_http_passes(node: NODE, address: str) -> None:
    """MUST, SHOULD and MAY of its list; where the edition of September 2026 says otherwise is told in docs/http.md."""
    results = node("audits.js", address)
    assert len(results) >= 60
    assert [each for each in results if each["status"] != "ok"] == []
