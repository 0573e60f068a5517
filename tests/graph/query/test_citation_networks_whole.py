"""Co-citation, coupling and citation of whole stores against products of sparse matrices."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array, eye_array

from byline.data.ingest.ingest import generate
from byline.graph.model import Kind
from byline.graph.query.relations import Relation, SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import EVERYTHING
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.columnar.store import open_store
from tests.anthology import Anthology
from tests.contract.stores import answer

SIZE = 150


@pytest.mark.slow
def test_a_generated_store(tmp_path: Path) -> None:
    generate(tmp_path, 6000, seed=14)
    assert against_matrices(tmp_path) > 3000


@pytest.mark.corpus
@pytest.mark.long
def test_the_anthology(acl: Anthology) -> None:
    assert against_matrices(acl.store) > 3000


def against_matrices(path: Path) -> int:
    """Compare the networks of the first papers and the first people by each relation; how many links there were."""
    read, store, links = facts(current(path)), open_store(current(path)), 0
    papers, people = (read.nodes[kind].num_rows for kind in (Kind.PAPER, Kind.AUTHOR))
    written, cites = read.nodes[Kind.AUTHORSHIP], read.links["citation"]
    wrote = _matrix(written["author"], written["paper"], (people, papers))
    cited = _matrix(cites["cited"], cites["citing"], (papers, papers))
    for kind, own in ((Kind.PAPER, eye_array(papers, format="csr")), (Kind.AUTHOR, wrote)):
        for relation in (Relation.CO_CITATION, Relation.BIBLIOGRAPHIC_COUPLING, Relation.CITATION):
            step = cited.T.tocsr() if relation is Relation.BIBLIOGRAPHIC_COUPLING else cited
            times = own @ step
            reached = _once(times)
            network = answer(shared_network(store, SharedArgs(kind, None, SIZE, EVERYTHING, 1, relation=relation)))
            rows = network.members.rows
            assert sorted(times.sum(axis=1), reverse=True)[:SIZE] == times.sum(axis=1)[rows].tolist()
            assert list(network.paper_count) == reached.sum(axis=1)[rows].tolist()
            assert network.omitted_nodes == np.count_nonzero(times.sum(axis=1)) - len(rows)
            other = reached[rows]
            if relation is Relation.CITATION:
                mine = _once(own)[rows]
                # A paper that cites, either way, counts once.
                both = other * mine
                shared = (other @ mine.T + mine @ other.T - both @ both.T).toarray()
            else:
                shared = (other @ other.T).toarray()
            found = np.zeros((len(rows), len(rows)))
            for (near, far), number in zip(network.links, network.values["paper_count"], strict=True):
                found[near, far] = found[far, near] = number
            np.fill_diagonal(shared, 0)
            assert (found == shared).all()
            links += len(network.links)
    return links


def _matrix(rows: object, columns: object, shape: tuple[int, int]) -> csr_array:
    """Ones where a table has a row."""
    places = np.asarray(rows, np.int64), np.asarray(columns, np.int64)
    return _once(csr_array((np.ones(len(places[0])), places), shape=shape))


def _once(matrix: csr_array) -> csr_array:
    """Ones where there is anything."""
    matrix = csr_array(matrix)
    matrix.sum_duplicates()
    return csr_array((np.ones(len(matrix.data)), matrix.indices, matrix.indptr), shape=matrix.shape)
