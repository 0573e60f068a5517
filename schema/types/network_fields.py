"""Root fields that answer networks by papers: their arguments, understood, and their relations."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import strawberry

from byline.graph.errors import BadInput, PageTooLarge, limit_hint
from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.query.keyword_networks import KeywordArgs, keyword_network
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.relations import Relation, SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import Where, both
from byline.schema.context import Limits
from byline.schema.fields import Infos, PlanCompiler, Planned, Selected, field
from byline.schema.inputs.filters import PaperFilter, where_of
from byline.schema.inputs.keys import keys_of
from byline.schema.inputs.listing import between, years_of
from byline.schema.types.arguments import AS_OF, LIMITS, UNSET, YEARS, Arguments, argument

_CITATION = "Citation: papers of one in this graph that cite the other, or a paper of it."
_CO_CITATION = "Co-citation: papers in this graph that cite both, or papers of both (Small 1973)."
_COUPLING = "Bibliographic coupling: papers in this graph that both, or papers of both, cite (Kessler 1963)."


def _relation(relation: Relation, description: str) -> Any:
    return strawberry.enum_value(relation, description=description)


@strawberry.enum(description="Which papers link two nodes, by what papers cite.")
class CitationRelation(Enum):
    """Members of graph.query.relations.Relation under their public names."""

    CITATION = _relation(Relation.CITATION, _CITATION)
    CO_CITATION = _relation(Relation.CO_CITATION, _CO_CITATION)
    BIBLIOGRAPHIC_COUPLING = _relation(Relation.BIBLIOGRAPHIC_COUPLING, _COUPLING)


@strawberry.enum(description="Which papers link two authors.")
class AuthorRelation(Enum):
    """See CitationRelation."""

    COAUTHORSHIP = _relation(Relation.SHARED_PAPERS, "Coauthorship: papers that both are authors of.")
    CITATION = _relation(Relation.CITATION, _CITATION)
    CO_CITATION = _relation(Relation.CO_CITATION, _CO_CITATION + " Of authors White and Griffith 1981.")
    BIBLIOGRAPHIC_COUPLING = _relation(Relation.BIBLIOGRAPHIC_COUPLING, _COUPLING + " Of authors Zhao and Strotmann 2008.")


def shared_args(kind: Kind, arguments: Mapping[str, Any], limits: Limits) -> SharedArgs:
    """The arguments, understood. Raises BadInput, BadFilter, PageTooLarge."""
    given = arguments.get("keys")
    keys = None if given in (None, UNSET) else tuple(keys_of(given, limits))
    first, where, least, scope, ever = _counted(arguments, limits)
    relation = arguments["relation"].value if "relation" in arguments else Relation.SHARED_PAPERS
    most, own = limits.max_matrix_papers, papers_in(Scope(as_of=scope.as_of))
    return SharedArgs(kind, keys, first, where, least, most, relation, own, ever)


def keyword_args(arguments: Mapping[str, Any], limits: Limits) -> KeywordArgs:
    """The arguments, understood. Raises BadInput, BadFilter, PageTooLarge."""
    given = arguments.get("keys")
    keys = None if given in (None, UNSET) else tuple(given)
    if keys is not None and len(keys) > limits.max_ids:
        hint = limit_hint("split the request", "max_ids")
        raise PageTooLarge(f"`keys` accepts at most {limits.max_ids} keywords, got {len(keys)}", hint)
    first, where, least, _, ever = _counted(arguments, limits)
    return KeywordArgs(keys, first, where, least, limits.max_matrix_papers, ever)


def _counted(arguments: Mapping[str, Any], limits: Limits) -> tuple[int, Where, int, Scope, Where | None]:
    """How many nodes, which papers count, how many a link has at least, the years and the day, and which papers would count in
    any year, where some are asked for."""
    least = arguments["min_papers"]
    if least < 1:
        raise BadInput(f"`minPapers` must be at least 1, got {least}", "give 1 or more")
    first = between("first", arguments["first"], 1, limits.max_network_nodes, "max_network_nodes")
    as_of = arguments.get("as_of")
    scope = Scope(*years_of(arguments.get("years")), None if as_of is UNSET else as_of)
    asked = where_of(arguments.get("where"), limits)
    where, of_day = both(asked, papers_in(scope)), both(asked, papers_in(Scope(as_of=scope.as_of)))
    return first, where, least, scope, None if where == of_day else of_day


def network_by_papers(kind: Kind, key: Any, graphql_type: type, description: str, relations: type[Enum] | None = None) -> Any:
    """A root field that answers such a network, by one of some relations."""
    related: Arguments = {}
    most = "with most papers that count"
    if relations is not None:
        related["relation"] = argument(relations, relations["CO_CITATION"], "Which papers link two. Default: CO_CITATION.")
        most = "cited most by papers that count; by `BIBLIOGRAPHIC_COUPLING` those that cite most of them"
        if relations is AuthorRelation:
            most += ", by `COAUTHORSHIP` those with most of them"

    async def resolve(root: Any, info: Infos, **arguments: Any) -> Any:
        args = shared_args(kind, arguments, info.context.limits)
        return graphql_type(drawing=await shared_network(info.context.store, args), counted=args.where)

    def understand(arguments: Mapping[str, Any], limits: Limits) -> SharedArgs:
        return shared_args(kind, arguments, limits)

    keys = f"Keys of the nodes, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`). Default: the `first` {most}."
    return field(resolve, description, _planned(understand), **related, keys=argument(list[key] | None, UNSET, keys), **_COUNTED)


def network_of_keywords(graphql_type: type, description: str) -> Any:
    """The root field that answers the network of keywords."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> Any:
        args = keyword_args(arguments, info.context.limits)
        return graphql_type(drawing=await keyword_network(info.context.store, args), counted=args.where)

    keys = (
        f"Keywords in any spelling, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`); one that no paper states is shown with none. "
        "Default: the `first` on most papers that count."
    )
    return field(resolve, description, _planned(keyword_args), keys=argument(list[str] | None, UNSET, keys), **_COUNTED)


def _planned(understand: Callable[[Mapping[str, Any], Limits], Any]) -> Planned:
    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        args = at.bind(selected, lambda arguments: understand(arguments, at.limits))
        return ops.SharedNetwork(selected.key, args, at.members(selected))

    return Planned(plan)


_COUNTED: Arguments = {
    "where": argument(PaperFilter | None, UNSET, "Papers that count: the filter's members are ANDed. Default: all papers."),
    "years": YEARS,
    "as_of": AS_OF,
    "min_papers": argument(int, 1, "Least number of papers behind a link, 1 or more. Default: 1."),
    "first": argument(
        int,
        50,
        f"Without `keys`: number of nodes, 1 to {LIMITS.max_network_nodes} (`BYLINE_MAX_NETWORK_NODES`). Default: 50.",
    ),
}
