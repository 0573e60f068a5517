"""Columns that papers have as records state them, and how several records of one paper are brought together: by the type.

Of texts and numbers what was said last counts, of the published version before its preprint. A flag is true where any record says
so, false where one denies it and none says so. Lists are brought together: first that of the record that is heard, then what
others state beyond it, in their order, each entry once.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.build.paper_nodes import SourcePriority
from byline.data.ragged import Longs
from byline.data.segments.load import RecordColumns
from byline.data.segments.spool import Scratch, values
from byline.data.segments.tables import STATED, TABLES

Flags = npt.NDArray[np.bool_]


def stated_columns(
    gathered: RecordColumns, priority: SourcePriority, order: Longs, cuts: list[tuple[int, int]], scratch: Scratch
) -> Iterator[dict[str, pa.Array]]:
    """Of each stretch of rows the columns by name; one that no record states is not there."""
    columns = {name: _merged(gathered, name, priority, order, cuts, scratch) for name in STATED if _said(gathered, name)}
    for _ in cuts:
        yield {name: next(column) for name, column in columns.items()}


def valid(gathered: RecordColumns, name: str) -> Flags:
    """Which records of papers say something in a column."""
    masks = [np.zeros(0, np.bool_)]
    for content in gathered.contents:
        masks += [chunk.is_valid().to_numpy(zero_copy_only=False) for chunk in content.chunks("paper", name)]
    return np.concatenate(masks)


def _said(gathered: RecordColumns, name: str) -> bool:
    return any(chunk.null_count < len(chunk) for content in gathered.contents for chunk in content.chunks("paper", name))


def _merged(
    gathered: RecordColumns, name: str, priority: SourcePriority, order: Longs, cuts: list[tuple[int, int]], scratch: Scratch
) -> Iterator[pa.Array]:
    said, dtype = valid(gathered, name), STATED[name].dtype
    if pa.types.is_boolean(dtype):
        true = [chunk.fill_null(False).to_numpy(zero_copy_only=False) for chunk in _chunks(gathered, name)]
        heard = priority.latest(said), priority.latest(np.concatenate(true))
        pick = np.where(heard[1] < 0, *heard)[order]
    else:
        pick = priority.latest(said)[order]
    column = values(gathered.contents, name, pick, cuts, scratch)
    return _joined(gathered, name, priority, order, said, pick, cuts, column) if pa.types.is_list(dtype) else column


def _chunks(gathered: RecordColumns, name: str) -> Iterator[pa.Array]:
    for content in gathered.contents:
        yield from content.chunks("paper", name)


def _joined(
    gathered: RecordColumns,
    name: str,
    priority: SourcePriority,
    order: Longs,
    said: Flags,
    pick: Longs,
    cuts: list[tuple[int, int]],
    column: Iterator[pa.Array],
) -> Iterator[pa.Array]:
    """The lists of the records that are heard, with what other records of the same papers state beyond them."""
    dtype = TABLES["paper"].field(name).type
    lists = pa.chunked_array(list(_chunks(gathered, name)), dtype)
    rows = np.full(priority.count, -1, np.int64)
    rows[order] = np.arange(len(order))
    records = np.flatnonzero(said)
    of = rows[priority.of[records]]
    several = np.bincount(of, minlength=len(order))[of] > 1
    by_row = records[several][np.argsort(of[several], kind="stable")]
    row = np.sort(of[several])
    for low, high in cuts:
        start, end = np.searchsorted(row, [low, high])
        heard, mine = next(column), row[start:end]
        yield _replaced(heard, pick, lists, by_row[start:end], mine, low) if len(mine) else heard


def _replaced(heard: pa.Array, pick: Longs, lists: pa.ChunkedArray, records: Longs, rows: Longs, low: int) -> pa.Array:
    """The column of a stretch of rows, with longer lists at `rows`, of which `records` state some."""
    stated = lists.take(pa.array(records)).to_pylist()
    bounds = [*np.flatnonzero(np.diff(rows, prepend=-1)).tolist(), len(rows)]
    longer = []
    for start, end in pairwise(bounds):
        first = int(pick[rows[start]])
        at = sorted(range(start, end), key=lambda at: records[at] != first)
        longer.append(_once([entry for each in at for entry in stated[each]]))
    place = np.arange(len(heard))
    place[rows[bounds[:-1]] - low] = len(heard) + np.arange(len(longer))
    return pa.concat_arrays([heard, pa.array(longer, heard.type)]).take(pa.array(place))


def _once(entries: list[Any]) -> list[Any]:
    return list({str(entry): entry for entry in entries}.values())
