"""What OpenAlex's objects have in common: ids, dates, categories that are told once a file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from byline.data.sources.read.objects import objects

Json: TypeAlias = Mapping[str, Any]
Members: TypeAlias = dict[str, Any]

_ID = re.compile(r"(?:https?://(?:api\.)?openalex\.org/)?(?:([a-z][a-z-]*)/)?([^/\s]+)/?", re.I)
_KEY = re.compile(r"([a-z])(\d+)", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_READ = {"W": "work", "A": "author", "I": "institution", "T": "topic", "C": "concept"}
_LEVELS = ("subfields", "fields", "domains")
# Folders of an address whose keys begin with a letter of their own; those of all others are told apart by the folder alone.
_LETTERED = ("works", "authors", "institutions", "topics", "concepts", "sources", "venues", "publishers", "funders", "awards")
_UNREAD = {"S": "venues", "V": "venues", "P": "publishers", "F": "funders", "G": "awards", "K": "keywords"}
# OpenAlex gives these to authorships that it did not look into, and to people whom it removed.
_NOBODY = ("A9999999999", "A5317838346")


def key(value: Any) -> str | None:
    """The key of an OpenAlex id such as W27 or subfields/1804, from a URL or a bare key; null where it is none."""
    match = _ID.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    folder = (match[1] or "").lower()
    if _KEY.fullmatch(match[2]) and (not folder or folder in _LETTERED):
        return match[2].upper()
    return f"{folder}/{match[2]}" if folder else None


def kind(identifier: str) -> str:
    """What a key is the key of: work, author, institution, topic, concept, level (subfield, field, domain), or the plural
    name of something that Byline does not keep."""
    folder = identifier.rpartition("/")[0]
    if folder:
        return "level" if folder in _LEVELS else folder.replace("-", " ")
    return _READ.get(identifier[0]) or _UNREAD.get(identifier[0], "such things")


def nobody(identifier: str | None, name: Any) -> bool:
    """Whether an author is the stand-in for people who are not known or were removed."""
    return identifier in _NOBODY or name == "Deleted Author"


def full(identifier: str) -> str:
    """A key as an id of a record."""
    return f"openalex:{identifier}"


def day(value: Any) -> str | None:
    """The day of a time stamp; null where it is none."""
    return value[:10] if isinstance(value, str) and _DAY.match(value) else None


def last(value: Any) -> str | None:
    """What follows the last slash of a URL, or a bare value; null where nothing does."""
    return str(value).rstrip("/").rpartition("/")[2].strip() or None if isinstance(value, str | int) else None


class Categories:
    """The categories that a file has told so far; each is told once, and again where something is added."""

    def __init__(self) -> None:
        self._emitted: dict[str, tuple[str | None, str | None]] = {}

    def topic(self, value: Json) -> Iterator[Members]:
        """A topic, subfield, field or domain and all that lie above it."""
        below = key(value.get("id"))
        name = value.get("display_name")
        for level in ("subfield", "field", "domain"):
            above = value.get(level)
            if not isinstance(above, dict) or (parent := key(above.get("id"))) is None:
                continue
            if below:
                yield from self._tell(below, name, parent)
            below, name = parent, above.get("display_name")
        if below:
            yield from self._tell(below, name, None)

    def below(self, value: Json) -> Iterator[Members]:
        """What a domain, field or subfield lists below itself."""
        parent = key(value.get("id"))
        for level in ("fields", "subfields", "topics"):
            for each in objects(value.get(level)):
                if (identifier := key(each.get("id"))) is not None:
                    yield from self._tell(identifier, each.get("display_name"), parent)

    def concept(self, value: Json) -> Iterator[Members]:
        """A concept and its ancestors. One may lie below several: the tree keeps the first of the next level above."""
        ancestors = objects(value.get("ancestors"))
        for each in (value, *ancestors):
            level = each.get("level")
            above = [other for other in ancestors if isinstance(level, int) and other.get("level") == level - 1]
            certain = len(above) == 1 or each is value
            if identifier := concept_key(each.get("id")):
                yield from self._tell(
                    identifier, each.get("display_name"), concept_key(above[0].get("id")) if above and certain else None
                )

    def _tell(self, identifier: str, name: Any, parent: str | None) -> Iterator[Members]:
        name = name if isinstance(name, str) and name.strip() else None
        before = self._emitted.get(identifier, (None, None))
        after = (name or before[0], parent or before[1])
        if identifier not in self._emitted or after != before:
            self._emitted[identifier] = after
            record = {
                "type": "category",
                "code": full(identifier),
                "name": after[0],
                "parent": full(after[1]) if after[1] else None,
            }
            yield {member: each for member, each in record.items() if each}


def concept_key(value: Any) -> str | None:
    """The key of a concept; the objects of 2026 give some without the letter."""
    return f"C{value}" if isinstance(value, str) and value.isdigit() else key(value)
