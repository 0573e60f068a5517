"""Long answers in blocks: the longest list of an answer is put together and written a stretch at a time.

An answer as one Arrow tree stands in memory beside its JSON, with every column's copy on the way: measured, twelve times the
answer. A block is gone when it is written, so what stays is the rows that were read and the JSON itself.
"""

import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.query import ir
from byline.graph.query.parts import objects, part, stretch
from byline.graph.query.reads import ByIdsRead, EntriesRead, ListingRead, NodesRead, OneRead, PlanRead
from byline.schema.answer.assembler import Assembler
from byline.schema.answer.encoders import Col, Json

# Objects of a block: long enough that its fixed cost is nothing (29,000 objects in one took 0.4 ms less than in two), short
# enough that what a block needs beside its JSON is little.
BLOCK = 40_000
# Stands for the list in the answer around it. Nobody can know it, so no text of an answer can hold it.
_MARK = secrets.token_hex(16)
# From a stretch of the list's entries to their column.
_Column: TypeAlias = Callable[[int, int], Coroutine[Any, Any, Col]]


@dataclass(frozen=True)
class _Hole:
    """The list that is written in blocks: how many entries and objects it has, how a stretch of it is made, the part of the plan
    around it with a mark in its place, and at the root what was read for that."""

    count: int
    objects: int
    column: _Column
    around: Any
    read: Any = None

    def inside(self, around: Any, read: Any = None) -> "_Hole":
        """The same within a larger part of the plan."""
        return replace(self, around=around, read=read)


async def in_blocks(
    assembler: Assembler, plan: ir.Plan, read: PlanRead, check: Callable[[int], None] = lambda length: None
) -> list[Json] | None:
    """The pieces of the JSON of `data`; None where no list of the answer is long enough or can be cut.

    Before each block the clock is looked at, and `check` is told the bytes that there are: either may raise.
    """
    hole = _longest([_of_root(assembler, root, read.roots[root.key]) for root in plan.roots])
    if hole is None or hole.objects <= BLOCK:
        return None
    step = max(1, hole.count * BLOCK // hole.objects)
    try:
        first = await hole.column(0, min(step, hole.count))
    except TypeError:
        return None
    encoder = assembler.encoder
    before, after = await _around(assembler, plan, read, hole)
    pieces: list[Json] = [before + b"[", encoder.entries(first)]
    del first
    length = sum(map(len, pieces))
    for start in range(step, hole.count, step):
        checkpoint()
        check(length)
        pieces += b",", encoder.entries(await hole.column(start, min(start + step, hole.count)))
        length += len(pieces[-1]) + 1
    pieces.append(b"]" + after)
    return pieces


async def _around(assembler: Assembler, plan: ir.Plan, read: PlanRead, hole: _Hole) -> tuple[bytes, bytes]:
    """What stands before and behind the list."""
    roots = tuple(hole.around if root.key == hole.around.key else root for root in plan.roots)
    reads = {**read.roots, hole.around.key: hole.read}
    written = bytes(await assembler.answer(replace(plan, roots=roots), replace(read, roots=reads)))
    before, _, after = written.partition(f'"{_MARK}"'.encode())
    return before, after


def _longest(holes: Sequence[_Hole | None]) -> _Hole | None:
    return max((hole for hole in holes if hole), key=lambda hole: hole.objects, default=None)


def _of_root(assembler: Assembler, root: ir.Root, read: Any) -> _Hole | None:
    match root, read:
        case ir.Listing(), ListingRead():
            found = _of_listing(assembler, root, read)
            return found and found.inside(found.around, read)
        case ir.ByKey(), OneRead(None, nodes):
            found = _of_node(assembler, nodes)
            return found and found.inside(root, OneRead(None, replace(nodes, shape=found.around)))
        case ir.ByIds(single=False), ByIdsRead():
            return _of_ids(assembler, root, read)
        case _:
            return None


def _of_ids(assembler: Assembler, root: ir.ByIds, read: ByIdsRead) -> _Hole | None:
    kinds = {entry[0] for entry in read.found if entry}
    if len(kinds) != 1:
        return None
    nodes = read.nodes[kinds.pop()]
    places = np.array([entry[1] if entry else -1 for entry in read.found], np.int64)

    async def column(start: int, stop: int) -> Col:
        here = places[start:stop]
        there = here[here >= 0]
        first, last = (int(there[0]), int(there[-1]) + 1) if len(there) else (0, 0)
        inner = await assembler.nodes(part(nodes, first, last))
        return inner if len(there) == len(here) else assembler.encoder.take(inner, np.where(here < 0, -1, here - first))

    return _Hole(len(places), objects(nodes), column, ir.Const(root.key, _MARK))


def _of_node(assembler: Assembler, read: NodesRead) -> _Hole | None:
    """The longest list below a single node."""
    if len(read.rows) != 1:
        return None
    found = []
    for output in read.shape.outputs:
        inner = read.inner.get(output.key)
        if isinstance(output, ir.Listing) and isinstance(inner, ListingRead):
            found.append(_of_listing(assembler, output, inner))
    hole = _longest(found)
    if hole is None:
        return None
    outputs = tuple(hole.around if output.key == hole.around.key else output for output in read.shape.outputs)
    return hole.inside(replace(read.shape, outputs=outputs))


def _of_listing(assembler: Assembler, listing: ir.Listing, read: ListingRead) -> _Hole | None:
    """The longest list of the only page of a connection."""
    hole = _longest([_of_part(assembler, each, read) for each in listing.parts])
    if hole is None:
        return None
    parts = tuple(hole.around if each.key == hole.around.key else each for each in listing.parts)
    return hole.inside(replace(listing, parts=parts))


def _of_part(assembler: Assembler, shown: ir.Part, read: ListingRead) -> _Hole | None:
    count, inner = len(read.ragged.rows), read.parts.get(shown.key)
    if isinstance(shown, ir.Nodes) and isinstance(inner, NodesRead):
        nodes = inner

        async def of_nodes(start: int, stop: int) -> Col:
            return await assembler.nodes(part(nodes, start, stop))

        return _Hole(count, objects(nodes), of_nodes, ir.Const(shown.key, _MARK))
    if isinstance(shown, ir.Entries) and isinstance(inner, EntriesRead):
        return _Hole(count, count + objects(inner), _of_entries(assembler, shown, read), ir.Const(shown.key, _MARK))
    return None


def _of_entries(assembler: Assembler, shown: ir.Entries, read: ListingRead) -> _Column:
    async def column(start: int, stop: int) -> Col:
        return await assembler.entries(shown, stretch(read, shown.key, start, stop))

    return column
