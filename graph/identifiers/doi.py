"""DOIs as people, reference managers and databases write them.

A DOI is `10.`, the number of a registrant, a slash, and any signs: those of old journals (SICI) have angle brackets, semicolons
and parentheses. Links, TeX, HTML and percent signs wrap them.
"""

import re
import unicodedata
from urllib.parse import unquote

_START = re.compile(r"10\.\s?(\d{1,9})(?:\.\d+)*\s?/")
# Nothing but a DOI, of signs that nothing escapes: what most are but for their case.
_BARE = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._:/-]{0,500}[A-Za-z0-9]")
# A prefix whose first digit was lost, where a DOI begins: at the start, or behind a label or a link.
_CUT = re.compile(r"(?:^|(?<=doi\.org/)|(?<=[:\s]))0\.\d{4,9}(?:\.\d+)*/(?=\S)", re.I)
# Links, labels and opening signs, each taken whole, so that no text takes long.
_HEAD = re.compile(
    r"(?:(?>(?:(?:[a-z]+:)?//|www\.)\S*)|(?>(?:[\w-]+\.)+[a-z]+/\S*)|info:(?:doi/|hdl/)?|urn:doi:|hdl:|\\?doi\s*(?:id|link)?\s*[:=/]?"
    r"|[\s\"'<(\[{]+)*+",
    re.I,
)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,5}|#x[0-9a-f]{1,4});", re.I)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": " "}
_TEX_SIGNS = {
    "textless": "<", "textgreater": ">", "textunderscore": "_", "textasciitilde": "~", "lt": "<", "gt": ">", "slash": "/",
    "textbackslash": "\\", "textbar": "|", "allowbreak": "", "penalty0": "", "textquotesingle": "'", "ndash": "-",
    "textendash": "-",
    "textdollar": "$", "textasciicircum": "^", "langle": "<", "rangle": ">", "colon": ":", "textcolon": ":", "discretionary": "",
}  # fmt: skip
_TEX_WORD = re.compile(rf"\\({'|'.join(_TEX_SIGNS)})(?![A-Za-z])(?:\{{\}}|\s)?")
_TEX_WRAP = re.compile(r"\\(?:url|doi|path|texttt|nolinkurl|mbox|text|ensuremath|mathrm|href)\s*(?=\{)")
_TEX_CHAR = re.compile(r"\\([_%#&$~{}<>/.:;()^\[\]-])(?:\{\})?")
_PERCENT = re.compile(r"%(?:[2-7][0-9a-f])", re.I)
_TAG = re.compile(r"</?(?:a|b|i|u|p|br|em|strong|span|sub|sup|div|font|jats:[a-z-]+)(?:\s[^<>]*)?/?>", re.I)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_CLOSES = {")": "(", "]": "[", "}": "{", ">": "<"}
# What a sentence has behind a DOI.
_AROUND = ".,;:!?'\"`*|\\([{<«»“”‘’…"
# A text as long as this is no identifier, whatever is in it.
_LONGEST = 2000
_LINK_TAIL = re.compile(r"(?:\?[\w.-]+=|#)\S*$|[?&](?:utm_|via=|ref=|source=)\S*$", re.I)
# What publishers' addresses have behind a DOI.
_PAGE_TAIL = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|abs|html|meta|summary|references|pdfdirect)|\.pdf|\.full(?:\.pdf)?)/?$", re.I
)
_TEMPLATE = re.compile(
    r"^10\.\d+/(?:n{5,}(?:\.n+)*|[\d.]*\.?n{5,}(?:\.n+)*|x{4,}[x.]*|1122445\.1122456|todo|tbd|insert.*|example\.doi)$"
)


def read(text: str) -> tuple[str | None, str | None, str | None]:
    """The normal form of a DOI, or None; why the text is none; and what had to be mended."""
    if _BARE.fullmatch(text):
        value = text.lower()
        problem = wrong(value)
        return None if problem else value, problem, None
    if len(text) > _LONGEST:
        return None, f"is longer than {_LONGEST} signs", None
    clear = _clear(text)
    if not clear:
        return None, "is empty", None
    start_and_value, mended = _locate(clear)
    if mended is None and re.match(r"[^/]*%2f", text, re.I) and "/" not in text:
        mended = "its slash was escaped"
    if start_and_value is None:
        return None, _why_none(clear), None
    start, value = start_and_value
    before, link = clear[:start], False
    head = _HEAD.fullmatch(before)
    if head is None:
        mended = mended or "other text stood before it"
    link = "//" in before or bool(re.search(r"\.[a-z]+/", before, re.I))
    # Signs that were escaped are the DOI's own, and begin no tail of the link.
    tail = link and any(sign in text for sign in "?#&")
    value, rest = _ended(value, before, link, tail)
    if problem := wrong(value):
        return None, problem, None
    if rest is not None and mended is None:
        mended = rest
    return value, None, mended


def wrong(value: str) -> str | None:
    """Why a text in the form of a DOI is none."""
    head, _, rest = value.partition("/")
    if not re.search(r"[^\W_]", rest):
        return f"has nothing behind {head}/"
    if value.count("<") != value.count(">"):
        return "is cut within angle brackets"
    return "stands in a template for a DOI" if _TEMPLATE.match(value) else None


def finds(text: str) -> list[str]:
    """The DOIs of a text, each in its normal form, in order; those that cannot be right are passed over."""
    clear = _clear(text)
    starts = [match.start() for match in _START.finditer(clear) if _begins(clear, match)]
    dois = []
    for low, high in zip(starts, [*starts[1:], len(clear)], strict=True):
        value = read(clear[low:high].rstrip(" ,;"))[0]
        if value is not None:
            dois.append(value)
    return list(dict.fromkeys(dois))


def _clear(text: str) -> str:
    """The text without TeX, HTML, percent signs and invisible signs."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    text = text.strip()
    if "&" in text:
        text = _unescaped(_unescaped(text))
    if "\\" in text or "$" in text or "{" in text:
        text = _untexed(text)
    # A link may have been escaped twice.
    for _ in range(2):
        if "%" in text:
            text = _PERCENT.sub(lambda match: unquote(match[0]), text)
    return text.strip()


def _unescaped(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        name = match[0][1:-1].lower()
        if not name.startswith("#"):
            return _NAMED[name]
        number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
        return chr(number) if 31 < number < 0xD800 else ""

    return _ENTITY.sub(sign, text)


def _untexed(text: str) -> str:
    text = _TEX_WRAP.sub("", text)
    text = _TEX_WORD.sub(lambda match: _TEX_SIGNS[match[1]], text)
    text = _TEX_CHAR.sub(r"\1", text)
    # Angle brackets and underscores are set as formulas.
    text = re.sub(r"\$([^$]*)\$", r"\1", text)
    return text.replace("{", "").replace("}", "")


def _locate(clear: str) -> tuple[tuple[int, str] | None, str | None]:
    begins = [match for match in _START.finditer(clear) if _begins(clear, match)]
    # The numbers of registrants have four digits or more; one with fewer is believed where there is no other.
    if match := next((each for each in begins if len(each[1]) > 2), begins[0] if begins else None):
        return (match.start(), re.sub(r"\s", "", match[0]) + clear[match.end() :]), None
    if cut := _CUT.search(clear):
        return (cut.start(), f"1{clear[cut.start() :]}"), "its first digit was missing"
    return None, None


def _begins(clear: str, match: re.Match[str]) -> bool:
    """Whether a DOI begins here, and not in the middle of a number. Registrants of fewer than three digits are believed where
    nothing but a label or a link is before them."""
    before = clear[: match.start()]
    return not before[-1:].isdigit() and (len(match[1]) > 2 or bool(_HEAD.fullmatch(before)))


def _ended(value: str, before: str, link: bool, tail: bool) -> tuple[str, str | None]:
    """The DOI at the beginning of a text, and what is to be said of that which stood behind it."""
    first, *others = re.split(r"[\s\"]+|['\"]>|(?<=[\w)]),(?=\s*(?:https?:|doi|10\.\d))", value, maxsplit=1)
    mended = None
    if tag := _TAG.search(first):
        first = first[: tag.start()]
    if others and re.search(r"[^\W_]", others[0]):
        again = _START.search(others[0])
        mended = "other text stood behind it" if again is None else "of several the first is taken"
        if again and others[0][again.start() :].lower().startswith(_trimmed(first).lower()):
            mended = None
    if tail:
        first = _LINK_TAIL.sub("", first)
    if link and "doi.org/" not in before.lower():
        first = _PAGE_TAIL.sub("", first)
        first = re.sub(r"^(10\.1101/[\d.]+)v\d+$", r"\1", first)
    straight = _DASHES.sub("-", first)
    if straight != first:
        mended = mended or "its hyphens were dashes"
    return _trimmed(straight).lower(), mended


def _trimmed(value: str) -> str:
    """The DOI without the punctuation of the sentence around it, and without closing brackets that it does not open."""
    while value:
        last = value[-1]
        closes = last in _CLOSES and value.count(last) > value.count(_CLOSES[last])
        if not (closes or last in _AROUND or not last.isprintable()):
            return value
        value = value[:-1]
    return value


def _why_none(clear: str) -> str:
    if re.match(r"10\.\d{3,9}$", clear):
        return "has nothing behind its prefix"
    return "does not begin with 10. and a number, then a slash" if clear.startswith("10") else "does not begin with 10."
