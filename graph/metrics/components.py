"""Components of the coauthor graph, and how groups of people are numbered."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

METHOD = "connected component of the coauthor graph, numbered from 0 by size, the largest first, ties by the earliest id"


def components(papers: npt.NDArray[np.int32], authors: npt.NDArray[np.int32], sizes: tuple[int, int]) -> npt.NDArray[np.int32]:
    """A component for each person: two people are in one where a chain of shared papers leads from one to the other.

    `papers` and `authors` are the two ends of each authorship, `sizes` how many papers and people there are. Worked out on
    authorships, of which there are far fewer than coauthor pairs. A person without papers is a component alone.
    """
    of_papers, of_authors = sizes
    if not of_authors:
        return np.zeros(0, np.int32)
    both = of_papers + of_authors
    links = (np.ones(len(papers), np.float64), (papers.astype(np.int32), authors.astype(np.int32) + np.int32(of_papers)))
    _, labels = csgraph.connected_components(sparse.csr_matrix(links, shape=(both, both)), directed=False)
    author_labels: npt.NDArray[np.int32] = labels[of_papers:]
    return author_labels


def numbered(labels: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Labels made stable: groups counted from 0, the largest first, ties by their first member; and the size of each one's
    group."""
    _, first, back, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(len(first), np.int32)
    place[np.lexsort((first, -sizes))] = np.arange(len(first), dtype=np.int32)
    return place[back], sizes[back].astype(np.int32)
