"""Titles of some records, read where they lie, and their words as numbers."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.load import RecordColumns, Records
from byline.graph.text import words

# A title that so many works have tells nothing.
MOST = 50


def shared_titles(records: Records, owner: Callable[[Longs], Ints]) -> tuple[Longs, Longs]:
    """Records whose title another owner has too, and a number for the title of each; `owner` says whose each record is. Of a
    title that more than MOST own, none."""
    rows = np.flatnonzero(records.likely)
    ordered = np.sort(records.likeness[rows])
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return rows[:0], rows[:0]
    at = np.minimum(np.searchsorted(twice, records.likeness[rows]), len(twice) - 1)
    shared = twice[at] == records.likeness[rows]
    rows, title = rows[shared], at[shared].astype(np.int64)
    several = np.bincount(np.unique(title << 32 | owner(rows)) >> 32, minlength=len(twice))
    shared = ((several > 1) & (several <= MOST))[title]
    return rows[shared], title[shared]


def title_words(gathered: RecordColumns, paper_of: Ints, wanted: Ints, count: int) -> Lists:
    """The words of each wanted paper's title, each once, as its first record prints it; the other papers have none. Words are
    numbered in the order of the alphabet, so that they do not tell which file came first."""
    first = np.full(count, -1, np.int64)
    first[paper_of[::-1]] = np.arange(len(paper_of))[::-1]
    is_wanted = np.zeros(count, np.bool_)
    is_wanted[wanted] = True
    chosen = np.zeros(len(paper_of), np.bool_)
    chosen[first[is_wanted & (first >= 0)]] = True
    numbers: dict[str, int] = {}
    words_of: dict[int, list[int]] = {}
    start = 0
    for content in gathered.contents:
        for chunk in content.chunks("paper", "title"):
            rows = np.flatnonzero(chosen[start : start + len(chunk)])
            for row, title in zip(rows.tolist(), chunk.take(pa.array(rows)).to_pylist(), strict=True):
                split = dict.fromkeys(words(title or ""))
                words_of[int(paper_of[start + row])] = [numbers.setdefault(word, len(numbers)) for word in split]
            start += len(chunk)
    lengths = np.zeros(count, np.int64)
    lengths[list(words_of)] = [len(each) for each in words_of.values()]
    targets = np.array([number for paper in sorted(words_of) for number in words_of[paper]], np.int32)
    rank = np.empty(len(numbers), np.int32)
    rank[[numbers[word] for word in sorted(numbers)]] = np.arange(len(numbers), dtype=np.int32)
    targets = rank[targets] if len(targets) else targets
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), targets)


def printed_titles(gathered: RecordColumns, rows: Longs) -> Iterator[tuple[int, str]]:
    """The titles of these records, each with its place in `rows`, in the order of the records; one part in memory at a time."""
    order = np.argsort(rows, kind="stable")
    start = 0
    for content in gathered.contents:
        for chunk in content.chunks("paper", "title"):
            low, high = np.searchsorted(rows, [start, start + len(chunk)], sorter=order)
            taken = chunk.take(pa.array(rows[order[low:high]] - start)).to_pylist()
            yield from zip(order[low:high].tolist(), taken, strict=True)
            start += len(chunk)
