"""The query corpus: documents in this folder, loaded as cases, their placeholders resolved against a graph.

A document begins with a comment that says what it asks. Further comment lines may say what it must bring about:
`# expects: CODE at path.of.field` (INVALID without a path where GraphQL itself refuses), `# warns: CODE at path`, and
`# warns on rich: CODE at path` and `# expects on rich: CODE at path` where only the rich graph has what they are about,
`# expects elsewhere: CODE at path` and `# warns elsewhere: CODE at path` where only other graphs lack what is named.
NAME.json beside it holds the variables, or `{"$operations": {name: variables}}`, one case each. In place of a value:

    {"$pick": KIND, "n": 3, "as": COLUMN, "form": FORM, "member": NAME}   of the n-th node of a kind that has the column
    {"$pick": "cursor", "n": 3, "of": QUERY}    the n-th cursor in the answer to a query, which gets the other variables
    {"$cursor": [ORDER, KEY…, ID]}              a cursor put together by hand
    {"$id": [KIND, KEY]}                        the public id of a key, whether or not it is in the graph
    {"$repeat": 101, "value": VALUE}            a long list
    {"$keys": ORDER}                            sort keys: all of an order such as PaperOrder, the last one first
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from graphql import OperationDefinitionNode, parse
from strawberry import Schema

from byline.graph.ids import public_id
from byline.graph.model import LETTERS, Facts, Kind
from byline.graph.store.protocol import Store
from byline.graph.store.reference.store import NetworkXStore
from byline.schema.build import make_schema
from tests.queries.answers import respond
from tests.queries.pools import Pools, pools_of

HERE = Path(__file__).parent
_SAYS = re.compile(r"# (expects|expects elsewhere|expects on rich|warns|warns elsewhere|warns on rich): (\S+)(?: at (\S+))?$")


@dataclass(frozen=True)
class Case:
    """One operation of a document, with its variables as written."""

    name: str
    text: str
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def introspects(self) -> bool:
        """Whether it asks about the schema alone, as its first comment says."""
        return self.text.startswith("# Introspection:")

    def errors(self, rich: bool) -> list[tuple[str, str | None]]:
        """(code, path) of the errors that it must give on the rich graph, or on another."""
        return self._header_entries("expects") + self._header_entries("expects on rich" if rich else "expects elsewhere")

    def warnings(self, rich: bool) -> list[tuple[str, str | None]]:
        """(code, path) of the warnings that it must give on the rich graph, or on another."""
        return self._header_entries("warns") + self._header_entries("warns on rich" if rich else "warns elsewhere")

    def _header_entries(self, what: str) -> list[tuple[str, str | None]]:
        matches = [_SAYS.match(line) for line in self.text.splitlines() if line.startswith("#")]
        return [(match[2], match[3]) for match in matches if match and match[1] == what]


@cache
def corpus() -> list[Case]:
    """Every case, by name."""
    return [case for path in sorted(HERE.glob("*.graphql")) for case in _cases(path)]


def _cases(path: Path) -> list[Case]:
    text, beside = path.read_text(encoding="utf-8"), path.with_suffix(".json")
    variables_file = orjson.loads(beside.read_bytes()) if beside.exists() else {}
    if "$operations" in variables_file:
        return [Case(f"{path.stem}.{name}", text, name, variables) for name, variables in variables_file["$operations"].items()]
    return [Case(path.stem, text, None, variables_file)]


def resolve(case: Case, graph: Facts | Store) -> dict[str, Any]:
    """The variables of a case on a graph, the same on every store of it."""
    store: Store = NetworkXStore(graph) if isinstance(graph, Facts) else graph
    pools = pools_of(store)
    late = {name for name, value in case.variables.items() if _is_cursor(value)}
    variables = {name: _value(value, pools) for name, value in case.variables.items() if name not in late}
    for name in late:
        variables[name] = _cursor(case.variables[name], store, variables)
    return {name: variables[name] for name in case.variables}


def _is_cursor(value: Any) -> bool:
    return isinstance(value, dict) and value.get("$pick") == "cursor"


def _value(value: Any, pools: Pools) -> Any:
    match value:
        case {"$pick": kind}:
            return _pick(value, pools.nodes[Kind(kind)])
        case {"$id": [kind, key]}:
            return public_id(Kind(kind), key)
        case {"$cursor": parts}:
            return urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")
        case {"$keys": order}:
            fields: Any = _schema()._schema.type_map[f"{order}Field"]
            return [{"by": name} for name in reversed(fields.values)]
        case {"$repeat": times, "value": repeated}:
            return [_value(repeated, pools)] * times
        case dict():
            return {name: _value(member, pools) for name, member in value.items()}
        case list():
            return [_value(entry, pools) for entry in value]
    return value


def _pick(pick: dict[str, Any], nodes: list[dict[str, Any]]) -> Any:
    """A column of the n-th node that has it; where none has, something of the same shape that names nothing."""
    column = pick.get("as", "id")
    having = [node[column] for node in nodes if node[column] not in (None, [])]
    if not having:
        return _NOTHING.get(column, LETTERS[Kind(pick["$pick"])] + "0" * 12)
    value = having[pick["n"] % len(having)]
    if column == "external_ids":
        return value[0][pick["member"]] if "member" in pick else value[0]
    form = pick.get("form", "{}")
    return value.upper() if form == "upper" else form.format(value) if isinstance(value, str) else value.isoformat()


_NOTHING: dict[str, Any] = {
    "external_ids": {"scheme": "none", "value": "none"},
    "published_on": "2000-01-01",
    "orcid": "0000-0002-1825-0097",
    "ror": "0zzzzz095",
    "doi": "10.0/0",
    "arxiv_id": "1501.99999",
}


def _cursor(cursor_spec: dict[str, Any], store: Store, variables: dict[str, Any]) -> str | None:
    """The n-th cursor of an answer; null where there is none."""
    wanted = _variables_of(cursor_spec["of"])
    answer = respond(_schema(), store, cursor_spec["of"], {k: v for k, v in variables.items() if k in wanted})
    cursors = list(_cursors(answer["data"]))
    return cursors[cursor_spec["n"] % len(cursors)] if cursors else None


@cache
def _schema() -> Schema:
    return make_schema()


@cache
def _variables_of(text: str) -> frozenset[str]:
    operation = next(d for d in parse(text).definitions if isinstance(d, OperationDefinitionNode))
    return frozenset(declared.variable.name.value for declared in operation.variable_definitions or ())


def _cursors(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for entry in data:
            yield from _cursors(entry)
    elif isinstance(data, dict):
        yield from ([data["cursor"]] if "cursor" in data else [])
        for value in data.values():
            yield from _cursors(value)
