"""Affiliations in printed lists of authors: brackets behind names, numbers that point into a list, what is no institution."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from byline.data.remembered import remembered
from byline.data.sources.names.cut_lists import cut
from byline.data.sources.names.groups import led_by_colon, spoken_for
from byline.data.sources.names.inverted import in_pairs

_KEY = r"(?:\d{1,3}|[A-Za-z]|[*†‡§¶#∗]+|[ivx]{1,4}|[IVX]{1,4})"
_BETWEEN = r"\s*(?:,|;|&|/|\+|-|–|—|\band\b|\bund\b|\bet\b|\s)\s*"
_KEYS = re.compile(rf"\W*{_KEY}(?:{_BETWEEN}(?:and\s+|&\s*)?{_KEY})*\W*", re.I)
# Keys that cannot be a name, with or without a list to point into: "X" may be an institution, "1" and "a,b" are none.
_NUMBERS = re.compile(rf"(?=\W*(?:\d|{_KEY}{_BETWEEN}{_KEY}\W*$)){_KEYS.pattern}", re.I)
_RANGE = re.compile(r"\s*(?:-|–|—)\s*")
_TOKEN = re.compile(rf"{_KEY}\s*(?:-|–|—)\s*{_KEY}|{_KEY}(?![^\W_])")
_AND = re.compile(r"\b(?:and|und|et)\b", re.I)
# "(1) Delft, (2) Leiden", "1: Delft; 2: Leiden", "[1] Delft".
_ITEM = re.compile(rf"(?:^|(?<=[\s,;.]))(?:[(\[]({_KEY})[)\]]|({_KEY})(?:[:.)]|(?=\s+[^\W\d_a-z])))\s*")
_LIST_BEHIND = re.compile(r"[,;:.)]\s*(?=\((?:\d{1,2}|[a-z])\)\s*(?!(?:and|und)\b)[^\W\d_])")
# The comma of "and 1,012 others" parts nobody.
_COMMA_OR_AND = re.compile(r"\s*(?:,(?!(?<=\d,)\d{3}\s+[^\W\d_])\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+|;\s*)")
_SUSPECT = re.compile(
    r"^\W*(?:\d|\w?\w?\W*$|\w\s*\W)|^\W*(?:for|on\s+behalf|representing)\b|ollaboration|onsorti|not\s+shown|additional\s+auth"
    r"|@|deceased|retired|author|equal\s+contrib",
    re.I,
)
_REMARK = re.compile(
    r"\W*(?:now\s+)?(?:deceased|retired|(?:the\s+)?corresponding\s+author|(?:these\s+)?authors?\s+contributed\s+equally.*|equal\s+contribution"
    r"|\S+@\S+\.\w+)\W*",
    re.I,
)


@dataclass
class Places:
    """What the affiliations of an author are: institutions, collaborations, a number of authors left out; `left` is no more than
    a number or the like."""

    institutions: list[str] = field(default_factory=list)
    collaborations: list[str] = field(default_factory=list)
    hidden: int | None = None
    left: list[str] = field(default_factory=list)


@remembered(1 << 14)
def suspect(place: str) -> bool:
    """Whether an affiliation may be something else than an institution."""
    return _SUSPECT.search(place) is not None


def sorted_out(places: list[str], people: Collection[str]) -> Places:
    """Sort the affiliations of an author; `people` are the case-folded names of the paper's authors, who are no institutions."""
    sorting = Places()
    for place in places:
        if place.casefold() in people:
            sorting.left.append(place)
        elif not suspect(place):
            sorting.institutions.append(place)
        elif group := spoken_for(place):
            sorting.collaborations.append(group)
        elif (rest := cut(place)).is_cut and not any(map(str.isalpha, rest.text)):
            sorting.hidden = rest.hidden or sorting.hidden
        elif _NUMBERS.fullmatch(place) or _REMARK.fullmatch(place) or not any(map(str.isalpha, place)):
            sorting.left.append(place)
        else:
            sorting.institutions.append(place)
    return sorting


def split(printed: str) -> tuple[list[str], list[list[str]]]:
    """Names and affiliations of a printed list in natural order: "A. Roe (Delft), B. Li and C. Du".

    An affiliation in brackets is that of the name before it; one alone at the end is everybody's. Numbers or letters in brackets
    point into a list at the end, "((1) Delft, (2) Leiden)"; those that point nowhere are no institution.
    """
    names, places = parted(printed)
    return names, [[place for place in each if not points(place)] for each in places]


def points(place: str) -> bool:
    """Whether an affiliation is nothing but numbers or letters that point into a list: "1 and 2", "a,b", "*"."""
    return _KEYS.fullmatch(place) is not None


def parted(printed: str) -> tuple[list[str], list[list[str]]]:
    """What `split` says, with what points nowhere left as it stands."""
    names: list[str] = []
    brackets: list[list[str]] = []
    printed = " ".join(printed.split())
    if led := led_by_colon(printed):
        names, printed = [*led[0], ":"], led[1]
        brackets = [[] for _ in names]
    first = len(names)
    printed, behind = _list_behind(printed)
    pieces = [(outside, _names_between(outside), inside) for outside, inside in _pieces(printed)]
    paired = in_pairs([here for _, here, _ in pieces])
    for (outside, _, inside), here in zip(pieces, paired, strict=True):
        if here and _is_nickname(brackets, outside):
            names[-1] += f" ({brackets[-1].pop()}) {here.pop(0)}"
        names += here
        brackets += [[] for _ in here]
        if inside and len(names) > first:
            brackets[-1].append(inside)
    names, places = _apart(names, _resolved(brackets, behind))
    people = places[first:]
    if people and people[-1] and not any(people[:-1]) and not any(_KEYS.fullmatch(each) for each in people[-1]):
        places[first:] = [list(people[-1]) for _ in people]
    return names, places


def _names_between(outside: str) -> list[str]:
    return [name for part in _COMMA_OR_AND.split(outside) if (name := part.strip())]


def resolved(names: list[str], places: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Names and affiliations that are parted already; numbers give way to what they point to in a list behind the last name."""
    return _apart(list(names), _resolved([list(each) for each in places], ""))


def _resolved(brackets: list[list[str]], behind: str) -> list[list[str]]:
    keys = _items(behind) if behind else {}
    last = next((each for each in reversed(brackets) if each), None)
    if not keys and last and len(keys := _items(last[-1])) > 0 and _points(brackets, keys):
        last.pop()
    if keys:
        return [[place for bracket in each for place in _pointed(bracket, keys)] for each in brackets]
    return brackets


def _points(brackets: list[list[str]], keys: Mapping[str, str]) -> bool:
    """Whether a text is a list of affiliations: it has two items, or numbers point into it."""
    return len(keys) > 1 or any(_KEYS.fullmatch(bracket) for each in brackets for bracket in each)


def _apart(names: list[str], places: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Collaborations, "57 authors not shown" and what belongs to an "et al." put back beside the name, where the reader of names
    looks for them."""
    for i, each in enumerate(places):
        name = names[i]
        for place in [place for place in each if spoken_for(place) or cut(place).hidden is not None or _of_others(name, place)]:
            each.remove(place)
            names[i] = f"{names[i]} ({place})"
    return names, places


def _of_others(name: str, place: str) -> bool:
    """Whether a bracket goes with the "et al." before it: "et al. (1000 authors)"."""
    before = cut(name)
    return before.is_cut and cut(f"{name} ({place})").text == before.text


def _is_nickname(brackets: list[list[str]], outside: str) -> bool:
    """Whether the bracket before this stretch belongs to a name that goes on: "Ann (Annie) Roe"."""
    if not brackets or len(brackets[-1]) != 1 or outside[:1] != " ":
        return False
    return re.fullmatch(r"[^\W\d_]+", brackets[-1][0]) is not None and not re.match(r"\s+(?:and|&)\s|\s*[,;]", outside)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Stretches outside of brackets, each with the bracket behind it."""
    depth = start = opened = 0
    for at, character in enumerate(text):
        if character == "(":
            if not depth:
                opened = at
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                yield text[start:opened], text[opened + 1 : at]
                start = at + 1
    yield text[start : opened if depth else None], text[opened + 1 :] if depth else ""


def _list_behind(printed: str) -> tuple[str, str]:
    """A list of affiliations that stands behind the names without brackets around it, apart."""
    match = _LIST_BEHIND.search(printed)
    if not match or match[0] == "" or printed.count("(", 0, match.start()) > printed.count(")", 0, match.start() + 1):
        return printed, ""
    at = match.start() + (printed[match.start()] == ")")
    return printed[:at].rstrip(" ,;:."), printed[match.end() :]


def _items(text: str) -> dict[str, str]:
    """The items of a list of affiliations by their numbers or letters; {} where the text is none."""
    matches = list(_ITEM.finditer(text.strip()))
    text = text.strip()
    if not matches or matches[0].start() > 0:
        return {}
    bracketed = [each for each in matches if each[1]]
    if bracketed and bracketed[0].start() == 0:
        matches = bracketed
    elif not text[0].isdigit() or [each[2] for each in matches] != [str(i) for i in range(1, len(matches) + 1)]:
        return {}
    ends = [each.start() for each in matches[1:]] + [len(text)]
    return {each[1] or each[2]: text[each.end() : end].strip(" ,;.") for each, end in zip(matches, ends, strict=True)}


def _pointed(bracket: str, keys: Mapping[str, str]) -> list[str]:
    """The affiliations that a bracket points to; the bracket itself where it is no list of keys."""
    if not _KEYS.fullmatch(bracket):
        return [bracket.strip()]
    named: list[str] = []
    for token in _TOKEN.findall(_AND.sub(",", bracket)):
        named += _expanded(_RANGE.split(token), keys)
    return list(dict.fromkeys(keys.get(each, each) for each in named))


def _expanded(ends: list[str], keys: Mapping[str, str]) -> list[str]:
    """The keys from the first to the last one of a range, "1-3"."""
    if len(ends) != 2 or ends[0] not in keys or ends[1] not in keys:
        return ends
    every = list(keys)
    return every[every.index(ends[0]) : every.index(ends[1]) + 1]
