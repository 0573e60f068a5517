"""One ingest: files of a source become segments, all segments become the next snapshot, and CURRENT names it at last.

Whatever happens on the way, CURRENT names a whole snapshot: the one before or the one after.
"""

import fcntl
import hashlib
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from byline.data.build.build import MEMORY, Built, Progress, build_contents, silent
from byline.data.files import publish, sync
from byline.data.identify.decisions import FILE, NONE, Decisions
from byline.data.identify.decisions import read as read_decisions
from byline.data.ingest import generate as made_up
from byline.data.ingest.detect_format import Problem, detect
from byline.data.ingest.garbage import moved_together, rarely_collected
from byline.data.ingest.replacing import Reading, name_of, settle
from byline.data.ingest.report import Report, Watch, coverage, write_report
from byline.data.ingest.retention import clean as tidy
from byline.data.ingest.retention import newest_list, read_retained, remember, remove
from byline.data.limits import DEFAULT, Limits, limited
from byline.data.notices import Notice, Outcome
from byline.data.segments import segments
from byline.data.segments.segments import Segment, Writer
from byline.data.segments.spool import Scratch
from byline.data.sources import SOURCES, Source
from byline.graph.errors import BylineError, NoSnapshot, SourceFailed, StoreBusy, StoreFailed, WrongUse, with_place
from byline.graph.model import FORMAT
from byline.graph.model import Source as Given
from byline.graph.spare_memory import trim
from byline.graph.store.columnar.build.write import counted, counts, write
from byline.graph.store.columnar.files.layout import CURRENT, LOCK, SEGMENTS, SNAPSHOTS, current
from byline.graph.store.columnar.files.load import verify
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds

SAMPLE = Path(__file__).parents[1] / "sample" / "andrew-kyle-lampinen.txt"
# The year in which the sample's page was saved, and so the year of its days without one.
SAMPLE_OPTIONS = {"captured": "2026"}
_HASH = re.compile(r"[0-9a-f]{32}")
# Snapshots that a store keeps, the current one included, where nothing else is said.
SNAPSHOTS_KEPT = 2
_BUILDING = ".building-"
_TEMPORARY_CURRENT = ".CURRENT-new"
_SCRATCH = ".scratch"
_EVERY = 1000
_PATIENCE = 60.0

# Reads into a folder, given the segments that are there; answers all that are to be there.
Read: TypeAlias = Callable[[Path, list[Segment]], list[Segment]]


@dataclass(frozen=True)
class IngestRequest:
    """Files of one source, with its options. `name` is what the only file or folder is known by, where it is not its path."""

    source: str
    files: Sequence[Path]
    options: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None


def ingest(
    store: Path,
    source: str,
    files: Sequence[Path],
    *,
    options: Mapping[str, str] | None = None,
    name: str | None = None,
    add: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
    memory: int = MEMORY,
    snapshots: int = SNAPSHOTS_KEPT,
    limits: Limits = DEFAULT,
    pairs: PairBounds = BOUNDS,
) -> Report:
    """Add the files of a source to the store. A dry run reads, resolves and counts, and writes nothing into the store.

    A file that was ingested before, under its name (replacing.py) or the one that `name` says, is replaced: what it says now
    stands where that stood which it said before; of a folder files that are gone are taken out. With `add` both stand.
    `memory` bounds the bytes that building takes at once; the rest goes through files. `snapshots` are kept, the new one
    included. A snapshot that is damaged is built anew, whether or not anything is added. `limits` bound what a file
    unpacks to, and how long, deep and full its records may be; `pairs` which pairs of coauthors the snapshot keeps.
    Raises WrongUse for an unknown source or option, SourceFailed for a file that is missing, damaged or cut short,
    or for a line of the store's decisions that cannot be obeyed, StoreBusy while another ingest runs, StoreFailed where
    the store cannot be read or written. After an error the store serves what it served before.
    """
    bounds: Any = {"progress": progress, "memory": memory, "snapshots": snapshots, "limits": limits, "pairs": pairs}
    return ingest_all(store, [IngestRequest(source, files, options or {}, name)], add=add, dry_run=dry_run, **bounds)


def ingest_all(
    store: Path,
    requests: Sequence[IngestRequest],
    *,
    add: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
    memory: int = MEMORY,
    snapshots: int = SNAPSHOTS_KEPT,
    limits: Limits = DEFAULT,
    pairs: PairBounds = BOUNDS,
) -> Report:
    """Add the files of several sources, and build one snapshot of all instead of one after each source: see `ingest`.

    The report counts them together; all of them are added, or none.
    """
    sources = [source_of(each.source, each.options) for each in requests]
    if any(each.name is not None and len(each.files) != 1 for each in requests):
        raise WrongUse("a name is for one file or folder", "ingest the others by themselves")
    parts = [_parts(source, each.files) for source, each in zip(sources, requests, strict=True)]
    names = ", ".join(dict.fromkeys(each.source for each in requests))
    report = Report(names, [str(path) for each in parts for path in each])
    run = _Run(store, report, progress, memory, snapshots, limits, pairs)

    def read(folder: Path, before: list[Segment]) -> list[Segment]:
        reading = Reading()
        for source, each, files in zip(sources, requests, parts, strict=True):
            run.read(folder, source, each, files, before, reading)
        every, report.replaced = settle(before, reading, add)
        return every

    return _carry_out(run, read, dry_run)


def generate(
    store: Path,
    papers: int,
    seed: int = 1,
    *,
    all_ids: bool = False,
    progress: Progress = silent,
    memory: int = MEMORY,
    snapshots: int = SNAPSHOTS_KEPT,
    limits: Limits = DEFAULT,
    pairs: PairBounds = BOUNDS,
) -> Report:
    """Add a made-up literature of so many papers to the store; with `all_ids` one whose every authorship states its author's
    id, as those of large catalogues do. Raises as `ingest` does."""
    if not 0 < papers < 2**31:
        raise WrongUse(f"{papers} is no number of papers", "from 1 to 2147483647")
    report = Report(made_up.SOURCE, [f"{papers} papers, seed {seed}{', all ids' if all_ids else ''}"])
    run = _Run(store, report, progress, memory, snapshots, limits, pairs)
    return _carry_out(run, lambda folder, before: run.make_up(folder, (papers, seed, all_ids), before), False)


def rebuild(
    store: Path,
    *,
    progress: Progress = silent,
    memory: int = MEMORY,
    snapshots: int = SNAPSHOTS_KEPT,
    limits: Limits = DEFAULT,
    pairs: PairBounds = BOUNDS,
) -> Report:
    """Build the snapshot of the store's segments anew where its decisions have changed or it is damaged. Raises as `ingest`
    does, and NoSnapshot where nothing was ingested yet."""
    if not (store / CURRENT).exists() and newest_list(store) is None:
        raise NoSnapshot(f"{store} holds no snapshot", "byline ingest makes one")
    return _carry_out(
        _Run(store, Report("rebuild", []), progress, memory, snapshots, limits, pairs), lambda folder, before: before, False
    )


def _carry_out(run: "_Run", read: Read, dry_run: bool) -> Report:
    begun = time.monotonic()
    try:
        with Watch(run.progress) as watch, limited(run.limits), rarely_collected():
            run.progress = watch
            if dry_run:
                with tempfile.TemporaryDirectory() as folder:
                    run.dry(Path(folder), read)
            else:
                with _locked(run.store):
                    run.real(read)
    except BylineError:
        raise
    except Exception as error:
        raise StoreFailed(f"{run.store} was not changed: {with_place(error)}") from error
    run.report.stages = watch.stages
    run.report.seconds = time.monotonic() - begun
    return run.report


def ensure_sample(store: Path) -> None:
    """Ingest the sample into a store without a snapshot. Several processes may ask at once: one does it, the others wait."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            current(store)
            return
        except NoSnapshot:
            try:
                if newest_list(store) is not None:
                    # CURRENT was lost: the store is somebody's, and no place for the sample.
                    rebuild(store)
                    continue
                ingest(store, "seed_page", [SAMPLE], options=SAMPLE_OPTIONS)
            except StoreBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def source_of(name: str, options: Mapping[str, str]) -> Source:
    """The source of a name, which has these options. Raises WrongUse."""
    if name not in SOURCES:
        raise WrongUse(f"there is no source {name!r}", f"one of {', '.join(SOURCES)}")
    if unknown := [option for option in options if option not in SOURCES[name].options]:
        allowed = ", ".join(SOURCES[name].options) or "none"
        raise WrongUse(f"{name} has no option {unknown[0]!r}", f"its options: {allowed}")
    return SOURCES[name]


def _parts(source: Source, files: Sequence[Path]) -> dict[Path, str]:
    """The files to read, each with the name by which a segment knows it: a folder is taken for its parts."""
    if not files:
        raise WrongUse("no file is given")
    name_of_part: dict[Path, str] = {}
    for path in files:
        if path.is_dir() and source.parts is not None:
            inside = {part: part.relative_to(path).as_posix() for part in source.parts(path)}
            if not inside:
                raise SourceFailed(f"{path} holds no file that {source.name} reads")
            name_of_part |= inside
        elif path.is_file():
            name_of_part[path] = path.name
        else:
            raise SourceFailed(f"{path} is {'not a file' if path.exists() else 'not there'}")
    return name_of_part


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    if store.exists() and not store.is_dir():
        raise StoreFailed(f"{store} is no folder")
    store.mkdir(parents=True, exist_ok=True)
    with (store / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(f"another ingest writes into {store}", "wait until it is done") from None
        yield


@dataclass
class _Run:
    store: Path
    report: Report
    progress: Progress
    memory: int
    snapshots: int
    limits: Limits
    pairs: PairBounds
    decisions: Decisions = NONE
    # The segments of what this ingest reads, by hash.
    ingested: set[str] = field(default_factory=set)
    # The bounds of pairs that the snapshot was built with.
    paired: dict[str, int] | None = None

    def real(self, read: Read) -> None:
        self.decisions = read_decisions(self.store / FILE)
        clean(self.store, self.snapshots)
        folder = self.store / SEGMENTS
        for needed in (folder, self.store / SNAPSHOTS):
            needed.mkdir(exist_ok=True)
        try:
            before = self._before()
            every = read(folder, before)
            if _hashes(every) != _hashes(before) or self._decided_anew(before) or self._damaged(before):
                self._publish(every, folder)
            elif every != before and self.report.version:
                remember(self.store, self.report.version, every)
        finally:
            clean(self.store, self.snapshots)

    def dry(self, folder: Path, read: Read) -> None:
        self.decisions = read_decisions(self.store / FILE)
        before = self._before()
        every = read(folder, before)
        if _hashes(every) != _hashes(before):
            there = set(_hashes(before))
            paths = {each: self.store / SEGMENTS if each in there else folder for each in _hashes(every)}
            scratch = folder / _SCRATCH
            scratch.mkdir()
            self._build(every, paths, scratch)

    def _before(self) -> list[Segment]:
        retained = read_retained(self.store)
        self.report.version, self.report.counts = retained.about.get("version"), counted(retained.about.get("counts", {}))
        self.report.healed = retained.problem
        self.paired = retained.about.get("pairs")
        return list(retained.segments)

    def _decided_anew(self, before: list[Segment]) -> bool:
        """Whether the decisions, or the bounds of pairs, are not those that the snapshot was built with."""
        decided = self.report.version == version(before, self.decisions)
        return bool(before) and not (decided and self.paired == asdict(self.pairs))

    def _damaged(self, before: list[Segment]) -> bool:
        """Whether the snapshot must be built anew though nothing is added: then there is time to read all of its files."""
        if before and self.report.healed is None:
            self.report.healed = next(iter(verify(current(self.store))), None)
        return self.report.healed is not None

    def make_up(self, folder: Path, shape: tuple[int, int, bool], before: list[Segment]) -> list[Segment]:
        """The segment of a made-up literature, unless the store has it. Raises WrongUse where it has another one: both would
        number their papers and people alike, and be joined by ids that mean nothing."""
        name = self.report.files[0]
        for segment in before:
            if segment.source == made_up.SOURCE and segment.files != (name,):
                raise WrongUse(f"{self.store} holds another made-up literature: {segment.files[0]}", "name another store")
        with Writer(folder, made_up.SOURCE, name) as writer:
            for done in made_up.generate(writer, *shape):
                self.progress("generate", done, shape[0])
            segment = Segment(writer.finish(), made_up.SOURCE, (name,), writer.records, 0)
            self.ingested.add(segment.hash)
            self.report.kept = writer.records
            if segment.hash in {each.hash for each in before}:
                self.report.known_files.append(name)
                return before
            writer.keep(segment)
        return [*before, segment]

    def read(
        self,
        folder: Path,
        source: Source,
        request: IngestRequest,
        files: Mapping[Path, str],
        before: list[Segment],
        reading: Reading,
    ) -> None:
        """Read files of a source, and write the segments that the store does not have.

        Raises SourceFailed for a file that is empty or none of the source's. Among those of a folder such a one is listed,
        unless all of them are.
        """
        hashes = {segment.hash for segment in (*before, *reading.segments)}
        names = _names(self.store, request, files)
        reading.folders += [(source.name, f"{_name(self.store, request, path)}/") for path in request.files if path.is_dir()]
        today = datetime.now(UTC).date().isoformat()
        strange: list[Problem] = []
        refused: dict[str, int] = {}
        kept_at: int | None = None
        for path, name in files.items():
            with Writer(folder, source.name, name) as writer:
                reasons, problem = self._pour(source, request.options, path, writer)
                if problem is not None:
                    strange.append(problem)
                    if path in request.files or len(strange) == len(files):
                        raise strange[0].error() if len(strange) == len(files) else problem.error()
                    reasons[self.report.take(replace(problem.notice(name), source=source.name))] += 1
                rejected = sum(reasons.values())
                if problem is not None:
                    refused[name] = rejected
                own = (writer.finish(), source.name, (name,), writer.records, rejected, dict(reasons))
                segment = Segment(*own, names=(names[path],), ingested=today)
                self.ingested.add(segment.hash)
                if segment.hash in hashes:
                    self.report.known_files.append(str(path))
                    reading.segments.append(segment)
                elif segment.records:
                    hashes.add(segment.hash)
                    writer.keep(segment)
                    kept_at = len(reading.segments)
                    reading.segments.append(segment)
                else:
                    reading.refused.add((source.name, names[path]))
        if kept_at is not None:
            # Files refused whole have no segment: the last new one of the ingest keeps their names.
            reading.segments[kept_at] = replace(reading.segments[kept_at], refused=refused)

    def _pour(
        self, source: Source, options: Mapping[str, str], path: Path, writer: Writer
    ) -> tuple[Counter[str], Problem | None]:
        """Reads a file. Answers why records of it were refused, and what is wrong with it where it is none of the source's."""
        report = self.report
        reasons: Counter[str] = Counter()
        looked, first = detect(source, path), None
        if looked.problem is not None:
            return reasons, looked.problem
        read = report.read
        for record in source.read(path, options):
            if not isinstance(record, Notice):
                report.kept += 1
                writer.add(record)
            else:
                reason = report.take(record, source.name)
                if record.outcome is not Outcome.REFUSED:
                    continue
                first = first or record
                reasons[reason] += record.count
            if (read := read + 1) % _EVERY == 0:
                self.progress(f"read {path.name}", report.read, None)
        self.progress(f"read {path.name}", report.read, report.read)
        return reasons, None if writer.records else looked.nothing(first)

    def _build(self, every: list[Segment], folders: Mapping[str, Path], scratch: Path) -> Built:
        self.report.tallies = moved_together(self.report.tallies)
        contents = [
            replace(segments.read(folders[segment.hash], segment), earlier=segment.hash not in self.ingested) for segment in every
        ]
        built = build_contents(contents, _sources(every), self.progress, Scratch(self.memory, scratch), self.decisions)
        self.report.merged, self.report.unknown_citing = built.merged, built.unknown_citing
        for notice in built.notices:
            self.report.take(notice)
        self.report.counts, self.report.version = counts(built.facts), version(every, self.decisions)
        self.report.coverage = coverage(built.facts)
        return built

    def _publish(self, every: list[Segment], folder: Path) -> None:
        scratch = self.store / _SCRATCH
        scratch.mkdir()
        built = self._build(every, dict.fromkeys((segment.hash for segment in every), folder), scratch)
        self.progress("write", 0, None)
        name = version(every, self.decisions)
        temporary = self.store / SNAPSHOTS / f"{_BUILDING}{name}"
        temporary.mkdir()
        about = {
            "version": name,
            "built_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "segments": [segment.as_dict() for segment in every],
            "previous": _previous(self.store, name),
        }
        # What identity took is free by now, and writing needs as much.
        trim()
        write(built.facts, temporary, about, self.memory // 2, self.progress, self.pairs)
        del built
        self._tell(temporary, every)
        place = self.store / SNAPSHOTS / name
        # Left by an ingest that was killed before CURRENT could name it.
        shutil.rmtree(place, ignore_errors=True)
        publish(temporary, place)
        remember(self.store, name, every)
        beside = self.store / _TEMPORARY_CURRENT
        beside.write_text(f"{name}\n", encoding="ascii")
        publish(beside, self.store / CURRENT)
        self.report.changed = True

    def _tell(self, folder: Path, every: list[Segment]) -> None:
        report = self.report
        report.stages = self.progress.so_far() if isinstance(self.progress, Watch) else {}
        described = [each.as_dict() | {"bytes": segments.size(self.store / SEGMENTS, each)} for each in every]
        sync(write_report(folder, report, described))


def _hashes(every: Sequence[Segment]) -> list[str]:
    return [segment.hash for segment in every]


def _name(store: Path, request: IngestRequest, path: Path) -> str:
    """The name of what is given: that which is asked for, else where it lies from the store's folder."""
    return name_of(store, path) if request.name is None else request.name


def _names(store: Path, request: IngestRequest, files: Mapping[Path, str]) -> dict[Path, str]:
    """The name of each file; those of a folder have its name before their place in it."""
    names = {path: _name(store, request, path) for path in request.files if not path.is_dir()}
    for folder in (path for path in request.files if path.is_dir()):
        inside = (path for path in files if path not in names and path.is_relative_to(folder))
        names |= {path: f"{_name(store, request, folder)}/{path.relative_to(folder).as_posix()}" for path in inside}
    return {path: names.get(path) or name_of(store, path) for path in files}


def version(every: Sequence[Segment], decisions: Decisions = NONE) -> str:
    """The version of the snapshot that these segments make, in this order, with these decisions: the same give the same."""
    content = "\n".join([f"format {FORMAT}", *(segment.hash for segment in every), *decisions.content()])
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def clean(store: Path, snapshots: int = SNAPSHOTS_KEPT) -> None:
    """Remove what killed ingests left, older snapshots than are to be kept, and the segments that none of the kept ones names.
    Only for who holds the lock."""
    for path in (*store.glob(f"{SNAPSHOTS}/{_BUILDING}*"), *store.glob(f"{SEGMENTS}/{segments.TEMPORARY}*"), store / _SCRATCH):
        remove(path)
    remove(store / _TEMPORARY_CURRENT)
    tidy(store, snapshots, lambda name: name if _HASH.fullmatch(name) else None)


def _previous(store: Path, new: str) -> str | None:
    """The snapshot before the one that is made: the current one, or its own predecessor where it is made anew."""
    about = read_retained(store).about
    before: str | None = about.get("version")
    return about.get("previous") if before == new else before


def _sources(every: Sequence[Segment]) -> list[Given]:
    return [
        _given(name, [each for each in every if each.source == name]) for name in dict.fromkeys(each.source for each in every)
    ]


def _given(name: str, parts: Sequence[Segment]) -> Given:
    """What the segments of a source gave. A file that was refused whole counts once, and not after it was ingested after all."""
    read = {file for segment in parts for file in segment.files}
    refused = {file: count for segment in parts for file, count in segment.refused.items() if file not in read}
    rejected = sum(segment.rejected for segment in parts) + sum(refused.values())
    return Given(name, sum(segment.records for segment in parts), rejected, len(refused))
