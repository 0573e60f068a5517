"""Who is who in the ACL Anthology: the curated variants of names, and the ids that the Anthology gives to people.

An author's id is the one that the XML states, else that of the person whose variants have the name, else the name as a slug.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from slugify import slugify

from byline.data.notices import Notice
from byline.data.remembered import remembered
from byline.data.sources.read.packed import joined
from byline.data.sources.read.yaml_bounds import read_yaml

Name: TypeAlias = tuple[str, str]


class People:
    """The curated people: `name_variants.yaml`. Without that file nothing is known but what the XML states."""

    def __init__(self, curated: bool = False) -> None:
        self.curated = curated
        self._ids: dict[Name, list[str]] = {}
        # Canonical names of people, by id.
        self.names: dict[str, str] = {}
        self._variants: dict[str, list[Name]] = {}

    def identify(self, stated: str | None, first: str, last: str) -> str | None:
        """The id of an author. Where a name is that of several people and the XML does not tell which, there is none."""
        if stated:
            return stated
        identifiers = self._ids.get((first, last))
        if identifiers is not None:
            return identifiers[0] if len(identifiers) == 1 else None
        return _slug(first, last) if self.curated else None

    def add(self, entry: Mapping[str, Any]) -> None:
        """Take in one entry of the file."""
        first, last = _name(entry["canonical"])
        identifier = str(entry.get("id") or _slug(first, last))
        self.names[identifier] = f"{first} {last}".strip()
        for form in (first, last), *(_name(variant) for variant in entry.get("variants") or ()):
            identifiers = self._ids.setdefault(form, [])
            if identifier not in identifiers:
                identifiers.append(identifier)
            self._variants.setdefault(identifier, []).append(form)

    def variants(self, identifier: str) -> list[str]:
        """Other names of a person, without those that are somebody else's too and so tell nobody apart."""
        own = [form for form in self._variants.get(identifier, ()) if len(self._ids[form]) == 1]
        spelled = dict.fromkeys(f"{first} {last}".strip() for first, last in own)
        return [name for name in spelled if name != self.names[identifier]]


def read_people(chunks: Iterable[bytes], shown: str) -> tuple[People, list[Notice]]:
    """The curated people, and which entries say nothing."""
    people, rejections = People(curated=True), []
    entries = read_yaml(joined(chunks, shown), shown)
    if isinstance(entries, Notice):
        return People(), [entries]
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        try:
            people.add(entry)
        except (KeyError, TypeError, AttributeError):
            rejections.append(Notice(shown, 1, f"[{number}]", "is no entry with a canonical name"))
    return people, rejections


def _name(parts: Mapping[str, Any]) -> Name:
    return str(parts.get("first") or ""), str(parts.get("last") or "")


# A name stands in many lists.
@remembered(1 << 16)
def _slug(first: str, last: str) -> str:
    return slugify(f"{first} {last}".strip()) or "none"
