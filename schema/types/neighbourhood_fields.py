"""The declarations of fields about steps among coauthors, for Author and Query."""

import inspect
from typing import Annotated, Any

import strawberry

from byline.graph.query.neighbourhood import networks
from byline.schema.fields import Infos, field, one, returned
from byline.schema.inputs.neighbourhood_arguments import among_of, around_of, suggested_of
from byline.schema.inputs.neighbourhood_enums import LinkPrediction, NetworkInclude
from byline.schema.types.values import YearRange

UNSET, _REQUIRED = strawberry.UNSET, inspect.Parameter.empty
_WINDOW: dict[str, tuple[Any, Any]] = {"years": (YearRange | None, UNSET), "max_authors_per_paper": (int | None, UNSET)}


async def _suggested(root: Any, info: Infos, **given: Any) -> list[Any]:
    asked = suggested_of(given, info.context.limits)
    found = await info.context.store.suggest(one(root.row), asked.window, asked.method, asked.first)
    made: Any = info.return_type
    entry = made.of_type.resolve_type() if hasattr(made.of_type, "resolve_type") else made.of_type
    return [
        entry(source=root.row, row=row, window=asked.window, score=score)
        for row, score in zip(found.rows.tolist(), found.scores.tolist(), strict=True)
    ]


def suggested_collaborators() -> Any:
    """`Author.suggestedCollaborators`."""
    return field(
        _suggested,
        "People exactly two steps away, the likeliest coauthors first; nobody whose name says that they may be the same person.",
        "suggested_collaborators",
        method=(LinkPrediction, LinkPrediction.ADAMIC_ADAR),
        **_WINDOW,
        first=(int, 10),
    )


async def _around(root: Any, info: Infos, **given: Any) -> Any:
    (drawing,) = await networks(info.context.store, around_of(given, info.context.limits), one(root.row))
    return returned(info)(drawing=drawing)


def network_around() -> Any:
    """`Author.network`."""
    return field(
        _around,
        "The people at most `radius` steps away and the links among them. Of more than `maxNodes`, nearer people are kept first; "
        "coauthors by shared papers, people farther away by the number of people one step nearer with whom they share a paper.",
        "network_around",
        radius=(int, 1),
        **_WINDOW,
        max_nodes=(int, 200),
    )


async def _among(root: Any, info: Infos, **given: Any) -> Any:
    (drawing,) = await networks(info.context.store, among_of(given, info.context.limits), None)
    return returned(info)(drawing=drawing)


def network_among() -> Any:
    """`Query.network`."""
    return field(
        _among,
        "Some people, those whom `include` adds, and the links among them. Of more than `maxNodes`, the people given are kept "
        "first, in their order; then whoever shares papers with more of them, then with more papers.",
        "network_among",
        author_ids=(list[strawberry.ID], _REQUIRED),
        include=(NetworkInclude, NetworkInclude.ONLY_INPUT),
        **_WINDOW,
        max_nodes=(int, 200),
    )


def collaboration_path(resolve: Any) -> Any:
    """`Query.collaborationPath`."""
    return field(
        resolve,
        "How two people are connected: the `limit` shortest paths by number of steps, then by the sum of 1/weight of their "
        "steps, then by ids; where `weighted`, by that sum alone and then by ids. Nobody is on one path twice.",
        "collaboration_path",
        from_=(Annotated[strawberry.ID, strawberry.argument(name="from", description="The id of one person.")], _REQUIRED),
        to=(strawberry.ID, _REQUIRED),
        **_WINDOW,
        weighted=(bool, False),
        limit=(int, 1),
    )
