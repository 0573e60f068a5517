"""What a person's decisions of identity stand on: the papers under each of the printed names, and who was kept apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from byline.api.cli.reasons import Reason
from byline.data.identify.decisions import RULE
from byline.data.identify.weights import WEIGHTS, probability
from byline.graph.model import AUTHOR_PAPERS, PAPER_AUTHORS, Kind
from byline.graph.request import NEWEST, Hop, Key, Select
from byline.graph.store.protocol import Store

# Papers that are listed under each name; --json has all of them.
_LISTED = 5
_THRESHOLD = (
    f"two of one name are joined from a probability of {probability(WEIGHTS.least):.2f} on, "
    f"two names from {probability(WEIGHTS.variant_least):.2f} on (docs/identity.md)"
)
_NEEDED = ("id", "year", "title")


@dataclass(frozen=True)
class Printed:
    """A paper and the name under which somebody is on it; null where the list does not print one, or no year is known."""

    id: str
    year: int | None
    title: str
    name: str | None

    def __str__(self) -> str:
        return f"{self.id} {self.year or 'no year'}: {self.title}"


@dataclass(frozen=True)
class Other:
    """Somebody of whom it was thought that they might be the same person, and their papers."""

    id: str
    name: str
    papers: list[Printed]


async def printed(store: Store, row: int) -> list[Printed]:
    """The papers of a person, the newest first, with the names that they print."""
    papers = (await store.expand(Hop(AUTHOR_PAPERS), np.array([row], np.int32), Select(order=NEWEST))).rows
    if not len(papers):
        return []
    lists = await store.expand(Hop(PAPER_AUTHORS), papers, Select(values=("name_as_printed",)))
    names = lists.values["name_as_printed"].to_pylist()
    columns = await store.values(Kind.PAPER, papers, _NEEDED)
    of_each = zip(*columns, lists.offsets[:-1].tolist(), lists.offsets[1:].tolist(), strict=True)
    return [
        Printed(identifier, year, title, next((names[at] for at in range(start, end) if lists.rows[at] == row), None))
        for identifier, year, title, start, end in of_each
    ]


async def others(store: Store, apart: Iterable[Reason]) -> list[Other]:
    """Those who were kept apart and are still there, each once."""
    ids = list(dict.fromkeys(each.other for each in apart if each.other))
    if not ids:
        return []
    rows = await store.lookup(Kind.AUTHOR, [Key("id", identifier) for identifier in ids])
    there = rows[rows >= 0]
    now, names = await store.values(Kind.AUTHOR, there, ("id", "name"))
    return [
        Other(identifier, name, await printed(store, row))
        for identifier, name, row in zip(now, names, there.tolist(), strict=True)
    ]


def evidence_lines(
    identifier: str, joined: Sequence[Reason], apart: Sequence[Reason], papers: list[Printed], far: list[Other]
) -> Iterator[str]:
    """What each decision stands on, and the line of decisions.txt that overrules it."""
    for name in dict.fromkeys(name for each in joined for name in (each.left, each.right)):
        under = [paper for paper in papers if paper.name == name]
        yield from _listed(f"papers under {name}", under)
    for other in far:
        yield from _listed(f"papers of {other.id} {other.name}", other.papers)
    if joined or apart:
        yield _THRESHOLD
    split = len(papers) > 1 and any(each.rule != RULE for each in joined)
    if split:
        yield f"to take papers away from this person: split {identifier} PAPER-ID…"
    for other in far:
        yield f"to make one of them: merge {identifier} {other.id}"
    if any(each.rule == RULE for each in joined):
        yield "what was decided by hand is undone by taking its line out of decisions.txt"
    if split or far:
        yield "such a line goes into decisions.txt in the store's folder, and byline rebuild obeys it"


def _listed(what: str, papers: list[Printed]) -> Iterator[str]:
    yield f"{what}: {len(papers) or 'none'}"
    yield from (f"  {paper}" for paper in papers[:_LISTED])
    if (more := len(papers) - _LISTED) > 0:
        yield f"  {more:,} more, which --json has"
