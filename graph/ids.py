"""Public ids, and what other catalogues' ids look like and where they lead."""

import hashlib
import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.identifiers import identify, normal
from byline.graph.model import LETTERS, Kind

# Crockford's digits: they sort as text in the order of the numbers they spell, and no two look alike.
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 12
# Characters of an id: the letter and the digits.
ID_LENGTH = _LENGTH + 1
_KINDS = {letter: kind for kind, letter in LETTERS.items()}


def public_number(kind: Kind, key: str) -> int:
    """What the id of the node that `key` names first spells: 60 bits of its hash, the same on any machine."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\n{key}".encode(), digest_size=8).digest()) >> 4


def public_id(kind: Kind, key: str) -> str:
    """The id of the node that `key` names first. The same key gives the same id on any machine."""
    number = public_number(kind, key)
    digits = [_DIGITS[(number >> shift) & 31] for shift in range((_LENGTH - 1) * 5, -1, -5)]
    return LETTERS[kind] + "".join(digits)


def spelled(kind: Kind, numbers: npt.NDArray[np.uint64]) -> pa.Array:
    """The ids that these numbers spell, as texts. Their order is that of the numbers."""
    letters = np.empty((len(numbers), ID_LENGTH), np.uint8)
    letters[:, 0] = ord(LETTERS[kind])
    digits = np.frombuffer(_DIGITS.encode(), np.uint8)
    for place in range(_LENGTH):
        letters[:, place + 1] = digits[(numbers >> np.uint64((_LENGTH - 1 - place) * 5) & np.uint64(31)).astype(np.int64)]
    offsets = np.arange(len(numbers) + 1, dtype=np.int64) * ID_LENGTH
    return pa.LargeStringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))


def kind_of(identifier: str) -> Kind | None:
    """The kind that an id is of; None for a string that is no id of ours."""
    # strip() leaves something wherever a character is no digit of ours: 0.2 µs, where a regular expression took 0.8.
    if len(identifier) != ID_LENGTH or identifier[1:].strip(_DIGITS):
        return None
    return _KINDS.get(identifier[0])


def number_of(identifier: str) -> int:
    """What an id of ours spells: the other way round of `spelled`."""
    number = 0
    for digit in identifier[1:]:
        number = number << 5 | _DIGITS.index(digit)
    return number


_URLS = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "orcid": "https://orcid.org/{}",
    "ror": "https://ror.org/{}",
    "openalex": "https://openalex.org/{}",
    "acl": "https://aclanthology.org/{}",
    "s2": "https://www.semanticscholar.org/paper/{}",
    "dblp": "https://dblp.org/pid/{}",
    "openreview": "https://openreview.net/profile?id={}",
    "issn": "https://portal.issn.org/resource/ISSN/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "corpusid": "https://api.semanticscholar.org/CorpusID:{}",
}


# What an id of a scheme looks like, and how to say so. Sources are taken at their word where they give one that does not.
_SHAPES = {
    "doi": (re.compile(r"10\.[^/\s]+/.+", re.S), "a DOI begins with 10. and has a slash, as 10.1234/abc"),
    "arxiv": (
        re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z-]+)?/\d{7}", re.A),
        "arXiv's are as 2401.00001 or hep-th/9901001",
    ),
    "orcid": (
        re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.A),
        "an ORCID is four groups of four digits, as 0000-0002-1825-0097",
    ),
    "issn": (re.compile(r"\d{4}-\d{3}[\dX]", re.A), "an ISSN is two groups of four digits, as 2049-3630"),
    "ror": (re.compile(r"0[a-z0-9]{6}\d{2}", re.A), "ROR's are nine letters and digits, the first a 0, as 05gq02987"),
}


def odd(scheme: str, value: str) -> str | None:
    """What an id of the scheme looks like, where this one does not; None for one that may be an id."""
    shape, right = _SHAPES.get(scheme.lower(), (None, None))
    if shape is None or (problem := identify(scheme.lower(), value).problem) is None:
        return None
    return f"this one {problem}" if shape.fullmatch(normal(scheme, value)) else right


def url(kind: Kind, scheme: str, value: str) -> str | None:
    """Where the id leads on the web, if the scheme has such a place for this kind."""
    if scheme == "s2" and kind is Kind.AUTHOR:
        return f"https://www.semanticscholar.org/author/{value}"
    if scheme == "acl" and kind is Kind.AUTHOR:
        return f"https://aclanthology.org/people/{value}/"
    if scheme == "dblp" and kind in (Kind.PAPER, Kind.VENUE):
        return f"https://dblp.org/{'rec' if kind is Kind.PAPER else 'db'}/{value}"
    if kind is Kind.VENUE and scheme in ("acl", "s2"):
        return f"https://aclanthology.org/venues/{value}/" if scheme == "acl" else None
    return _URLS[scheme].format(value) if scheme in _URLS else None
