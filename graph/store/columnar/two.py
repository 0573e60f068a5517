"""Who is two steps from one person: the commonest of these questions, without the keys that tell the people of a batch apart."""

import numpy as np

from graph.store.columnar import steps
from graph.store.columnar.lists import Lists
from graph.store.columnar.reach import Reader
from graph.store.columnar.steps import Near
from graph.store.protocol import Rows

# Where more than one in so many of all people is met, counting everybody is quicker than sorting those who were met.
_DENSE = 8


def collaborators(near: Near, rows: Rows, distance: int) -> Lists:
    """The people exactly `distance` steps from each row, ascending."""
    if len(rows) != 1 or distance != 2:
        return steps.collaborators(near, rows, distance)
    reader = Reader(near)
    coauthors = reader.reach(rows).far
    far = reader.reach(coauthors).far
    with near.snapshot.marks.lent() as marks:
        marks.put(coauthors, 1)
        marks.put(rows, 1)
        far = far[marks.of[far] == 0]
    people, shared = _counted(far, near.size)
    beside = {"distance": np.full(len(people), distance, np.int32), "shared_count": shared}
    return Lists(np.array([0, len(people)]), people, beside)


def _counted(far: Rows, size: int) -> tuple[Rows, Rows]:
    """Each of these people once, ascending, and how often they come."""
    if len(far) > size // _DENSE:
        times = np.bincount(far, minlength=size)
        people = np.flatnonzero(times)
        return people.astype(np.int32), times[people].astype(np.int32)
    far.sort()
    fresh = np.ones(len(far), np.bool_)
    np.not_equal(far[1:], far[:-1], out=fresh[1:])
    starts = np.flatnonzero(fresh)
    return far[starts], np.diff(starts, append=len(far)).astype(np.int32)
