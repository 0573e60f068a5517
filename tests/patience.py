"""Patience: how long a test waits for what must come. It asserts nothing: a busy machine takes its time."""

import time
from collections.abc import Callable

# In seconds.
PATIENCE = 120.0


def awaited(true: Callable[[], bool]) -> bool:
    """Whether something comes true while there is patience."""
    until = time.monotonic() + PATIENCE
    while not (came := true()) and time.monotonic() < until:
        time.sleep(0.05)
    return came
