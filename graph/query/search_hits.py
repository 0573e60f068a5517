"""Search and suggestions in a plan: their parts, what they may cost, how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from byline.graph.model import Kind
from byline.graph.query import ir
from byline.graph.query.ir import text
from byline.graph.query.reads import ByIdsRead
from byline.graph.request import Complete, Search
from byline.graph.store.protocol import Completed, Found, Rows

if TYPE_CHECKING:
    from byline.graph.query.execute import Run


@dataclass(frozen=True)
class Score:
    """How well the node of an entry fits."""

    key: str

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "score"


@dataclass(frozen=True)
class HitNode:
    """The node of an entry, by its kind."""

    key: str
    shapes: tuple[ir.Shape, ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "node"


@dataclass(frozen=True)
class HitNodes:
    """The nodes of a page, by their kinds."""

    key: str
    shapes: tuple[ir.Shape, ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "nodes"


@dataclass(frozen=True)
class HitEntries:
    """The entries of a page."""

    key: str
    outputs: tuple["ir.Const | ir.Cursor | Score | HitNode", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "edges"


HitPart: TypeAlias = ir.Const | ir.Total | ir.PageFlags | HitNodes | HitEntries


@dataclass(frozen=True)
class Hits:
    """The answer to a search; `asked` says whether the total is shown."""

    key: str
    asked: Search | ir.Slot
    parts: tuple[HitPart, ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"search {text.value(self.asked, values)}"


@dataclass(frozen=True)
class Suggestions:
    """Suggestions; fields are named text, kind, node."""

    key: str
    asked: Complete | ir.Slot
    fields: tuple[ir.Const | ir.Cell | HitNode, ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"autocomplete {text.value(self.asked, values)}"


@dataclass
class HitsRead:
    """A page, and the nodes of it by the key of each part that shows them; for entries by their key and the output's."""

    found: Found
    nodes: dict[tuple[str, ...], ByIdsRead]


@dataclass
class SuggestionsRead:
    """Suggestions, and their nodes by output key."""

    found: Completed
    nodes: dict[str, ByIdsRead]


async def read_hits(run: "Run", hits: Hits) -> HitsRead:
    """A page of a search and what its nodes lead to."""
    (found,) = await run.store.search([run.value(hits.asked)])
    read = HitsRead(found, {})
    run.lists_only = True
    for part in hits.parts:
        if isinstance(part, HitNodes):
            read.nodes[part.key,] = await _nodes(run, part.shapes, found.kinds, found.rows)
        elif isinstance(part, HitEntries):
            run.objects += len(found.rows)
            for output in part.outputs:
                if isinstance(output, HitNode):
                    read.nodes[part.key, output.key] = await _nodes(run, output.shapes, found.kinds, found.rows)
    return read


async def read_suggestions(run: "Run", suggestions: Suggestions) -> SuggestionsRead:
    """Suggestions and what their nodes lead to."""
    (found,) = await run.store.complete([run.value(suggestions.asked)])
    run.lists_only = True
    run.objects += len(found.rows)
    shown = [field for field in suggestions.fields if isinstance(field, HitNode)]
    return SuggestionsRead(found, {node.key: await _nodes(run, node.shapes, found.kinds, found.rows) for node in shown})


async def _nodes(run: "Run", shapes: Sequence[ir.Shape], kinds: Sequence[Kind], rows: Rows) -> ByIdsRead:
    """Nodes of several kinds in one list: read kind by kind, and where each of them stands."""
    places: list[tuple[Kind, int] | None] = [None] * len(kinds)
    nodes = {}
    for shape in shapes:
        at = [place for place, kind in enumerate(kinds) if kind is shape.kind]
        if not at:
            continue
        for number, place in enumerate(at):
            places[place] = (shape.kind, number)
        nodes[shape.kind] = await run.nodes(shape, rows[np.array(at)])
    return ByIdsRead(places, nodes)
