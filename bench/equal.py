"""Whether the servers say the same: answers brought to one shape and compared as values."""

from collections.abc import Sequence
from typing import Any

import orjson

from bench.places import QUERIES
from bench.servers import Server
from bench.tables import read_variables

SAMPLES = 20


def plain(value: Any) -> Any:
    """An answer without what is each schema's own: connections become lists, wrappers of a single `node` that node,
    figures and the category members of their object."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    for wrapper in ("nodes", "edges"):
        if value.keys() == {wrapper}:
            return plain(value[wrapper])
    if value.keys() == {"node"}:
        return plain(value["node"])
    members: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "metrics":
            members |= inner
        elif key == "primaryCategory":
            members["category"] = inner["name"]
        else:
            members[key] = plain(inner)
    return members


def objects(value: Any) -> int:
    """How many nodes an answer shows."""
    if isinstance(value, list):
        return sum(map(objects, value))
    if not isinstance(value, dict):
        return 0
    return 1 + sum(objects(inner) for inner in value.values() if isinstance(inner, list | dict))


def differences(servers: Sequence[Server], queries: Sequence[str] = QUERIES) -> list[str]:
    """Where a server answers otherwise than the first one, each in a few words."""
    first, *others = servers
    lines = []
    for query in queries:
        variables = read_variables()[query][:SAMPLES]
        expected = [plain(orjson.loads(answer)["data"]) for answer in first.ask(first.bodies(query, variables))]
        if not all(map(objects, expected)):
            lines.append(f"{first.name} {query}: an answer is empty")
        for server in others:
            answers = server.ask(server.bodies(query, variables))
            wrong = sum(plain(orjson.loads(served)["data"]) != right for served, right in zip(answers, expected, strict=True))
            if wrong:
                lines.append(f"{server.name} {query}: {wrong} of {len(variables)} answers differ from {first.name}'s")
    return lines
