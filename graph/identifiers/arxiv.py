"""arXiv's identifiers: `2001.00001` since April 2007, `hep-th/9901001` before; the class of a subject (`math.GT/0309136`) is no
part of the identifier, nor is a version."""

import re
import unicodedata
from urllib.parse import unquote

# Archives that gave numbers of their own until March 2007.
ARCHIVES = frozenset({
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph",
    "solv-int", "supr-con",
})  # fmt: skip
# The year, without its century, from which on numbers have five digits.
_FIVE_DIGITS_FROM = 15
_HEAD = re.compile(
    r"^(?:(?:https?:)?(?://)?(?:www\.|export\.|[a-z]{2}\.)?(?:arxiv|ar5iv|alphaxiv)(?:\.labs\.arxiv)?\.org/(?:abs|pdf|html|ps|format|e-print)/"
    r"|(?:https?://)?xxx\.(?:lanl\.gov|arxiv\.org)/(?:abs|pdf|ps)/|(?:https?://)?(?:dx\.)?(?:doi\.org/|doi:\s*)?10\.48550/(?=arxiv)"
    r"|(?:corr|arxiv\s+(?:e-?)?prints?|e-?prints?|preprint)[\s:,]*|arxiv\s*(?:id)?\s*[:.]?\s*|abs/|oai:arxiv\.org:)",
    re.I,
)
_NEW = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})(?:v\d+)?(?![\d.]?\d)", re.I)
_PLAIN = re.compile(r"([a-z-]+)/[0-9]{7}")
_OLD = re.compile(r"([a-z-]+)(?:\.[a-z-]{2,8})?/(\d{2})(\d{2})(\d{3})(?:v\d+)?(?!\d)", re.I)
# A file, the class in brackets, punctuation.
_TAIL = re.compile(r"(?:\.pdf|\.ps|\.gz)*[\s.,;/)\]}>]*(?:[?#].*)?$", re.I)
_CLASS = re.compile(r"\s*[\[(][a-z-]+(?:\.[a-z-]+)?[\])][\s.,;]*$", re.I)
_ANYWHERE = re.compile(
    r"(?:(?:arxiv|ar5iv)(?:\.labs\.arxiv)?\.org/(?:abs|pdf|html|ps|format)/|lanl\.gov/(?:abs|pdf)/|arxiv(?:\s*id)?[:.\s]\s*"
    r"|corr[\s,:(]*abs/|10\.48550/arxiv\.)"
    r"\s*((?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?!\d)",
    re.I,
)

# What may stand around an identifier in a text that is nothing else: labels and the beginning of a link; a class and a year.
_LABELS = re.compile(
    r"(?:(?:arxiv|corr|(?:e-?|pre-?)prints?(?:\s+at)?|id|identifier|url)\b[\s:.,;()]*)*"
    r"[\s<(\[]*(?:\\url)?\s*(?:https?://)?(?:(?:www|export|xxx|dx)\.|doi:\s*)?(?:doi\.org/)?",
    re.I,
)
_AFTER = re.compile(r"(?:\.pdf)?[\s>)]*(?:[\[(][a-z-]+(?:\.[a-z-]+)?[\])])?[\s,;]*(?:\(?(?:19|20)\d\d\)?)?[\s.,;)\]>]*", re.I)


def read(text: str) -> tuple[str | None, str | None, str | None]:
    """The normal form of an identifier of arXiv, or None; why the text is none; and what had to be mended."""
    if (plain := _PLAIN.fullmatch(text)) and plain[1] in ARCHIVES:
        problem = wrong(text)
        return None if problem else text, problem, None
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    bare = unquote(text.replace("{", "").replace("}", "").replace("\\_", "_")) if re.search(r"[{\\%]", text) else text
    bare = bare.strip().strip("\"'<>")
    while (head := _HEAD.match(bare)) and head[0]:
        bare = bare[head.end() :].strip()
    if not bare:
        return None, "is empty", None
    match = _NEW.match(bare) or _OLD.match(bare)
    if match is None:
        return None, "is neither as 2001.00001 nor as hep-th/9901001", None
    value, padded = _value(match)
    if problem := wrong(value):
        return None, problem, None
    rest = bare[match.end() :]
    if _TAIL.fullmatch(rest):
        return value, None, "a zero too many stood before its number" if padded else None
    return value, None, "its class stood behind it" if _CLASS.fullmatch(rest) else "other text stood behind it"


def wrong(value: str) -> str | None:
    """Why a text in the form of an identifier of arXiv is none: a month that does not exist, or an archive."""
    if "/" in value:
        archive, number = value.split("/")
        year, month = int(number[:2]), int(number[2:4])
        if archive not in ARCHIVES:
            return f"names no archive of arXiv: {archive}"
        if not (1 <= month <= 12 and (year >= 91 or year <= 7)) or 703 < year * 100 + month < 9107 or not int(number[4:]):
            return "is of a month in which arXiv gave no such id"
        return None
    year, month, number = int(value[:2]), int(value[2:4]), value[5:]
    if not 1 <= month <= 12 or not 704 <= year * 100 + month < 9101 or not int(number):
        return "is of a month in which arXiv gave no such id"
    digits = 4 if year < _FIVE_DIGITS_FROM else 5
    return None if len(number) == digits else f"has {len(number)} digits behind the point, where that month's have {digits}"


def finds(text: str) -> str | None:
    """The first identifier in a text that says that it is one of arXiv's: a link, "arXiv:…", or arXiv's own DOI."""
    for match in _ANYWHERE.finditer(text):
        if (value := read(match[1])[0]) is not None:
            return value
    return None


def alone(text: str) -> str | None:
    """The identifier of a text that is nothing but a label, the identifier and its class; None for a text that mentions one."""
    text = text.strip()
    match = _ANYWHERE.search(text)
    if match is None or not _LABELS.fullmatch(text[: match.start()]) or not _AFTER.fullmatch(text[match.end() :]):
        return None
    return read(match[1])[0]


def of_number(number: str, category: str) -> str | None:
    """The identifier of old kind whose number and archive are stated apart: `0309136` of `math.GT` is `math/0309136`."""
    if not re.fullmatch(r"\d{7}(?:v\d+)?", number.strip(), re.I):
        return None
    return read(f"{category.strip().split('.')[0].lower()}/{number.strip()}")[0]


def _value(match: re.Match[str]) -> tuple[str, bool]:
    """The normal form, and whether a zero was taken off: until 2014 numbers had four digits, and `1301.00001` is the first."""
    if match.re is not _NEW:
        return f"{match[1].lower()}/{match[2]}{match[3]}{match[4]}", False
    padded = int(match[1]) < _FIVE_DIGITS_FROM and len(match[3]) == 5 and match[3][0] == "0"
    return f"{match[1]}{match[2]}.{match[3][1:] if padded else match[3]}", padded
