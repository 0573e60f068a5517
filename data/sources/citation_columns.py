"""Columns of a list of citations: where the citing and the cited paper stand, by the names in the first line or a comment."""

import re
from collections.abc import Sequence

_ABOUT = r"(?:papers?|nodes?|articles?|works?|doi|arxiv|acl|id|ids|key)*"
# Names of the citing and of the cited paper that are used together; the surest first.
_FAMILIES = tuple(
    (re.compile(_ABOUT + f"(?:{citing})" + _ABOUT), re.compile(_ABOUT + f"(?:{cited})" + _ABOUT))
    for citing, cited in (
        ("citing|citer|citedby", "cited|citee|cites|references?|referenced"),
        ("from", "to"),
        ("source", "target"),
        ("src", "dst|dest|destination|tgt"),
    )
)
# A column that names no side; of two columns it has the side that the other one leaves.
_NEUTRAL = re.compile(_ABOUT.replace("*", "+"))


def order(names: Sequence[str]) -> tuple[int, int] | None:
    """The places of the citing and of the cited paper among columns; None where the names do not tell them."""
    plain = [re.sub(r"[\W_\d]+", "", name.casefold()) for name in names]
    for citing, cited in _FAMILIES:
        left, right = ([at for at, name in enumerate(plain) if side.fullmatch(name)] for side in (citing, cited))
        if len(left) == len(right) == 1:
            return left[0], right[0]
        if len(plain) == 2 and len(left) + len(right) == 1:
            at = (left or right)[0]
            if _NEUTRAL.fullmatch(plain[1 - at]):
                return (at, 1 - at) if left else (1 - at, at)
    return None


def arranged(cells: Sequence[str], places: tuple[int, int] | None) -> list[str]:
    """The citing id, the cited id, and what else is in a line. Where names tell the places a blank cell keeps its own; a line
    without one of the two is what is left of them."""
    if places is None:
        return [cell for cell in cells if cell]
    pair = [cells[at] for at in places if at < len(cells) and cells[at]]
    return pair if len(pair) < 2 else pair + [cell for at, cell in enumerate(cells) if at not in places]
