"""Who is two steps away: the commonest of these questions, person by person, without keys that tell those of a batch apart."""

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.store.columnar.files.csr import ends_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.paths import steps
from byline.graph.store.columnar.paths.reach import Reader
from byline.graph.store.columnar.paths.steps import Neighbours
from byline.graph.store.protocol import Rows

# Where more than one in so many of all people is met, counting everybody is quicker than sorting those who were met.
_DENSE = 8
# People of a batch up to whom each is looked around for alone. In a window the papers of all are better read at once.
_MOST = 1000


def collaborators(neighbours: Neighbours, rows: Rows, distance: int) -> Lists:
    """The people exactly `distance` steps from each row, ascending."""
    if distance != 2 or len(rows) > (_MOST if neighbours.papers is None else 1):
        return steps.collaborators(neighbours, rows, distance)
    reader = Reader(neighbours)
    # One after the other: sorting the people of one costs half of sorting keys of somebody and somebody.
    around = [_around(reader, rows[at : at + 1]) for at in range(len(rows))]
    people = np.concatenate([np.zeros(0, np.int32), *(met for met, _ in around)])
    shared = np.concatenate([np.zeros(0, np.int32), *(times for _, times in around)])
    beside = {"distance": np.full(len(people), distance, np.int32), "shared_count": shared}
    return Lists(ends_of(np.array([len(met) for met, _ in around], np.int64)), people, beside)


def _around(reader: Reader, row: Rows) -> tuple[Rows, Rows]:
    """Who is two steps from one person, ascending, and through how many."""
    checkpoint()
    coauthors = reader.far(row)
    far = reader.far(coauthors)
    with reader.neighbours.snapshot.marks.lent() as marks:
        marks.put(coauthors, 1)
        marks.put(row, 1)
        far = far[marks.of[far] == 0]
    return _counted(far, reader.neighbours.size)


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
