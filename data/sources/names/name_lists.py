"""Several people in one text: lists by semicolons, ampersands, "and" and commas, in natural order or surname first."""

import re
from dataclasses import dataclass

from byline.data.sources.names.given_names import GIVEN
from byline.data.sources.names.groups import organisation
from byline.data.sources.names.printed import SUFFIX, card, joined, natural, only_initials
from byline.data.sources.read.ordinary import INITIALED, RUN_ON

_EAST = str.maketrans({"，": ",", "、": ",", "；": ";", "،": ",", "؛": ";", "・": "·"})
_AND = re.compile(r",?\s+(?:['\"]?and['\"]?|und|&|et|with(?:\s+contributions?\s+(?:from|by))?)\s+(?!the\b)", re.I)
_LED = re.compile(r"^(?:(?:and|und|&|with)\s+)+", re.I)
_TRAILING = re.compile(r"(?:[\s,]+(?:and|und|&))+$", re.I)
_HARD = re.compile(r"\s*;\s*|\s+[/|•·]\s+|(?!(?<=\d)•\d)\s*[|•]\s*")
_EASTERN = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3·]{2,}(?:\\s[\u3040-\u9fff\uac00-\ud7a3]+)?")
_FIRM = re.compile(r"\b(?:inc|ltd|llc|gmbh|co|sons|corp)\b", re.I)
_LIST = re.compile(r"[;,，、；،؛|•&/·]|\b(?:and|und|et|with)\b", re.I)


@dataclass(frozen=True)
class Several:
    """The names of a text, and whether its layout leaves no doubt which they are; `left` are parts that name nobody."""

    names: list[str]
    certain: bool = True
    left: tuple[str, ...] = ()


def several(text: str, inverted: bool) -> Several:
    """The people that a text names, one in nearly all cases; `inverted` where "Surname, Given" is one of the layouts.

    Certain are semicolons and their like, "Roe A, Low BC", "Roe, A., Low, B. C.", an ampersand or "and" between whole names, and
    names in natural order between commas where a comma can mean nothing else. Of all else the likeliest reading is given.
    """
    if not _LIST.search(text):
        return Several(INITIALED.findall(text) if RUN_ON.fullmatch(text) else [text])
    listed = text.rstrip().endswith(",")
    text = trimmed(text.translate(_EAST))
    hard = [trimmed(part) for part in _HARD.split(text)]
    hard = [part for part in hard if any(map(str.isalpha, part))]
    if len(hard) > 1:
        read = [_by_and(part, inverted) for part in hard]
        return Several(
            [name for each in read for name in each.names],
            all(each.certain for each in read),
            tuple(part for each in read for part in each.left),
        )
    return _by_and(text.strip(" ;|•"), inverted and not listed)


def trimmed(text: str) -> str:
    """A text without an "and" before it or behind it."""
    return _TRAILING.sub("", _LED.sub("", text.strip(" ,\t\n"))).strip(" ,\t\n")


def _by_and(text: str, inverted: bool) -> Several:
    chunks = [part for each in _AND.split(text) if (part := each.strip(" ,"))]
    if len(chunks) < 2 or organisation(text):
        return _by_commas(text, inverted)
    if not all(_whole(chunk) for chunk in chunks):
        whole = len(_parts(text)) > 2
        return _by_commas(text, inverted) if whole else Several([text], certain=_FIRM.search(text) is not None)
    split = [_parts(chunk) for chunk in chunks]
    pairs = [len(parts) == 2 and not _natural_pair(parts) for parts in split]
    if any(len(parts) > 2 for parts in split) or (not any(pairs) and any(len(parts) > 1 for parts in split)):
        alone = any(len(parts) == 1 and " " in parts[0] for parts in split)
        return _flat([part for parts in split for part in parts], text, inverted and not alone)
    return Several(_cards(chunks) or [natural(chunk) for chunk in chunks])


def _whole(chunk: str) -> bool:
    """Whether a piece beside an "and" is a whole name or several: "O. Rask", "Rask, Ole", "Rask O", but not "Rask"."""
    return (" " in chunk or "," in chunk or "." in chunk[:-1]) and not organisation(chunk) and chunk[0].isalpha()


def _by_commas(text: str, inverted: bool) -> Several:
    parts = _parts(text)
    if len(parts) < 2:
        return Several([text])
    if cards := _cards(parts):
        return Several(cards)
    if len(parts) > 2:
        return _flat(parts, text, inverted)
    first, second = parts
    if (_eastern(first) and _eastern(second)) or (_with_initial(first) and _with_initial(second)):
        return Several(parts)
    if not inverted and _natural_pair(parts):
        return Several(parts)
    if inverted and _given_first(first) and _given_first(second):
        return Several(parts, certain=False)
    # A surname of two words and two given names, or two people: nobody can tell.
    doubtful = inverted and " " in first and " " in second and not only_initials(second)
    return Several([natural(text)], certain=not doubtful or _particled(first))


def _flat(parts: list[str], text: str, inverted: bool) -> Several:
    """Three and more names between commas."""
    if cards := _cards(parts):
        return Several(cards)
    if len(parts) % 2 == 0 and all(map(only_initials, parts[1::2])) and not any(map(only_initials, parts[::2])):
        return Several([joined(given, family) for family, given in zip(parts[::2], parts[1::2], strict=True)])
    if all(map(_eastern, parts)):
        return Several(parts)
    if all(" " in part or "." in part[:-1] for part in parts) and not any(map(organisation, parts)):
        return Several(parts, certain=not inverted or any(map(_with_initial, parts)))
    if len(parts) == 3 and (turned := natural(text)) != text:
        return Several([turned])
    names = [part for part in parts if " " in part and not organisation(part)]
    if len(names) < 2:
        return Several([text], certain=False)
    return Several(names, certain=False, left=tuple(part for part in parts if part not in names))


def _parts(text: str) -> list[str]:
    """The pieces between commas, "Jr." and the like left with the name before it."""
    parts: list[str] = []
    for part in (each.strip() for each in text.split(",")):
        part = trimmed(part)
        if parts and SUFFIX.fullmatch(part) and (" " in parts[-1] or part.lower().startswith(("jr", "sr", "iii"))):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


def _cards(parts: list[str]) -> list[str]:
    turned = [card(part) for part in parts]
    return [each for each in turned if each] if all(turned) else []


def _natural_pair(parts: list[str]) -> bool:
    """Whether two pieces are two names in natural order instead of a surname and given names."""
    return len(parts) == 2 and all(" " in part or "." in part[:-1] for part in parts) and not only_initials(parts[1])


def _with_initial(part: str) -> bool:
    """Whether a piece begins with an initial and goes on with a surname: "B. Low"."""
    return re.match(r"(?:[^\W\d_]\.[\s-]*)+[^\W\d_]{2}", part) is not None


def _given_first(part: str) -> bool:
    """Whether a piece of several words begins with a name that is hardly ever a surname: "Barbara Oak"."""
    return part.partition(" ")[0].casefold() in GIVEN and " " in part


def _particled(part: str) -> bool:
    return part[0].islower() or "-" in part


def _eastern(part: str) -> bool:
    """Whether a piece is a whole name in Chinese, Japanese or Korean characters."""
    return _EASTERN.fullmatch(part) is not None
