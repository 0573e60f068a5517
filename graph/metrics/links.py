"""How far apart coauthors are on a path, and what a common coauthor says of two people who share no paper."""

import math

import numpy as np
import numpy.typing as npt

from byline.graph.request import Prediction

Lengths = npt.NDArray[np.int64]

# Lengths are whole numbers, so that sums are exact and two paths that are equally long are so in every store.
UNIT = 1_000_000
# The length of a step whose weight is unknown: longer than any known one, so that it is taken where no other way leads.
UNKNOWN = 10**12
# What a step adds to the cost of a path that is counted in steps: more than the lengths of a thousand steps together.
STEP = 2**50


def lengths(weights: npt.NDArray[np.float64]) -> Lengths:
    """The length of a step between coauthors: 1/weight in millionths, rounded half to even; `weights` are Newman's (2001).

    The stronger the tie, the shorter the step: Newman 2001, "Scientific collaboration networks. II. Shortest paths, weighted
    networks, and centrality". A weight of 0, of coauthors none of whose papers states its number of authors, is unknown.
    """
    with np.errstate(divide="ignore"):
        inverse = np.where(weights > 0, UNIT / weights, UNKNOWN)
    return np.rint(inverse).astype(np.int64)


def length(weight: float) -> int:
    """The length of one step: see `lengths`."""
    return round(UNIT / weight) if weight > 0 else UNKNOWN


def shares(method: Prediction, degrees: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """What a common coauthor with so many coauthors adds to the score of two people; of fewer than 2, nothing.

    ADAMIC_ADAR: 1/ln(degree), Adamic and Adar 2003, "Friends and neighbors on the Web". RESOURCE_ALLOCATION: 1/degree, Zhou, Lü
    and Zhang 2009, "Predicting missing links via local information". COMMON_COAUTHORS: 1, Newman 2001, "Clustering and
    preferential attachment in growing networks". The logarithm is the C library's for every store: numpy's own may differ in
    the last bit.
    """
    distinct_degrees, places = np.unique(degrees, return_inverse=True)
    match method:
        case Prediction.ADAMIC_ADAR:
            table = [1.0 / math.log(degree) if degree > 1 else 0.0 for degree in distinct_degrees.tolist()]
        case Prediction.RESOURCE_ALLOCATION:
            table = [1.0 / degree if degree > 1 else 0.0 for degree in distinct_degrees.tolist()]
        case Prediction.COMMON_COAUTHORS:
            table = [1.0] * len(distinct_degrees)
    return np.array(table, np.float64)[places]
