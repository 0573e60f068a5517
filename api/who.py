"""What `explain` says of a person: names, ids, what was joined and by what evidence, what was kept apart and why."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import SnapshotDamaged, WrongUse
from graph.ids import kind_of
from graph.model import Kind
from graph.store.columnar.layout import current
from graph.store.columnar.open import open_store
from graph.store.protocol import AMBIGUOUS, Store
from graph.text import compact
from graph.where import Key, Search

_NEEDED = ("id", "name", "names", "external_ids", "paper_count", "first_year", "last_year")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
# Bearers of one name that are looked at, and that are listed.
_LOOKED_AT, _LISTED = 200, 10


@dataclass(frozen=True)
class Reason:
    """One decision of identity: the names of the one and of the other, the rule, what spoke for it or against it.

    `other` is the public id of the one who is kept apart; null where two were joined, or several are counted together.
    """

    left: str
    right: str
    rule: str
    evidence: str
    other: str | None


@dataclass(frozen=True)
class Person:
    """A person, and the decisions that made them. Years are those of the first and the last paper; null where none has one."""

    id: str
    name: str
    names: list[str]
    ids: list[str]
    papers: int
    first_year: int | None
    last_year: int | None
    joined: list[Reason]
    apart: list[Reason]

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The same for people to read."""
        yield f"{self.id} {self.name}: {_extent(self.papers, self.first_year, self.last_year)}"
        yield f"names: {'; '.join(self.names)}"
        yield f"ids: {', '.join(self.ids) or 'none'}"
        yield f"joined by likeness or by hand: {len(self.joined) or 'nothing'}"
        for each in self.joined:
            yield f"  {each.left} = {each.right}, {each.rule}: {each.evidence}"
        yield f"kept apart: {len(self.apart) or 'nothing'}"
        for each in self.apart:
            far = " ".join(part for part in (each.other, each.right) if part) or "others"
            yield f"  {each.left} | {far}, {each.rule}: {each.evidence}"


def explained(folder: Path, author: str) -> Person:
    """The person whom a public id, an ORCID, an id as scheme:value or a name leads to, ids of earlier snapshots included.

    Raises WrongUse where nobody or several are meant, StoreFailed where the store does not open.
    """
    snapshot = current(folder)
    store = open_store(snapshot)
    found = asyncio.run(_person(store, author))
    reasons = list(_reasons(snapshot, found["id"]))
    return Person(
        found["id"],
        found["name"],
        list(found["names"]),
        [f"{each['scheme']}:{each['value']}" for each in found["external_ids"] or ()],
        found["paper_count"],
        found["first_year"],
        found["last_year"],
        [reason for joined, reason in reasons if joined],
        [reason for joined, reason in reasons if not joined],
    )


def _keys(author: str) -> list[Key]:
    """What the text may be, the likeliest first."""
    if kind_of(author) is Kind.AUTHOR:
        return [Key("id", author), Key("name", author)]
    if _ORCID.fullmatch(author):
        return [Key("external", author, "orcid")]
    scheme, colon, value = author.partition(":")
    return [*([Key("external", value, scheme)] if colon else []), Key("name", author)]


async def _person(store: Store, author: str) -> dict[str, Any]:
    keys = _keys(author)
    for key, row in zip(keys, await store.lookup(Kind.AUTHOR, keys), strict=True):
        if row == AMBIGUOUS:
            raise WrongUse(f"several people bear the {key.by} {author!r}", f"give one by id: {await _bearers(store, author)}")
        if row >= 0:
            return (await _members(store, [int(row)]))[0]
    raise WrongUse(f"nobody is known by {author!r}", "give a public id, an ORCID, scheme:value or a printed name")


async def _members(store: Store, rows: list[int]) -> list[dict[str, Any]]:
    columns = await store.values(Kind.AUTHOR, np.array(rows, np.int32), _NEEDED)
    return [dict(zip(_NEEDED, values, strict=True)) for values in zip(*columns, strict=True)]


async def _bearers(store: Store, name: str) -> str:
    """Those who bear a name, the most cited first."""
    (found,) = await store.search([Search(name, (Kind.AUTHOR,), first=_LOOKED_AT)])
    people = await _members(store, found.rows.tolist())
    bearers = [each for each in people if compact(name) in {compact(form) for form in each["names"]}]
    told = [
        f"{each['id']} {each['name']}, {_extent(each['paper_count'], each['first_year'], each['last_year'])}"
        for each in bearers[:_LISTED]
    ]
    return "; ".join([*told, *(["more"] if len(bearers) > _LISTED or found.has_next else [])])


def _extent(papers: int, first: int | None, last: int | None) -> str:
    count = f"{papers:,} paper{'' if papers == 1 else 's'}"
    if first is None:
        return count
    return f"{count}, {first}" if first == last else f"{count}, {first} to {last}"


def _reasons(snapshot: Path, identifier: str) -> Iterator[tuple[bool, Reason]]:
    """The decisions about one person, in the order of the snapshot."""
    path = snapshot / "links" / "decision.arrow"
    try:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            chosen = table.filter(pc.equal(table["id"], identifier)).to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {error}", "byline check says more") from error
    for row in chosen:
        yield row["joined"], Reason(row["left"], row["right"], row["rule"], row["evidence"], row["other"])
