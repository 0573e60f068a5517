"""Identifiers of other catalogues in conditions: what is compared, in its normal form, as keys are; one rule for every store."""

from collections.abc import Iterable

from byline.graph.identifiers import normal
from byline.graph.request import Identified, Op


def wanted_ids(where: Identified) -> list[str]:
    """The identifiers that a condition names, in normal form, each once."""
    values = where.value if isinstance(where.value, tuple) else (where.value,)
    return list(dict.fromkeys(normal(where.scheme, str(value)) for value in values))


def identifies(where: Identified, known: Iterable[tuple[str, str]]) -> bool | None:
    """Whether a node that is known under these (scheme, identifier) fits; None, unknown, where it has no id of the scheme."""
    own = {value for scheme, value in known if where.scheme.lower() in ("", scheme)}
    if where.op is Op.EXISTS:
        return bool(own) == where.value
    return not own.isdisjoint(wanted_ids(where)) if own else None
