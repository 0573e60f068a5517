"""The declarations of fields about steps among coauthors, for Author and Query."""

from collections.abc import Callable, Mapping
from typing import Any

from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.query.neighbourhood import networks
from byline.graph.query.scored import ALL, chosen, encode, pages_of
from byline.schema.context import Limits
from byline.schema.fields import Infos, PlanCompiler, Planned, Selected, field, one, returned
from byline.schema.inputs.keys import AuthorKey
from byline.schema.inputs.neighbourhood_arguments import among_of, around_of, suggested_of, ways_of
from byline.schema.inputs.neighbourhood_enums import LinkPrediction, NetworkInclude
from byline.schema.types.arguments import FIRST_NODES, LIMITS, REQUIRED, WINDOW, argument, paging
from byline.schema.types.paged import Stretch


def _plan(
    operator: Callable[[str, Any, tuple[Any, ...]], ops.Operator], understand: Callable[[Mapping[str, Any], Limits], Any]
) -> Planned:
    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        args = at.bind(selected, lambda arguments: understand(arguments, at.limits))
        return operator(selected.key, args, at.members(selected))

    return Planned(plan)


async def _suggested(root: Any, info: Infos, **arguments: Any) -> Any:
    args, store = suggested_of(arguments, info.context.limits), info.context.store
    found = await store.suggest(one(root.row), args.window, args.method, ALL)
    pages = await pages_of(store, Kind.AUTHOR, found, args.page)
    scores = chosen(found, pages)
    (ids,) = await store.values(Kind.AUTHOR, scores.rows, ["id"])
    pairs = list(zip(scores.rows.tolist(), scores.scores.tolist(), strict=True))
    cursors = [encode(args.method, score, identifier) for (_, score), identifier in zip(pairs, ids, strict=True)]
    entries = [(root.row, row, args.window, score) for row, score in pairs]
    ends = int(pages.totals[0]), bool(pages.has_next[0]), bool(pages.has_previous[0])
    return returned(info)(page=Stretch(entries, cursors, *ends))


def suggested_collaborators() -> Any:
    """`Author.suggestedCollaborators`."""
    return field(
        _suggested,
        "Link prediction: authors at distance 2 in the coauthor graph, most likely future coauthors first, then by id. Leaves "
        "out authors whose name suggests that they are the same person.",
        _plan(ops.Suggestions, suggested_of),
        method=argument(LinkPrediction, LinkPrediction.ADAMIC_ADAR, "Score. Default: ADAMIC_ADAR."),
        **WINDOW,
        **paging("method"),
    )


async def _around(root: Any, info: Infos, **arguments: Any) -> Any:
    (drawing,) = await networks(info.context.store, around_of(arguments, info.context.limits), one(root.row))
    return returned(info)(drawing=drawing)


def network_around() -> Any:
    """`Author.network`."""
    return field(
        _around,
        "Ego network: the authors within `radius` steps and all links among them. If there are more than `first`, nearer "
        "authors are kept first; coauthors by number of shared papers, authors farther away by number of coauthors one step "
        "nearer.",
        _plan(ops.Network, around_of),
        radius=argument(
            int,
            1,
            f"Maximum distance from the author, in steps of the coauthor graph: 1 to {LIMITS.max_distance} "
            "(`BYLINE_MAX_DISTANCE`). Default: 1.",
        ),
        **WINDOW,
        first=FIRST_NODES,
    )


async def _among(root: Any, info: Infos, **arguments: Any) -> Any:
    (drawing,) = await networks(info.context.store, among_of(arguments, info.context.limits), None)
    return returned(info)(drawing=drawing)


def network_among() -> Any:
    """`Query.network`."""
    return field(
        _among,
        "Network of given authors, of those that `include` adds, and of all links among them. If there are more than "
        "`first`, the given authors are kept first, in their order; then those with more coauthors among them, then with "
        "more shared papers.",
        _plan(ops.Network, among_of),
        people=argument(list[AuthorKey], REQUIRED, f"Keys of the authors, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`)."),
        include=argument(NetworkInclude, NetworkInclude.ONLY_INPUT, "Authors to add to the given ones. Default: ONLY_INPUT."),
        **WINDOW,
        first=FIRST_NODES,
    )


def collaboration_path(resolve: Any) -> Any:
    """`Query.collaborationPath`."""
    return field(
        resolve,
        "The shortest coauthor paths between two authors, with the papers of each hop. Paths are ranked by number of hops, "
        "then by length (the sum of 1/weight over their hops), then by ids. No author is on a path twice.",
        _plan(ops.PathSearch, ways_of),
        from_=argument(AuthorKey, REQUIRED, "Key of the author at the start.", name="from"),
        to=argument(AuthorKey, REQUIRED, "Key of the author at the end."),
        **WINDOW,
        weighted=argument(bool, False, "Whether to rank by length alone instead of by number of hops first. Default: false."),
    )
