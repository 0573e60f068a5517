"""The arguments of fields about steps among coauthors, understood: for the resolvers and for plans alike."""

from collections.abc import Mapping
from typing import Any

from byline.graph.network.members import Among, Around
from byline.graph.query.neighbourhood import PathArgs, SuggestionArgs
from byline.graph.query.scored import decode
from byline.graph.request import Route
from byline.schema.context import Limits
from byline.schema.fields import PlanCompiler, Selected
from byline.schema.inputs.keys import key_of, keys_of
from byline.schema.inputs.listing import between, bounded, page_by, window_of


def suggested_of(arguments: Mapping[str, Any], limits: Limits) -> SuggestionArgs:
    """The arguments of `suggestedCollaborators`. Raises BadInput, PageTooLarge, BadCursor."""
    method = arguments["method"].value
    page = page_by(lambda cursor: decode(method, cursor), arguments, limits)
    return SuggestionArgs(window_of(arguments), method, page)


def first_of(arguments: Mapping[str, Any], limits: Limits) -> int:
    """The `first` of a plain list. Raises BadInput, PageTooLarge."""
    return bounded("first", arguments["first"], limits)


def first_slot(at: PlanCompiler, selected: Selected) -> Any:
    """The same in a plan."""
    return at.bind(selected, lambda arguments: first_of(arguments, at.limits))


def ways_of(arguments: Mapping[str, Any], limits: Limits) -> PathArgs:
    """The arguments of `collaborationPath`. Raises BadInput."""
    limit = between("limit", arguments["limit"], 1, limits.max_paths, "max_paths")
    route = Route(window_of(arguments), arguments["weighted"], limit, limits.max_path_nodes)
    return PathArgs(key_of(arguments["from_"]), key_of(arguments["to"]), route)


def around_of(arguments: Mapping[str, Any], limits: Limits) -> Around:
    """The arguments of `Author.network`. Raises BadInput."""
    radius = between("radius", arguments["radius"], 1, limits.max_distance, "max_distance")
    return Around(radius, window_of(arguments), _most(arguments, limits))


def among_of(arguments: Mapping[str, Any], limits: Limits) -> Among:
    """The arguments of `Query.network`. Raises BadInput, PageTooLarge."""
    people = keys_of(arguments["people"], limits, "people")
    return Among(tuple(people), arguments["include"].value, window_of(arguments), _most(arguments, limits))


def _most(arguments: Mapping[str, Any], limits: Limits) -> int:
    return between("first", arguments["first"], 1, limits.max_network_nodes, "max_network_nodes")
