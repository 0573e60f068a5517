"""Papers like a paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.model import SHARED_REFERENCES, Kind
from byline.graph.query import operators as ops
from byline.graph.query.scored import decode, encode
from byline.graph.query.similar import METHODS, By, Similar, SimilarArgs, shared_by, shared_outside, shared_words, similar
from byline.graph.request import NEWEST
from byline.schema.context import Limits
from byline.schema.fields import MEMBER, EvidenceField, Infos, PlanCompiler, Planned, Selected, entry_node, field, one, returned
from byline.schema.inputs.filters import PaperFilter
from byline.schema.inputs.listing import fetch, page_by, pair, understand
from byline.schema.inputs.orders import PaperOrder
from byline.schema.types.arguments import PAGING, argument, order_of_list, paging, where_of_list
from byline.schema.types.node import node
from byline.schema.types.paged import Paged, PagedEdge, Stretch, edges, total

if TYPE_CHECKING:
    from byline.schema.types.paper import Paper
    from byline.schema.types.paper_lists import PaperConnection

Papers = Annotated["Paper", strawberry.lazy("byline.schema.types.paper")]


@strawberry.enum(
    description="What the similarity of two papers is computed from, as the cosine of what both have: the higher, the more "
    "alike. The highest come first."
)
class Similarity(Enum):
    """Members of graph.query.similar.By under their public names."""

    CO_CITATION = strawberry.enum_value(By.CO_CITATION, description="Papers that cite both.")
    BIBLIOGRAPHIC_COUPLING = strawberry.enum_value(
        By.BIBLIOGRAPHIC_COUPLING, description="References that both have, works outside this graph included."
    )
    TEXT = strawberry.enum_value(By.TEXT, description="Words that both titles have.")


def similar_args(arguments: Mapping[str, Any], limits: Limits) -> SimilarArgs:
    """The arguments, understood. Raises PageTooLarge, BadInput, BadCursor."""
    method: By = arguments["method"].value
    return SimilarArgs(method, page_by(lambda cursor: decode(method, cursor), arguments, limits))


def _plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    args = at.bind(selected, lambda arguments: similar_args(arguments, at.limits))
    return ops.Similar(selected.key, args, at.members(selected))


@dataclass(frozen=True)
class _SharedField(EvidenceField):
    """A connection to the papers that speak for an entry: by which edge, the list of similar papers says."""

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        args = at.connection_args(selected, self)
        return ops.SharedPapers(selected.key, SHARED_REFERENCES, args, at.members(selected, self.kind))


_SHARED = _SharedField(SHARED_REFERENCES, Kind.PAPER, NEWEST)


def _at(name: str) -> Any:
    def resolve(root: Any, info: Infos) -> Any:
        return getattr(root.entry.pairs, name)[root.entry.at].item()

    return resolve


async def _shared_papers(root: Any, info: Infos, **arguments: Any) -> Any:
    select = understand(_SHARED, arguments, info.context.limits).select
    ends = pair(*(int(rows[root.entry.at]) for rows in (root.entry.pairs.sources, root.entry.pairs.rows)))
    return returned(info)(listing=await fetch(info.context, Kind.PAPER, ends, shared_by(root.entry.by, select)))


def _texts(by: By, read: Any) -> Any:
    """What both have as texts; nothing where the two are alike by something else."""

    async def resolve(root: Any, info: Infos) -> list[str]:
        if root.entry.by is not by:
            return []
        here = slice(root.entry.at, root.entry.at + 1)
        texts: list[list[str]] = await read(info.context.store, root.entry.pairs.sources[here], root.entry.pairs.rows[here])
        return texts[0]

    return resolve


@dataclass(frozen=True)
class _Pair:
    """One of the pairs that were found."""

    pairs: Similar
    by: By
    at: int


@strawberry.type(description="A similar paper, with the evidence.")
class SimilarPaperEdge(PagedEdge):
    """One entry: a pair of papers."""

    node: Papers = field(
        lambda root, info: node(Kind.PAPER, int(root.entry.pairs.rows[root.entry.at])),
        "The similar paper.",
        entry_node(Kind.PAPER),
    )
    score: float = field(_at("scores"), "Similarity, above 0 and at most 1; see `method`.", MEMBER)
    shared_count: int = field(
        _at("shared"),
        "Number of citing papers, references (works outside this graph included) or title words that both share.",
        MEMBER,
    )
    shared_papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = field(
        _shared_papers,
        "The papers of this graph behind the score: those that cite both (CO_CITATION) or that both cite "
        "(BIBLIOGRAPHIC_COUPLING), also those that link to so many others that they do not count. None with TEXT.",
        _SHARED,
        where=where_of_list(PaperFilter),
        order_by=order_of_list(PaperOrder, NEWEST),
        **PAGING,
    )
    shared_outside: list[str] = field(
        _texts(By.BIBLIOGRAPHIC_COUPLING, shared_outside),
        "With BIBLIOGRAPHIC_COUPLING: ids of the works outside this graph that both cite. Empty otherwise.",
        MEMBER,
    )
    shared_words: list[str] = field(
        _texts(By.TEXT, shared_words),
        "With TEXT: the case-folded words that both titles have, common ones included. Empty otherwise.",
        MEMBER,
    )
    method: str = field(
        lambda root, info: METHODS[root.entry.by],
        "How the score is computed, with the reference of the definition.",
        MEMBER,
    )


@strawberry.type(description="Papers like a paper, the most similar first.")
class SimilarPaperConnection(Paged):
    """A page of them."""

    total_count: int = total("Number of papers that are similar at all, whatever the page.")
    edges: list[SimilarPaperEdge] = edges(SimilarPaperEdge, "The entries of the page: each paper with score and evidence.")
    nodes: list[Papers] = field(
        lambda root, info: [node(Kind.PAPER, int(pair.pairs.rows[pair.at])) for pair in root.page.entries],
        "The papers of the page.",
        Planned(lambda at, selected: ops.Nodes(selected.key, at.shape(selected.nodes, Kind.PAPER))),
    )


async def _similar(root: Any, info: Infos, **arguments: Any) -> SimilarPaperConnection:
    args, store = similar_args(arguments, info.context.limits), info.context.store
    found = await similar(store, one(root.row), args, total=True)
    (ids,) = await store.values(Kind.PAPER, found.rows, ["id"])
    scored = zip(found.scores.tolist(), ids, strict=True)
    cursors = [encode(args.method, score, identifier) for score, identifier in scored]
    entries, pages = [_Pair(found, args.method, at) for at in range(len(found.rows))], found.pages
    ends = int(pages.totals[0]), bool(pages.has_next[0]), bool(pages.has_previous[0])
    return SimilarPaperConnection(page=Stretch(entries, cursors, *ends))


def similar_papers() -> Any:
    """The `similarPapers` field of a paper."""
    return field(
        _similar,
        "The most similar papers, best first, then by id. Papers that link to more than 10,000 others, and words in more than "
        "20,000 titles, do not count.",
        Planned(_plan),
        method=argument(Similarity, Similarity.BIBLIOGRAPHIC_COUPLING, "Kind of similarity. Default: BIBLIOGRAPHIC_COUPLING."),
        **paging("method"),
    )
