"""Search and suggestions: nodes of any kind by words. How words fit and in which order is in docs/search.md."""

import inspect
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

import orjson
import strawberry

from byline.graph.errors import BadCursor, BadInput, limit_hint
from byline.graph.ids import kind_of
from byline.graph.model import LETTERS, Kind
from byline.graph.request import Complete, Search, SearchCursor, score
from byline.graph.store.protocol import Found, Store
from byline.schema.context import Limits
from byline.schema.fields import Infos, field
from byline.schema.inputs.listing import bounded, years_of
from byline.schema.types.node import Node, node
from byline.schema.types.values import PageInfo, YearRange

UNSET = strawberry.UNSET
_REQUIRED = inspect.Parameter.empty
_HINT = "use a cursor that search gave for the same words"


@strawberry.enum(description="What a node is.")
class NodeKind(Enum):
    """The kinds with an id, under their public names."""

    AUTHOR = Kind.AUTHOR
    PAPER = Kind.PAPER
    INSTITUTION = Kind.INSTITUTION
    CATEGORY = Kind.CATEGORY


# ------------------------------------------------------------ arguments


def search_of(given: Mapping[str, Any], limits: Limits, total: bool = True) -> Search:
    """The arguments of `search`. Raises BadInput, BadCursor, PageTooLarge."""
    text, after, category = given["query"], _get(given, "after"), _get(given, "category")
    first = _get(given, "first")
    first = limits.default_page if first is None else bounded("first", first, limits, "after")
    years = years_of(_get(given, "years"))
    place = None if after is None else decode(after)
    return Search(_short("query", text, limits), kinds_of(_get(given, "kinds")), *years, category, first, place, total)


def suggest_of(given: Mapping[str, Any], limits: Limits) -> Complete:
    """The arguments of `suggest`. Raises BadInput, PageTooLarge."""
    text = _short("prefix", given["prefix"], limits)
    return Complete(text, kinds_of(_get(given, "kinds")), bounded("first", given["first"], limits))


def kinds_of(asked: Sequence[NodeKind] | None) -> tuple[Kind, ...]:
    """The kinds asked for, all of them where nothing is said."""
    return tuple(kind for kind in LETTERS if asked is None or NodeKind(kind) in asked)


def _get(given: Mapping[str, Any], name: str) -> Any:
    value = given.get(name)
    return None if value is UNSET else value


def _short(name: str, text: str, limits: Limits) -> str:
    if len(text) > limits.max_search_characters:
        raise BadInput(
            f"{name} has {len(text)} characters, a search may have {limits.max_search_characters}",
            limit_hint("give the words that matter", "max_search_characters"),
        )
    return text


# ------------------------------------------------------------ cursors


def encode(place: tuple[int, int, int], identifier: str) -> str:
    """The cursor of a node that was found."""
    return urlsafe_b64encode(orjson.dumps(["search", *place, identifier])).decode().rstrip("=")


def decode(text: str) -> SearchCursor:
    """The place that a cursor names. Raises BadCursor."""
    try:
        name, level, citations, papers, identifier = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError) as error:
        raise BadCursor(f"{text[:40]!r} is not a cursor of a search", _HINT) from error
    numbers = (level, citations, papers)
    fits = all(type(number) is int and 0 <= number < 2**62 for number in numbers)
    if name != "search" or not fits or not isinstance(identifier, str) or kind_of(identifier) is None:
        raise BadCursor(f"{text[:40]!r} is not a cursor of a search", _HINT)
    return level, citations, papers, identifier


async def cursors(store: Store, found: Found) -> list[str]:
    """The cursors of a page."""
    identifiers = [""] * len(found.kinds)
    for kind in set(found.kinds):
        places = [place for place, each in enumerate(found.kinds) if each is kind]
        (column,) = await store.values(kind, found.rows[places], ["id"])
        for place, identifier in zip(places, column, strict=True):
            identifiers[place] = identifier
    return [encode(place, identifier) for place, identifier in zip(found.places, identifiers, strict=True)]


# ------------------------------------------------------------ types


def _of_page(name: str) -> Any:
    return lambda root, info: getattr(root, name)


@strawberry.type(description="A node that was found.")
class SearchEdge:
    """One edge of the connection."""

    found: strawberry.Private[Found]
    at: strawberry.Private[int]
    place: strawberry.Private[str]
    cursor: str = field(_of_page("place"), "The place of this entry, for after.", "cursor")
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] = field(
        lambda root, info: node(root.found.kinds[root.at], int(root.found.rows[root.at])), "The node.", "entry_node"
    )
    score: float = field(
        lambda root, info: score(*root.found.places[root.at][:2]),
        "How well it fits, from 1 to 9. The whole part is the level: 8 an identifier, 7 the name as a whole, 6 all words, "
        "5 begun words, 4 words of the abstract too, 3 the name as a whole with one letter off, 2 one letter off, "
        "1 by initials. The rest grows with citations.",
        "score",
    )


async def _page_info(root: Any, info: Infos) -> PageInfo:
    found, places = root.found, root.places
    return PageInfo(
        has_next_page=found.has_next,
        has_previous_page=found.has_previous,
        start_cursor=places[0] if places else None,
        end_cursor=places[-1] if places else None,
    )


@strawberry.type(description="Nodes that were found, the best first.")
class SearchConnection:
    """A page of a search."""

    found: strawberry.Private[Found]
    places: strawberry.Private[list[str]]
    edges: list[SearchEdge] = field(
        lambda root, info: [SearchEdge(found=root.found, at=at, place=place) for at, place in enumerate(root.places)],
        "The nodes with their scores.",
        "connection_edges",
    )
    nodes: list[Annotated["Node", strawberry.lazy("byline.schema.types.node")]] = field(
        lambda root, info: [node(kind, row) for kind, row in zip(root.found.kinds, root.found.rows.tolist(), strict=True)],
        "The nodes.",
        "connection_nodes",
    )
    page_info: PageInfo = field(_page_info, "Where this page lies in the whole answer.", "page_info")
    total_count: int = field(lambda root, info: root.found.total, "How many nodes fit, whatever the page.", "total_count")


@strawberry.type(description="A node whose name has the words that were begun.")
class Suggestion:
    """One suggestion."""

    text: str = strawberry.field(description="The name that fits, to show and to put in place of what was typed.")
    kind: NodeKind = strawberry.field(description="What the node is.")
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] = strawberry.field(description="The node.")


# ------------------------------------------------------------ fields


async def _search(root: Any, info: Infos, **given: Any) -> SearchConnection:
    store = info.context.store
    (found,) = await store.search([search_of(given, info.context.limits)])
    return SearchConnection(found=found, places=await cursors(store, found))


async def _suggest(root: Any, info: Infos, **given: Any) -> list[Suggestion]:
    (found,) = await info.context.store.complete([suggest_of(given, info.context.limits)])
    entries = zip(found.kinds, found.rows.tolist(), found.texts, strict=True)
    return [Suggestion(text=text, kind=NodeKind(kind), node=node(kind, row)) for kind, row, text in entries]


_KINDS = {"kinds": (list[NodeKind] | None, UNSET)}


def search() -> Any:
    """The field `search`."""
    return field(
        _search,
        "People, papers, institutions and categories by words: names in any order, with initials, without accents, with one "
        "letter off where no name has all words; papers by title and abstract; anything by a DOI, ORCID, ROR, arXiv id, id of "
        "ours or `scheme:value` typed whole. `years` and `category` (by code, with those "
        "below it) leave only papers.",
        "search",
        query=(str, _REQUIRED),
        **_KINDS,
        first=(int | None, UNSET),
        after=(str | None, UNSET),
        years=(YearRange | None, UNSET),
        category=(str | None, UNSET),
    )


def suggest() -> Any:
    """The field `suggest`."""
    return field(
        _suggest,
        "What somebody may be about to type: names that have a word for each word begun, in any order, most cited first.",
        "suggest",
        prefix=(str, _REQUIRED),
        **_KINDS,
        first=(int, 10),
    )
