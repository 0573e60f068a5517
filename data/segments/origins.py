"""Where rows of segment tables come from, and the notices of what only the whole graph shows: contradictions between records."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from byline.data.notices import Notice, Outcome
from byline.data.segments.segments import Content

# Tables whose rows have the line of their record.
TABLES = ("paper", "person", "institution_said", "citation")


class Origins:
    """Source, file and line of each row of the tables in TABLES; rows are counted through all segments, in order."""

    def __init__(self, contents: Sequence[Content]) -> None:
        self._contents = contents
        self._bounds: dict[str, list[int]] = {}

    def of(self, table: str, row: int) -> tuple[Content, int]:
        """The segment and the line of one row. A made-up record has line 0. Raises IndexError where there is no such row."""
        if table not in self._bounds:
            self._bounds[table] = [0, *accumulate(sum(map(len, each.chunks(table, "line"))) for each in self._contents)]
        bounds = self._bounds[table]
        if not 0 <= row < bounds[-1]:
            raise IndexError(f"{table} has {bounds[-1]} rows, no row {row}")
        segment = int(np.searchsorted(bounds, row, "right")) - 1
        content, at = self._contents[segment], row - bounds[segment]
        for chunk in content.chunks(table, "line"):
            if at < len(chunk):
                return content, int(chunk[at].as_py() or 0)
            at -= len(chunk)
        raise IndexError(f"{table} of {content.file} has no row {at}")


class Notes:
    """Notices of a build, in the order in which its steps found them."""

    def __init__(self, contents: Sequence[Content]) -> None:
        self.origins = Origins(contents)
        self.notices: list[Notice] = []

    def add(self, table: str, row: int, member: str, reason: str, outcome: Outcome = Outcome.DOUBTED, count: int = 1) -> None:
        """Note what is wrong with a member of the record behind a row of a table, see `Origins`."""
        of, line = self.origins.of(table, row)
        self.notices.append(Notice(of.file, line, member, reason, outcome, count, of.source, of.earlier))
