"""Macros that bibliographies use beside those that pylatexenc knows, and what they print."""

from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_syntax_db
from pylatexenc.macrospec import std_macro

# Fonts and the like, which change how the next text looks and not what it says.
_SILENT = (
    *("and", "it", "rm", "bf", "sl", "sc", "cal", "em", "tt", "sf", "bm", "boldsymbol", "tiny", "small", "large", "Large"),
    *("huge", "normalsize", "protect", "nobreak", "upshape", "itshape", "slshape", "bfseries", "relax", "xspace", "sffamily"),
    *("allowbreak", "penalty", "displaystyle", "left", "right", "big", "Big", "bigl", "bigr", "-", "/"),
)
# What is printed elsewhere or nowhere, with its argument.
_HIDDEN = {
    **dict.fromkeys(("thanks", "footnote", "label", "index", "noopsort", "SortNoop", "sortnoop", "vspace", "hspace"), "*{"),
    **dict.fromkeys(("cite", "citep", "citet", "footnotemark", "footnotetext"), "*[{"),
    **dict.fromkeys(("color",), "{"),
    "footnotemark": "[",
}
# What prints its last argument.
_SHOWN = {
    **dict.fromkeys(("mkbibquote", "mkbibemph", "natexlab", "textnormal", "textsuperscript", "textsubscript"), "{"),
    **dict.fromkeys(("enquote", "MakeUppercase", "MakeLowercase", "uppercase", "lowercase", "hbox", "ensuremath"), "*{"),
    **dict.fromkeys(("href", "switchargs", "foreignlanguage"), "{{"),
    "url": "{",
    "h": "{",
    "widetilde": "{",
    "widehat": "{",
    "polhk": "{",
    "textcommabelow": "{",
    "U": "{",
    "G": "{",
}
_PRINTED = {
    "deg": "°",
    "degree": "°",
    "\\": " ",
    " ": " ",
    ",": " ",
    ";": " ",
    "slash": "/",
    "textless": "<",
    "textgreater": ">",
    "textunderscore": "_",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textdollar": "$",
    "textpercent": "%",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textonehalf": "½",
    "textonesuperior": "¹",
    "texttwosuperior": "²",
    "textthreesuperior": "³",
    "textperiodcentered": "·",
    "textdegree": "°",
    "texttimes": "×",
    "textmu": "µ",
    "textrightarrow": "→",
    "BibTeX": "BibTeX",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "cprime": "ʹ",
    "cdprime": "ʺ",
    "Dbar": "Đ",
    "dbar": "đ",
    "guillemotleft": "«",
    "guillemotright": "»",
}
# Accents that pylatexenc lacks, as combining characters.
_ACCENTS = {
    "h": "\u0309",
    "polhk": "\u0328",
    "textcommabelow": "\u0326",
    "U": "\u030e",
    "G": "\u030f",
    "widetilde": "\u0303",
    "widehat": "\u0302",
}

RAISED = str.maketrans("0123456789+-−=()ni∘°′†*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ°°′†*")
LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def _last(node: Any, l2tobj: Any) -> str:
    """The text of a macro's last argument."""
    arguments = [each for each in (node.nodeargd.argnlist if node.nodeargd else None) or () if each is not None]
    text = l2tobj.nodelist_to_text([arguments[-1]]) if arguments else ""
    match node.macroname:
        case "enquote" | "mkbibquote":
            return f"“{text}”"
        case "textsubscript" if text and set(map(ord, text)) <= LOWERED.keys():
            return text.translate(LOWERED)
        case "textsuperscript" if text.isdigit():
            return text.translate(RAISED)
        case name if name in _ACCENTS and text:
            return text[0] + _ACCENTS[name] + text[1:]
    return str(text)


def _unknown(node: Any, l2tobj: Any) -> str:
    """A macro that nobody knows: the text given to it, else its name, which mostly is a piece of a word gone wrong."""
    arguments = [each for each in (node.nodeargd.argnlist if node.nodeargd else None) or () if each is not None]
    return "".join(l2tobj.node_to_text(each) for each in arguments) if arguments else f"{node.macroname}{node.macro_post_space}"


def converter() -> LatexNodes2Text:
    """pylatexenc's converter with these macros."""
    context = get_default_latex_context_db()
    context.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, "") for name in (*_SILENT, *_HIDDEN)),
            *(MacroTextSpec(name, _last) for name in _SHOWN),
            *(MacroTextSpec(name, text) for name, text in _PRINTED.items()),
        ],
    )
    context.set_unknown_macro_spec(MacroTextSpec("", _unknown))
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=False)


def syntax() -> Any:
    """Which arguments the macros have, for the parser."""
    context = get_default_syntax_db()
    macros = [std_macro(name, arguments) for name, arguments in (_HIDDEN | _SHOWN).items()]
    context.add_context_category("bibliographies", prepend=True, macros=macros)
    return context


def known_macros() -> frozenset[str]:
    """The names of all macros that print something of their own or have arguments."""
    names: set[str] = set()
    for context in (get_default_latex_context_db(), get_default_syntax_db()):
        names.update(spec.macroname for spec in context.iter_macro_specs())
    return frozenset(names.union(_SILENT, _HIDDEN, _SHOWN, _PRINTED))
