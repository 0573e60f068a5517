"""Identifiers of other catalogues: as keys name nodes by them, and as filters compare them."""

from collections.abc import Iterator
from typing import Any

import strawberry

from byline.graph.request import Any as AnyOf
from byline.graph.request import Identified, Op, Where

UNSET = strawberry.UNSET
# Members of keys and filters that are identifiers, and the scheme of each.
SCHEMES = {"orcid": "orcid", "doi": "doi", "arxiv_id": "arxiv", "ror": "ror", "issn": "issn"}


@strawberry.input(description="Identifier in an external catalogue.")
class ExternalIdInput:
    """Scheme and value."""

    scheme: str = strawberry.field(description="Catalogue, such as doi, orcid, acl.")
    value: str = strawberry.field(description="Identifier, with or without its URL.")


def _member(description: str, name: str | None = None) -> Any:
    return strawberry.field(default=UNSET, description=description, name=name)


@strawberry.input(
    description="Conditions on an identifier, ANDed: compared in its normal form, whether given with URL, label and version or "
    "without. An unknown identifier matches none of them, negated or not, except `exists`."
)
class IdentifierFilter:
    """AND-ed comparisons."""

    eq: str | None = _member("The node with this identifier.")
    in_: list[str] | None = _member("The nodes with these identifiers; an empty list matches nothing.", "in")
    exists: bool | None = _member("Whether an identifier is known: true for known, false for unknown.")


@strawberry.input(
    description="Conditions on identifiers in external catalogues, ANDed: compared in their normal form. A node without one in a "
    "catalogue matches no comparison with its identifiers, negated or not."
)
class ExternalIdFilter:
    """AND-ed comparisons."""

    eq: ExternalIdInput | None = _member("The node with this identifier.")
    in_: list[ExternalIdInput] | None = _member("The nodes with these identifiers; an empty list matches nothing.", "in")
    exists: bool | None = _member("Whether any identifier is known: true for known, false for unknown.")


def identified(name: str, op: str, operand: Any) -> Where:
    """The condition that a member of a filter says of an identifier, by the member's name and that of its operator."""
    if name in SCHEMES:
        return Identified(SCHEMES[name], Op(op.rstrip("_")), tuple(operand) if op == "in_" else operand)
    if op == "exists":
        return Identified("", Op.EXISTS, operand)
    if op == "eq":
        return Identified(operand.scheme, Op.EQ, operand.value)
    parts = tuple(Identified(scheme, Op.IN, values) for scheme, values in _by_scheme(operand))
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _by_scheme(external_ids: list[ExternalIdInput]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values of each scheme, in the order in which the schemes are named first."""
    schemes = dict.fromkeys(each.scheme.lower() for each in external_ids)
    for scheme in schemes:
        yield scheme, tuple(each.value for each in external_ids if each.scheme.lower() == scheme)
