"""Keys: one way out of several to name a node."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import strawberry
from graphql import ObjectValueNode, StringValueNode, ValueNode, VariableNode

from byline.graph.errors import PageTooLarge, limit_hint
from byline.graph.request import Key
from byline.schema.context import Limits
from byline.schema.inputs.identifiers import SCHEMES, ExternalIdInput
from byline.schema.unplannable import Unplannable

UNSET = strawberry.UNSET


def _way(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


_ID, _EXTERNAL = "Byline id, as in the field `id`.", "Identifier in an external catalogue."


@strawberry.input(one_of=True, description="Identifies one author: exactly one member.")
class AuthorKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    orcid: str | None = _way("ORCID iD, with or without its URL.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)
    name: str | None = _way(
        "Name as printed on any paper, ignoring case, accents, punctuation and spacing. Several authors who "
        "share it are an error that lists them: `AMBIGUOUS_KEY`."
    )


@strawberry.input(one_of=True, description="Identifies one paper: exactly one member.")
class PaperKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    doi: str | None = _way("DOI, with or without its URL.")
    arxiv_id: str | None = _way("arXiv id, with or without version.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)


@strawberry.input(one_of=True, description="Identifies one institution: exactly one member.")
class InstitutionKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    ror: str | None = _way("ROR id, with or without its URL.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)
    name: str | None = _way(
        "Any name of the institution, ignoring case, accents, punctuation and spacing. Several institutions that "
        "share it are an error that lists them: `AMBIGUOUS_KEY`."
    )


@strawberry.input(one_of=True, description="Identifies one venue: exactly one member.")
class VenueKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    issn: str | None = _way("Any ISSN of the venue, the linking one included.")
    external_id: ExternalIdInput | None = _way(_EXTERNAL)
    name: str | None = _way(
        "Any name of the venue, ignoring case, accents, punctuation and spacing. Several venues that share it are an error that "
        "lists them: `AMBIGUOUS_KEY`."
    )


@strawberry.input(one_of=True, description="Identifies one category: exactly one member.")
class CategoryKey:
    """Exactly one member."""

    id: strawberry.ID | None = _way(_ID)
    code: str | None = _way("Code in any letter case, such as cs.CL; the part after the dot is enough if it is unique.")


# Members that are ids of a scheme, by their public names.
_WIRE = {
    "orcid": ("external", "orcid"),
    "doi": ("external", "doi"),
    "arxivId": ("external", "arxiv"),
    "ror": ("external", "ror"),
    "issn": ("external", "issn"),
}


def key_of(by: Any) -> Key:
    """The store's key for a key that was given."""
    name, value = next((n, v) for n, v in vars(by).items() if v is not UNSET and v is not None)
    if name == "external_id":
        return Key("external", value.value, value.scheme)
    if name in SCHEMES:
        return Key("external", value, SCHEMES[name])
    return Key(name, value)


def keys_of(keys: Sequence[Any], limits: Limits, name: str = "keys", setting: str = "max_ids") -> list[Key]:
    """The store's keys for those that were given, at most as many as a setting says. Raises PageTooLarge."""
    most = getattr(limits, setting)
    if len(keys) > most:
        raise PageTooLarge(f"`{name}` accepts at most {most} keys, got {len(keys)}", limit_hint("split the request", setting))
    return [key_of(key) for key in keys]


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
        text = variables.get(name)
        if type(text) is not str:
            raise Unplannable("exactly one member must be given")
        return Key(by, text, scheme)

    return make
