"""The arguments of fields about steps among coauthors, understood: for the resolvers and for plans alike."""

from collections.abc import Mapping
from typing import Any

from byline.graph.errors import PageTooLarge, limit_hint
from byline.graph.network.members import Among, Around
from byline.graph.query.neighbourhood import PathArgs, SuggestionArgs
from byline.graph.request import Route
from byline.schema.context import Limits
from byline.schema.fields import PlanCompiler, Selected
from byline.schema.inputs.listing import between, bounded, window_of


def suggested_of(given: Mapping[str, Any], limits: Limits) -> SuggestionArgs:
    """The arguments of `suggestedCollaborators`. Raises BadInput, PageTooLarge."""
    return SuggestionArgs(window_of(given), given["method"].value, bounded("first", given["first"], limits))


def first_of(given: Mapping[str, Any], limits: Limits) -> int:
    """The `first` of a plain list. Raises BadInput, PageTooLarge."""
    return bounded("first", given["first"], limits)


def first_asked(at: PlanCompiler, selected: Selected) -> Any:
    """The same in a plan."""
    return at.bind(selected, lambda given: first_of(given, at.limits))


def ways_of(given: Mapping[str, Any], limits: Limits) -> PathArgs:
    """The arguments of `collaborationPath`. Raises BadInput."""
    limit = between("limit", given["limit"], 1, limits.max_paths, "max_paths")
    route = Route(window_of(given), given["weighted"], limit, limits.max_path_nodes)
    return PathArgs(given["from_"], given["to"], route)


def around_of(given: Mapping[str, Any], limits: Limits) -> Around:
    """The arguments of `Author.network`. Raises BadInput."""
    radius = between("radius", given["radius"], 1, limits.max_distance, "max_distance")
    return Around(radius, window_of(given), _most(given, limits))


def among_of(given: Mapping[str, Any], limits: Limits) -> Among:
    """The arguments of `Query.network`. Raises BadInput, PageTooLarge."""
    ids = given["author_ids"]
    if len(ids) > limits.max_ids:
        raise PageTooLarge(
            f"`authorIds` accepts at most {limits.max_ids} ids, got {len(ids)}", limit_hint("give fewer authors", "max_ids")
        )
    return Among(tuple(ids), given["include"].value, window_of(given), _most(given, limits))


def _most(given: Mapping[str, Any], limits: Limits) -> int:
    return between("maxNodes", given["max_nodes"], 1, limits.max_network_nodes, "max_network_nodes")
