"""Marks of footnotes beside a printed name, and the number behind it: "Ann Roe 1,2", "Roe, Ann*1", "2 Ann Roe", "Person 3850".

One or two digits, a letter beside these ("a1", "1a"), signs, raised digits, letters and brackets, brackets around such and lists
of all these are marks; so are four digits that begin with a 0, DBLP's number of a homonym. A longer number is none, nor is "1.2".
"""

import re

# Signs and raised letters that are no part of a name; "#" and the like only beside it.
_SIGN = "*†‡§¶∗⁎⋆✉‖∥★☆✱✻⁑¹²³⁰⁴-⁹₀-₉①-⑳ᵃᵇᶜᵈᵉᶠᵍ⁽⁾₍₎"
_LETTERED = r"(?:[a-z]?\d{1,2}[a-z]?|[a-z])"
_LETTERS = rf"{_LETTERED}(?:\s?[,;]\s?{_LETTERED})*"
_BRACKET = rf"[\[({{](?:(?:[^\w\[\](){{}}]|[\d_{_SIGN}])*|{_LETTERS})[\])}}]"
# One mark is read in one way alone (atomic), so that long rows of them cost little.
_ITEM = rf"""(?> [{_SIGN}\#] | {_BRACKET} | [\[({{]\s?\d{{1,2}}$ | \^(?:\{{[^{{}}]{{1,12}}\}}|\{{?[\w*†‡]{{1,4}})
    | (?:(?<![^\W\d_])[a-z])?(?<!\d)(?:[1-9](?:/[1-9])+|[1-9]\s?[-–]\s?[1-9]\d?|\d{{1,2}})(?!\d)(?:[a-z](?![^\W_]))? )"""
_GAP = r"(?:\s*[,;&+]\s*|\s+(?:and|und|et)\s+|\s+|)"
_LETTER = r"[a-z](?![\w.'’-])"
_RUN = rf"{_ITEM}(?:{_GAP}{_ITEM}|\s*,\s*{_LETTER})*"
# Behind a name also a homonym's number, or a list that begins with a letter.
_BEHIND = rf"""(?<!\d[.·•])(?:(?<=[^\s\d,;:/&+(\[{{_{_SIGN}–-])|(?<=\d{{3}}))
    (?:\s+[0０]\d{{3}}(?!\d)(?:{_GAP}{_RUN})? | [\s,;]*{_RUN}
    | \s+[a-z](?:\s*,\s*{_LETTER})+(?:{_GAP}{_RUN})? | \s+[a-z](?:\s*[,;&+]\s*{_RUN}|[{_SIGN}]{_GAP}(?:{_RUN})?))[.)\]}}]?"""
_DECIMAL = r"\d{1,2}(?:[.·•]\d+)+"
_NUMBER = rf"(?<=[^\W\d_]|[.)\]}}'’\"”])\s*(?:\d{{3,}}(?:[-–]\d*)?|{_DECIMAL})"
_JUNIOR = r"(?:Jr|Sr|Jnr|Snr|II|III|IV|2nd|3rd|4th)(?![^\W\d_])\.?"
_DEGREE = r"(?:Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc|D\.?\s?Sc|D\.?\s?Phil|MPH)(?![^\W\d_])\.?"
_ENDS = rf"(?=\s*(?:[,;]|$)|\s+(?:and|und|&|{_JUNIOR}|{_DEGREE})(?![^\W_]))"
_LAST = re.compile(rf"(?:{_NUMBER}(?:{_BEHIND})?|{_BEHIND})$", re.X)
_TAIL = re.compile(rf"{_BEHIND}{_ENDS}", re.X)
_HEAD = re.compile(rf"(^|(?<=[,;])\s*)(?!\d(?:nd|rd|th|st)\b){_RUN}[\s.,):]*(?=[^\W\d_])", re.X)
# A number behind a degree or a "Jr.": that of the name before it.
_AFTER_DEGREE = re.compile(rf"((?:,\s*|\s+)(?:{_JUNIOR}|{_DEGREE}))(\s*(?:\d{{3,}}|{_DECIMAL}))(?=\s*(?:[,;]|$))")
# Raised signs between two words of a name: "Ann¹,² Roe".
_RAISED = re.compile(rf"[{_SIGN}](?:,?[{_SIGN}])*(?=\s+(?!(?:and|und|et)\s)[^\W\d_])")
# The years of somebody's life, as catalogues of libraries have them.
_YEARS = re.compile(r"(?:,\s*|\s+\()(?:b\.\s*)?(?:1[5-9]|20)\d\d\s?[-–](?:\s?(?:1[5-9]|20)\d\d)?\)?(?=\s*(?:[,;]|$))")
# What is a mark wherever it stands in one name.
_AMID = re.compile(
    rf"""(?<=[^\W\d_])\d{{1,2}}(?=[\s,]) | [\[({{](?:[\W\d_]*|{_LETTERS})[\])}}] | [{_SIGN}]+ | \?+$ | ^[\])}}%]+
    | ^[^\w\s'’‘"(\[{{?\ufffd]+\s+(?=[^\W\d_])""",
    re.X,
)
_ONLY_BEHIND = re.compile(rf"{_BEHIND}$", re.X)
_ONLY = re.compile(rf"\s*{_RUN}[.)\]}}]?\s*", re.X)
_QUICK = re.compile(rf"[\d{_SIGN}#^?\[({{\])}}%]|\s[a-z]\s?,|^\W")
_LONGEST = 500


def set_apart(text: str, behind: re.Pattern[str] = _LAST) -> tuple[str, str]:
    """A name, and the number and the marks behind it as they are printed: "" where there are none."""
    if len(text) > _LONGEST or not _QUICK.search(text) or not (match := behind.search(text)):
        return text, ""
    return text[: match.start()], match[0]


def marks_apart(text: str) -> tuple[str, str]:
    """A name and the marks behind it, a longer number left with the name: "" where there are none."""
    return set_apart(text, _ONLY_BEHIND)


def in_order(given: str, family: str, suffix: str = "") -> str:
    """A name of its parts, given names first; what stands behind a part is a mark of the whole name and stands behind that."""
    given, first = set_apart(given.strip())
    family, second = set_apart(family.strip())
    suffix, third = set_apart(suffix.strip())
    name = " ".join(filter(None, (given, family)))
    return " ".join(filter(None, (name + first + second + third, suffix))).strip()


def unmarked(text: str) -> str:
    """A text of one name or several without the marks before and behind each; longer numbers stay, before a "Jr." or a degree."""
    if len(text) > _LONGEST or not _QUICK.search(text):
        return text
    text = _RAISED.sub("", _YEARS.sub("", text))
    return _AFTER_DEGREE.sub(r"\2\1", _HEAD.sub(r"\1", _TAIL.sub("", text))).strip()


def only_marks(text: str) -> bool:
    """Whether a piece between commas is nothing but marks: the "2" of "A. Roe 1, 2"."""
    return _ONLY.fullmatch(text) is not None


def without_marks(name: str) -> str:
    """One name without its marks, wherever they stand."""
    if len(name) > _LONGEST or not _QUICK.search(name):
        return name
    return " ".join(_AMID.sub("", unmarked(name)).split())
