"""Papers like a paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.model import Kind
from byline.graph.query.similar import METHODS, By, Similar, SimilarArgs, shared_outside, shared_papers, shared_words, similar
from byline.schema.context import Limits
from byline.schema.fields import Infos, field, one
from byline.schema.inputs.listing import bounded
from byline.schema.types.node import node

if TYPE_CHECKING:
    from byline.schema.types.paper import Paper

Papers = Annotated["Paper", strawberry.lazy("byline.schema.types.paper")]


@strawberry.enum(description="What makes two papers alike.")
class Similarity(Enum):
    """Members of graph.query.similar.By under their public names."""

    CO_CITATION = By.CO_CITATION
    BIBLIOGRAPHIC_COUPLING = By.BIBLIOGRAPHIC_COUPLING
    TEXT = By.TEXT


@dataclass(frozen=True)
class SimilarField:
    """The declaration of a member of SimilarPaper, or of the list."""

    name: str


def asked(given: Mapping[str, Any], limits: Limits) -> SimilarArgs:
    """The arguments, understood. Raises PageTooLarge, BadInput."""
    return SimilarArgs(given["by"].value, bounded("first", given["first"], limits))


def _at(name: str) -> Any:
    def resolve(root: Any, info: Infos) -> Any:
        return getattr(root.found, name)[root.at].item()

    return resolve


async def _shared_papers(root: Any, info: Infos, first: int) -> list[Any]:
    first = bounded("first", first, info.context.limits)
    offsets, papers = await shared_papers(info.context.store, root.found, root.by, first)
    return [node(Kind.PAPER, row) for row in papers[offsets[root.at] : offsets[root.at + 1]].tolist()]


def _texts(by: By, read: Any) -> Any:
    """What both have as texts; nothing where the two are alike by something else."""

    async def resolve(root: Any, info: Infos) -> list[str]:
        if root.by is not by:
            return []
        here = slice(root.at, root.at + 1)
        found: list[list[str]] = await read(info.context.store, root.found.sources[here], root.found.rows[here])
        return found[0]

    return resolve


@strawberry.type(description="A paper like another one, and what speaks for it.")
class SimilarPaper:
    """One entry."""

    found: strawberry.Private[Similar]
    by: strawberry.Private[By]
    at: strawberry.Private[int]
    node: Papers = field(lambda root, info: node(Kind.PAPER, int(root.found.rows[root.at])), "The paper.", SimilarField("node"))
    score: float = field(_at("scores"), "How alike the two are, up to 1.", SimilarField("score"))
    shared_count: int = field(
        _at("shared"),
        "Papers that link the two, works outside the graph that both cite among them, or words that both titles have.",
        SimilarField("shared_count"),
    )
    shared_papers: list[Papers] = field(
        _shared_papers,
        "Papers that link the two, the newest first: they cite both (CO_CITATION), or both cite them (BIBLIOGRAPHIC_COUPLING).",
        SimilarField("shared_papers"),
        first=(int, 3),
    )
    shared_outside: list[str] = field(
        _texts(By.BIBLIOGRAPHIC_COUPLING, shared_outside),
        "For BIBLIOGRAPHIC_COUPLING the ids of the works outside this graph that both cite.",
        SimilarField("shared_outside"),
    )
    shared_words: list[str] = field(
        _texts(By.TEXT, shared_words),
        "For TEXT the folded words that both titles have, common ones included.",
        SimilarField("shared_words"),
    )
    method: str = field(
        lambda root, info: METHODS[root.by],
        "How the score is computed, with the source of the definition.",
        SimilarField("method"),
    )


async def _similar(root: Any, info: Infos, by: Any, first: int) -> list[SimilarPaper]:
    wanted = asked({"by": by, "first": first}, info.context.limits)
    found = await similar(info.context.store, one(root.row), wanted)
    return [SimilarPaper(found=found, by=wanted.by, at=at) for at in range(len(found.rows))]


def similar_papers() -> Any:
    """The `similarPapers` field of a paper."""
    return field(
        _similar,
        "The papers most like this one, by the papers that cite both, by the references of both, works outside this graph "
        "included, or by the words of the titles. "
        "Papers that lead to more than 10,000 others, and words of more than 20,000 titles, do not count.",
        SimilarField("similar_papers"),
        by=(Similarity, Similarity.BIBLIOGRAPHIC_COUPLING),
        first=(int, 10),
    )
