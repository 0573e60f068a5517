"""What the commands print: progress, the summary of an ingest, lists of sources."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from byline.api.terminal import printable
from byline.data.notices import Notice, Outcome

if TYPE_CHECKING:
    from byline.data.ingest.report import Report, Tally
    from byline.data.sources import Source

Show: TypeAlias = Callable[[str, int, int | None], None]
# Seconds between two lines of progress where there is no terminal.
EVERY = 30.0
# Reasons that are listed; the rest is only counted.
LISTED = 50


@contextmanager
def progress(console: Console, clock: Callable[[], float] = time.monotonic) -> Iterator[Show]:
    """A function for (stage, done, total): one bar a stage with its rate and the time left. Where the console is no terminal, a
    line at most every half a minute, so that what is quick says nothing."""
    if not console.is_terminal:
        yield Lines(console, clock)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    # A minute of steps tells the rate: stages that work in blocks pause between them.
    with Progress(*columns, console=console, speed_estimate_period=60, get_time=clock) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(printable(stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


class Rate(ProgressColumn):
    """Steps a second; nothing while they are not known or fewer than one."""

    def render(self, task: Task) -> Text:
        """The column of one bar."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed and speed >= 1 else "")


class Lines:
    """Progress as lines: how far a stage is, how many a second, and how long the rest of it may take."""

    def __init__(self, console: Console, clock: Callable[[], float]) -> None:
        self._console, self._clock = console, clock
        self._stage = ""
        self._begun = (0, 0.0)
        self._last_shown = clock()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Say how far it is, if nothing was shown for a while."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._begun = stage, (done, now)
        if now - self._last_shown >= EVERY:
            self._last_shown = now
            self._console.print(f"{stage}: {done:,}{f' of {total:,}' if total else ''}{self._pace(done, total, now)}")

    def _pace(self, done: int, total: int | None, now: float) -> str:
        before, begun = self._begun
        speed = (done - before) / (now - begun) if now > begun else 0.0
        if speed <= 0:
            return ""
        left = f", {timedelta(seconds=round((total - done) / speed))} left" if total else ""
        return f"{f', {speed:,.0f}/s' if speed >= 1 else ''}{left}"


def report(out: Console, err: Console, report: "Report") -> None:
    """The summary of an ingest on `out`; on `err` what is not in the graph as it was stated, a line for each reason."""
    for outcome in Outcome:
        for tally in report.of(outcome):
            _notices(err, outcome, tally)
    counted = "".join(
        f", {outcome} {count:,}{_earlier(report, outcome)}" for outcome in Outcome if (count := report.count(outcome))
    )
    out.print(f"read {report.read:,}, kept {report.kept:,}{counted} in {report.seconds:.1f} s")
    for rule, count in report.merged.items():
        out.print(f"merged by {rule}: {count:,}")
    out.print(", ".join(f"{name} {count:,}" for name, count in report.counts.items()))
    for old in report.replaced:
        now = "it is gone from its folder" if old.records is None else f"{old.records:,} now"
        when = f" on {old.said_on}" if old.said_on else ""
        out.print(f"replaces what {old.file} said{when}: {old.records_before:,} records before, {now}")
    for file in report.known_files:
        out.print(f"{file} was ingested before")
    if report.unknown_citing:
        out.print(
            f"{report.unknown_citing:,} citations come from works without a record and count as citing works outside the graph"
        )
    if report.healed:
        out.print(f"the snapshot was damaged{' and is built anew' if report.changed else ''}: {report.healed}")
    out.print(f"snapshot {report.version}" if report.changed else "nothing was written")


def _earlier(report: "Report", outcome: Outcome) -> str:
    return f" ({count:,} of them in files of earlier ingests)" if (count := report.earlier(outcome)) else ""


def _notices(err: Console, outcome: Outcome, tally: "Tally") -> None:
    for reason, count in tally.reasons.most_common(LISTED):
        err.print(f"{outcome}: {_example(tally.examples[reason], count)}")
    if rest := tally.reasons.most_common()[LISTED:]:
        err.print(f"{outcome}: … {sum(count for _, count in rest):,} more, for {len(rest):,} other reasons")


def _example(notices: "Sequence[Notice]", count: int) -> str:
    """The first of those with one reason, and where the next ones are."""
    first, *others = notices
    if count == 1:
        return str(first)
    # Several of them may stand in one line.
    places = list(dict.fromkeys(f"{each.file}:{each.line}" for each in others))
    return f"{first} ({count - 1:,} more like it: {', '.join(places + ['…'] * (count > len(notices)))})"


def sources(out: Console, all_sources: Iterable["Source"]) -> None:
    """Each source with what it is, says and leaves open."""
    for source in all_sources:
        out.print(f"{source.name}: {source.about}")
        out.print(f"  licence: {source.licence}")
        out.print(f"  says: {source.says}")
        out.print(f"  silent on: {source.silent}")
        for name, about in source.options.items():
            out.print(f"  --option {name}=…: {about}")


def wrong(file: Path, errors: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The errors of a query, as its file has them: where, in which field, what, and what would be right."""
    for error in errors:
        at = next((f"{file}:{place['line']}:{place['column']}" for place in error.get("locations", ())), str(file))
        path = ".".join(map(str, error.get("path") or ()))
        hint = error["extensions"].get("hint")
        field, right = f" {path}:" if path else "", f" ({hint})" if hint else ""
        yield f"{at}:{field} {error['message']}{right} [{error['extensions']['code']}]"


def explained(account: dict[str, Any]) -> Iterator[str]:
    """The lines of `explain-query`."""
    if account["plan"] is None:
        yield f"no plan, the resolvers answer: {account['reason']}"
        return
    yield account["plan"]
    yield f"at most {account['cost']['atMost']} objects, about {account['cost']['about']}"
    yield f"answered by: {account['answeredBy']}"
    for step in account["steps"]:
        yield f"  {step['microseconds']:>9.1f} µs  {step['rowsIn']:>6} -> {step['rowsOut']:<6} {step['call']}"
