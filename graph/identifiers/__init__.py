"""Identifiers of other catalogues: DOI, arXiv, ORCID, ROR, ISSN, PMID and others, as people and databases write them.

`identify(scheme, text)` answers the normal form, whether the text had to be mended for it and why, or why it is no identifier
of the scheme. Links, labels, case and versions are ordinary forms; what needed a guess that is certain is mended.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from operator import mul
from typing import NamedTuple
from urllib.parse import unquote

from byline.graph.identifiers import arxiv, doi


class Identifier(NamedTuple):
    """An identifier as it was read. `value` is its normal form, None where the text is none, and then `problem` says why;
    `mended` says what was wrong with the text where the normal form is certain all the same."""

    value: str | None
    problem: str | None = None
    mended: str | None = None


# What is in its normal form already, by scheme. A text that does not match may still be one: it is read with care.
PLAIN = {
    "doi": r"^10\.[0-9]{4,9}/[a-z0-9._:/-]*[a-z0-9]$",
    "arxiv": r"^[0-9]{4}\.[0-9]{4,5}$",
    "orcid": r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
    "ror": r"^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$",
    "issn": r"^[0-9]{4}-[0-9]{3}[0-9X]$",
    "pmid": r"^[1-9][0-9]{0,8}$",
    "pmcid": r"^PMC[1-9][0-9]*$",
    "openalex": r"^[A-Z][0-9]+$",
    "acl": r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
    "s2": r"^[0-9a-z]+$",
    "dblp": r"^[A-Za-z0-9][A-Za-z0-9/_-]*$",
    "openreview": r"^~?[A-Za-z0-9_-]+$",
    "corpusid": r"^[0-9]+$",
}
_IS_PLAIN = {scheme: re.compile(pattern).search for scheme, pattern in PLAIN.items()}
# Labels and links that may stand before an identifier, and what a link may have behind it.
_HEADS = {
    "orcid": r"(?:https?://)?(?:www\.)?(?:sandbox\.)?orcid\.org/|orcid(?:\s*id)?\s*[:=]?\s*",
    "ror": r"(?:https?://)?(?:www\.)?(?:api\.)?ror\.org/(?:organizations/)?|ror\s*[:=]?\s*",
    "issn": r"(?:https?://)?portal\.issn\.org/resource/issn/|urn:issn:|e-?issn\s*[:=]?\s*|p?-?issn\s*[:=]?\s*",
    "pmid": r"(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed)/|(?:info:pmid/|pmid\s*[:=]?\s*)",
    "pmcid": r"(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|(?:www\.)?europepmc\.org)"
    r"/(?:articles?/)?(?:pmc/)?|pmcid\s*[:=]?\s*",
    "openalex": r"(?:https?://)?(?:api\.|explore\.|www\.)?openalex\.org/(?:[a-z-]+/)?(?=[a-z]\d+$)|openalex:\s*",
    "acl": r"(?:https?://)?(?:www\.)?(?:aclanthology\.(?:org|info)/(?:papers/|people/(?:./)?)?|aclweb\.org/anthology/(?:papers/./.\d\d/)?)"
    r"|acl:\s*",
    "s2": r"(?:https?://)?(?:www\.|api\.)?semanticscholar\.org/(?:paper|author)/(?:[^/]*/(?=[0-9a-f]+$))?|s2:\s*",
    "dblp": r"(?:https?://)?(?:www\.)?dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/(?:rec/(?:bibtex/|xml/|html/)?|pid/)|dblp:\s*",
    "openreview": r"(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf|profile|attachment)\?id=|openreview:\s*",
    "corpusid": r"(?:https?://)?(?:api|www)\.semanticscholar\.org/corpusid:|corpusid:\s*",
}
_HEAD = {scheme: re.compile(rf"^(?:{pattern})", re.I) for scheme, pattern in _HEADS.items()}
_TAIL = re.compile(r"(?:[?&#].*)?$")
_FILE = re.compile(r"(?:\.(?:pdf|html?|xml|bib))?/?$", re.I)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
# Other names of a scheme.
_SYNONYMS = {"pmc": "pmcid", "s2cid": "corpusid", "eissn": "issn"}


@lru_cache(maxsize=1 << 14)
def identify(scheme: str, text: str) -> Identifier:
    """Read an identifier of a scheme, in lower case. Of a scheme that is not known here any text without blanks around it will
    do."""
    scheme = _SYNONYMS.get(scheme, scheme)
    plain = _IS_PLAIN.get(scheme)
    check = _CHECKS.get(scheme)
    if plain and plain(text):
        problem = check(text) if check else None
        if problem is None or scheme != "arxiv":
            return Identifier(None if problem else text, problem)
    if scheme == "doi":
        return Identifier(*doi.read(text))
    if scheme == "arxiv":
        return Identifier(*arxiv.read(text))
    seen = visible(text)
    value = _bare(scheme, seen)
    value, mended = _MADE[scheme](value) if scheme in _MADE else (value, None)
    problem = "is empty" if not value else check(value) if check else None
    return Identifier(None if problem else value, problem, mended if problem is None else None)


def _normal_keys() -> Callable[[str], object]:
    """What matches an id with its scheme, `scheme:value`, that `identify` would leave as it is; others may be in it too."""
    unchecked = [scheme for scheme in PLAIN if scheme not in ("doi", "arxiv", "orcid", "ror", "issn")]
    schemes = "|".join([*PLAIN, *_SYNONYMS])
    own = "|".join(f"{scheme}:{PLAIN[scheme].removeprefix('^').removesuffix('$')}" for scheme in unchecked)
    return re.compile(rf"(?!(?:{schemes}):)[a-z][a-z0-9_.+-]*:[!-~]+|{own}").fullmatch


in_normal_form = _normal_keys()


def normal(scheme: str, value: str) -> str:
    """The form under which an identifier of a scheme is kept and compared; of what is none, the text without blanks around it."""
    scheme = scheme.lower()
    return identify(scheme, value).value or _fallen_back(scheme, value)


def _fallen_back(scheme: str, value: str) -> str:
    bare = _bare(scheme, value.strip())
    return bare.lower() if scheme in ("doi", "arxiv", "ror") else bare.upper() if scheme in ("orcid", "openalex") else bare


def visible(text: str) -> str:
    """A text without the signs that nobody sees (zero-width blanks, soft hyphens, marks of direction) and outer blanks; wide
    forms of letters and digits become plain ones."""
    if text.isascii():
        return text.strip()
    return "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf").strip()


def _bare(scheme: str, value: str) -> str:
    """The value without label, link and what a link has behind it."""
    head = _HEAD.get(scheme)
    match = head.match(value) if head else None
    if not match or not match[0]:
        return value
    rest = value[match.end() :]
    if "/" in match[0]:
        rest = unquote(_FILE.sub("", _TAIL.sub("", rest, count=1), count=1))
    return _bare(scheme, rest.strip())


def _orcid(value: str) -> tuple[str, str | None]:
    written = value.upper().rstrip(".,;/")
    digits = re.sub(r"[\s-]", "", _DASHES.sub("-", written))
    if written == (hyphenated := "-".join(digits[at : at + 4] for at in range(0, 16, 4))):
        return hyphenated, None
    return (hyphenated, "its groups were not parted by hyphens") if len(digits) == 16 else (written, None)


def _issn(value: str) -> tuple[str, str | None]:
    written = value.upper().rstrip(".,;/")
    digits = re.sub(r"[\s-]", "", _DASHES.sub("-", written))
    if written == (hyphenated := f"{digits[:4]}-{digits[4:]}"):
        return hyphenated, None
    return (hyphenated, "its groups were not parted by a hyphen") if len(digits) == 8 else (written, None)


def _pmcid(value: str) -> tuple[str, str | None]:
    digits = value.upper().removeprefix("PMC").strip()
    return (f"PMC{digits.lstrip('0')}", None) if digits.isascii() and digits.isdigit() else (value, None)


_MADE: dict[str, Callable[[str], tuple[str, str | None]]] = {
    "orcid": _orcid,
    "issn": _issn,
    "pmcid": _pmcid,
    "pmid": lambda value: (value.rstrip(".,;").lstrip("0") if value.rstrip(".,;").isdigit() else value, None),
    "ror": lambda value: (value.lower(), None),
    "openalex": lambda value: (value.upper() if re.fullmatch(r"[a-z]\d+", value, re.I) else value, None),
}


# ISO 7064 MOD 11-2.
_ORCID_WEIGHTS = tuple(2**power for power in range(15, 0, -1))


def _wrong_orcid(value: str) -> str | None:
    if not _IS_PLAIN["orcid"](value):
        return "is not four groups of four digits"
    total = sum(map(mul, _ORCID_WEIGHTS, map(int, value[:-1].replace("-", ""))))
    check = "0123456789X"[(12 - total % 11) % 11]
    if value[-1] != check:
        return f"should end with {check}, if its other digits are right"
    return "stands for nobody" if not total else None


_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def _wrong_ror(value: str) -> str | None:
    if not _IS_PLAIN["ror"](value):
        return "is not nine letters and digits, the first a 0, as 05gq02987"
    number = 0
    for digit in value[1:7]:
        number = number * 32 + _BASE32.index(digit)
    check = f"{98 - number * 100 % 97:02}"
    return None if value[7:] == check else f"should end with {check}, if its other signs are right"


def _wrong_issn(value: str) -> str | None:
    if not _IS_PLAIN["issn"](value):
        return "is not two groups of four digits, as 0138-9130"
    digits = value[:-1].replace("-", "")
    check = "0123456789X"[-sum(int(digit) * (8 - at) for at, digit in enumerate(digits)) % 11]
    return None if value[-1] == check else f"should end with {check}, if its other digits are right"


def _shape(scheme: str, words: str) -> Callable[[str], str | None]:
    matches = _IS_PLAIN[scheme]
    return lambda value: None if matches(value) else words


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "arxiv": arxiv.wrong,
    "doi": doi.wrong,
    "orcid": _wrong_orcid,
    "ror": _wrong_ror,
    "issn": _wrong_issn,
    "pmid": _shape("pmid", "is no number of PubMed, as 31234567"),
    "pmcid": _shape("pmcid", "is no number of PubMed Central, as PMC1234567"),
    "corpusid": _shape("corpusid", "is no number"),
}
