"""What the commands print: progress, the summary of an ingest, lists of sources."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from data.report import Report
    from data.sources import Source

# Rejected lines that are listed one by one; the rest is only counted.
LISTED = 50


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, int, int | None], None]]:
    """A function for (stage, done, total), shown as one bar a stage. Silent where the console is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def report(out: Console, err: Console, said: "Report") -> None:
    """The summary of an ingest on `out`, its rejected lines on `err`."""
    for one in said.rejections[:LISTED]:
        member = f"{one.member}: " if one.member else ""
        err.print(f"{one.file}:{one.line}: {member}{one.reason}")
    if said.rejected_count > min(len(said.rejections), LISTED):
        err.print(f"… {said.rejected_count - min(len(said.rejections), LISTED):,} more")
    out.print(f"read {said.read:,}, kept {said.kept:,}, rejected {said.rejected_count:,} in {said.seconds:.1f} s")
    for rule, count in said.merged.items():
        out.print(f"merged by {rule}: {count:,}")
    out.print(", ".join(f"{name} {count:,}" for name, count in said.counts.items()))
    for file in said.known_files:
        out.print(f"{file} was ingested before")
    if said.unknown_citing:
        out.print(f"{said.unknown_citing:,} citations come from papers that are not known")
    if said.healed:
        out.print(f"the snapshot was damaged{' and is built anew' if said.changed else ''}: {said.healed}")
    out.print(f"snapshot {said.version}" if said.changed else "nothing was written")


def sources(out: Console, known: Iterable["Source"]) -> None:
    """Each source with what it is, says and leaves open."""
    for source in known:
        out.print(f"{source.name}: {source.about}")
        out.print(f"  licence: {source.licence}")
        out.print(f"  says: {source.says}")
        out.print(f"  silent on: {source.silent}")
        for name, about in source.options.items():
            out.print(f"  --option {name}=…: {about}")


def explained(account: dict[str, Any]) -> Iterator[str]:
    """The lines of `explain-query`."""
    if account["plan"] is None:
        yield f"no plan, the resolvers answer: {account['reason']}"
        return
    yield account["plan"]
    yield f"at most {account['cost']['atMost']} objects, about {account['cost']['about']}"
    for step in account["steps"]:
        yield f"  {step['microseconds']:>9.1f} µs  {step['rowsIn']:>6} -> {step['rowsOut']:<6} {step['call']}"
