"""How two people are connected: paths of coauthors, with the papers of each step."""

from typing import Any

import strawberry

from byline.graph.model import COLLABORATORS, JOINT_PAPERS, Kind
from byline.graph.query import operators as ops
from byline.graph.query.completeness import why_nearer
from byline.graph.query.neighbourhood import steps_of
from byline.graph.query.operators.paths import PathsRead
from byline.graph.query.unresolved import people_named
from byline.graph.request import Hop, Page, Select
from byline.graph.store.protocol import Rows
from byline.schema.fields import FIELD, MEMBER, Infos, Planned, field
from byline.schema.inputs.listing import pair
from byline.schema.inputs.neighbourhood_arguments import ways_of
from byline.schema.inputs.neighbourhood_enums import PathStatus
from byline.schema.types.author import Author
from byline.schema.types.evidence import shared_papers
from byline.schema.types.node import node
from byline.schema.types.paper_lists import PaperConnection


async def _paper_count(root: Any, info: Infos) -> int:
    hop, select = Hop(JOINT_PAPERS, root.window), Select(page=Page(first=0), total=True)
    joint_papers = await info.context.store.expand(hop, pair(root.left, root.right), select)
    return int(joint_papers.totals[0])  # type: ignore[index]


def _ends(root: Any) -> tuple[Rows, Hop]:
    return pair(root.left, root.right), Hop(COLLABORATORS, root.window)


_PATHS = Planned(lambda at, selected: ops.PathList(selected.key, at.members(selected)))


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


@strawberry.type(description="Result of a path search.")
class CollaborationPaths:
    """Status, distance, paths."""

    status: PathStatus = strawberry.field(description="Outcome of the search.")
    distance: int | None = strawberry.field(
        description="Number of hops of the first path; with `weighted`, other paths may have fewer. Null if none was found."
    )
    is_upper_bound: bool = strawberry.field(
        description="Whether the true distance may be smaller, or a path may exist, because the graph is known to be incomplete."
    )
    reason: str | None = strawberry.field(description="Why that is so; null if the distance is exact.")
    paths: list[CollaborationPath] = strawberry.field(description="The paths, shortest first.", metadata={FIELD: _PATHS})


async def resolve(root: Any, info: Infos, **arguments: Any) -> CollaborationPaths:
    """The field `collaborationPath`."""
    args, store = ways_of(arguments, info.context.limits), info.context.store
    ends = await people_named(store, [args.start, args.end])
    shortest_paths = await store.paths(ends.reshape(1, 2), args.route)
    read = PathsRead(shortest_paths, steps_of(shortest_paths))
    people, bounds, steps = shortest_paths.people.tolist(), read.bounds.tolist(), read.steps.tolist()
    paths = [
        CollaborationPath(
            rows=shortest_paths.rows[people[at] : people[at + 1]].tolist(),
            steps=[(left, right) for left, right in steps[bounds[at] : bounds[at + 1]]],
            window=args.route.window,
        )
        for at in range(len(people) - 1)
    ]
    reason, status = await why_nearer(store, shortest_paths, args.route.window), PathStatus(shortest_paths.statuses[0])
    return CollaborationPaths(
        status=status, distance=read.distance, is_upper_bound=reason is not None, reason=reason, paths=paths
    )
