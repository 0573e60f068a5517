"""Lists in the layout "Surname, I., Surname, I.", where every second comma stands within a name."""

import re
from collections.abc import Sequence

from byline.data.sources.names.cut_lists import cut
from byline.data.sources.names.groups import COLLABORATION
from byline.data.sources.names.marks import only_marks
from byline.data.sources.names.printed import SUFFIX, only_initials

_WORD = re.compile(r"[^\W\d_]{2}")


def in_pairs(pieces: Sequence[list[str]]) -> list[list[str]]:
    """The names of a list that was split at commas, each stretch between brackets by itself: surnames and the initials behind
    them put together where the whole list is in pairs, and else as they stand."""
    paired = [_paired(piece) for piece in pieces]
    joined = [each for each in paired if each is not None]
    if len(joined) < len(paired) or joined == list(pieces):
        return list(pieces)
    return joined


def _paired(parts: list[str]) -> list[str] | None:
    """The names of a stretch; None where it is not in pairs. Collaborations and "et al." stand between pairs."""
    names: list[str] = []
    rest = iter(parts)
    for part in rest:
        if names and (SUFFIX.fullmatch(part) or only_marks(part)):
            names[-1] += f", {part}"
        elif COLLABORATION.search(part) or not cut(part).text:
            names.append(part)
        elif (initials := _initials(part, next(rest, ""))) is not None:
            names.append(f"{part}, {initials}")
        else:
            return None
    return names


def _initials(surname: str, behind: str) -> str | None:
    """The text behind a surname where it is initials, with an "et al." after them. A surname in capitals looks like initials
    itself, so that those behind it need a period."""
    text = cut(behind).text
    if not text or not only_initials(text) or not _WORD.search(surname):
        return None
    return behind if "." in text or not only_initials(surname) else None
