"""The fields of the word index and the columns they are made from: what its writer and its readers share."""

import hashlib
from typing import Any

from byline.graph.model import Kind

FOLDER = "words"
INDEX = "index"
# The field that holds the words of the names of a kind; beside it lies one with the first letters of each.
FIELDS = {
    Kind.AUTHOR: "author",
    Kind.PAPER: "title",
    Kind.INSTITUTION: "institution",
    Kind.CATEGORY: "category",
    Kind.VENUE: "venue",
}
# The longest beginning of a word that is indexed by itself; longer ones are few enough to be gathered when asked for.
STARTS = 4
# The fields of what names with initials say in full, and of how many words the names have, as far as queries have as many.
ABBREVIATED, LENGTH = "abbreviated", "length"
_HEAD_OF_KEY = {kind: f"{kind}\n".encode() for kind in Kind}


def starts(field: str) -> str:
    """The field of the beginnings of words."""
    return f"{field}_start"


def whole_key(kind: Kind, text: str) -> int:
    """The 64-bit hash under which a name is filed as a whole."""
    return int.from_bytes(hashlib.blake2b(_HEAD_OF_KEY[kind] + text.encode(), digest_size=8).digest())


def names_of(columns: list[Any]) -> list[str]:
    """Names from the columns that hold one or a list of them, each once, the preferred one first."""
    names = [name for value in columns for name in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys([name or "" for name in names]))
