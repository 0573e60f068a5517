"""Lists laid end to end: of records made those of papers, taken in another order, each value once.

What is made goes to where `scratch` says, a block at a time.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.spool import HELD, Scratch

Value = TypeVar("Value", bound=np.generic)
# Values that are moved at once.
_BLOCK = 1 << 22


def take(lists: Lists, order: Longs | Ints, scratch: Scratch = HELD) -> Lists:
    """The lists in another order; the same lists where it is the order in which they are."""
    if in_order(order) and len(order) == len(lists.offsets) - 1:
        return lists
    parts = [order[start : start + _BLOCK] for start in range(0, len(order), _BLOCK)]
    offsets = scratch.column(ends(lists.offsets[part + np.int64(1)] - lists.offsets[part] for part in parts), np.int64)

    def targets() -> Iterator[Ints]:
        for low, high in blocks(offsets):
            lengths = np.diff(offsets[low : high + 1])
            shift = np.repeat(lists.offsets[order[low:high]] - offsets[low:high], lengths)
            yield lists.targets[shift + np.arange(offsets[low], offsets[high])]

    return Lists(offsets, scratch.column(targets(), np.int32))


def ends(lengths: Iterable[npt.NDArray[np.integer]]) -> Iterator[Longs]:
    """Where lists of these lengths begin, and where the last one ends."""
    yield np.zeros(1, np.int64)
    start = 0
    for each in lengths:
        bounds = np.cumsum(each, dtype=np.int64) + start
        start = int(bounds[-1]) if len(bounds) else start
        yield bounds


def in_order(order: Longs | Ints) -> bool:
    """Whether it is 0, 1, 2, …"""
    step = _BLOCK
    return all(
        bool((order[start : start + step] == np.arange(start, min(start + step, len(order)))).all())
        for start in range(0, len(order), step)
    )


def blocks(offsets: Longs) -> list[tuple[int, int]]:
    """Stretches of lists that together have about _BLOCK values, and are no more than _BLOCK lists."""
    count = len(offsets) - 1
    cuts = np.searchsorted(offsets, np.arange(_BLOCK, offsets[-1], _BLOCK))
    edges = np.unique(np.concatenate([np.arange(0, count, _BLOCK), np.minimum(cuts, count), [0, count]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def renamed(codes: Ints, to: Ints, scratch: Scratch = HELD) -> Ints:
    """Each code as what it is now; -1 stays."""

    def parts() -> Iterator[Ints]:
        for start in range(0, len(codes), _BLOCK):
            part = codes[start : start + _BLOCK]
            yield np.where(part < 0, np.int32(-1), to[part]) if len(to) else part

    return scratch.column(parts(), np.int32)


def picked(values: npt.NDArray[Value], at: Longs | Ints, scratch: Scratch = HELD) -> npt.NDArray[Value]:
    """The values at these places; the same array where the places are all of them in order."""
    if len(at) == len(values) and in_order(at):
        return values
    return scratch.column((values[at[start : start + _BLOCK]] for start in range(0, len(at), _BLOCK)), values.dtype)


def of_papers(lists: Lists, papers: Ints, count: int, scratch: Scratch = HELD) -> Lists:
    """Lists of records as lists of papers: those of one paper behind one another, in the order of its records."""
    if not len(papers) or (np.diff(papers) >= 0).all():
        moved = lists
        by_paper = papers
    else:
        order = np.argsort(papers, kind="stable")
        moved, by_paper = take(lists, order, scratch), papers[order]
    lengths = np.zeros(count, np.int64)
    np.add.at(lengths, by_paper, np.diff(moved.offsets))
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), moved.targets)


def mapped(lists: Lists, to: Ints, scratch: Scratch = HELD) -> Lists:
    """Each target as what it is now; those that are -1 fall out."""
    offsets, targets = scratch.growing(np.int64), scratch.growing(np.int32)
    offsets.add(np.zeros(1, np.int64))
    total = 0
    for low, high in blocks(lists.offsets):
        start, end = lists.offsets[low], lists.offsets[high]
        part = to[lists.targets[start:end]] if len(to) else np.full(end - start, -1, np.int32)
        keep = part >= 0
        targets.add(part[keep])
        bounds = total + np.concatenate([[0], np.cumsum(keep)])[lists.offsets[low + 1 : high + 1] - start]
        offsets.add(bounds)
        total = int(bounds[-1]) if high > low else total
    return Lists(offsets.done(), targets.done())


def once(lists: Lists, scratch: Scratch = HELD) -> Lists:
    """Each value of a list once, where it is met first."""
    offsets, targets = scratch.growing(np.int64), scratch.growing(np.int32)
    offsets.add(np.zeros(1, np.int64))
    total = 0
    for low, high in blocks(lists.offsets):
        start, end = lists.offsets[low], lists.offsets[high]
        part = lists.targets[start:end]
        row = np.repeat(np.arange(high - low, dtype=np.int64), np.diff(lists.offsets[low : high + 1]))
        pair = row << 32 | part.astype(np.int64) & 0xFFFFFFFF
        order = np.argsort(pair, kind="stable")
        fresh = np.ones(len(pair), np.bool_)
        fresh[order[1:]] = pair[order[1:]] != pair[order[:-1]]
        targets.add(part[fresh])
        offsets.add(total + np.cumsum(np.bincount(row[fresh], minlength=high - low)))
        total += int(fresh.sum())
    return Lists(offsets.done(), targets.done())


def tally(values: Ints, count: int) -> Longs:
    """How often each number under `count` is there, without a wider copy of all of them."""
    counts = np.zeros(count, np.int64)
    for start in range(0, len(values), _BLOCK):
        counts += np.bincount(values[start : start + _BLOCK], minlength=count)
    return counts


def joined(base: Lists, sources: Ints, targets: Ints) -> Lists:
    """The lists with further pairs (list, target) behind the values of each."""
    if not len(sources):
        return base
    every = np.concatenate([base.sources(), sources])
    values = np.concatenate([base.targets, targets])
    lengths = np.bincount(every, minlength=len(base.offsets) - 1)
    order = np.argsort(every, kind="stable")
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), values[order])
