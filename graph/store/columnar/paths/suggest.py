"""Likely coauthors: everybody two steps away scored at once, then the head of each list less those who may be the person."""

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.links import shares
from byline.graph.model import Kind
from byline.graph.names import may_be_one
from byline.graph.request import Prediction
from byline.graph.store.columnar.files.csr import ends_of
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.paths.steps import Neighbours, frontiers
from byline.graph.store.protocol import Rows, Scores


def suggest(neighbours: Neighbours, rows: Rows, method: Prediction, first: int) -> Scores:
    """See the protocol."""
    start, coauthors, far = frontiers(neighbours, rows, 2)
    people, owners = far.rows, far.groups
    lists = neighbours(coauthors.rows)
    lengths = np.diff(lists.offsets)
    keys = np.repeat(coauthors.groups * neighbours.size, lengths) + lists.rows
    # Entries lie by person, then by common coauthor; the scores are added in that order, as the protocol says.
    places = np.searchsorted(far.keys, keys)
    places[places == len(far.keys)] = 0
    two_steps = far.keys[places] == keys if len(far.keys) else np.zeros(len(keys), np.bool_)
    share = np.repeat(shares(method, lengths), lengths)
    scores = np.bincount(places[two_steps], weights=share[two_steps], minlength=len(far.keys)).astype(np.float64)
    order = np.lexsort((far.keys, -scores, owners))
    bounds = ends_of(np.bincount(owners, minlength=len(rows)))
    suggested = [
        _others(neighbours.snapshot, int(row), order[bounds[i] : bounds[i + 1]], people, first)
        for i, row in enumerate(start.rows)
    ]
    chosen = np.concatenate([*suggested, np.zeros(0, np.int64)])
    return Scores(ends_of(np.array([len(each) for each in suggested], np.int64)), people[chosen], scores[chosen])


def _others(snapshot: Snapshot, row: int, order: npt.NDArray[np.int64], people: Rows, first: int) -> npt.NDArray[np.int64]:
    """The first places of an order at which there is nobody whom the person may be. Names are read as far as is needed."""
    names = snapshot.reader(Kind.AUTHOR, "names")
    (own,) = names.few([row])
    others: list[int] = []
    for start in range(0, len(order), first + 8):
        if len(others) >= first:
            break
        some = order[start : start + first + 8]
        listed = people[some].tolist()
        others += [place for place, other in zip(some.tolist(), names.few(listed), strict=True) if not may_be_one(own, other)]
    return np.array(others[:first], np.int64)
