"""How far a paper replaces what it cites."""

import numpy as np
import numpy.typing as npt

METHOD = (
    "disruption index CD (Funk and Owen-Smith 2017; Wu, Wang and Evans 2019): (i - j) / (i + j + k) over strictly later papers, "
    "by day where both days are known, else by year, i citing the paper and none of its references, j citing both, k citing "
    "references only; from -1, develops, to 1, displaces"
)
NO_YEAR = "The year of the paper is unknown, so later papers cannot be determined"
NO_REFERENCES = "No references of the paper are known"
NOTHING_LATER = "No later paper cites the paper or its references"
# Citations of the references of one paper beyond which it is not worked out.
MOST = 2_000_000
TOO_MANY = f"the paper's references are cited more than {MOST} times"
Keys = npt.NDArray[np.int64]


def disruption(citing: Keys, around: Keys, papers: int, size: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """CD = (i - j) / (i + j + k) of each of some papers, and i + j + k (Funk and Owen-Smith 2017, "A dynamic network measure of
    technological change"; the sign as in Wu, Wang and Evans 2019, "Large teams develop and small teams disrupt").

    `citing` holds paper * size + other for every later paper that cites one of the papers, `around` the same for every later
    paper that cites one of its references, repeated or not. NaN where both are empty; a paper without references must be left out
    by the caller: it would have 1, which says nothing.
    """
    direct, near = np.unique(citing), np.unique(around)
    both = np.isin(direct, near, assume_unique=True)
    all_ = np.bincount(direct // size, minlength=papers)
    develops = np.bincount(direct[both] // size, minlength=papers)
    only = np.bincount(near // size, minlength=papers) - develops
    total = all_ + only
    value = np.full(papers, np.nan)
    some = total > 0
    value[some] = (all_ - 2 * develops)[some] / total[some]
    return value, total
