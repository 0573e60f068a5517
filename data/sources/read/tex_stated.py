"""TeX where a text may be anything: read as TeX only what nobody would write otherwise.

BibTeX and arXiv say that their texts are TeX. Other catalogues take over what authors typed, so that a backslash may as well be
that of a path or of a quotation mark that a program escaped, and a dollar sign money.
"""

import re
from unicodedata import normalize

from byline.data.sources.read.tex import plain
from byline.data.sources.read.tex_macros import known_macros

_KNOWN = known_macros()
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|(?:^|[\s\"'(])\\\\\w|\w\\\w+\\\w+\\")
_ACCENT = re.compile(r"\\([\"'`^~=.])[ ]?(?:\{\\?([A-Za-z])[ ]?\}|\\([ij])(?![A-Za-z])|([A-Za-z]))")
_SIGNS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
# Quotation marks and apostrophes that were escaped: \"Frost\", D\'Angelo.
_ESCAPED = re.compile(r"(?:^|[\s(])\\([\"'])\w[^\\]*\\\1(?!\w)|\b[A-Z]\\'[A-Z][a-z]")
_MACRO = re.compile(r"(?P<before>[A-Za-z]?)\\(?P<name>[A-Za-z]+)(?P<behind>\s*\{|\s+[A-Za-z])?")
# Letters, which stand within words, and accents, which stand before the letter.
_LETTERS = frozenset(("o", "O", "l", "L", "i", "j", "ss", "ae", "AE", "oe", "OE", "aa", "AA", "dh", "DH", "th", "TH", "dj", "DJ"))
_SPACED = frozenset(("c", "v", "H", "u", "k"))
# A formula has a sign of one in it, or is a few letters that stand alone; "$5 to $10" is money.
_FORMULA = re.compile(r"\$(?=[^$]*[\\^_{])[^$\s](?:[^$]{0,200}[^$\s])?\$(?!\d)|(?<![\w$])\$[A-Za-z](?:[^$\d\s]{0,6})\$(?![\w$])")


def named(name: str) -> str:
    """A printed name with its TeX as Unicode, if it has any."""
    return plain(name) if "\\" in name and _has_macro(name) else name


def titled(title: str) -> str:
    """A title with its TeX as Unicode, if it has any; formulas are TeX too."""
    if not may_be_tex(title):
        return title
    if title.count("$") % 2:
        # One of them is money, and no formula begins or ends there.
        title = _FORMULA.sub(lambda formula: plain(formula[0]), title)
    return plain(title) if _FORMULA.search(title) or ("\\" in title and _has_macro(title)) else title


def may_be_tex(text: str) -> bool:
    """Whether a text has a sign without which it is no TeX."""
    return "\\" in text or "$" in text


def _has_macro(text: str) -> bool:
    if _PATH.search(text) or _ESCAPED.search(text):
        return False
    return any(map(_composes, _ACCENT.finditer(text))) or any(map(_is_macro, _MACRO.finditer(text)))


def _composes(accent: "re.Match[str]") -> bool:
    """Whether there is such a letter: "O\\'Brien" has an apostrophe that was escaped."""
    letter = accent[2] or accent[3] or accent[4]
    return accent[4] is None or len(normalize("NFC", letter + _SIGNS[accent[1]])) == 1


def _is_macro(match: "re.Match[str]") -> bool:
    name, behind = match["name"], match["behind"] or ""
    if name in _LETTERS:
        return True
    if name not in _KNOWN:
        return False
    if behind.endswith("{"):
        return True
    return name in _SPACED and bool(behind) if len(name) == 1 else not match["before"]
