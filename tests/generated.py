"""How many examples hypothesis draws: a part of them in `make test`, all with TEST_EXAMPLES=all, as CI runs once more."""

import os

_ALL = os.environ.get("TEST_EXAMPLES") == "all"
# A tenth finds what a change has just broken, and is a tenth of the time; fewer than these are drawn whole.
_SHARE, _FEW = 10, 15


def examples(count: int) -> int:
    """Of so many examples, how many are drawn in this run."""
    return count if _ALL else min(count, max(count // _SHARE, _FEW))
