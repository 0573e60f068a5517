"""Who stands between others: constraint and effective size of an ego network."""

import numpy as np
import numpy.typing as npt

CONSTRAINT = (
    "constraint (Burt 1992) in the coauthor graph, every tie of the same strength: how far the person's coauthors are bound to "
    "each other; low is a broker"
)
EFFECTIVE_SIZE = (
    "effective size (Burt 1992, as simplified by Borgatti 1997) in the coauthor graph: coauthors less the mean number of "
    "coauthors whom each of them shares with the person"
)
ISOLATE = "The author has no coauthors in scope"
AS_OF = "Brokerage can be restricted by `years`, not by `asOf`"
# Ties of the coauthors of one person beyond which it is not worked out.
MOST = 2_000_000
TOO_MANY = f"the person's coauthors have more than {MOST} ties"
Offsets = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def brokerage(offsets: Offsets, alters: Rows, ties: tuple[Offsets, Rows], size: int) -> tuple[Floats, Floats]:
    """(constraint, effective size) of n egos; NaN for those without coauthors (Burt 1992, "Structural Holes").

    `alters[offsets[i]:offsets[i + 1]]` are the coauthors of ego i, ascending, and `ties` (offsets, rows) the coauthors of each
    entry of `alters`, egos among them; `size` bounds the rows. With d the number of coauthors and p(i,j) = 1/d(i),

    constraint(i) = sum over j of (p(i,j) + sum over q of p(i,q) p(q,j))², q the coauthors that i and j share;
    effective size(i) = d(i) - 2 t(i) / d(i), t(i) the ties among the coauthors of i (Borgatti 1997).

    Sums run in the order of the rows, so that they come out alike everywhere.
    """
    degrees = np.diff(offsets)
    owner = np.repeat(np.arange(len(degrees)), degrees)
    through = np.repeat(np.arange(len(alters)), np.diff(ties[0]))
    alter_keys = owner * np.int64(size) + alters
    wanted = owner[through] * np.int64(size) + ties[1]
    places = np.minimum(np.searchsorted(alter_keys, wanted), max(len(alter_keys) - 1, 0))
    shared = alter_keys[places] == wanted if len(alter_keys) else np.zeros(0, np.bool_)
    strength = 1.0 / np.maximum(np.diff(ties[0]), 1)
    indirect = np.bincount(through[shared], strength[places[shared]], minlength=len(alters))
    local = (1.0 + indirect) / np.maximum(degrees, 1)[owner]
    constraint = np.bincount(owner, local * local, minlength=len(degrees))
    tied = np.bincount(owner[through[shared]], minlength=len(degrees))
    effective = degrees - tied / np.maximum(degrees, 1)
    return np.where(degrees > 0, constraint, np.nan), np.where(degrees > 0, effective, np.nan)
