"""Citations of a paper beside those of its like."""

import numpy as np
import numpy.typing as npt

# Papers of one year and category below which a mean says nothing.
LEAST = 10
METHOD = (
    "citations over the mean of the papers of the same year and primary category in this graph, the paper included; 1 is the "
    "mean. It knows only what this graph holds and is no world average"
)
NO_YEAR = "The year of the paper is unknown"
NO_CATEGORY = "The paper has no category"
TOO_FEW = f"Fewer than {LEAST} papers of the same year and primary category"
NO_CITATIONS = "No paper of the same year and primary category is cited in this graph"


def impact(
    year: npt.NDArray[np.int32], category: npt.NDArray[np.int32], citations: npt.NDArray[np.int32], null: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """(c / mean c, papers in the cell) of each paper, the cell being its year and primary category.

    A mean-normalised citation score (Lundberg 2007, "Lifting the crown") whose reference set is this graph alone. `null`
    marks an unknown year or category: then NaN and 0. NaN too in cells of fewer than LEAST papers or without a citation.
    """
    known_rows = np.flatnonzero((year != null) & (category != null))
    cells = year[known_rows].astype(np.int64) << 32 | category[known_rows]
    _, cell, sizes = np.unique(cells, return_inverse=True, return_counts=True)
    order = np.argsort(cell, kind="stable")
    ends = np.concatenate([[0], np.cumsum(citations[known_rows][order], dtype=np.int64)])[np.concatenate([[0], np.cumsum(sizes)])]
    cited = np.diff(ends)
    value, sample = np.full(len(year), np.nan), np.zeros(len(year), np.int32)
    sample[known_rows] = sizes[cell]
    enough = (sizes[cell] >= LEAST) & (cited[cell] > 0)
    rows = known_rows[enough]
    value[rows] = citations[rows].astype(np.int64) * sizes[cell[enough]] / cited[cell[enough]]
    return value, sample
