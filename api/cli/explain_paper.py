"""What `explain` says of a paper: its ids, what was joined and by what evidence, what was kept apart and why."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from byline.api.cli.reasons import Reason, decision_lines
from byline.graph.ids import kind_of
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.protocol import Store

_NEEDED = ("id", "title", "year", "external_ids", "author_count")


@dataclass(frozen=True)
class Work:
    """A paper, and the decisions that made it one. `year` and `authors` are null where they are not known."""

    id: str
    title: str
    year: int | None
    ids: list[str]
    authors: int | None
    joined: list[Reason]
    apart: list[Reason]

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The same for people to read."""
        count = (
            "number of authors not known"
            if self.authors is None
            else f"{self.authors:,} author{'' if self.authors == 1 else 's'}"
        )
        yield f"{self.id} {self.title}: {self.year or 'no year'}, {count}"
        yield f"ids: {', '.join(self.ids) or 'none'}"
        yield from decision_lines(self.joined, self.apart)


def keys(named: str) -> list[Key]:
    """What the text may be as an id of a paper."""
    if kind_of(named) is Kind.PAPER:
        return [Key("id", named)]
    scheme, colon, value = named.partition(":")
    return [Key("external", value, scheme)] if colon else []


async def members(store: Store, row: int) -> dict[str, Any]:
    """What is shown of one paper."""
    columns = await store.values(Kind.PAPER, np.array([row], np.int32), _NEEDED)
    return dict(zip(_NEEDED, (values[0] for values in columns), strict=True))


def work(paper: dict[str, Any], joined: list[Reason], apart: list[Reason]) -> Work:
    """The paper with what was decided about it."""
    ids = [f"{each['scheme']}:{each['value']}" for each in paper["external_ids"] or ()]
    return Work(paper["id"], paper["title"], paper["year"], ids, paper["author_count"], joined, apart)
