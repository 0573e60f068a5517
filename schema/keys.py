"""The `by:` arguments: one way out of several to name a node."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry
from graphql import ObjectValueNode, StringValueNode, ValueNode, VariableNode

from graph.model import Kind
from graph.store.protocol import AMBIGUOUS
from graph.where import Key
from schema.arguments import Odd
from schema.fields import Infos
from schema.node import node

UNSET = strawberry.UNSET


def _way(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


@strawberry.input(description="An id in another catalogue.")
class ExternalIdInput:
    """Scheme and value."""

    scheme: str = strawberry.field(description="The catalogue, such as doi, orcid, acl.")
    value: str = strawberry.field(description="The id, with or without its URL.")


_ID, _EXTERNAL = "By our id.", "By an id in another catalogue."


@strawberry.input(one_of=True, description="How to name a person.")
class AuthorKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    orcid: str | None = _way("By ORCID.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)
    name: str | None = _way(
        "By a printed name, case, accents, punctuation and spacing aside; null and a warning if several bear it."
    )


@strawberry.input(one_of=True, description="How to name a paper.")
class PaperKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    doi: str | None = _way("By DOI.")
    arxiv_id: str | None = _way("By arXiv id, with or without version.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)


@strawberry.input(one_of=True, description="How to name an institution.")
class InstitutionKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    ror: str | None = _way("By ROR.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)
    name: str | None = _way("By a name, case, accents, punctuation and spacing aside; null and a warning if several bear it.")


@strawberry.input(one_of=True, description="How to name a category.")
class CategoryKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    code: str | None = _way("By code; the part behind the dot will do where it is unique.")


# Members that are ids of a scheme, by their public names.
_WIRE = {"orcid": ("external", "orcid"), "doi": ("external", "doi"), "arxivId": ("external", "arxiv"), "ror": ("external", "ror")}
_SCHEMES = {"orcid": "orcid", "doi": "doi", "arxiv_id": "arxiv", "ror": "ror"}


def key_of(by: Any) -> Key:
    """The store's key for a `by:` argument."""
    name, value = next((n, v) for n, v in vars(by).items() if v is not UNSET and v is not None)
    if name == "external_id":
        return Key("external", value.value, value.scheme)
    if name in _SCHEMES:
        return Key("external", value, _SCHEMES[name])
    return Key(name, value)


def key_maker(node: ValueNode) -> Callable[[Mapping[str, Any]], Key] | None:
    """What makes the key straight from the variables, for `{member: $v}` and `{externalId: {scheme: "…", value: $v}}`."""
    if not isinstance(node, ObjectValueNode) or len(node.fields) != 1:
        return None
    member, value, scheme = node.fields[0].name.value, node.fields[0].value, ""
    if isinstance(value, ObjectValueNode):
        parts = {field.name.value: field.value for field in value.fields}
        stated = parts.get("scheme")
        if not isinstance(stated, StringValueNode) or len(parts) != 2:
            return None
        value, scheme = parts["value"], stated.value
    if not isinstance(value, VariableNode) or (member == "externalId" and not scheme):
        return None
    by, scheme = ("external", scheme) if scheme else _WIRE.get(member, (member, ""))
    name = value.name.value

    def make(variables: Mapping[str, Any]) -> Key:
        given = variables.get(name)
        if type(given) is not str:
            raise Odd("exactly one member must be given")
        return Key(by, given, scheme)

    return make


async def by_key(kind: Kind, by: Any, info: Infos) -> Any:
    """The node that a key names; null where there is none, and a warning where there are several."""
    key = key_of(by)
    row = int((await info.context.store.lookup(kind, [key]))[0])
    if row == AMBIGUOUS:
        info.context.warn("AMBIGUOUS_KEY", list(info.path.as_list()), ambiguous_words(kind, key.by, key.value))
    return node(kind, row)


def ambiguous_words(kind: str, by: str, value: str) -> str:
    """The warning for a key that several nodes bear."""
    return f"several nodes of kind {kind} bear the {by} {value!r}; list them with a filter, choose one by id"


def bad_id_words(identifier: str) -> str:
    """The warning for a string that is no id."""
    return f"{identifier[:40]!r} is not an id of this API; take ids from the field `id`"
