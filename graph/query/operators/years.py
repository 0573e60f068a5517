"""Counts by year: how facets by year become lists of (year, papers), and how these are put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from byline.graph.query.emitter import INT, Emitter, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators.operator import Operator
from byline.graph.query.reads import Read
from byline.graph.store.protocol import Counts


@dataclass
class YearsRead(Read):
    """Counts by year of each list."""

    lists: list[list[tuple[int, int]]]

    def cut(self, start: int, stop: int) -> "YearsRead":
        """See Read."""
        return YearsRead(self.lists[start:stop])


def years_of(counts: Counts) -> list[list[tuple[int, int]]]:
    """Facets by year as (year, papers), ascending, for each list."""
    entries = list(zip(counts.keys, counts.counts.tolist(), strict=True))
    bounds = counts.offsets.tolist()
    return [sorted((int(key), count) for key, count in entries[start:stop]) for start, stop in pairwise(bounds)]


async def emit_years(out: Emitter, fields: Sequence[Operator], lists: Sequence[Sequence[tuple[int, int]]]) -> Col:
    """A list of objects with the members year and count for each row."""
    entries: list[Any] = [entry for entries in lists for entry in entries]
    named = {"year": ([year for year, _ in entries], INT), "count": ([count for _, count in entries], INT)}
    return out.encoder.lists(offsets_of(lists), await out.records(fields, named, len(entries)))
