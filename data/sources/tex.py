"""TeX in names and titles as plain text: `Schr\\"odinger` is Schrödinger, `$^4$He` is ⁴He. What has no TeX in it is not touched.

Only the pieces that are TeX are converted, and each kind of piece once: the same accents come a hundred thousand times.
"""

import logging
import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

# The converter tells of macros without their arguments; such titles are read all the same.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_SIGNS = re.compile(r"[\\{}$]")
# One dollar sign and no other sign of TeX is money.
_ONE_DOLLAR = re.compile(r"[^\\{}$]*\$[^\\{}$]*")
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
_LONGEST, _DEEPEST = 5_000, 200
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SCRIPT = re.compile(r"([_^])(?:\{([0-9+\-=()a-z]{1,12})\}|([0-9a-z]))")
# Fonts and the like, which change how the next text looks and not what it says.
_SILENT = [
    "and",
    "it",
    "rm",
    "bf",
    "sl",
    "sc",
    "cal",
    "em",
    "tt",
    "sf",
    "bm",
    "boldsymbol",
    "tiny",
    "small",
    "large",
    "Large",
    "huge",
    "normalsize",
    "protect",
    "nobreak",
]
# Outside of a formula a percent sign is one, although TeX takes the rest of the line for a comment.
_COMMENT = re.compile(r"(?<!\\)%")


def plain(text: str) -> str:
    """The text with its TeX as Unicode. What cannot be read as TeX keeps its letters and loses its signs."""
    if not _SIGNS.search(text) or _ONE_DOLLAR.fullmatch(text):
        return text
    done = _PIECE.sub(lambda piece: _piece(piece[0]), text.replace("~", " "))
    return _whole(done) if _SIGNS.search(done) else done


@lru_cache(maxsize=65_536)
def _piece(text: str) -> str:
    if text.count("{") != text.count("}"):
        return text
    return _whole(text)


def _whole(text: str) -> str:
    if len(text) > _LONGEST or text.count("{") > _DEEPEST or text.count("\\begin") > _DEEPEST:
        return _bare(text)
    try:
        found = _CONVERTER.latex_to_text(_COMMENT.sub(r"\\%", _SCRIPT.sub(_script, text)))
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError):
        # What nobody would write, such as a macro that stands for its own argument.
        return _bare(text)
    read: str = found.replace("$", "").replace("\\", "")
    return read if text[:1] == " " else read.strip()


def _bare(text: str) -> str:
    """The letters of a text that is no TeX that can be read."""
    return re.sub(r"[\\{}$]", "", text)


def _script(match: "re.Match[str]") -> str:
    inner = match[2] or match[3]
    table = _RAISED if match[1] == "^" else _LOWERED
    # The empty group ends the name of a macro before it, which would otherwise go on with the raised letter.
    return "{}" + inner.translate(table) if all(ord(character) in table for character in inner) else match[0]


def _unknown(node: Any, l2tobj: Any) -> str:
    """A macro that nobody knows: the text given to it, else its name, which mostly is a piece of a word gone wrong."""
    given = [each for each in (node.nodeargd.argnlist if node.nodeargd else None) or () if each is not None]
    return "".join(l2tobj.node_to_text(each) for each in given) if given else f"{node.macroname}{node.macro_post_space}"


def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    context.add_context_category(
        "titles",
        prepend=True,
        macros=[MacroTextSpec("deg", "°"), MacroTextSpec("\\", " "), *(MacroTextSpec(name, "") for name in sorted(_SILENT))],
    )
    context.set_unknown_macro_spec(MacroTextSpec("", _unknown))
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=False)


_CONVERTER = _converter()
