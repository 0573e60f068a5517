"""Cursors of a search: the place of a node among what fits, by how well it fits, its citations and papers, and its id."""

from byline.graph.errors import BadCursor
from byline.graph.ids import kind_of
from byline.graph.query.opaque import opened, sealed
from byline.graph.request import SearchCursor
from byline.graph.store.protocol import SearchPage, Store

_HINT = "use a cursor returned by `search` for the same text"


def encode(place: tuple[int, int, int], identifier: str) -> str:
    """The cursor of a node that was found."""
    return sealed(["search", *place, identifier])


def decode(text: str) -> SearchCursor:
    """The place that a cursor names. Raises BadCursor."""
    name, level, citations, papers, identifier = opened(text, 5, "of a search", _HINT)
    numbers = (level, citations, papers)
    fits = all(type(number) is int and 0 <= number < 2**62 for number in numbers)
    if name != "search" or not fits or not isinstance(identifier, str) or kind_of(identifier) is None:
        raise BadCursor(f"{text[:40]!r} is not a valid cursor of a search", _HINT)
    return level, citations, papers, identifier


async def cursors(store: Store, page: SearchPage) -> list[str]:
    """The cursors of a page."""
    identifiers = [""] * len(page.kinds)
    for kind in set(page.kinds):
        places = [place for place, each in enumerate(page.kinds) if each is kind]
        (column,) = await store.values(kind, page.rows[places], ["id"])
        for place, identifier in zip(places, column, strict=True):
            identifiers[place] = identifier
    return [encode(place, identifier) for place, identifier in zip(page.places, identifiers, strict=True)]
