"""`python -m bench suggestions STORE`: how well coauthors of later years are foretold from the papers of earlier ones.

Learnt from the coauthor graph up to a year, tried on the pairs that wrote together for the first time after it, both of whom had
coauthors before. AUC is the chance that such a pair scores above a pair that did not come to write together, ties counting half:
among all pairs, and among pairs two steps apart alone, where every method must tell likely from unlikely.
"""

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from bench.notes import log, save
from byline.graph.metrics.links import shares
from byline.graph.model import COAUTHORS, Kind
from byline.graph.request import Hop, Prediction, Select, Window
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store

FIRST = 10
BEFORE, AFTER = Window(None, 2018), Window(2019, 2022)
SAMPLE = 20_000
ATTACHMENT, CHANCE = "preferential attachment", "chance"
Pairs = np.ndarray[Any, Any]


def suggestions(folder: Path, seed: int = 2018) -> None:
    """Measure the three methods beside preferential attachment and chance."""
    store, draw = open_store(current(folder)), np.random.default_rng(seed)
    earlier, later = (_adjacency(store, window) for window in (BEFORE, AFTER))
    degrees = np.diff(earlier.indptr)
    people = np.flatnonzero(degrees)
    new = _new_pairs(earlier, later, degrees)
    log(f"{len(people)} people and {earlier.nnz // 2} pairs to {BEFORE.last_year}; {len(new)} new pairs after it")
    both = sparse.triu(earlier @ earlier, 1).tocoo()
    two_steps = _apart(np.stack([both.row, both.col], axis=1), earlier)
    near = _without(two_steps, later)
    far = _without(_apart(draw.choice(people, (SAMPLE * 2, 2)), earlier), later)
    within = new[np.isin(_keys(new, earlier.shape[0]), _keys(two_steps, earlier.shape[0]))]
    results: dict[str, Any] = {"people": len(people), "new pairs": len(new), "new pairs two steps apart": len(within)}
    hard = near[draw.choice(len(near), min(SAMPLE, len(near)), replace=False)]
    for method in (*Prediction, ATTACHMENT):
        score = _scores(earlier, degrees, method)
        results[str(method)] = {"auc": _auc(score(new), score(far)), "auc two steps apart": _auc(score(within), score(hard))}
    results[CHANCE] = {"auc": 0.5, "auc two steps apart": 0.5}
    _foretold(store, results, earlier, later, degrees)
    for name, figures in results.items():
        log(f"{name}: {figures}")
    save("suggestions", results)


def _adjacency(store: ColumnarStore, window: Window) -> sparse.csr_array:
    size = store.size(Kind.AUTHOR)
    lists = asyncio.run(store.expand(Hop(COAUTHORS, window), np.arange(size, dtype=np.int32), Select()))
    return sparse.csr_array((np.ones(len(lists.rows)), lists.rows, lists.offsets), shape=(size, size))


def _keys(pairs: Pairs, size: int) -> Pairs:
    return pairs[:, 0].astype(np.int64) * size + pairs[:, 1]


def _has(pairs: Pairs, among: sparse.csr_array) -> Pairs:
    """Which pairs have an entry in a matrix."""
    near = np.repeat(np.arange(among.shape[0]), np.diff(among.indptr))
    return np.isin(_keys(pairs, among.shape[0]), near.astype(np.int64) * among.shape[0] + among.indices)


def _apart(pairs: Pairs, adjacency: sparse.csr_array) -> Pairs:
    """Pairs of two different people who have not written together, the lower row first, each once."""
    pairs = np.sort(pairs, axis=1)
    # Not np.unique: of numbers this large and this many its hash table takes minutes.
    keys = np.sort(_keys(pairs[(pairs[:, 0] != pairs[:, 1]) & ~_has(pairs, adjacency)], adjacency.shape[0]))
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return np.stack([keys // adjacency.shape[0], keys % adjacency.shape[0]], axis=1)


def _without(pairs: Pairs, later: sparse.csr_array) -> Pairs:
    return pairs[~_has(pairs, later)]


def _new_pairs(earlier: sparse.csr_array, later: sparse.csr_array, degrees: Pairs) -> Pairs:
    wrote = sparse.triu(later, 1).tocoo()
    pairs = np.stack([wrote.row, wrote.col], axis=1)
    return _apart(pairs[(degrees[pairs] > 0).all(axis=1)], earlier)


def _scores(adjacency: sparse.csr_array, degrees: Pairs, method: str) -> Any:
    """A function from pairs to scores."""
    if method == ATTACHMENT:
        return lambda pairs: degrees[pairs].prod(axis=1).astype(np.float64)
    share = shares(Prediction(method), degrees)
    return lambda pairs: np.asarray(adjacency[pairs[:, 0]].multiply(adjacency[pairs[:, 1]]) @ share)


def _auc(positive: Pairs, negative: Pairs) -> float:
    """The chance that a positive scores above a negative, ties counting half (Mann and Whitney 1947)."""
    ordered = np.sort(negative)
    below, up_to = np.searchsorted(ordered, positive), np.searchsorted(ordered, positive, "right")
    return round(float((below + up_to).mean() / 2 / len(ordered)), 4)


def _foretold(
    store: ColumnarStore, results: dict[str, Any], earlier: sparse.csr_array, later: sparse.csr_array, degrees: Any
) -> None:
    """Of everybody who found a new coauthor: whether one was among the first ten, and what share of the ten was right."""
    new = _new_pairs(earlier, later, degrees)
    people = np.unique(new)
    size = earlier.shape[0]
    right = np.concatenate([_keys(new, size), _keys(new[:, ::-1], size)])
    for method in Prediction:
        scores = asyncio.run(store.suggest(people.astype(np.int32), BEFORE, method, FIRST))
        owners = np.repeat(people, np.diff(scores.offsets))
        hits = np.isin(owners * size + scores.rows, right)
        results[str(method)] |= _shown(hits, owners, len(people))
    busiest = np.argsort(-degrees, kind="stable")[:300]
    owners, rows = np.repeat(people, len(busiest)), np.tile(busiest, len(people))
    open_ = (owners != rows) & ~_has(np.stack([owners, rows], axis=1), earlier)
    owners, rows = owners[open_], rows[open_]
    # The first of each person, the busiest first as they lie.
    place = np.arange(len(owners)) - np.searchsorted(owners, owners)
    owners, rows = owners[place < FIRST], rows[place < FIRST]
    results[ATTACHMENT] |= _shown(np.isin(owners * size + rows, right), owners, len(people))
    partners = np.bincount(np.searchsorted(people, new.ravel()), minlength=len(people)) / (np.count_nonzero(degrees) - 1)
    results[CHANCE] |= {
        "hit rate": round(float((1 - (1 - partners) ** FIRST).mean()), 4),
        "precision": round(float(partners.mean()), 4),
    }


def _shown(hits: Pairs, owners: Pairs, people: int) -> dict[str, float]:
    return {
        "hit rate": round(len(np.unique(owners[hits])) / people, 4),
        "precision": round(float(hits.sum()) / (people * FIRST), 4),
    }
