"""The coauthor graphs of arXiv that SNAP publishes, a paper of two authors a pair: distances and components as is known."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import zstandard

from byline.graph.ids import public_id
from byline.graph.model import LINKS, Facts, Kind, Source, facts_schema
from byline.graph.store.columnar.paths.steps import Neighbours, frontiers
from byline.graph.store.columnar.store import ColumnarStore
from tests.contract.stores import columnar

pytestmark = [pytest.mark.corpus, pytest.mark.long]


def pairs_of(path: Path) -> np.ndarray[Any, Any]:
    """Every pair of different people once, as numbers from 0."""
    text = path.read_bytes()
    text = zstandard.ZstdDecompressor().stream_reader(text).read() if path.suffix == ".zst" else text
    lines = [line.split() for line in text.decode().splitlines() if line and not line.startswith("#")]
    ends = np.unique(np.array(lines, np.int64), return_inverse=True)[1].reshape(-1, 2)
    return np.unique(np.sort(ends, axis=1), axis=0)


def store_of(pairs: np.ndarray[Any, Any], size: int) -> ColumnarStore:
    """A store of people, some in no pair, and a paper for each pair of two."""
    people, papers = (sorted(public_id(kind, str(n)) for n in range(count)) for kind, count in
                      ((Kind.AUTHOR, size), (Kind.PAPER, int((pairs[:, 0] != pairs[:, 1]).sum()))))  # fmt: skip
    apart = pairs[pairs[:, 0] != pairs[:, 1]]
    tables = {kind: facts_schema(kind).empty_table() for kind in Kind}
    tables[Kind.AUTHOR] = _table(Kind.AUTHOR, id=people, name=people, names=[[each] for each in people])
    tables[Kind.PAPER] = _table(Kind.PAPER, id=papers, title=papers, author_count=[2] * len(papers))
    tables[Kind.AUTHORSHIP] = _table(
        Kind.AUTHORSHIP,
        paper=np.repeat(np.arange(len(papers)), 2).tolist(),
        author=apart.ravel().tolist(),
        position=[1, 2] * len(papers),
    )
    links = {name: schema.empty_table() for name, schema in LINKS.items()}
    store: Any = columnar(Facts(tables, links, (Source("pairs", len(papers), 0),)))
    return store


def _table(kind: Kind, **columns: list[Any]) -> pa.Table:
    rows = len(next(iter(columns.values())))
    filled = {field.name: _filled(field, columns, rows) for field in facts_schema(kind)}
    return pa.table(filled, facts_schema(kind))


def _filled(field: pa.Field, columns: dict[str, list[Any]], rows: int) -> pa.Array:
    if field.name in columns:
        return pa.array(columns[field.name], field.type)
    empty: Any = [] if pa.types.is_list(field.type) else True if pa.types.is_boolean(field.type) else None
    return pa.array([empty] * rows, field.type)


def histogram(store: ColumnarStore, rows: np.ndarray[Any, Any], farthest: int) -> list[int]:
    """Ordered pairs by how many steps lie between them, from 0 on."""
    near, counts = Neighbours(store._snapshot, None), np.zeros(farthest + 2, np.int64)
    for start in range(0, len(rows), 400):
        counts += [len(rim.keys) for rim in frontiers(near, rows[start : start + 400], farthest + 1)]
    return counts.tolist()


@pytest.fixture(scope="module")
def exact_answers(corpora: Path) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((corpora / "known_answers_dev.json").read_text(encoding="utf-8"))
    return answers


def pieces(store: ColumnarStore, size: int) -> list[np.ndarray[Any, Any]]:
    """The people of each component, widened from somebody until nobody new is met."""
    left, components = np.ones(size, np.bool_), []
    near = Neighbours(store._snapshot, None)
    while left.any():
        circle = [np.flatnonzero(left)[:1].astype(np.int32)]
        while len(circle[-1]):
            left[circle[-1]] = False
            far = np.unique(near(circle[-1]).rows)
            circle.append(far[left[far]])
        components.append(np.concatenate(circle))
    return components


def test_grqc(corpora: Path, exact_answers: dict[str, Any]) -> None:
    exact = exact_answers["ca-GrQc (full file)"]["exact"]
    pairs = pairs_of(corpora / "snap" / "ca-GrQc.full.txt.zst")
    size = int(pairs.max()) + 1
    store = store_of(pairs, size)
    components = pieces(store, size)
    largest = max(components, key=len)
    assert (size, len(components), len(largest)) == (exact["nodes"], exact["components"], exact["lcc_nodes"])
    assert (pairs[:, 0] == pairs[:, 1]).sum() == exact["self_loops"]
    histogram_of_all = histogram(store, largest.astype(np.int32), exact["lcc_diameter"])
    assert histogram_of_all == [*exact["lcc_distance_hist"], 0]


def test_hepth_from_every_twentieth_person(corpora: Path, exact_answers: dict[str, Any]) -> None:
    """All pairs take a minute (`python -m tests.test_distances` counts them); from 432 people the widest reach is the same."""
    exact = exact_answers["ca-HepTh LCC exact"]
    pairs = pairs_of(corpora / "snap" / "ca-HepTh.lcc.txt")
    size = int(pairs.max()) + 1
    store = store_of(pairs, size)
    assert [len(piece) for piece in pieces(store, size)] == [exact["lcc_nodes"]]
    counts = histogram(store, np.arange(0, size, 20, dtype=np.int32), exact["lcc_diameter"])
    assert sum(counts) == 432 * size, "everybody is reached from everybody"
    assert counts[0] == 432
    whole = np.array(exact["lcc_distance_hist"]) / size**2
    assert np.abs(np.array(counts[:-1]) / sum(counts) - whole).max() < 0.02
    assert counts[-1] == 0


if __name__ == "__main__":
    from tests.conftest import CORPORA

    everybody = pairs_of(CORPORA / "snap" / "ca-HepTh.lcc.txt")
    counted = histogram(store_of(everybody, 8638), np.arange(8638, dtype=np.int32), 18)
    wanted = json.loads((CORPORA / "known_answers_dev.json").read_text())["ca-HepTh LCC exact"]["lcc_distance_hist"]
    print(counted, "as known" if counted == [*wanted, 0] else "not as known")
