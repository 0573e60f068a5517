"""What has an identity: the Node interface, and how a row becomes an object of its kind."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import strawberry

from byline.graph.model import LETTERS, Kind
from byline.schema.fields import MEMBER, Infos, field, one


async def _id(root: Any, info: Infos) -> str:
    values = await info.context.store.columns(root.kind, one(root.row), ["id"])
    return str(values[0][0].as_py())


@strawberry.interface(description="An object with an id. Ids are opaque and stay the same when data is added.")
class Node:
    """A row of one kind; `@entity` sets which."""

    kind: ClassVar[Kind]
    row: strawberry.Private[int]
    id: strawberry.ID = field(_id, "Opaque id, stable across restarts and when data is added.", MEMBER)


TYPE_NAMES = {kind: kind.capitalize() for kind in LETTERS}
_TYPES: dict[Kind, Callable[..., Any]] = {}
_T = TypeVar("_T")


def entity(kind: Kind, description: str) -> Callable[[type[_T]], type[_T]]:
    """Make a class the GraphQL type of a kind."""

    def declare(cls: type[_T]) -> type[_T]:
        graphql_type = strawberry.type(description=description)(cls)
        graphql_type.kind = kind  # type: ignore[attr-defined]
        _TYPES[kind] = graphql_type
        return graphql_type

    return declare


def node(kind: Kind, row: int | None) -> Any:
    """The object of a row; None for no row."""
    return None if row is None or row < 0 else _TYPES[kind](row=row)
