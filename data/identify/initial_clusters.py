"""Clusters of one unit each, with which agglomeration begins: what many units hold is gathered by arrays in one go."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from byline.data.identify.arrays import Longs, Ragged, grouped, spread
from byline.data.identify.disambiguation_input import NO_YEAR, DisambiguationInput
from byline.data.identify.features import Feature, Features
from byline.data.identify.mention_groups import MentionGroups
from byline.data.identify.score import Cluster

# Beyond any year.
_NEVER = 1 << 20
# Numbers of kinds that a mark has room for.
_KINDS = 8


class InitialClusters:
    """Makes the clusters of wanted units; `marks` has what they can share."""

    def __init__(self, scene: DisambiguationInput, units: MentionGroups, marks: Features, wanted: npt.NDArray[np.bool_]) -> None:
        self._scene, self._units, self._marks = scene, units, marks
        entries = np.flatnonzero(wanted[units.of_entry])
        self._entries = grouped(units.of_entry[entries], entries, len(units))

    def costs(self, units: Longs) -> Longs:
        """How many marks each unit has."""
        return self._marks.offsets[units + 1] - self._marks.offsets[units]

    def of(self, units: Longs) -> dict[int, Cluster]:
        """The cluster of each of these units, each unit once."""
        place, at = spread(self._marks.offsets, units)
        mark, weight = self._marks.mark[at], self._marks.weight[at]
        kind = place * _KINDS + (mark & 7)
        # In the order of the marks, so that sums are the same in whatever company a unit is.
        totals = np.bincount(kind, weight, len(units) * _KINDS).reshape(-1, _KINDS)[:, : len(Feature)]
        counts = np.bincount(kind, minlength=len(units) * _KINDS).reshape(-1, _KINDS)[:, : len(Feature)]
        marks = [
            dict(zip(*each, strict=True)) for each in zip(_lists(place, mark, units), _lists(place, weight, units), strict=True)
        ]
        names = map(set, _listed(self._units.names, units))
        papers, sizes, placed, first, last = self._authorships(units)
        columns = (
            units.tolist(),
            names,
            papers,
            marks,
            totals.tolist(),
            counts.tolist(),
            self._units.bits[units].tolist(),
            sizes,
            placed,
            first,
            last,
        )
        return {row[0]: Cluster(*row) for row in zip(*columns, strict=True)}

    def _authorships(self, units: Longs) -> tuple[list[set[int]], list[int], list[int], list[int], list[int]]:
        """Of each unit the papers, the number of authorships and of those with an institution, the first and the last year."""
        scene, count = self._scene, len(units)
        place, entry = self._entries.of(units)
        paper = scene.entry_paper[entry]
        year = scene.paper_year[paper].astype(np.int64)
        first, last = np.full(count, _NEVER), np.full(count, -_NEVER)
        known = year != NO_YEAR
        np.minimum.at(first, place[known], year[known])
        np.maximum.at(last, place[known], year[known])
        offsets = scene.entry_institution.offsets
        placed = np.bincount(place[offsets[entry + 1] > offsets[entry]], minlength=count)
        sizes = np.maximum(np.bincount(place, minlength=count), 1)
        papers = [set(each) for each in _lists(place, paper, units)]
        return papers, sizes.tolist(), placed.tolist(), first.tolist(), last.tolist()


def _lists(place: Longs, values: npt.NDArray[np.generic], units: Longs) -> list[list[int]]:
    """The values of each unit, of which `place` has the places in order."""
    ends = np.cumsum(np.bincount(place, minlength=len(units))).tolist()
    every = values.tolist()
    return [every[low:high] for low, high in pairwise([0, *ends])]


def _listed(lists: Ragged, rows: Longs) -> list[list[int]]:
    return _lists(*lists.of(rows), rows)
