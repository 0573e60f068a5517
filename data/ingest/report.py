"""What an ingest did: records read, kept and rejected with the reasons, what was merged, what each stage took, what is known."""

import json
import re
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.ingest.replacing import Replaced
from byline.data.notices import Notice, Outcome
from byline.data.remembered import remembered
from byline.graph.model import Facts

REPORT = "report.json"
SHOWN_NOTICES = 1000
# Different reasons that are counted apart; those that come later are counted together.
_REASONS = 200
_OTHER = "other reasons"
_EVERY = 0.1
# Notices of one reason that are told with their places.
_EXAMPLES = 4
# Between quotes is a value; an apostrophe inside of a word neither begins nor ends one.
_VALUE = re.compile(r"""(?<!\w)(?:'.*?'|".*?")(?!\w)""")
# A word with a digit or a slash in it is an id or a number of the input, but not in what is said to be right.
_NUMBER = re.compile(
    r"(?<!such as )(?<!begin with )(?<!at least )(?<!at most )(?<![\w…./-])[^\s:,()]*[\d/](?:[^\s,()]|,(?=\d))*(?<![.:;])"
)

_PLACE = re.compile(r"\[\d+\]")
# Where in the text, and what was given instead.
_CONTEXT = re.compile(r" \(character \d+\)$|, not [^;]*")


@dataclass
class Tally:
    """What was found of one outcome in one source.

    `count` counts pieces of input, `earlier` those of them in files of earlier ingests, `reasons` counts them by member and
    reason, `first` has the first 1000 notices, `examples` the first few of each reason.
    """

    count: int = 0
    earlier: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: list[Notice] = field(default_factory=list)
    examples: dict[str, list[Notice]] = field(default_factory=dict)

    def take(self, notice: Notice, source: str) -> str:
        """Count a notice of a source, and keep it if it is among the first. Answers the reason it is counted under."""
        self.count += notice.count
        self.earlier += notice.count if notice.earlier else 0
        if len(self.first) < SHOWN_NOTICES:
            self.first.append(replace(notice, source=source))
        reason = grouped(notice)
        reason = reason if reason in self.reasons or len(self.reasons) < _REASONS else _OTHER
        self.reasons[reason] += notice.count
        if (examples := self.examples.get(reason)) is None:
            examples = self.examples[reason] = []
        if len(examples) < _EXAMPLES:
            examples.append(replace(notice, source=source))
        return reason

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON: reasons by count, each with its first places."""
        reasons = [
            {"reason": reason, "count": count, "examples": [f"{each.file}:{each.line}" for each in self.examples[reason]]}
            for reason, count in self.reasons.most_common()
        ]
        return {
            "count": self.count,
            "earlier": self.earlier,
            "reasons": reasons,
            "first": [each.as_dict() for each in self.first],
        }


@dataclass
class Report:
    """What an ingest did.

    `read` records are those `kept` and those refused. `tallies` has, by source and outcome, what was refused, left out, mended
    or doubted, or has no place in the graph; what is doubted by the whole graph is told of the files it stands in, of earlier
    ingests too. `merged` counts the merges by rule and `counts` the
    nodes and links of the whole new snapshot. `known_files` were ingested before and change nothing, `replaced`
    is what files said before that say something else now. `unknown_citing`
    counts citations by works outside the graph. `stages` has seconds and peak memory in bytes of each stage,
    `coverage` the share of known values of each column in per cent. `version` is null in a store that is still empty;
    `changed` tells whether a new snapshot is served, `healed` what was wrong with the one before it.
    """

    source: str
    files: list[str]
    kept: int = 0
    tallies: dict[str, dict[Outcome, Tally]] = field(default_factory=dict)
    merged: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    unknown_citing: int = 0
    known_files: list[str] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    coverage: dict[str, dict[str, float]] = field(default_factory=dict)
    version: str | None = None
    changed: bool = False
    healed: str | None = None
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """How many records were read, those included that were refused."""
        return self.kept + self.count(Outcome.REFUSED)

    @property
    def clean(self) -> bool:
        """Whether all that this ingest read is in the graph as it was stated. What has no place there is no fault of the input,
        and what contradicts in files of earlier ingests none of this one."""
        return not any(self.count(outcome) - self.earlier(outcome) for outcome in Outcome if outcome is not Outcome.NO_PLACE)

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON; `notices` for `tallies`."""
        members = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "tallies"}
        notices = {
            source: {str(outcome): tally.as_dict() for outcome, tally in outcomes.items()}
            for source, outcomes in self.tallies.items()
        }
        return {"read": self.read} | members | {"notices": notices}

    def take(self, notice: Notice, source: str = "") -> str:
        """Count a notice under its source, or the one given, and outcome. Answers the reason it is counted under."""
        source = source or notice.source
        outcomes = self.tallies.setdefault(source, {})
        if (tally := outcomes.get(notice.outcome)) is None:
            tally = outcomes[notice.outcome] = Tally()
        return tally.take(notice, source)

    def of(self, outcome: Outcome) -> list[Tally]:
        """What was found of one outcome, source by source."""
        return [outcomes[outcome] for outcomes in self.tallies.values() if outcome in outcomes]

    def count(self, outcome: Outcome) -> int:
        """How many pieces of input have this outcome."""
        return sum(tally.count for tally in self.of(outcome))

    def earlier(self, outcome: Outcome) -> int:
        """How many of them are in files of earlier ingests."""
        return sum(tally.earlier for tally in self.of(outcome))

    def first(self, outcome: Outcome) -> list[Notice]:
        """The first notices of one outcome, of all sources."""
        return [notice for tally in self.of(outcome) for notice in tally.first]


def grouped(notice: Notice) -> str:
    """Member and reason without the value at hand: what notices of one sort have in common."""
    member, reason = _without_places(notice.member), _without_values(notice.reason)
    return f"{member}: {reason}" if member else reason


@remembered(1 << 12)
def _without_places(member: str) -> str:
    return _PLACE.sub("[]", member)


def _without_values(reason: str) -> str:
    """One reason is often told of the same value in many places, or of another value in each."""
    told, opened, value = reason.partition(" '")
    # One value, at the end: what is told of it is cut once for all values.
    if opened and 0 <= value.find("'") == len(value) - 1 and "'" not in told and '"' not in reason and value.isprintable():
        return _of_one_value(told)
    return _cut(reason)


@remembered(1 << 10)
def _of_one_value(told: str) -> str:
    return _cut(f"{told} ''")


@remembered(1 << 12)
def _cut(reason: str) -> str:
    reason = _CONTEXT.sub("", _VALUE.sub("…", reason))
    return _NUMBER.sub("…", reason)


def coverage(facts: Facts) -> dict[str, dict[str, float]]:
    """For each kind and column the share of rows with a value, in per cent; an empty list is none."""
    shares: dict[str, dict[str, float]] = {}
    for kind, table in facts.nodes.items():
        rows = max(table.num_rows, 1)
        shares[str(kind)] = {name: round(100 * _known(table[name]) / rows, 2) for name in table.column_names}
    return shares


def _known(column: pa.ChunkedArray) -> int:
    if not pa.types.is_list(column.type):
        return int(len(column) - column.null_count)
    return sum(int(np.count_nonzero(pc.list_value_length(chunk).fill_null(0))) for chunk in column.chunks)


class Watch:
    """A progress that passes on what it is told, and notes seconds and peak memory of each stage."""

    def __init__(self, progress: Callable[[str, int, int | None], None]) -> None:
        self._progress = progress
        self.stages: dict[str, dict[str, float]] = {}
        self._stage: dict[str, float] | None = None
        self._begun = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._begun = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        self._end()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note of how far a stage is."""
        if self.stages.get(stage) is not self._stage or self._stage is None:
            self._end()
            self._stage = self.stages.setdefault(stage, {"seconds": 0.0, "peak_bytes": 0.0})
        self._note()
        self._progress(stage, done, total)

    def _end(self) -> None:
        now = time.monotonic()
        # What comes before the first stage that is named belongs to it.
        if self._stage is not None:
            self._stage["seconds"] = round(self._stage["seconds"] + now - self._begun, 3)
            self._begun = now

    def so_far(self) -> dict[str, dict[str, float]]:
        """Seconds and peak memory of each stage until now."""
        self._end()
        return self.stages

    def _note(self) -> None:
        stage = self._stage
        if stage is not None:
            stage["peak_bytes"] = max(stage["peak_bytes"], float(resident()))

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self._note()


def resident() -> int:
    """Bytes of this process that are in memory, mapped files included; where nobody tells, the most there ever were."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024
    return pages * resource.getpagesize()


def write_report(folder: Path, report: Report, sources: Sequence[Mapping[str, Any]]) -> Path:
    """Put the report beside the columns of a snapshot. `sources` tell of all segments, those of before included."""
    path = folder / REPORT
    path.write_text(json.dumps({"ingest": report.as_dict(), "sources": sources}, indent=1, default=str), encoding="utf-8")
    return path
