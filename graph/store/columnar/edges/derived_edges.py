"""The edges that papers make, for all rows: counted in batches that go straight to the disk."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from byline.graph.model import EDGES
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.pair_lists import Counts, EdgeFiles, stretches
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.files.csr import Csr
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.pack import WIDTH, bits
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.protocol import Rows

# What a row meets is told by two hops, one behind the other.
_THROUGH: dict[str, tuple[Callable[[EdgeInputs, Rows], Lists], str, str]] = {
    "coauthors": (paper_pairs.coauthors, "author_papers", "paper_authors"),
    "affiliations": (paper_pairs.affiliations, "author_authorships", "authorship_institutions"),
    "institution_authors": (paper_pairs.institution_authors, "institution_authorships", ""),
    "collaborations": (paper_pairs.collaborations, "institution_papers", "paper_institutions"),
    "venue_authors": (paper_pairs.venue_authors, "venue_papers", "paper_authors"),
}
_LISTS = 1 << 20
# Rooms of `Disk.entries` that counting takes for one entry: keys, far ends, papers, years and weights stand side by side,
# nearly 200 bytes for a coauthor.
_ROOM = 3
_DTYPES = {"weight": np.float64}


def write(
    disk: Disk, csr: dict[str, Csr], values: dict[str, dict[str, npt.NDArray[np.generic]]], edge_inputs: EdgeInputs
) -> None:
    """Write these edges, those of coauthors aside (graph/store/columnar/edges/ties.py), and put them beside the others."""
    for name in ("affiliations", "institution_authors", "collaborations", "venue_authors"):
        files = edge_files(disk, name)
        for _, part in parts(disk, name, csr, edge_inputs):
            files.append(np.diff(part.offsets), part.rows, **part.beside)
        csr[name], values[name] = files.close()


def edge_files(disk: Disk, name: str) -> EdgeFiles:
    """Files for an edge with all that runs beside it."""
    return EdgeFiles(disk, name, [(value, _DTYPES.get(value, np.int32)) for value in EDGES[name].values])


def parts(disk: Disk, name: str, csr: dict[str, Csr], edge_inputs: EdgeInputs) -> Iterator[tuple[int, Lists]]:
    """All lists of an edge in turn, so many at once as fit into memory, and the first row of each part."""
    hop, first, second = _THROUGH[name]
    met = _met(csr[first], csr[second] if second else None)
    # So many rows at once that their number fits into one key with far end and paper.
    most = 1 << max(1, WIDTH - bits(edge_inputs.sizes[EDGES[name].target]) - bits(len(edge_inputs.year)) - 1)
    for start, stop in stretches(met, disk.entries // _ROOM, most):
        yield start, hop(edge_inputs, np.arange(start, stop, dtype=np.int32))


def _met(first: Csr, second: Csr | None) -> Counts:
    """How many far ends each row meets, as often as it meets them."""
    lengths = np.diff(first.offsets)
    if second is None:
        return lengths
    met = np.empty(len(lengths), np.int64)
    for start, stop, part in _lists(first):
        further = second.offsets[part + 1] - second.offsets[part]
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(further)])
        ends = first.offsets[start : stop + 1] - first.offsets[start]
        met[start:stop] = running[ends[1:]] - running[ends[:-1]]
    return met


def _lists(csr: Csr) -> Iterator[tuple[int, int, Rows]]:
    for start, stop in stretches(np.diff(csr.offsets), 1 << 22, _LISTS):
        yield start, stop, csr.targets[csr.offsets[start] : csr.offsets[stop]]
