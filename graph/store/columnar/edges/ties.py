"""The pairs of coauthors of all people on their way to the disk: which of them are kept, and all of them for the measures of the
whole graph, which pass through files without a name."""

from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from byline.graph.model import COAUTHORS
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.derived_edges import edge_files, parts
from byline.graph.store.columnar.edges.huge_teams import Worked
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.files.csr import Csr, Numbers, ends_of
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.pair_bounds import PairBounds
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.files.unnamed import Unnamed
from byline.graph.store.protocol import Rows

_NAME, _COUNT = COAUTHORS.name, "paper_count"


@dataclass(frozen=True)
class Ties:
    """All pairs of coauthors, in both directions, and how many papers each shares: for the time of a build."""

    csr: Csr
    paper_count: Numbers


@dataclass(frozen=True)
class Met:
    """What a build knows of coauthors besides the kept lists: whose are not kept, and all ties where there are not too many."""

    worked: Worked = field(default_factory=Worked)
    ties: Ties | None = None
    # People whom working out the lists that are not kept meets, once for each shared paper.
    looked: int = 0


def write_ties(
    disk: Disk,
    csr: dict[str, Csr],
    values: dict[str, dict[str, npt.NDArray[np.generic]]],
    edge_inputs: EdgeInputs,
    unkept: Rows,
    bounds: PairBounds,
) -> Met:
    """Write the lists of coauthors, but for those of `unkept` people, and put them beside the other edges."""
    files, lengths = edge_files(disk, _NAME), [np.zeros(0, np.int64)]
    with ExitStack() as stack:
        passing = [stack.enter_context(Unnamed(disk.folder, np.int32)) for _ in (_NAME, _COUNT)] if len(unkept) else []
        entries = 0
        for start, part in parts(disk, _NAME, csr, edge_inputs):
            lengths.append(np.diff(part.offsets))
            entries += len(part.rows)
            _pass(passing, part, entries <= 2 * bounds.max_measured_pairs)
            stored = _stored_lists(part, start, unkept)
            files.append(np.diff(stored.offsets), stored.rows, **stored.beside)
        csr[_NAME], values[_NAME] = files.close()
        every = np.concatenate(lengths)
        worked = Worked(unkept, every[unkept].astype(np.int32))
        disk.save("worked.rows", worked.rows)
        disk.save("worked.lengths", worked.lengths)
        looked = int(paper_pairs.meetings(edge_inputs, unkept).sum())
        if entries > 2 * bounds.max_measured_pairs:
            return Met(worked, None, looked)
        if not passing:
            return Met(worked, Ties(csr[_NAME], values[_NAME][_COUNT]))  # type: ignore[arg-type]
        far, count = (column.array for column in passing)
        return Met(worked, Ties(Csr(ends_of(every), far), count), looked)


def _pass(passing: list[Unnamed], part: Lists, fits: bool) -> None:
    """Put a part behind those that passed before; once they are too many, forget them."""
    for column, numbers in zip(passing, (part.rows, part.beside[_COUNT]), strict=False):
        if fits:
            column.append(numbers)
        else:
            column.clear()


def _stored_lists(part: Lists, start: int, unkept: Rows) -> Lists:
    """The lists from row `start` on, those of `unkept` people empty."""
    first, last = unkept.searchsorted([start, start + len(part.offsets) - 1])
    if first == last:
        return part
    there = np.ones(len(part.offsets) - 1, np.bool_)
    there[unkept[first:last] - start] = False
    return part.keep(np.repeat(there, np.diff(part.offsets)))
