"""The arguments of fields about steps among coauthors, understood: for the resolvers and for plans alike."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from strawberry import UNSET

from byline.graph.network.members import Among, Around
from byline.graph.query import path_pages
from byline.graph.query.neighbourhood import PathArgs, SuggestionArgs
from byline.graph.query.path_pages import PathPage
from byline.graph.query.scored import decode
from byline.schema.context import Limits
from byline.schema.inputs.keys import key_of, keys_of
from byline.schema.inputs.listing import between, page_by, window_of


def suggested_of(arguments: Mapping[str, Any], limits: Limits) -> SuggestionArgs:
    """The arguments of `suggestedCollaborators`. Raises BadInput, PageTooLarge, BadCursor."""
    method = arguments["method"].value
    page = page_by(lambda cursor: decode(method, cursor), arguments, limits)
    return SuggestionArgs(window_of(arguments), method, page)


def ways_of(arguments: Mapping[str, Any], limits: Limits) -> PathArgs:
    """The arguments of `collaborationPath`. Raises BadInput."""
    ends = key_of(arguments["from_"]), key_of(arguments["to"])
    return PathArgs(*ends, window_of(arguments), arguments["weighted"], limits.max_path_nodes)


def path_page_of(arguments: Mapping[str, Any], limits: Limits) -> PathPage:
    """The page of `paths`: one path by default, as each further one is searched for. Raises BadInput, BadCursor."""
    sizes = {name: size for name in ("first", "last") if (size := arguments.get(name)) is not None and size is not UNSET}
    for name, size in sizes.items():
        between(name, size, 0, limits.max_paths, "max_paths")
    page = page_by(path_pages.decode, arguments, limits)
    return PathPage(page if sizes else replace(page, first=1), limits.max_paths)


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
