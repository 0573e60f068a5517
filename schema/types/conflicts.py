"""Conflicts of interest: pairs of people who stand too near to each other, with the reasons."""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import strawberry

from byline.graph.errors import BadInput
from byline.graph.model import JOINT_PAPERS, Kind
from byline.graph.query import conflict_cursors
from byline.graph.query import operators as ops
from byline.graph.query.completeness import why_sparser
from byline.graph.query.conflicts import ConflictArgs, Conflicts, Reason, cursors, shared_institutions
from byline.graph.query.conflicts import conflicts as find_conflicts
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import NEWEST
from byline.schema.context import Limits
from byline.schema.fields import MEMBER, EvidenceField, Infos, PlanCompiler, Planned, Selected, field, returned
from byline.schema.inputs.filters import PaperFilter
from byline.schema.inputs.keys import AuthorKey, PaperKey, keys_of
from byline.schema.inputs.listing import between, fetch, page_by, understand, window_of
from byline.schema.inputs.orders import PaperOrder
from byline.schema.types.arguments import (
    LIMITS,
    PAGING,
    REQUIRED,
    UNSET,
    WINDOW,
    argument,
    order_of_list,
    paging,
    where_of_list,
)
from byline.schema.types.author import Author
from byline.schema.types.institution import Institution
from byline.schema.types.node import node
from byline.schema.types.paged import Paged, PagedEdge, Stretch, edges, entries, entry, total

if TYPE_CHECKING:
    from byline.schema.types.paper_lists import PaperConnection

_KEYS = "max_conflict_keys"
_MOST = f"at most {LIMITS.max_conflict_keys} (`BYLINE_MAX_CONFLICT_KEYS`)"


@strawberry.enum(description="Why two authors are in conflict.")
class ConflictReason(Enum):
    """Members of conflicts.Reason under their public names."""

    SAME_PERSON = strawberry.enum_value(Reason.SAME_PERSON, description="They are one person.")
    COAUTHOR = strawberry.enum_value(
        Reason.COAUTHOR, description="They share a paper, or are at most `maxDistance` steps apart in the coauthor graph."
    )
    SAME_INSTITUTION = strawberry.enum_value(
        Reason.SAME_INSTITUTION, description="Papers of both, not necessarily the same ones, name the same institution."
    )


def conflict_args(arguments: Mapping[str, Any], limits: Limits) -> ConflictArgs:
    """The arguments, understood. Raises BadInput, PageTooLarge, BadCursor."""
    lists = [arguments.get(name) for name in ("against", "against_papers")]
    against, papers = (None if given is UNSET else given for given in lists)
    if against is None and papers is None:
        raise BadInput("Nobody is given to hold `people` against", "give `against` or `againstPapers`")
    return ConflictArgs(
        tuple(keys_of(arguments["people"], limits, "people", _KEYS)),
        tuple(keys_of(against or [], limits, "against", _KEYS)),
        tuple(keys_of(papers or [], limits, "againstPapers", _KEYS)),
        window_of(arguments),
        between("maxDistance", arguments["max_distance"], 1, limits.max_distance, "max_distance"),
        arguments["same_institution"],
        page_by(conflict_cursors.decode, arguments, limits),
        limits.max_conflict_pairs,
    )


_PAPERS = EvidenceField(JOINT_PAPERS, Kind.PAPER, NEWEST)


async def _papers(root: Any, info: Infos, **arguments: Any) -> Any:
    args = understand(_PAPERS, arguments, info.context.limits)
    pair = np.array([[root.found.people[root.at], root.found.against[root.at]]], np.int32)
    return returned(info)(listing=await fetch(info.context, Kind.PAPER, pair, ConnectionArgs(root.found.hop, args.select)))


async def _institutions(root: Any, info: Infos) -> list[Any]:
    shared = await shared_institutions(info.context.store, root.found)
    rows = shared.rows[shared.offsets[root.at] : shared.offsets[root.at + 1]]
    return [node(Kind.INSTITUTION, row) for row in rows.tolist()]


def _end(end: int) -> Planned:
    return Planned(lambda at, selected: ops.ConflictEnd(selected.key, end, at.shape(selected.nodes, Kind.AUTHOR)))


@strawberry.type(description="Two authors in conflict, with the reasons.")
class Conflict:
    """A pair of a page."""

    found: strawberry.Private[Conflicts]
    at: strawberry.Private[int]
    person: Author = field(
        lambda root, info: node(Kind.AUTHOR, int(root.found.people[root.at])), "The author of `people`.", _end(0)
    )
    against: Author = field(
        lambda root, info: node(Kind.AUTHOR, int(root.found.against[root.at])), "The author held against.", _end(1)
    )
    reasons: list[ConflictReason] = field(
        lambda root, info: [ConflictReason(Reason(reason)) for reason in root.found.reasons[root.at]],
        "Why they are in conflict: one or two reasons.",
        MEMBER,
    )
    distance: int | None = field(
        lambda root, info: root.found.steps[root.at],
        "Steps between them in the coauthor graph of `years`: 0 for one person, 1 for coauthors; null beyond `maxDistance`.",
        MEMBER,
    )
    institutions: list[Institution] = field(
        _institutions,
        "The institutions that papers of both name, by id; empty without SAME_INSTITUTION.",
        Planned(lambda at, selected: ops.ConflictInstitutions(selected.key, at.shape(selected.nodes, Kind.INSTITUTION))),
    )
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = field(
        _papers,
        "The papers that both wrote, within `years` and `maxAuthorsPerPaper`: none at a distance of 2 or more, where "
        "`collaborationPath` shows those in between.",
        _PAPERS,
        where=where_of_list(PaperFilter),
        order_by=order_of_list(PaperOrder, NEWEST),
        **PAGING,
    )


@strawberry.type(description="A pair in conflict in a list.")
class ConflictEdge(PagedEdge):
    """Pair and cursor."""

    node: Conflict = entry("The pair.")


@strawberry.type(
    description="Pairs in conflict: by person in the order of `people`, the nearest first, those who only share an institution "
    "last; ties by id."
)
class ConflictConnection(Paged):
    """A page of them."""

    lacks: strawberry.Private[str | None]
    total_count: int = total("Number of pairs in conflict, whatever the page.")
    is_lower_bound: bool = field(
        lambda root, info: root.lacks is not None,
        "Whether there may be more conflicts, because the graph is known to be incomplete.",
        MEMBER,
    )
    reason: str | None = field(lambda root, info: root.lacks, "Why there may be more; null if there are not.", MEMBER)
    edges: list[ConflictEdge] = edges(ConflictEdge, "The pairs of the page, with cursors.")
    nodes: list[Conflict] = entries("The pairs of the page.")


async def _resolve(root: Any, info: Infos, **arguments: Any) -> ConflictConnection:
    args, store = conflict_args(arguments, info.context.limits), info.context.store
    found = await find_conflicts(store, args)
    entries = [Conflict(found=found, at=at) for at in range(len(found.people))]
    page = Stretch(entries, await cursors(store, found), found.total, found.has_next, found.has_previous)
    return ConflictConnection(page=page, lacks=await why_sparser(store, args.window))


def _plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    args = at.bind(selected, lambda arguments: conflict_args(arguments, at.limits))
    return ops.Conflicts(selected.key, args, at.members(selected))


def conflicts() -> Any:
    """`Query.conflicts`."""
    return field(
        _resolve,
        "Conflict of interest check: the pairs of one of `people` and one of those they are held against who are the same "
        "person, coauthors, or of the same institution.",
        Planned(_plan),
        people=argument(list[AuthorKey], REQUIRED, f"Keys of authors, such as reviewers: {_MOST}."),
        against=argument(list[AuthorKey] | None, UNSET, f"Keys of the authors to hold them against: {_MOST}. Default: none."),
        against_papers=argument(
            list[PaperKey] | None, UNSET, f"Keys of papers whose authors to hold them against too: {_MOST}. Default: none."
        ),
        **WINDOW,
        max_distance=argument(
            int,
            1,
            f"Steps in the coauthor graph that are a conflict: 1 (coauthors) to {LIMITS.max_distance} (`BYLINE_MAX_DISTANCE`). "
            "Default: 1.",
        ),
        same_institution=argument(bool, True, "Whether the same institution within `years` is a conflict. Default: true."),
        **paging("people"),
    )
