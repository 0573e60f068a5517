"""One printed name: the order of a card index turned, run-together initials, titles and degrees, names that cannot be one
person's."""

import re

from byline.data.sources.names.marks import set_apart
from byline.graph.text import words

SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd|4th)\.?", re.I)
# Degrees that are nothing else, and those that are initials behind a surname alone: "Roe, MD" is M. D. Roe.
_DEGREE = (
    r"Ph\.?\s?D|D\.?\s?Phil|D\.?\s?Sc|M\.?\s?Sc|B\.?\s?Sc|M\.?\s?Eng|B\.?\s?Eng|MPH|MBA|LL\.?\s?[MBD]|D\.?\s?V\.?\s?M|Pharm\.?\s?D|Dr|Prof"
    r"|Professor|Esq|FRCP|FRS|FACS|MSN|(?:(?:Senior|Student|Life)\s+)?(?:Member|Fellow),?\s*IEEE|IEEE\s+\w+"
)
_SHORT_DEGREE = r"M\.?\s?D|M\.?\s?A|B\.?\s?A|R\.?\s?N|M\.?\s?S|B\.?\s?S"
_FIRM = r"inc|ltd|llc|llp|gmbh|ag|corp|plc|s\.a|b\.v"
_BEHIND = re.compile(rf"(?:(?i:jr|sr|jnr|snr|iii|iv|2nd|3rd|4th|{_FIRM}|{_DEGREE}))\.?")
_DEGREES = re.compile(rf"(?:\s*,\s*(?:(?i:{_DEGREE})|{_SHORT_DEGREE})\.?(?![^\W\d_]))+\s*$")
# Without a comma before it only what is nothing else.
_PLAIN_DEGREES = re.compile(r"(?:\s+(?:Ph\.\s?D\.?|PhD|M\.D\.|MSc|MPH|DPhil|DSc|D\.Sc\.))+\s*$")
# "MR. Roe" and "MS. Roe" are initials.
_TITLE = r"(?:(?:Prof|Dr)\.|(?-i:Mr|Mrs|Ms|Ing|Dipl)\.|(?:Professor|Prof|Dr)(?=\s))"
_TITLES = re.compile(rf"(?:{_TITLE}(?:\s*-?\s*(?:{_TITLE}|(?:h\.\s?c|habil|rer|nat|phil|med)\.))*\s*)+(?=[^\W\d_])", re.I)
_COMMON = 4
_UPPER, _LOWER = r"A-ZÀ-ÖØ-ÞŁŚŻŽŠČĆĐİ", r"a-zß-öø-ÿąćčďđęěğłńňőřśšşťůűźżžıă"
_PARTICLE = r"(?:[Vv][ao]n|[Dd]e[rnl]?|[Dd]ella|[Dd][iau]|[Dd]os|[Ll][ae]|[EeAa]l|[Bb]in|[Ii]bn|[Tt]e[rn]|[Zz]u|[Aa]f)"
_WORD = rf"(?:[dDlLoO]['’])?(?:Mac|Mc)?[{_UPPER}][{_LOWER}]+(?:[-'’][{_UPPER}{_LOWER}]+)*"
# "Roe AB", "van der Berg CJ Jr", "Roe A.B.": the layout of PubMed and of Scopus.
_CARD = re.compile(
    rf"(?P<surname>(?:{_PARTICLE}[\s-]+)*{_WORD}(?:\s+{_WORD})*)\s+(?P<initials>[{_UPPER}]{{1,4}}|(?:-?[{_UPPER}]\.[\s-]?)+?)"
    r"(?:[\s,]+(?P<junior>(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?))?"
)
_INITIALS = re.compile(rf"[{_UPPER}]{{1,4}}|(?:[^\W\d_]\.[\s-]*)*[^\W\d_]\.?|[{_UPPER}](?:[\s-]+[{_UPPER}])+")
_RUN = re.compile(rf"[{_UPPER}]{{1,4}}")
_VOWEL = "AEIOUYÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ"
# Three or four capitals that may be a word: ANN, WEI, EVA, SHU, JUAN.
_WORDLIKE = re.compile(rf"(?:[^{_VOWEL}]H?)?[{_VOWEL}]+[^{_VOWEL}]{{0,2}}[{_VOWEL}]?")


def natural(name: str) -> str:
    """ "Last, First" as "First Last", "Last, First, Jr." and "Last, Jr., First" as "First Last, Jr."; "Last, FM" as "F. M. Last".

    A name with another number of commas, or with a title behind it, stays as it is. Marks and numbers behind its parts are those
    of the name and stand behind it: "Last, First 1" is "First Last 1".
    """
    if "," not in name:
        return name
    # The commas of marks, "1,2" and "(a,b)", part nothing.
    core, behind = set_apart(name)
    if "," not in core:
        return name
    parts = [part for each in core.split(",") if (part := each.strip())]
    if not parts:
        return name
    parts[-1] += behind
    if any(part.count("“") != part.count("”") or part.count('"') % 2 for part in parts):
        # The comma of a nickname in quotes.
        return name
    junior = [part for part in parts[1:] if SUFFIX.fullmatch(set_apart(part)[0])] if len(parts) == 3 else []
    rest = [part for part in parts if part not in junior]
    if len(rest) != 2 or len(junior) > 1 or _BEHIND.fullmatch(set_apart(rest[1])[0]) or bare(name) != name or _suffixed(rest):
        return name
    return joined(rest[1], rest[0], "".join(junior))


def _suffixed(parts: list[str]) -> bool:
    """Whether a second part is "II" behind a whole name; behind a surname it is initials."""
    return SUFFIX.fullmatch(parts[1]) is not None and " " in parts[0]


def joined(given: str, family: str, suffix: str = "") -> str:
    """A name of its parts, given names first. Capitals that run together before a surname in small letters are initials."""
    (given, first), (family, second), (suffix, third) = (set_apart(part.strip()) for part in (given, family, suffix))
    if not suffix and (match := re.fullmatch(r"(.+?)[\s,]+((?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?)", given)):
        given, suffix = match.groups()
    name = f"{_initials(given, family)} {family}".strip() + second + first + third
    return f"{name}, {suffix}" if suffix else name


def _initials(given: str, family: str) -> str:
    """ "CR" and "C R" as "C. R."; what is no run of capitals as it stands."""
    runs = given.split()
    if not runs or "." in given or not all(_RUN.fullmatch(run) for run in runs):
        return given
    if len(runs) == 1 and (len(given) > 2 or not any(letter.islower() for letter in family)) and _WORDLIKE.fullmatch(given):
        return given
    return " ".join(f"{letter}." for run in runs for letter in run)


def card(name: str) -> str | None:
    """ "Roe AB" as "A. B. Roe", a number behind it kept; None for a name that is not a surname with initials behind it."""
    name, behind = set_apart(name)
    if not (match := _CARD.fullmatch(name)):
        return None
    letters = " ".join(f"{letter}." for letter in match["initials"] if letter.isalpha())
    turned = f"{letters} {match['surname']}{behind}"
    return f"{turned}, {match['junior']}" if match["junior"] else turned


def only_initials(text: str) -> bool:
    """Whether a text is nothing but initials, or these with marks: "A.", "A. B.", "A B", "AB", "A. 1"."""
    return _INITIALS.fullmatch(set_apart(text.strip())[0]) is not None


def bare(name: str) -> str:
    """A name without academic degrees behind it and titles before it: "Prof. Dr. Ann Roe, PhD" is Ann Roe."""
    if match := _DEGREES.search(name):
        before = name[: match.start()]
        # "Roe, MD" is M. D. Roe, and "de Roe, MA" M. A. de Roe.
        if (" " in before.strip() and not before.strip()[0].islower()) or re.search(_DEGREE, match[0]):
            name = before
    if (match := _PLAIN_DEGREES.search(name)) and " " in name[: match.start()].strip():
        name = name[: match.start()]
    return _TITLES.sub("", name, count=1) if _TITLES.match(name) else name


def related(left: str, right: str) -> bool:
    """Whether two names may be one person's at all: they share a word or the beginning of one, one of them has initials
    only, or they are written in different scripts."""
    a, b = ([word for word in words(name) if len(word) > 1] for name in (left, right))
    if not a or not b or _latin(a) != _latin(b):
        return True
    return any(x[:_COMMON] == y[:_COMMON] if min(len(x), len(y)) >= _COMMON else x == y for x in a for y in b)


def _latin(split: list[str]) -> bool:
    return any("a" <= character <= "z" for word in split for character in word)
