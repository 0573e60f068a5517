"""Lists laid end to end: of records made those of papers, taken in another order, each value once."""

import numpy as np

from data.identify.scene import Ints, Lists, Longs

# Values that are moved at once.
_BLOCK = 1 << 22


def take(lists: Lists, order: Longs | Ints) -> Lists:
    """The lists in another order; the same lists where it is the order in which they are."""
    if in_order(order) and len(order) == len(lists.offsets) - 1:
        return lists
    lengths = np.diff(lists.offsets)[order]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    targets = np.empty(offsets[-1], np.int32)
    for low, high in blocks(offsets):
        start, end = offsets[low], offsets[high]
        shift = np.repeat(lists.offsets[order[low:high]] - offsets[low:high], lengths[low:high])
        targets[start:end] = lists.targets[shift + np.arange(start, end)]
    return Lists(offsets, targets)


def in_order(order: Longs | Ints) -> bool:
    """Whether it is 0, 1, 2, …"""
    step = _BLOCK
    return all(
        bool((order[start : start + step] == np.arange(start, min(start + step, len(order)))).all())
        for start in range(0, len(order), step)
    )


def blocks(offsets: Longs) -> list[tuple[int, int]]:
    """Stretches of lists that together have about _BLOCK values."""
    count = len(offsets) - 1
    cuts = np.searchsorted(offsets, np.arange(_BLOCK, offsets[-1], _BLOCK))
    edges = np.unique(np.concatenate([[0], cuts, [count]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def of_papers(lists: Lists, papers: Ints, count: int) -> Lists:
    """Lists of records as lists of papers: those of one paper behind one another, in the order of its records."""
    if not len(papers) or (np.diff(papers) >= 0).all():
        moved = lists
        by_paper = papers
    else:
        order = np.argsort(papers, kind="stable")
        moved, by_paper = take(lists, order), papers[order]
    lengths = np.zeros(count, np.int64)
    np.add.at(lengths, by_paper, np.diff(moved.offsets))
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), moved.targets)


def mapped(lists: Lists, to: Ints) -> Lists:
    """Each target as what it is now; those that are -1 fall out."""
    offsets, targets = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)]
    total = 0
    for low, high in blocks(lists.offsets):
        start, end = lists.offsets[low], lists.offsets[high]
        part = to[lists.targets[start:end]] if len(to) else np.full(end - start, -1, np.int32)
        kept = part >= 0
        targets.append(part[kept])
        offsets.append(total + np.concatenate([[0], np.cumsum(kept)])[lists.offsets[low + 1 : high + 1] - start])
        total = int(offsets[-1][-1]) if high > low else total
    return Lists(np.concatenate(offsets).astype(np.int64), np.concatenate(targets))


def once(lists: Lists) -> Lists:
    """Each value of a list once, where it is met first."""
    offsets, targets = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)]
    total = 0
    for low, high in blocks(lists.offsets):
        start, end = lists.offsets[low], lists.offsets[high]
        part = lists.targets[start:end]
        row = np.repeat(np.arange(high - low, dtype=np.int64), np.diff(lists.offsets[low : high + 1]))
        pair = row << 32 | part.astype(np.int64) & 0xFFFFFFFF
        order = np.argsort(pair, kind="stable")
        fresh = np.ones(len(pair), np.bool_)
        fresh[order[1:]] = pair[order[1:]] != pair[order[:-1]]
        targets.append(part[fresh])
        offsets.append(total + np.cumsum(np.bincount(row[fresh], minlength=high - low)))
        total += int(fresh.sum())
    return Lists(np.concatenate(offsets).astype(np.int64), np.concatenate(targets))


def joined(base: Lists, sources: Ints, targets: Ints) -> Lists:
    """The lists with further pairs (list, target) behind the values of each."""
    if not len(sources):
        return base
    every = np.concatenate([base.sources(), sources])
    values = np.concatenate([base.targets, targets])
    lengths = np.bincount(every, minlength=len(base.offsets) - 1)
    order = np.argsort(every, kind="stable")
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), values[order])
