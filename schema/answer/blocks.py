"""Long answers in blocks: the longest list of an answer is put together and written a stretch at a time.

An answer as one Arrow tree stands in memory beside its JSON, with every column's copy on the way: measured, twelve times the
answer. A block is gone when it is written, so what stays is the rows that were read and the JSON itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from byline.graph.deadline import checkpoint
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import Json
from byline.graph.query.long_lists import MARK, LongList, longest
from byline.graph.query.operators import Plan

# Objects of a block: long enough that its fixed cost is nothing (29,000 objects in one took 0.4 ms less than in two), short
# enough that what a block needs beside its JSON is little.
BLOCK = 40_000


async def in_blocks(
    out: Emitter, plan: Plan, read: Mapping[str, Any], check: Callable[[int], None] = lambda length: None
) -> list[Json] | None:
    """The pieces of the JSON of `data`; None where no list of the answer is long enough or can be cut.

    Before each block the clock is looked at, and `check` is told the bytes that there are: either may raise.
    """
    long_list = longest(root.long_list(out, read.get(root.key)) for root in plan.roots)
    if long_list is None or long_list.objects <= BLOCK:
        return None
    step = max(1, long_list.count * BLOCK // long_list.objects)
    try:
        first = await long_list.stretch(0, min(step, long_list.count))
    except TypeError:
        return None
    encoder = out.encoder
    before, after = await _around(out, plan, read, long_list)
    pieces: list[Json] = [before + b"[", encoder.entries(first)]
    del first
    length = sum(map(len, pieces))
    for start in range(step, long_list.count, step):
        checkpoint()
        check(length)
        pieces += b",", encoder.entries(await long_list.stretch(start, min(start + step, long_list.count)))
        length += len(pieces[-1]) + 1
    pieces.append(b"]" + after)
    return pieces


async def _around(out: Emitter, plan: Plan, read: Mapping[str, Any], long_list: LongList) -> tuple[bytes, bytes]:
    """What stands before and behind the list."""
    roots = tuple(long_list.around if root.key == long_list.around.key else root for root in plan.roots)
    reads = {**read, long_list.around.key: long_list.read}
    written = bytes(await replace(plan, roots=roots).write(out, reads))
    before, _, after = written.partition(f'"{MARK}"'.encode())
    return before, after
