"""The lists of coauthors of all people: kept ones are read, those of people of huge teams are worked out from their papers.

What is worked out is what `paper_pairs.coauthors` would have kept, value by value: whoever reads it cannot tell the two apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.deadline import checkpoint
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.huge_teams import Worked
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.files.csr import Csr, Places, ends_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.protocol import Flags, Rows

# Entries of lists that are worked out at once, counted once for each shared paper.
_AT_ONCE = 1 << 20
# How many times as many of them where nothing is told of pairs but that they are.
_SOONER = 16


@dataclass(frozen=True)
class Coauthors:
    """One accessor of these lists, in which `worked` people have no kept one."""

    csr: Csr
    values: Mapping[str, npt.NDArray[Any]]
    edge_inputs: EdgeInputs
    worked: Worked

    @cached_property
    def unkept(self) -> frozenset[int]:
        """The people whose lists are worked out: for loops over a few people."""
        return frozenset(self.worked.rows.tolist())

    def lists(self, rows: Rows, names: Sequence[str] = ()) -> Lists:
        """The lists of a batch, ascending, with some values beside them."""
        offsets, places = self.csr.gather(rows)
        stored = Lists(offsets, self.csr.targets[places], {name: self.values[name][places] for name in names})
        if not self.worked or not (unkept := self.worked.among(rows)).any():
            return stored
        return _merged(stored, self._derived(rows[unkept], names), unkept)

    def lengths(self, rows: Rows) -> Places:
        """How many coauthors each has."""
        lengths: Places = self.csr.offsets[rows.astype(np.int64) + 1] - self.csr.offsets[rows]
        if self.worked:
            unkept = self.worked.among(rows)
            lengths[unkept] = self.worked.lengths[self.worked.rows.searchsorted(rows[unkept])]
        return lengths

    def met(self, rows: Rows) -> Rows:
        """Whoever is a coauthor of some people, and of people of huge teams they too: in no order, some more than once."""
        stored = self.csr.targets[self.csr.gather(rows)[1]]
        if not self.worked or not (unkept := self.worked.among(rows)).any():
            return stored
        return np.concatenate([stored, paper_pairs.anybody(self.edge_inputs, rows[unkept])])

    def everybody(self, names: Sequence[str] = ()) -> Lists:
        """The lists of all people; without worked ones as they lie, nothing is copied."""
        if not self.worked:
            return Lists(self.csr.offsets, self.csr.targets, {name: self.values[name] for name in names})
        return self.lists(np.arange(len(self.csr.offsets) - 1, dtype=np.int32), names)

    def __len__(self) -> int:
        """The number of entries of all lists."""
        return len(self.csr.targets) + int(self.worked.lengths.sum(dtype=np.int64))

    def _derived(self, rows: Rows, names: Sequence[str]) -> Lists:
        """The lists of people who have no kept one, so many at once as fit into some memory."""
        parts = []
        met = paper_pairs.meetings(self.edge_inputs, rows)
        looked = met if names else np.maximum(met // _SOONER, self.lengths(rows))
        for start, stop in stretches(looked, _AT_ONCE):
            checkpoint()
            parts.append(paper_pairs.coauthors_alike(self.edge_inputs, rows[start:stop], names))
        return parts[0] if len(parts) == 1 else _joined(parts, names)


def _joined(parts: Sequence[Lists], names: Sequence[str]) -> Lists:
    """The lists of parts, one behind the other."""
    offsets = ends_of(np.concatenate([np.diff(part.offsets) for part in parts]))
    beside = {name: np.concatenate([part.beside[name] for part in parts]) for name in names}
    return Lists(offsets, np.concatenate([part.rows for part in parts]), beside)


def _merged(stored: Lists, derived: Lists, unkept: Flags) -> Lists:
    """Lists of a batch of which some, empty so far, were derived from papers."""
    lengths = np.diff(stored.offsets)
    lengths[unkept] = np.diff(derived.offsets)
    from_derived = np.repeat(unkept, lengths)

    def mixed(some: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[Any]:
        merged = np.empty(len(from_derived), some.dtype)
        merged[~from_derived], merged[from_derived] = some, others
        return merged

    beside = {name: mixed(values, derived.beside[name]) for name, values in stored.beside.items()}
    return Lists(ends_of(lengths), mixed(stored.rows, derived.rows), beside)
