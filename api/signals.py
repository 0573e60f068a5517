"""How a server ends: by signals, and with the process that started it.

uvicorn stops on SIGINT and SIGTERM, requests that are under way first. What it leaves to the system is a terminal that hangs up,
which would end a lone process in the middle of its answers, and workers whose parent was killed, which would serve for ever.
"""

import logging
import multiprocessing
import os
import signal
import time
from threading import Thread
from types import FrameType
from typing import Any

log = logging.getLogger("byline")
# Seconds beyond those for running requests after which a worker without a parent is ended however it is.
_GRACE = 2.0


def stop_on_hangup() -> None:
    """Take SIGHUP for SIGTERM, unless whoever started the process wants it ignored, as nohup does."""
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:
        signal.signal(hangup, _terminate)


def _terminate(number: int, frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)


def end_with_parent(stop_seconds: float) -> None:
    """In a worker: stop when the parent is gone. Its end of a pipe closes however it ends, by SIGKILL too."""
    if (parent := multiprocessing.parent_process()) is not None:
        Thread(target=_outlive, args=(parent, stop_seconds), name="byline-parent", daemon=True).start()


def _outlive(parent: Any, stop_seconds: float) -> None:
    parent.join()
    log.error("the process that started this one is gone: stopping")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(stop_seconds + _GRACE)
    os._exit(1)
