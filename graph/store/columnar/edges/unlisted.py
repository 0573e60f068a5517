"""What the graph does not know of the lists of an edge, as arrays, and what can be said of a count all the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import Kind
from byline.graph.request import EVERYTHING, Quantifier
from byline.graph.store.columnar.files.csr import NULL, Csr
from byline.graph.store.protocol import Flags, Rows

Counts = npt.NDArray[np.integer]


@dataclass(frozen=True)
class UnlistedEnds:
    """`byline.graph.request.Unlisted` of many lists: None for `number` is 0 everywhere, None for `open` nowhere."""

    number: Counts | None = None
    open: Flags | None = None

    def take(self, rows: Rows) -> "UnlistedEnds":
        """The same of some lists."""
        number = None if self.number is None else self.number.take(rows)
        return UnlistedEnds(number, None if self.open is None else self.open.take(rows))


NONE = UnlistedEnds()


def of_authors(stated: Counts, known_authors: Counts, complete: pa.Array) -> UnlistedEnds:
    """Of author lists: `stated` numbers of authors (NULL: none), numbers of people who are known, which lists are complete."""
    cut = ~complete.to_numpy(zero_copy_only=False)
    if not cut.any():
        return NONE
    number = np.where(cut & (stated != NULL) & (stated > known_authors), stated - known_authors, 0).astype(np.int32)
    return UnlistedEnds(number, cut & (number == 0))


def of_references(unresolved: pa.Array, complete: pa.Array) -> UnlistedEnds:
    """Of reference lists: `unresolved` ids of each, and whether a source states the whole list (null: it states none)."""
    return UnlistedEnds(of_citations(unresolved).number, of_flags(complete).open)


def of_citations(unresolved: pa.Array) -> UnlistedEnds:
    """Of lists of citing papers: `unresolved` ids of each, of works outside the graph."""
    number = unresolved.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return UnlistedEnds(number if number.any() else None)


def of_empty(csr: Csr) -> UnlistedEnds:
    """Lists of which nothing is known where they are empty."""
    open_ = csr.offsets[1:] == csr.offsets[:-1]
    return UnlistedEnds(None, open_ if open_.any() else None)


def of_flags(complete: pa.Array) -> UnlistedEnds:
    """Lists that are known to be complete, or are not (null among them)."""
    open_ = ~complete.fill_null(False).to_numpy(zero_copy_only=False)
    return UnlistedEnds(None, open_ if open_.any() else None)


def affiliated(named_in: Csr, sizes: Mapping[Kind, int], papers: Rows, authors: Rows) -> tuple[Flags, Flags]:
    """Of which papers, and of which people, every authorship names an institution, and there is one: `papers` and `authors`
    are the two ends of each authorship, `named_in` its institutions."""
    whole_paper, whole_person = np.zeros(sizes[Kind.PAPER], np.bool_), np.zeros(sizes[Kind.AUTHOR], np.bool_)
    offsets = named_in.offsets
    for named in (True, False):
        for start in range(0, len(papers), _STRETCH):
            part = slice(start, min(start + _STRETCH, len(papers)))
            chosen = (np.diff(offsets[start : part.stop + 1]) > 0) == named
            whole_paper[papers[part][chosen]] = named
            whole_person[authors[part][chosen]] = named
    return whole_paper, whole_person


# Authorships that are looked at together.
_STRETCH = 1 << 20


def decided(where: Quantifier, others: UnlistedEnds, count: Callable[[bool], Counts], size: int, holds: bool) -> Flags:
    """Of which of `size` lists it is known that the count lies between the bounds; without `holds`, that it does not.

    `count(True)` counts the far ends that fit for certain, `count(False)` those that are not certain to miss; `others` are the
    far ends that the graph does not know.
    """
    least, most = where.least or 0, where.most

    def fewest() -> Counts:
        counts = count(True)
        return counts if others.number is None or where.where != EVERYTHING else counts + others.number

    def below(bound: int) -> Flags:
        """Where the count is certain to be no more than the bound."""
        counts = count(False)
        fits: Flags = (counts if others.number is None else counts + others.number) <= bound
        return fits if others.open is None else fits & ~others.open

    if holds:
        fits = fewest() >= least if least > 0 else np.ones(size, np.bool_)
        return fits if most is None else fits & below(most)
    fits = below(least - 1) if least > 0 else np.zeros(size, np.bool_)
    return fits if most is None else fits | (fewest() > most)
