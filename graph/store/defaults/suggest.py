"""`Store.suggest` over the core: everybody two steps away, scored through the coauthors that both have."""

from collections.abc import Mapping, Sequence

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.metrics.links import shares
from byline.graph.model import COAUTHORS, COLLABORATORS, Kind
from byline.graph.names import may_be_one
from byline.graph.request import Hop, Prediction, Select, Window
from byline.graph.store.lists import offsets, split
from byline.graph.store.protocol import Rows, Scores, StoreCore


async def suggest(store: StoreCore, rows: Rows, window: Window | None, method: Prediction, first: int) -> Scores:
    """See the protocol."""
    two_steps = await store.expand(Hop(COLLABORATORS, window, 2), rows, Select())
    near = await store.expand(Hop(COAUTHORS, window), rows, Select())
    middle = np.unique(near.rows)
    beyond = await store.expand(Hop(COAUTHORS, window), middle, Select())
    share = dict(zip(middle.tolist(), shares(method, np.diff(beyond.offsets)).tolist(), strict=True))
    coauthors = dict(zip(middle.tolist(), split(beyond.offsets, beyond.rows.tolist()), strict=True))
    names = await _names(store, np.unique(np.concatenate([rows, two_steps.rows])))
    ranked = []
    far_lists, near_lists = (split(ends.offsets, ends.rows.tolist()) for ends in (two_steps, near))
    for row, far, through in zip(rows.tolist(), far_lists, near_lists, strict=True):
        checkpoint()
        scores = _scores(far, through, coauthors, share)
        others = [(person, score) for person, score in scores.items() if not may_be_one(names[row], names[person])]
        ranked.append(sorted(others, key=lambda entry: (-entry[1], entry[0]))[:first])
    return scores_of(ranked)


def scores_of(ranked: list[list[tuple[int, float]]]) -> Scores:
    """Rows with their scores, a list for each of a batch, laid end to end."""
    entries = [entry for one in ranked for entry in one]
    people = np.array([row for row, _ in entries], np.int32)
    return Scores(offsets([len(one) for one in ranked]), people, np.array([score for _, score in entries], np.float64))


def _scores(
    far: Sequence[int], through: Sequence[int], coauthors: Mapping[int, Sequence[int]], share: Mapping[int, float]
) -> dict[int, float]:
    """The score of everybody two steps away, added by the rows of the coauthors in between."""
    scores = dict.fromkeys(far, 0.0)
    for middle in sorted(through):
        for person in coauthors[middle]:
            if person in scores:
                scores[person] += share[middle]
    return scores


async def _names(store: StoreCore, people: Rows) -> dict[int, list[str]]:
    (names,) = await store.columns(Kind.AUTHOR, people.astype(np.int32), ["names"])
    return dict(zip(people.tolist(), names.to_pylist(), strict=True))
