"""Values as text in a document, or pulled out into variables."""

import json
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull

from tests.queries.values import Choices, Name, one_of


class Variables:
    """The variables of a document in the making: how each is declared, and the values that go with the request."""

    def __init__(self, choices: Choices) -> None:
        self._choose = choices
        self.declared: list[str] = []
        self.values: dict[str, Any] = {}

    def written(self, type_: GraphQLInputType, value: Any, only: bool = False) -> str:
        """The value as a literal, any part of which may be a variable instead. `only`: it is the member of a oneOf input."""
        if self._choose.maybe(8):
            return self._variable(type_, value, only)
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if isinstance(type_, GraphQLList) and isinstance(value, list):
            return f"[{', '.join(self.written(type_.of_type, entry) for entry in value)}]"
        if isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
            members = (
                f"{name}: {self.written(type_.fields[name].type, member, one_of(type_))}" for name, member in value.items()
            )
            return f"{{{', '.join(members)}}}"
        return literal(value)

    def flag(self, value: bool) -> str:
        """The `if` of a directive."""
        return self._variable(None, value, only=False) if self._choose.maybe(70) else literal(value)

    def _variable(self, type_: GraphQLInputType | None, value: Any, only: bool) -> str:
        """A new variable: given, or left to its default. A member of a oneOf input must not be null."""
        name = f"v{len(self.declared) + 1}"
        kind = "Boolean!" if type_ is None else f"{type_}!" if only and not isinstance(type_, GraphQLNonNull) else str(type_)
        if only or not self._choose.maybe(30):
            self.declared.append(f"${name}: {kind}")
            self.values[name] = plain(value)
        else:
            self.declared.append(f"${name}: {kind} = {literal(value)}")
            if self._choose.maybe(30):
                self.values[name] = plain(value)
        return f"${name}"


def literal(value: Any) -> str:
    """A value in GraphQL's own notation."""
    match value:
        case Name():
            return value.value
        case dict():
            return f"{{{', '.join(f'{name}: {literal(member)}' for name, member in value.items())}}}"
        case list():
            return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value as JSON, for the variables of a request."""
    match value:
        case Name():
            return value.value
        case dict():
            return {name: plain(member) for name, member in value.items()}
        case list():
            return [plain(entry) for entry in value]
    return value
