"""Lists of names in BibTeX and biblatex: entries between "and", braces, the parts of a name.

Where a list is divided is decided here by BibTeX's rules; what its entries are (people, collaborations, "others", several
people in one) by the rules for all sources in `bylines`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pybtex.bibtex.utils import split_tex_string

from byline.data.notices import Outcome
from byline.data.sources.names.author_lists import AuthorList, author_list
from byline.data.sources.names.bylines import Remark
from byline.data.sources.names.marks import in_order
from byline.data.sources.read.tex import plain

_AND = re.compile(r"(?i)\s+and(?=\s)")
_EMPTY_ENDS = re.compile(r"(?i)^(?:\s*and\s)+|(?:\sand\s*)+$")
_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd|4th)\.?", re.I)
# A name whose parts are told by their names, as biblatex reads them.
_PARTS = ("family", "given", "prefix", "suffix", "useprefix", "id", "hash", "gender", "nametitle", "cn", "en")
_PART = re.compile(rf"(?i)(?<![\w-])({'|'.join(_PARTS)})(-i)?\s*=\s*")
_EXTENDED = re.compile(r"(?i)[\s\"]*(?:family|given|prefix|suffix)(?:-i)?\s*=")
_PAIR = re.compile(r"\{[^{}]*\}")
_EMPTY = re.compile(r"\sand\s+(?=and\s)|\sand\s*$|^\s*and\s", re.I)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class _Name:
    text: str
    # In braces as a whole: the name of a body, not of a person.
    corporate: bool = False


def authors(value: str) -> AuthorList:
    """People in order. A corporate author, in braces as a whole, is no person: the paper has it among its institutions.

    An empty entry between two "and", or behind the last one, is a name that is missing: the list is not complete.
    """
    names = [_name(entry) for entry in name_list(value)]
    corporate = frozenset(place for place, name in enumerate(names) if _organisation(name))
    listing = author_list([{"name": name.text} for name in names], inverted=True, corporate=corporate)
    if missing := len(_EMPTY.findall(_without_braces(value))):
        if "authors_complete" in listing.members:
            listing.members["authors_complete"] = False
        reason = 'has no name between two "and" or behind the last one; the list counts as incomplete'
        listing.remarks.append(Remark(None, Outcome.LEFT_OUT, reason, missing))
    return listing


def _without_braces(value: str) -> str:
    """The list without what braces protect."""
    while (outside := _PAIR.sub("_", value)) != value:
        value = outside
    return f" {value} "


def name_list(value: str) -> list[str]:
    """The entries of a list of names, with their TeX: what stands between "and" outside of braces. Empty ones are left out.

    A list of several "Last, First" in one pair of braces is a list, not one name.
    """
    text = _SPACES.sub(" ", value).strip()
    inner = unbraced(text)
    if ";" in text and not _AND.search(text):
        # Braces around half of a list that semicolons part.
        return [re.sub(r"(?<!\\)[{}]", "", text) if inner == text else inner]
    if inner != text and _AND.search(inner) and all("," in each for each in _divided(inner)):
        text = inner
    return _divided(text)


def _divided(text: str) -> list[str]:
    text = _EMPTY_ENDS.sub("", text)
    parts: list[str] = split_tex_string(text + " ", _AND) if " and" in text.lower() else [text]
    return [part for each in parts if (part := each.strip(" ~")) and part != ","]


def unbraced(text: str) -> str:
    """A value without the pairs of braces around the whole of it."""
    text = text.strip()
    while text.startswith("{") and text.endswith("}") and _closes_at_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_end(text: str) -> bool:
    depth, escaped = 0, False
    for place, sign in enumerate(text):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return place == len(text) - 1
    return False


def _organisation(name: _Name) -> bool:
    """Whether a name in braces is more than one word: "{Plato}" protects a name, "{World Health Organization}" is none."""
    return name.corporate and " " in name.text


def _name(entry: str) -> _Name:
    if _EXTENDED.match(entry) or (entry.startswith('"') and _EXTENDED.match(plain(entry))):
        return _extended(entry)
    inner = unbraced(entry)
    if inner != entry:
        return _Name(plain(inner).strip(), corporate=True)
    parts = [text for part in _at_commas(entry) if (text := plain(part).strip())]
    if any("," in part for part in parts):
        # A comma in braces is part of a name.
        suffix = [parts.pop(place) for place in (2, 1) if len(parts) == 3 and _SUFFIX.fullmatch(parts[place])]
        return _Name(", ".join([in_order(" ".join(reversed(parts[1:])), parts[0]), *suffix]))
    return _Name(", ".join(parts) + ("," if entry.endswith(",") else ""))


def _at_commas(entry: str) -> list[str]:
    return split_tex_string(entry, ",") if "," in entry else [entry]


def _extended(entry: str) -> _Name:
    """A name given as `family=…, given=…, prefix=…`, in any order, with commas or without."""
    text = entry.strip()
    if text.startswith('"') and text.endswith('"'):
        text = text[1:-1]
    parts = dict(_parts(text))
    family, first = parts.get("family", ""), parts.get("given", "") or parts.get("given-i", "")
    name = in_order(first, " ".join(filter(None, (parts.get("prefix"), family))), parts.get("suffix", ""))
    return _Name(name, corporate=not first and " " in family)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each part's name and its value as text. A comma or a blank ends a value; braces and quotes hold one together."""
    matches = [match for match in _PART.finditer(text) if not _depth(text[: match.start()])]
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        value = text[match.end() : end].strip(" ,").strip('"')
        yield f"{match[1].lower()}{match[2] or ''}", plain(unbraced(value)).strip()


def _depth(text: str) -> int:
    return text.count("{") - text.count("}")
