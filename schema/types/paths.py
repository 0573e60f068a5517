"""How two people are connected: paths of coauthors, with the papers of each step."""

from itertools import pairwise
from typing import Any

import strawberry

from byline.graph.model import COLLABORATORS, JOINT_PAPERS, Kind
from byline.graph.query import operators as ops
from byline.graph.query.completeness import why_nearer
from byline.graph.query.neighbourhood import PathArgs, steps_of
from byline.graph.query.operators.paths import PathsRead
from byline.graph.query.path_pages import cut, encode, outcome
from byline.graph.query.unresolved import people_named
from byline.graph.request import Hop, Page, Select
from byline.graph.store.protocol import Rows
from byline.schema.fields import MEMBER, Infos, PlanCompiler, Planned, Selected, field
from byline.schema.inputs.listing import pair
from byline.schema.inputs.neighbourhood_arguments import path_page_of, ways_of
from byline.schema.inputs.neighbourhood_enums import PathStatus
from byline.schema.types.arguments import LIMITS, paging
from byline.schema.types.author import Author
from byline.schema.types.evidence import shared_papers
from byline.schema.types.node import node
from byline.schema.types.paged import Paged, PagedEdge, Stretch, edges, entries, entry, total
from byline.schema.types.paper_lists import PaperConnection


async def _paper_count(root: Any, info: Infos) -> int:
    hop, select = Hop(JOINT_PAPERS, root.window), Select(page=Page(first=0), total=True)
    joint_papers = await info.context.store.expand(hop, pair(root.left, root.right), select)
    return int(joint_papers.totals[0])  # type: ignore[index]


def _ends(root: Any) -> tuple[Rows, Hop]:
    return pair(root.left, root.right), Hop(COLLABORATORS, root.window)


def _end(end: int) -> Planned:
    return Planned(lambda at, selected: ops.HopEnd(selected.key, end, at.shape(selected.nodes, Kind.AUTHOR)))


def _from(*args: Any) -> Any:
    """A field whose public name is a keyword of Python."""
    declared = field(*args)
    declared.graphql_name = "from"
    return declared


@strawberry.type(description="A hop of a path: two coauthors.")
class CollaborationHop:
    """Both ends, and what they share in the window of the search."""

    left: strawberry.Private[int]
    right: strawberry.Private[int]
    window: strawberry.Private[Any]
    from_: Author = _from(lambda root, info: node(Kind.AUTHOR, root.left), "Author at the start of the hop.", _end(0))
    to: Author = field(lambda root, info: node(Kind.AUTHOR, root.right), "Author at the end of the hop.", _end(1))
    paper_count: int = field(_paper_count, "Number of shared papers, within `years` and `maxAuthorsPerPaper`.", MEMBER)
    papers: PaperConnection = shared_papers(JOINT_PAPERS, _ends)


@strawberry.type(description="A path in the coauthor graph, no author twice.")
class CollaborationPath:
    """The people, and the steps between them."""

    rows: strawberry.Private[list[int]]
    steps: strawberry.Private[list[tuple[int, int]]]
    window: strawberry.Private[Any]
    authors: list[Author] = field(
        lambda root, info: [node(Kind.AUTHOR, row) for row in root.rows],
        "Authors on the path, both ends included.",
        Planned(lambda at, selected: ops.PathPeople(selected.key, at.shape(selected.nodes, Kind.AUTHOR))),
    )
    hops: list[CollaborationHop] = field(
        lambda root, info: [CollaborationHop(left=left, right=right, window=root.window) for left, right in root.steps],
        "Hops of the path, one fewer than authors.",
        Planned(lambda at, selected: ops.PathHops(selected.key, at.members(selected))),
    )


@strawberry.type(description="A path in a list.")
class CollaborationPathEdge(PagedEdge):
    """Path and cursor."""

    node: CollaborationPath = entry("The path.")


@strawberry.type(description="Paths between two authors, shortest first.")
class CollaborationPathConnection(Paged):
    """A page of them."""

    total_count: int | None = total(
        f"Number of paths, whatever the page. Null if there may be more than the {LIMITS.max_paths} (`BYLINE_MAX_PATHS`) that "
        "are listed, or the search stopped at `BYLINE_MAX_PATH_NODES`. Asking for it searches for all that are listed."
    )
    edges: list[CollaborationPathEdge] = edges(CollaborationPathEdge, "The paths of the page, with cursors.")
    nodes: list[CollaborationPath] = entries("The paths of the page.")


def _plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    args = at.bind(selected, lambda arguments: path_page_of(arguments, at.limits))
    return ops.PathList(selected.key, args, at.members(selected))


async def _paths(root: Any, info: Infos, **arguments: Any) -> CollaborationPathConnection:
    page, args = path_page_of(arguments, info.context.limits), root.args
    every = await info.context.store.paths(root.ends, args.route(page.most))
    stretch = page.stretch(len(every.people) - 1)
    shown = cut(every, stretch.start, stretch.stop)
    people, steps = shown.people.tolist(), steps_of(shown).tolist()
    entries = [
        CollaborationPath(
            rows=shown.rows[start:stop].tolist(),
            steps=[(left, right) for left, right in steps[start - at : stop - at - 1]],
            window=args.window,
        )
        for at, (start, stop) in enumerate(pairwise(people))
    ]
    cursors = [encode(place + 1) for place in range(stretch.start, stretch.stop)]
    return CollaborationPathConnection(page=Stretch(entries, cursors, page.total(every), stretch.has_next, stretch.has_previous))


@strawberry.type(description="Result of a path search.")
class CollaborationPaths:
    """Status, distance, paths."""

    ends: strawberry.Private[Rows]
    args: strawberry.Private[PathArgs]
    status: PathStatus = strawberry.field(description="Outcome of the search.")
    distance: int | None = strawberry.field(
        description="Number of hops of the first path; with `weighted`, other paths may have fewer. Null if none was found."
    )
    is_upper_bound: bool = strawberry.field(
        description="Whether the true distance may be smaller, or a path may exist, because the graph is known to be incomplete."
    )
    reason: str | None = strawberry.field(description="Why that is so; null if the distance is exact.")
    paths: CollaborationPathConnection = field(
        _paths,
        "The paths, shortest first. They are searched for one after the other, as many as the page needs: `pageInfo` takes one "
        "more.",
        Planned(_plan),
        **paging("from` and `to", f"0 to {LIMITS.max_paths} (`BYLINE_MAX_PATHS`)", "1 if `last` is not given either"),
    )


async def resolve(root: Any, info: Infos, **arguments: Any) -> CollaborationPaths:
    """The field `collaborationPath`."""
    args, store = ways_of(arguments, info.context.limits), info.context.store
    ends = (await people_named(store, [args.start, args.end])).reshape(1, 2)
    first = await store.paths(ends, args.route())
    reason, status = await why_nearer(store, first, args.window), PathStatus(outcome(first))
    return CollaborationPaths(
        ends=ends,
        args=args,
        status=status,
        distance=PathsRead(first).distance,
        is_upper_bound=reason is not None,
        reason=reason,
    )
