"""TeX in names and titles as plain text: `Schr\\"odinger` is Schrödinger, `$^4$He` is ⁴He. What has no TeX in it is not touched.

The one normaliser of TeX for all sources. pylatexenc parses and knows the symbols; what TeX prints by position (raised and
lowered text), signs that are money or a blank, and macros of bibliographies are added here. TeX that has no Unicode stays
readable: `n^{1+o(1)}` keeps its braces.

Only the pieces that are TeX are converted, and each kind of piece once: the same accents come a hundred thousand times.
"""

import logging
import re
import unicodedata

from byline.data.remembered import remembered
from byline.data.sources.read.tex_macros import LOWERED, RAISED, converter, known_macros, syntax

# The converter tells of macros without their arguments; such titles are read all the same.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_SIGNS = re.compile(r"[\\{}$]")
# One dollar sign and no other sign of TeX is money; so are two before numbers with words between them.
_ONE_DOLLAR = re.compile(r"[^\\{}$]*\$[^\\{}$]*")
_MONEY = re.compile(r"(?<![\\\w])\$(?=\d[^$\\^_{}]*\s[a-z]{2,}\s+\$\d)|(?<=\s)(?<!\\)\$(?=\d[^$]*$)")
# Accents, letters such as \ss, and one formula without a macro that is not closed: what most pieces of TeX are.
_PIECE = re.compile(
    r"""
      \{?\\["'`^~=.][ ]?(?:\{\\?[A-Za-z][ ]?\}|\\[ij](?![A-Za-z])[ ]?|[A-Za-z])\}?
    | \\[A-Za-z]\{\\?[A-Za-z]\}
    | \{\\[A-Za-z]+\}
    | \$[^$]{1,200}\$
    """,
    re.VERBOSE,
)
# No title is as long or as deep as this; the converter walks down into each brace.
_LONGEST, _DEEPEST = 5_000, 50
# Outside of a formula a percent sign is one, although TeX takes the rest of the line for a comment.
_COMMENT = re.compile(r"(?<!\\)%")
# "~" between two words is a blank that does not break; one behind a slash belongs to an address.
_TIE = re.compile(r"(?<=[^\s\\/~])(?<!\\)~+(?=[^\s~])")
# Beside a blank it is one too, except where a number follows: "~5 GeV" is about 5.
_LOOSE_TIE = re.compile(r"(?<![\\/])~+(?!\d)")
_ABOUT = re.compile(r"(?:(?<=\s)|^)~(?=\d)")
_MACRO_BEFORE_GROUP = re.compile(r"\\([A-Za-z]+)\s*(?=\{)")
# TeX swallows the blank behind a letter such as \l; before a capital it stood between two words.
_LETTER_AT_END = re.compile(r"(?<=[^\W\d_])\\(l|o|i|j|ss|ae|oe|aa)[ ]+(?=[A-ZÀ-Þ\\])")
# What needs no braces behind "^" and "_".
_WORD = re.compile(r"[^\W_²³¹⁰-₟]+|.")
# A named function begins a new word: "n\\log n" is n log n.
_FUNCTION = re.compile(r"(?<=[\w)\]}])\\(?=(?:log|ln|exp|sin|cos|tan|min|max|sup|inf|lim|det|dim|ker|gcd)(?![A-Za-z]))")
_SCRIPT = re.compile(r"(?<!\\)([_^])\s*(\{|[0-9a-z*′]|\\(?:circ|prime|dagger|ast)(?![A-Za-z]))")
# Signs that the converter would take for TeX, and that are to be printed.
_DOLLAR, _OPEN, _CLOSE, _TILDE, _LINE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_PRINT = str.maketrans({_DOLLAR: "$", _OPEN: "{", _CLOSE: "}", _TILDE: "~", _LINE: "_"})
_PRINTED_SIGN = re.compile(r"\\[$]|(?<!\\)\\[{}]|\\~\{\s*\}|/~")
_SIGN = {"$": _DOLLAR, "{": _OPEN, "}": _CLOSE, "~": _TILDE}
_NO_SIGN = str.maketrans("", "", "\\$")

_CONVERTER, _SYNTAX, _KNOWN = converter(), syntax(), known_macros()

# Macros that stand in identifiers and addresses, which print what they stand for and nothing else.
_ESCAPED = re.compile(
    r"\\([_%#&${}<>~^])(?:\{\})?"
    r"|\\(?:text)?(less|greater|underscore|asciitilde|percent|dollar|slash|lt|gt)(?![a-z])(?:\{\})?\s?"
    r"|\\-"
)
_NAMED = {"less": "<", "greater": ">", "lt": "<", "gt": ">", "underscore": "_", "asciitilde": "~", "percent": "%", "dollar": "$"}


def plain(text: str) -> str:
    """The text with its TeX as Unicode. What cannot be read as TeX keeps its letters and loses its signs."""
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "''" in text and "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    if not _SIGNS.search(text) or _ONE_DOLLAR.fullmatch(text):
        return text
    text = _PRINTED_SIGN.sub(lambda sign: ("/" if sign[0] == "/~" else "") + _SIGN[sign[0][1]], text)
    if "$" in text:
        text = _MONEY.sub(_DOLLAR, text)
    if "~" in text:
        text = _LOOSE_TIE.sub(" ", _ABOUT.sub(_TILDE, text))
    done = _PIECE.sub(lambda piece: _piece(piece[0]), text)
    if _SIGNS.search(done):
        done = _whole(done)
    return unicodedata.normalize("NFC", done.translate(_PRINT))


def unescaped(text: str) -> str:
    """A DOI, id or address without the escapes and braces of TeX; underscores, percent signs and angles stay what they are."""
    if not _SIGNS.search(text):
        return text
    return re.sub(r"[{}$]", "", _ESCAPED.sub(_escaped, text)).translate(_PRINT)


def _escaped(match: "re.Match[str]") -> str:
    if match[1]:
        return {"$": _DOLLAR, "{": _OPEN, "}": _CLOSE}.get(match[1], match[1])
    return _NAMED.get(match[2], "/") if match[2] else ""


@remembered(65_536)
def _piece(text: str) -> str:
    if text.count("{") != text.count("}"):
        return text
    return _whole(text)


def _whole(text: str) -> str:
    if len(text) > _LONGEST or text.count("{") > _DEEPEST * 4 or text.count("\\begin") > _DEEPEST:
        return _bare(text)
    try:
        plain = _read(text, 0)
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError):
        # What nobody would write, such as a macro that stands for its own argument.
        return _bare(text)
    return plain if text[:1] == " " else plain.strip()


def _read(text: str, depth: int) -> str:
    if depth > _DEEPEST:
        return _bare(text)
    text = _LETTER_AT_END.sub(r"\\\1{} ", _scripts(text, depth))
    text = _FUNCTION.sub(r" \\", text)
    text = _COMMENT.sub(r"\\%", _MACRO_BEFORE_GROUP.sub(_known, text))
    read: str = _CONVERTER.latex_to_text(text, latex_context=_SYNTAX)
    return read.translate(_NO_SIGN)


def _bare(text: str) -> str:
    """The letters of a text that is no TeX that can be read."""
    return re.sub(r"[\\{}$]", "", text)


def _known(match: "re.Match[str]") -> str:
    """A macro before a group. The name of one that nobody knows is nothing that is printed."""
    return match[0] if match[1] in _KNOWN else ""


def _scripts(text: str, depth: int) -> str:
    """Raised and lowered text as Unicode where there is such; else as "^" or "_" with braces around what is an expression."""
    done: list[str] = []
    at = 0
    while match := _SCRIPT.search(text, at):
        end = match.end() if match[2] != "{" else _closing(text, match.end() - 1)
        if end is None:
            break
        inner = text[match.start(2) : end]
        content = _read(inner[1:-1] if match[2] == "{" else inner, depth + 1).strip()
        # The empty group ends the name of a macro before it, which would otherwise go on with the raised letter.
        done += [text[at : match.start()], "{}", _script(match[1], content)]
        at = end
    return "".join((*done, text[at:]))


def _script(sign: str, content: str) -> str:
    table = RAISED if sign == "^" else LOWERED
    if all(ord(character) in table for character in content):
        return content.translate(table)
    shown = "^" if sign == "^" else _LINE
    return shown + content if _WORD.fullmatch(content) else f"{shown}{_OPEN}{content}{_CLOSE}"


def _closing(text: str, start: int) -> int | None:
    """Where the group that opens at `start` ends; None where it does not."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.S).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth and match[0] == "}":
            return match.end()
    return None
