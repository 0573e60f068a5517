"""Category codes as they are typed, and the one row of several: one rule for keys, filters and searches, in every store."""

from collections.abc import Callable, Sequence

from byline.graph.request import InCategory, Op
from byline.graph.store.protocol import AMBIGUOUS, MISSING


def category_rows(codes: Sequence[str], parent: Callable[[int], str | None], typed: str) -> list[int]:
    """The rows of the categories that a text may name among `codes`.

    The exact code wins, then the code in other letter case, then the part behind its dot ("CL" is cs.CL): where several have
    that part, the one whose `parent` is "cs".
    """
    if typed in codes:
        return [codes.index(typed)]
    wanted, lowered = typed.lower(), [code.lower() for code in codes]
    whole = [row for row, code in enumerate(lowered) if code == wanted]
    matches = whole or [row for row, code in enumerate(lowered) if code.rpartition(".")[2] == wanted]
    return [row for row in matches if parent(row) == "cs"] or matches if len(matches) > 1 else matches


def only(rows: Sequence[int]) -> int:
    """The one row, MISSING without any, AMBIGUOUS with several."""
    if not rows:
        return MISSING
    return rows[0] if len(rows) == 1 else AMBIGUOUS


def typed_codes(where: InCategory) -> tuple[str, ...]:
    """The codes that a condition names, each as a key would; none for comparisons of parts of codes."""
    if where.op is Op.EQ:
        return (str(where.value),)
    return tuple(map(str, where.value)) if where.op is Op.IN and isinstance(where.value, tuple) else ()
