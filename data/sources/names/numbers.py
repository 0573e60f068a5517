"""Numbers among authors that are no marks: "Person 3850" may be what somebody is called, "IUHET 280" is a report."""

import re

from byline.data.notices import quoted
from byline.data.remembered import remembered
from byline.data.sources.names.marks import without_marks
from byline.data.sources.names.printed import SUFFIX
from byline.data.sources.read.ordinary import ordinary

_STATES = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
_ARCHIVES = (
    "(?i:arxiv)|hep-(?:th|ph|ex|lat)|nucl-(?:th|ex)|astro-ph|gr-qc|quant-ph|cond-mat|math-ph|q-(?:alg|bio|fin)|cs|math|physics|nlin"
    "|chao-dyn|solv-int|patt-sol|adap-org|alg-geom|dg-ga|funct-an|comp-gas|cmp-lg|mtrl-th|supr-con|acc-phys|chem-ph|atom-ph|plasm-ph"
)
# Postcodes of several countries, ids of arXiv, boxes and rooms.
_FILED = re.compile(
    rf"""\b(?:{_STATES})[\s.]+\d{{5}}(?:-\d{{4}})?$ | \b[A-Z]{{1,2}}\d[A-Z\d]?\s+\d[A-Z]{{2}}\b | \b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b
    | \b[A-Z][A-Za-z]?-\d{{4,6}}\b | ^\d{{4}}\s?[A-Z]{{2}}\b | \b\d{{4}}\s?(?!JR|SR|II|IV|MD)[A-Z]{{2}}$
    | ^\d{{3,6}}\s+[^\W\d_]+$ | \b(?i:cedex)\b
    | ^(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?[\s:/]*\d{{4,}}
    | (?i:\bP\.?\s?O\.?\s+box|^(?:box|room|suite|building|bldg|postfach|casilla|apartado|tel|fax|phone
        |technical\s+report|tech\.\s+rep|report|preprint)\b)\W*\d{{2}}""",
    re.X,
)
_SERIES = re.compile(
    r"""(?<![^\W_])(?:HEP|THEP|TH|PUB|CTP|REPORTS?|PREPRINT|CERN|DESY|SLAC|FNAL|FERMILAB|KEK|BNL|LBL|LBNL|LANL|NIKHEF|INFN|IFUP
    |JINR|ITEP|IHEP|RAL|SISSA|ICTP|TUM|MPI|MPP|ANL|TRIUMF|UCLA|MIT|TEP|NORDITA|DAMTP|NASA|IAEA|ISBN|ISSN|DOI|RFC)(?![^\W_]|\.)""",
    re.X,
)
_LONGEST_SERIES = 6
# The digit of "3rd" is that of a suffix.
_DIGIT = re.compile(r"\d(?!(?:nd|rd|th)\b)")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[AEIOUY]")
_BESIDE = re.compile(r"[\d()\[\]{}]+")
_WITH_NUMBER = re.compile(r"(\D*[^\W\d_]\.?)\s*\d{3,}")
_BEHIND_NAME = re.compile(rf"{_WITH_NUMBER.pattern}(?:,?\s+(?i:{SUFFIX.pattern}))?")
# Words of which no rule looks at more than how many digits stand behind them.
_COUNTED = re.compile(r"((?:[A-Z][a-z]+ )+)([1-9]\d{2,})", re.A)
_LONG = re.compile(r"\d{2,}|^[A-Z]{1,4}-\d")

LEFT_OUT = "looks like a report number or postcode; it is left out"


@remembered(1 << 14)
def number_behind(name: str) -> str | None:
    """Why a name is doubted that is an ordinary one but for a number behind it; None for any other name."""
    counted = _COUNTED.fullmatch(name)
    doubted = _has_number_behind(name) if counted is None else _of_shape(counted[1] + "1" * len(counted[2]))
    return _kept(name) if doubted else None


def _has_number_behind(name: str) -> bool:
    match = _WITH_NUMBER.fullmatch(name)
    return match is not None and ordinary(match[1]) and without_marks(name) == name and not is_report(name)


# Made-up names are counted by thousands, "Person 1", "Person 2" and so on.
_of_shape = remembered(1 << 12)(_has_number_behind)


def has_number(text: str) -> bool:
    """Whether there is a digit in a text that is not that of a suffix, "3rd"."""
    return _DIGIT.search(text) is not None


def is_report(text: str) -> bool:
    """Whether a text with a number is that of a report, a postcode or a line of an address, as far as its layout tells.

    Capitals alone before a number of three digits are a series: one short word in any script ("IUHET 280"), words with a hyphen
    ("ABC-DE 8123"), several of which one has no vowel ("ABC QCD 280"). Of "JANE ROE 123" nobody can tell.
    """
    if not has_number(text):
        return False
    if is_filed(text):
        return True
    match = _WITH_NUMBER.fullmatch(text)
    if match is None or not match[1].isupper() or "." in match[1]:
        return False
    words = _WORD.findall(match[1])
    if " " not in match[1].strip():
        return len(words) > 1 or 1 < len(words[0]) <= _LONGEST_SERIES
    return any(len(word) > 2 and word.isascii() and not _VOWEL.search(word) for word in words)


def is_filed(text: str) -> bool:
    """Whether a text with a number is certainly nobody's name: a postcode, a box, an id of arXiv, a known series of reports."""
    if not has_number(text):
        return False
    series = _SERIES.search(text)
    return _FILED.search(text) is not None or (series is not None and not _full_name(text[: series.start()]))


def _kept(name: str) -> str:
    return f"has a number behind the name that is no mark of a footnote; it is kept: {quoted(name)}"


def doubt(name: str) -> str | None:
    """Why a name with a number in it is doubted; None for one without a number."""
    if not has_number(name):
        return None
    if _BEHIND_NAME.fullmatch(name):
        return _kept(name)
    return f"has a number in the name; it is kept: {quoted(name)}"


def no_name(text: str) -> bool:
    """Whether a text without its marks is no name because of the numbers in it: beside them nothing looks like somebody's."""
    if is_report(text):
        return True
    return _BEHIND_NAME.fullmatch(text) is None and _LONG.search(text) is not None and not _full_name(text)


def _full_name(text: str) -> bool:
    """Whether a text without its numbers, brackets and a "Jr." is laid out as given names and a surname."""
    words = [word for word in _BESIDE.sub(" ", text).split() if _WORD.search(word) and not SUFFIX.fullmatch(word)]
    return len(words) > 1 and ordinary(" ".join(words))
