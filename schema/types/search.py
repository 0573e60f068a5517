"""Search and suggestions: nodes of any kind by words. How words fit and in which order is in docs/search.md."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

import strawberry

from byline.graph.errors import BadInput, limit_hint
from byline.graph.model import LETTERS, Kind
from byline.graph.query import operators as ops
from byline.graph.query.search_cursors import cursors, decode
from byline.graph.query.snippets import snippets
from byline.graph.request import Complete, Search, score
from byline.graph.store.protocol import SearchPage
from byline.schema.context import Limits
from byline.schema.fields import FIELD, Infos, PlanCompiler, Planned, Selected, field
from byline.schema.inputs.listing import bounded, lengths
from byline.schema.inputs.search_filter import SearchFilter, wheres_of
from byline.schema.types.arguments import LIMITS, PAGING, REQUIRED, UNSET, argument, first_of_list, where_of_list
from byline.schema.types.connections import CURSOR, PAGE_INFO, TOTAL_COUNT
from byline.schema.types.facets import FacetConnection, hit_facets
from byline.schema.types.node import Node, node
from byline.schema.types.snippets import SearchSnippet, shown
from byline.schema.types.values import PageInfo


@strawberry.enum(description="Type of a node.")
class NodeKind(Enum):
    """The kinds with an id, under their public names."""

    AUTHOR = strawberry.enum_value(Kind.AUTHOR, description="An `Author`.")
    PAPER = strawberry.enum_value(Kind.PAPER, description="A `Paper`.")
    INSTITUTION = strawberry.enum_value(Kind.INSTITUTION, description="An `Institution`.")
    CATEGORY = strawberry.enum_value(Kind.CATEGORY, description="A `Category`.")
    VENUE = strawberry.enum_value(Kind.VENUE, description="A `Venue`.")


# ------------------------------------------------------------ arguments


def search_of(arguments: Mapping[str, Any], limits: Limits, total: bool = True) -> Search:
    """The arguments of `search`. Raises BadInput, BadFilter, BadCursor, PageTooLarge."""
    text, kinds = _short("query", arguments["query"], limits), kinds_of(_get(arguments, "kinds"))
    first, last = lengths(arguments, limits)
    after, before = (decode(cursor) if (cursor := _get(arguments, name)) else None for name in ("after", "before"))
    return Search(text, kinds, wheres_of(_get(arguments, "where"), limits), first, after, last, before, total)


def suggest_of(arguments: Mapping[str, Any], limits: Limits) -> Complete:
    """The arguments of `suggest`. Raises BadInput, PageTooLarge."""
    text = _short("prefix", arguments["prefix"], limits)
    return Complete(text, kinds_of(_get(arguments, "kinds")), bounded("first", arguments["first"], limits))


def kinds_of(node_kinds: Sequence[NodeKind] | None) -> tuple[Kind, ...]:
    """The kinds asked for, all of them where none is named."""
    return tuple(kind for kind in LETTERS if node_kinds is None or NodeKind(kind) in node_kinds)


def _get(arguments: Mapping[str, Any], name: str) -> Any:
    value = arguments.get(name)
    return None if value is UNSET else value


def _short(name: str, text: str, limits: Limits) -> str:
    if len(text) > limits.max_search_characters:
        raise BadInput(
            f"`{name}` may have at most {limits.max_search_characters} characters, got {len(text)}",
            limit_hint("give fewer words", "max_search_characters"),
        )
    return text


# ------------------------------------------------------------ types


_NODE = Planned(lambda at, selected: ops.HitNode(selected.key, at.shapes(selected.nodes)))


def _search_plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    parts = at.members(selected)
    total = any(part.shown.total for part in parts)
    return ops.HitPage(selected.key, at.bind(selected, lambda arguments: search_of(arguments, at.limits, total)), parts)


def _suggest_plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    args = at.bind(selected, lambda arguments: suggest_of(arguments, at.limits))
    return ops.Completions(selected.key, args, at.members(selected))


def _of_page(name: str) -> Any:
    return lambda root, info: getattr(root, name)


async def _snippets(root: Any, info: Infos) -> list[SearchSnippet]:
    (found,) = await snippets(info.context.store, root.search, root.page.entry(root.at))
    return [shown(snippet) for snippet in found]


@strawberry.type(description="A search result.")
class SearchEdge:
    """One edge of the connection."""

    search: strawberry.Private[Search]
    page: strawberry.Private[SearchPage]
    at: strawberry.Private[int]
    place: strawberry.Private[str]
    cursor: str = field(_of_page("place"), "Cursor of this result, for `after` and `before`.", CURSOR)
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] = field(
        lambda root, info: node(root.page.kinds[root.at], int(root.page.rows[root.at])), "The node that matches.", _NODE
    )
    score: float = field(
        lambda root, info: score(*root.page.places[root.at][:2]),
        "Relevance, 1 to 9. The integer part is the match level: 8 identifier, 7 exact name, 6 all words, 5 word prefixes, 4 "
        "words of the abstract too, 3 exact name with one letter off, 2 words with one letter off, 1 initials. The fraction "
        "grows with citations.",
        Planned(lambda at, selected: ops.Score(selected.key)),
    )
    snippets: list[SearchSnippet] = field(
        _snippets,
        "What of the node matches: its fewest names, or its title, that have the words of the query, and the parts of the "
        "abstract that have the others.",
        Planned(lambda at, selected: ops.Snippets(selected.key, at.members(selected))),
    )


async def _page_info(root: Any, info: Infos) -> PageInfo:
    page, places = root.page, root.places
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=places[0] if places else None,
        end_cursor=places[-1] if places else None,
    )


@strawberry.type(description="Search results, best match first.")
class SearchConnection:
    """A page of a search."""

    search: strawberry.Private[Search]
    page: strawberry.Private[SearchPage]
    places: strawberry.Private[list[str]]
    edges: list[SearchEdge] = field(
        lambda root, info: [
            SearchEdge(search=root.search, page=root.page, at=at, place=place) for at, place in enumerate(root.places)
        ],
        "The results of the page, with cursor and score.",
        Planned(lambda at, selected: ops.HitEntries(selected.key, at.members(selected))),
    )
    nodes: list[Annotated["Node", strawberry.lazy("byline.schema.types.node")]] = field(
        lambda root, info: [node(kind, row) for kind, row in zip(root.page.kinds, root.page.rows.tolist(), strict=True)],
        "The nodes of the page.",
        Planned(lambda at, selected: ops.HitNodes(selected.key, at.shapes(selected.nodes))),
    )
    facets: FacetConnection = hit_facets()
    page_info: PageInfo = field(_page_info, "Position of this page in the results.", PAGE_INFO)
    total_count: int = field(lambda root, info: root.page.total, "Number of nodes that match, whatever the page.", TOTAL_COUNT)


@strawberry.type(description="An autocomplete suggestion.")
class Suggestion:
    """One suggestion."""

    text: str = strawberry.field(description="Matching name: shown in the list, and completed text of the input.")
    kind: NodeKind = strawberry.field(description="Type of the node.")
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] = strawberry.field(
        description="Node with that name.", metadata={FIELD: _NODE}
    )


# ------------------------------------------------------------ fields


async def _search(root: Any, info: Infos, **arguments: Any) -> SearchConnection:
    store = info.context.store
    search = search_of(arguments, info.context.limits)
    (page,) = await store.search([search])
    return SearchConnection(search=search, page=page, places=await cursors(store, page))


async def _suggest(root: Any, info: Infos, **arguments: Any) -> list[Suggestion]:
    (completions,) = await info.context.store.complete([suggest_of(arguments, info.context.limits)])
    entries = zip(completions.kinds, completions.rows.tolist(), completions.texts, strict=True)
    return [Suggestion(text=text, kind=NodeKind(kind), node=node(kind, row)) for kind, row, text in entries]


_KINDS = {"kinds": argument(list[NodeKind] | None, UNSET, "Types of node to return. Default: all.")}
_CHARACTERS = f"at most {LIMITS.max_search_characters} characters (`BYLINE_MAX_SEARCH_CHARACTERS`)"


def search() -> Any:
    """The field `search`."""
    return field(
        _search,
        "Full-text search over authors, papers, institutions, categories and venues. Names match in any word order, by initials, "
        "without accents, and with one letter off if no name has all the words; papers match by title and abstract; every node "
        "matches by a complete DOI, ORCID iD, ROR id, arXiv id, ISSN, Byline id or `scheme:value`.",
        Planned(_search_plan),
        query=argument(str, REQUIRED, f"Search text: words or an identifier, {_CHARACTERS}. It has no query syntax."),
        **_KINDS,
        where=where_of_list(SearchFilter),
        **PAGING,
    )


def suggest() -> Any:
    """The field `suggest`."""
    return field(
        _suggest,
        "Autocomplete: names that have, for each word of `prefix`, a word that starts with it, in any order; most cited first.",
        Planned(_suggest_plan),
        prefix=argument(str, REQUIRED, f"Text typed so far, {_CHARACTERS}."),
        **_KINDS,
        first=first_of_list("suggestions", 10),
    )
