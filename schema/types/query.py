"""Query: the entry points, as plain resolvers and as what plans are compiled from."""

from collections.abc import Mapping
from typing import Any

import strawberry

from byline.graph.errors import PageTooLarge, limit_hint
from byline.graph.ids import kind_of
from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.request import NEWEST, Key
from byline.schema.fields import Infos, PlanCompiler, Planned, Selected, field
from byline.schema.inputs.filters import AuthorFilter, CategoryFilter, InstitutionFilter, PaperFilter, VenueFilter
from byline.schema.inputs.keys import AuthorKey, CategoryKey, InstitutionKey, PaperKey, VenueKey, key_maker, key_of, keys_of
from byline.schema.inputs.orders import BY_CODE, BY_NAME, AuthorOrder, CategoryOrder, InstitutionOrder, PaperOrder, VenueOrder
from byline.schema.types.arguments import LIMITS, REQUIRED, argument
from byline.schema.types.author import Author
from byline.schema.types.author_lists import AuthorConnection
from byline.schema.types.category import Category, CategoryConnection
from byline.schema.types.conflicts import ConflictConnection, conflicts
from byline.schema.types.connections import connection
from byline.schema.types.institution import Institution
from byline.schema.types.institution_lists import InstitutionConnection
from byline.schema.types.lookups import by_key, by_keys, warn
from byline.schema.types.matrices import CategoryMatrix, CountryMatrix, InstitutionMatrix, country_matrix, matrix
from byline.schema.types.neighbourhood_fields import collaboration_path, network_among
from byline.schema.types.network import Network
from byline.schema.types.network_fields import AuthorRelation, CitationRelation, network_by_papers, network_of_keywords
from byline.schema.types.node import Node, node
from byline.schema.types.paper import Paper
from byline.schema.types.paper_lists import PaperConnection
from byline.schema.types.paths import CollaborationPaths
from byline.schema.types.paths import resolve as _paths
from byline.schema.types.search import SearchConnection, Suggestion, search, suggest
from byline.schema.types.shared_networks import (
    AuthorNetwork,
    CategoryNetwork,
    InstitutionNetwork,
    KeywordNetwork,
    PaperNetwork,
    VenueNetwork,
)
from byline.schema.types.snapshot import SNAPSHOT, Snapshot
from byline.schema.types.snapshot import resolve as _snapshot
from byline.schema.types.venue import Venue, VenueConnection
from byline.schema.unplannable import Unplannable


async def _node(root: Any, info: Infos, id: str) -> Any:
    return await _by_id(info, id, None)


async def _nodes(root: Any, info: Infos, ids: list[str]) -> list[Any]:
    if len(ids) > info.context.limits.max_ids:
        raise PageTooLarge(
            f"`ids` accepts at most {info.context.limits.max_ids} ids, got {len(ids)}", limit_hint("split the request", "max_ids")
        )
    return [await _by_id(info, identifier, place) for place, identifier in enumerate(ids)]


def _node_plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    return ops.ByIds(selected.key, at.bind(selected, lambda arguments: (arguments["id"],)), at.shapes(selected.nodes), True)


def _nodes_plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    def ids(arguments: Mapping[str, Any]) -> tuple[str, ...]:
        if len(arguments["ids"]) > at.limits.max_ids:
            raise Unplannable("more ids than one request may have")
        return tuple(arguments["ids"])

    return ops.ByIds(selected.key, at.bind(selected, ids), at.shapes(selected.nodes), False)


async def _by_id(info: Infos, identifier: str, place: int | None) -> Any:
    kind, key = kind_of(identifier), Key("id", identifier)
    if kind is None:
        warn(info, None, key, place)
        return None
    return node(kind, int((await info.context.store.lookup(kind, [key]))[0]))


def _by(kind: Kind, key: type, description: str) -> Any:
    async def resolve(root: Any, info: Infos, by: Any) -> Any:
        return await by_key(kind, by, info)

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        # The commonest way to write a key, an object with one variable in it, needs no input objects.
        quick = key_maker((selected.nodes[0].arguments or ())[0].value)
        key = at.bind(selected, lambda arguments: key_of(arguments["by"])) if quick is None else at.slot(quick)
        return ops.ByKey(selected.key, key, at.shape(selected.nodes, kind))

    return field(resolve, description, Planned(plan), by=argument(key, REQUIRED, "The key: exactly one of its members."))


def _several(kind: Kind, key: type, plural: str) -> Any:
    """The bulk look-up of a kind."""

    async def resolve(root: Any, info: Infos, keys: list[Any]) -> list[Any]:
        return await by_keys(kind, keys, info)

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        keys = at.bind(selected, lambda arguments: tuple(keys_of(arguments["keys"], at.limits)))
        return ops.ByKeys(selected.key, keys, (at.shape(selected.nodes, kind),), False)

    about = (
        f"The {plural} with these keys, in their order; null for a key without a node, null and the error `AMBIGUOUS_KEY` for "
        "one that several have."
    )
    keys = argument(list[key], REQUIRED, f"Keys, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`).")  # type: ignore[valid-type]
    return field(resolve, about, Planned(plan), keys=keys)


_ANY = "null if there is none."


@strawberry.type(description="Entry points of the graph.")
class Query:
    """The root."""

    node: Node | None = field(
        _node, "The node with an id; " + _ANY, Planned(_node_plan), id=argument(strawberry.ID, REQUIRED, "Id of a node.")
    )
    nodes: list[Node | None] = field(
        _nodes,
        "The nodes with these ids, in their order; null for an id without a node.",
        Planned(_nodes_plan),
        ids=argument(list[strawberry.ID], REQUIRED, f"Ids of nodes, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`)."),
    )
    author: Author | None = _by(Kind.AUTHOR, AuthorKey, "The author with a key; " + _ANY)
    paper: Paper | None = _by(Kind.PAPER, PaperKey, "The paper with a key; " + _ANY)
    institution: Institution | None = _by(Kind.INSTITUTION, InstitutionKey, "The institution with a key; " + _ANY)
    category: Category | None = _by(Kind.CATEGORY, CategoryKey, "The category with a key; " + _ANY)
    venue: Venue | None = _by(Kind.VENUE, VenueKey, "The venue with a key; " + _ANY)
    authors_by: list[Author | None] = _several(Kind.AUTHOR, AuthorKey, "authors")
    papers_by: list[Paper | None] = _several(Kind.PAPER, PaperKey, "papers")
    institutions_by: list[Institution | None] = _several(Kind.INSTITUTION, InstitutionKey, "institutions")
    categories_by: list[Category | None] = _several(Kind.CATEGORY, CategoryKey, "categories")
    venues_by: list[Venue | None] = _several(Kind.VENUE, VenueKey, "venues")
    authors: AuthorConnection = connection(Kind.AUTHOR, None, BY_NAME, "All authors.", where=AuthorFilter, order=AuthorOrder)
    papers: PaperConnection = connection(Kind.PAPER, None, NEWEST, "All papers.", where=PaperFilter, order=PaperOrder)
    institutions: InstitutionConnection = connection(
        Kind.INSTITUTION,
        None,
        BY_NAME,
        "All institutions.",
        where=InstitutionFilter,
        order=InstitutionOrder,
    )
    categories: CategoryConnection = connection(
        Kind.CATEGORY, None, BY_CODE, "All categories.", where=CategoryFilter, order=CategoryOrder
    )
    venues: VenueConnection = connection(Kind.VENUE, None, BY_NAME, "All venues.", where=VenueFilter, order=VenueOrder)
    search: SearchConnection = search()
    suggest: list[Suggestion] = suggest()
    collaboration_path: CollaborationPaths = collaboration_path(_paths)
    network: Network = network_among()
    conflicts: ConflictConnection = conflicts()
    institution_matrix: InstitutionMatrix = matrix(
        Kind.INSTITUTION,
        InstitutionMatrix,
        "Collaboration matrix of institutions: how often they are on papers together.",
    )
    category_matrix: CategoryMatrix = matrix(
        Kind.CATEGORY,
        CategoryMatrix,
        "Co-occurrence matrix of categories, each without those below it.",
    )
    country_matrix: CountryMatrix = country_matrix(
        "Collaboration matrix of countries, those of institutions and those that authorships state: how often they are on papers "
        "together."
    )
    institution_network: InstitutionNetwork = network_by_papers(
        Kind.INSTITUTION, InstitutionKey, InstitutionNetwork, "Network of institutions, linked by the papers that they share."
    )
    category_network: CategoryNetwork = network_by_papers(
        Kind.CATEGORY,
        CategoryKey,
        CategoryNetwork,
        "Network of categories, linked by the papers that they share: those that papers state, each without those below it.",
    )
    paper_network: PaperNetwork = network_by_papers(
        Kind.PAPER,
        PaperKey,
        PaperNetwork,
        "Network of papers, linked by papers that cite both, by papers that both cite, or by citing one another.",
        CitationRelation,
    )
    author_network: AuthorNetwork = network_by_papers(
        Kind.AUTHOR,
        AuthorKey,
        AuthorNetwork,
        "Network of authors, linked by papers that cite both, by papers that both cite, by citing one another, or by the papers "
        "that they share.",
        AuthorRelation,
    )
    venue_network: VenueNetwork = network_by_papers(
        Kind.VENUE,
        VenueKey,
        VenueNetwork,
        "Network of venues, linked by papers that cite papers of both, by papers that both cite, or by citing one another.",
        CitationRelation,
    )
    keyword_network: KeywordNetwork = network_of_keywords(
        KeywordNetwork, "Network of keywords, linked by the papers that state both: co-occurrence."
    )
    snapshot: Snapshot = field(_snapshot, "The snapshot being served: version, counts, sources, build time.", SNAPSHOT)
