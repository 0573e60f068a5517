"""What all commands share: the terminal, exit codes, and what a build may take."""

from typing import TYPE_CHECKING, Any

from byline.api.settings import Settings
from byline.api.terminal import Terminal
from byline.data.notices import Outcome

if TYPE_CHECKING:
    from byline.data.ingest.report import Report

DONE, REJECTED, WRONG_USE, FAILED = 0, 1, 2, 3
# As a shell counts it: 128 and the number of the signal. Typer answers with it too.
STOPPED = 130


out = Terminal(soft_wrap=True, highlight=False, markup=False)
err = Terminal(stderr=True, soft_wrap=True, highlight=False, markup=False)


def bounds(settings: Settings) -> dict[str, Any]:
    """What a build may take, how many snapshots it keeps, and how large what it reads may be."""
    memory, limits = settings.build_memory_mb << 20, settings.file_limits()
    return {"memory": memory, "snapshots": settings.keep_snapshots, "limits": limits, "pairs": settings.pair_bounds()}


def ended(report: "Report", strict: bool = False) -> int:
    """The exit code of an ingest that is done; a strict one allows for nothing that is not in the graph as it was stated."""
    return REJECTED if report.count(Outcome.REFUSED) or (strict and not report.clean) else DONE
