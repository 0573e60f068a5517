"""The authorship table and its institutions, from merged author lists."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.gather import Gathered
from data.merge import Papers
from graph.model import LINKS, Kind, given
from graph.store.protocol import Rows

Numbers = npt.NDArray[np.int64]


class Authorships:
    """Author lists of papers, resolved to rows.

    `kept` are the entries of `papers.entries` that stand, in the order of the table; the others are authors known
    behind "et al." who turned out to be printed, or known twice.
    """

    def __init__(self, gathered: Gathered, papers: Papers, paper_row: Rows, person_row: Rows) -> None:
        self._gathered, self._papers = gathered, papers
        bounds = np.asarray(papers.bounds, np.int64)
        sizes = np.diff(bounds)
        self.paper: Numbers = np.repeat(paper_row.astype(np.int64), sizes)
        self.author: Numbers = person_row[np.asarray(papers.entries.node, np.int64)].astype(np.int64)
        self.printed: npt.NDArray[np.bool_] = np.asarray(papers.entries.printed, np.bool_)
        self.place: Numbers = np.arange(len(self.paper)) - np.repeat(bounds[:-1], sizes) + 1
        self.kept = self._keep()

    def _keep(self) -> Numbers:
        # Printed entries of a list come before the hidden ones, so a hidden one may stand only where it is the first.
        first = np.zeros(len(self.paper), np.bool_)
        pair = self.paper << 32 | self.author
        first[np.unique(pair, return_index=True)[1]] = True
        standing = np.flatnonzero(self.printed | first)
        place = np.where(self.printed, self.place, np.iinfo(np.int64).max)[standing]
        order: Numbers = standing[np.lexsort((self.author[standing], place, self.paper[standing]))]
        return order

    def table(self) -> pa.Table:
        """The authorship table, sorted by paper, position with nulls last, author."""
        hidden = ~self.printed[self.kept]
        said = np.asarray(self._papers.entries.corresponding, np.int8)[self.kept]
        forms, form = self._gathered.people.forms, self._papers.entries.form
        names = [None if unseen else forms[form[i]] for i, unseen in zip(self.kept.tolist(), hidden.tolist(), strict=True)]
        columns = [
            pa.array(self.paper[self.kept], pa.int32()),
            pa.array(self.author[self.kept], pa.int32()),
            pa.array(self.place[self.kept], pa.int32(), mask=hidden),
            pa.array(names, pa.string()),
            pa.array(said == 1, pa.bool_(), mask=said < 0),
        ]
        return pa.Table.from_arrays(columns, schema=given(Kind.AUTHORSHIP))

    def institutions(self, institution_row: Rows) -> pa.Table:
        """Authorship and institution rows, in the order of the table and, within one authorship, of the source."""
        row = np.full(len(self.paper), -1, np.int64)
        row[self.kept] = np.arange(len(self.kept))
        stated = self._papers.entries.institutions
        pairs = {
            (int(row[entry]), int(institution_row[node])): None
            for entry in sorted(stated, key=row.__getitem__)
            if row[entry] >= 0
            for node in stated[entry]
        }
        return pair_table("authorship_institution", list(pairs))

    def counts(self, papers: int) -> tuple[Numbers, Numbers]:
        """For each paper row: entries of its list, and distinct people among them."""
        pairs = np.unique(self.paper[self.kept] << 32 | self.author[self.kept])
        entries = np.bincount(self.paper[self.kept], minlength=papers)
        return entries, np.bincount(pairs >> 32, minlength=papers)


def pair_table(name: str, pairs: list[tuple[int, int]]) -> pa.Table:
    """A table of LINKS from pairs of rows."""
    left, right = np.asarray(pairs, np.int32).reshape(-1, 2).T
    return pa.Table.from_arrays([pa.array(left.copy()), pa.array(right.copy())], schema=LINKS[name])
