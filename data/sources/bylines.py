"""What stands in a list of authors beside the names of people: collaborations, "et al.", suffixes, footnote marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_GROUP = r"collaborations?|consorti(?:um|a)|teams?|groups?|project|contributors"
_COLLABORATION = re.compile(rf"(?<![^\W_])(?:{_GROUP})\b", re.I)
# "R. C. Group" is somebody's name.
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+[^\W\d_]+")
# Whatever the rules below look for: nearly all names have nothing of it.
_ODD = re.compile(
    rf"""[\d\[\](){{}}*†‡§¶;:&|,] | {_GROUP} | \bal\b | \bothers\b | \b(?:jr|sr|i{{2,3}}|iv)\b | ^\W
    | anonym | withdrawn | unknown | none | n/?a$ | tba | no[ ]auth""",
    re.I | re.X,
)
# What is longer is no name but a text that went astray, and not worth a closer look.
_LONGEST = 500
# Lower-case words that may lead from a person to the collaboration spoken for.
_FOR = re.compile(r"(?:^|\s|,|\()(?:(?:for|on behalf of|representing|from)\s+(?:the\s+)?|(?:and|with)\s+the\s+)", re.I)
_THE = re.compile(r"^(?:the|and)\s+", re.I)
_ET_AL = re.compile(r"[\s,(]*\b(?:and\s+)?(?:et\.?\s*al(?:ii|\b\.?)|and others|others)[\s.)]*$", re.I)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.I)
_NOBODY = re.compile(r"anonymous(?: authors?)?|withdrawn|unknown|n/?a|none|tba|\d+ pages?|no authors?(?: listed)?", re.I)
# A mark of a footnote: digits glued to a word, alone before or after a name, or in brackets; signs without a letter.
_MARKS = re.compile(r"(?<=[^\W\d_])\d+(?=[\s,]|$)|^\s*\d+[\s,]*(?=[^\W\d_])|\s+\d+(?:,\d+)*$|[\[({][\W\d_]*[\])}]|[*†‡§¶]+")
_EDGES = " \t\n,;:.&|*"


@dataclass
class Byline:
    """The people of a list of authors, each with the place of its entry in the list; the collaborations beside them; and
    whether the list is whole. A list without people says nothing about who they are."""

    people: list[tuple[str, int]] = field(default_factory=list)
    collaborations: list[str] = field(default_factory=list)
    complete: bool = True


def byline(names: Iterable[str]) -> Byline:
    """Sort the entries of a list of authors.

    A collaboration that signs as an author of its own stands for members who are not named, so that the list is not whole;
    one that somebody signs for ("A. Person for the X Collaboration") is named beside a whole list.
    """
    found = Byline()
    for place, entry in enumerate(names):
        if len(entry) > _LONGEST or not _ODD.search(entry):
            if name := entry.strip():
                found.people.append((name, place))
            continue
        name, cut = _without_et_al(" ".join(entry.split()))
        found.complete &= not cut
        if _COLLABORATION.search(name) and not _INITIALS.fullmatch(name):
            name = _apart(name, found)
        if not _NOBODY.fullmatch(name.strip(_EDGES)):
            _person(_MARKS.sub("", name).strip(), place, found)
    return found


def _without_et_al(name: str) -> tuple[str, bool]:
    shortened = _ET_AL.sub("", name)
    return shortened, shortened != name


def _apart(name: str, found: Byline) -> str:
    """Note the collaboration; answers the person who signs for it, "" where nobody does."""
    if match := _FOR.search(name):
        person, group = name[: match.start()].strip(_EDGES), name[match.end() :]
    else:
        person, group = "", name
        found.complete = False
    group = _THE.sub("", group.strip(_EDGES + "()"))
    if group and group not in found.collaborations:
        found.collaborations.append(group)
    return person


def _person(name: str, place: int, found: Byline) -> None:
    if found.people and _SUFFIX.fullmatch(name):
        last, at = found.people[-1]
        found.people[-1] = (f"{last}, {name}", at)
        return
    name = name.strip(",;:&|* \t\n")
    if any(character.isalpha() for character in name):
        found.people.append((name, place))
