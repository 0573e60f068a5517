"""What `explain` says of a person: names, ids, what was joined and what was kept apart and why (papers: explain_paper.py)."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from byline.api.cli.evidence import Other, Printed, evidence_lines, others, printed
from byline.api.cli.explain_paper import Work, members, work
from byline.api.cli.explain_paper import keys as paper_keys
from byline.api.cli.reasons import Reason, decision_lines, reasons
from byline.graph.errors import WrongUse
from byline.graph.ids import kind_of
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import AMBIGUOUS, Store

_NEEDED = ("id", "name", "names", "external_ids", "paper_count", "citation_count", "first_year", "last_year")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
# Bearers of one name that are listed.
_LISTED = 10


@dataclass(frozen=True)
class Person:
    """A person, and the decisions that made them. Years are those of the first and the last paper; null where none has one.
    `printed` are all papers with the name that each prints, `others` those who were kept apart."""

    id: str
    name: str
    names: list[str]
    ids: list[str]
    papers: int
    first_year: int | None
    last_year: int | None
    joined: list[Reason]
    apart: list[Reason]
    printed: list[Printed]
    others: list[Other]

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The same for people to read."""
        yield f"{self.id} {self.name}: {_extent(self.papers, self.first_year, self.last_year)}"
        yield f"names: {'; '.join(self.names)}"
        yield f"ids: {', '.join(self.ids) or 'none'}"
        yield from decision_lines(self.joined, self.apart)
        yield from evidence_lines(self.id, self.joined, self.apart, self.printed, self.others)


def explained(folder: Path, named: str) -> Person | Work:
    """The person whom a public id, an ORCID, an id as scheme:value or a name leads to, or the paper that a public id or an id
    leads to; ids of earlier snapshots included. An id that a person and a paper have is the person's.

    Raises WrongUse where nobody or several are meant, StoreFailed where the store does not open.
    """
    snapshot = current(folder)
    store = open_store(snapshot)
    kind, row, node = asyncio.run(_named_node(store, named))
    joined, apart = reasons(snapshot, node["id"])
    if kind is Kind.PAPER:
        return work(node, joined, apart)
    return Person(
        node["id"],
        node["name"],
        list(node["names"]),
        [f"{each['scheme']}:{each['value']}" for each in node["external_ids"] or ()],
        node["paper_count"],
        node["first_year"],
        node["last_year"],
        joined,
        apart,
        asyncio.run(printed(store, row)),
        asyncio.run(others(store, apart)),
    )


def _keys(author: str) -> list[Key]:
    """What the text may be, the likeliest first."""
    if kind_of(author) is Kind.AUTHOR:
        return [Key("id", author), Key("name", author)]
    if _ORCID.fullmatch(author):
        return [Key("external", author, "orcid")]
    scheme, colon, value = author.partition(":")
    return [*([Key("external", value, scheme)] if colon else []), Key("name", author)]


async def _named_node(store: Store, named: str) -> tuple[Kind, int, dict[str, Any]]:
    keys = _keys(named)
    for key, row in zip(keys, await store.lookup(Kind.AUTHOR, keys), strict=True):
        if row == AMBIGUOUS:
            raise WrongUse(
                f"several people bear the {'name' if key.by == 'name' else 'id'} {named!r}",
                f"give one by id: {await _bearers(store, key)}",
            )
        if row >= 0:
            return Kind.AUTHOR, int(row), (await _members(store, [int(row)]))[0]
    of_papers = paper_keys(named)
    for row in await store.lookup(Kind.PAPER, of_papers) if of_papers else ():
        if row >= 0:
            return Kind.PAPER, int(row), await members(store, int(row))
    hint = "give a public id, an ORCID, scheme:value or a printed name; of a paper a public id or scheme:value"
    raise WrongUse(f"nobody is known by {named!r}, and no paper", hint)


async def _members(store: Store, rows: list[int]) -> list[dict[str, Any]]:
    columns = await store.values(Kind.AUTHOR, np.array(rows, np.int32), _NEEDED)
    return [dict(zip(_NEEDED, values, strict=True)) for values in zip(*columns, strict=True)]


async def _bearers(store: Store, key: Key) -> str:
    """Those whom a key may mean, the most cited first."""
    (rows,) = await store.candidates(Kind.AUTHOR, [key])
    people = await _members(store, rows.tolist())
    people.sort(key=lambda each: (-(each["citation_count"] or 0), -each["paper_count"]))
    candidates = [
        f"{each['id']} {each['name']}, {_extent(each['paper_count'], each['first_year'], each['last_year'])}"
        for each in people[:_LISTED]
    ]
    more = len(people) - len(candidates)
    return "; ".join([*candidates, *([f"and {more:,} more"] if more else [])])


def _extent(papers: int, first: int | None, last: int | None) -> str:
    count = f"{papers:,} paper{'' if papers == 1 else 's'}"
    if first is None:
        return count
    return f"{count}, {first}" if first == last else f"{count}, {first} to {last}"
