"""All records of one paper as one paper: later figures win, the fullest author list stands, the rest is united."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from data.gather import Entries, Gathered, Json, PaperRecord
from data.identify.keys import Decision
from graph.names import agree, block
from graph.text import compact

SAME_PLACE = "same place"
_T = TypeVar("_T")


@dataclass(slots=True)
class Paper:
    """One paper, merged. `count` is what a source states; its authors are a stretch of `Papers.entries`."""

    title: str
    abstract: str | None
    year: int | None
    date: str | None
    doi: str | None
    arxiv: str | None
    listed: int | None
    count: int | None
    complete: bool
    categories: tuple[int, ...]
    institutions: tuple[int, ...]
    reported: list[Json]


@dataclass(slots=True)
class Entry:
    """One authorship while lists are compared: node and form of `Gathered.people`."""

    node: int
    form: int
    printed: bool
    institutions: tuple[int, ...]
    corresponding: int


@dataclass
class Papers:
    """Merged papers in the order of `roots`; the authors of paper i are entries `bounds[i]` to `bounds[i + 1]`.

    `places` are nodes that stand in the same place of two lists under agreeing names, with the place in words;
    `absorbed` are nodes of which a list that was not kept spoke, each with the node that stands for it there.
    """

    roots: list[int] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    entries: Entries = field(default_factory=Entries)
    bounds: "array[int]" = field(default_factory=lambda: array("i", [0]))
    places: list[tuple[int, int, str]] = field(default_factory=list)
    absorbed: list[tuple[int, int]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def merge(gathered: Gathered) -> Papers:
    """The papers that the clusters of `gathered.papers` stand for."""
    merged = Papers()
    clusters: dict[int, list[PaperRecord]] = {}
    for node, root in enumerate(gathered.papers.roots().tolist()):
        clusters.setdefault(root, []).extend(gathered.records[node])
    for root, records in clusters.items():
        merged.roots.append(root)
        merged.papers.append(_paper(records))
        merged.papers[-1].complete = _Lists(gathered, merged).write(records)
        merged.bounds.append(len(merged.entries))
    return merged


def _paper(records: Sequence[PaperRecord]) -> Paper:
    last = records[-1]
    paper = Paper(
        last.title, last.abstract, last.year, last.date, last.doi, last.arxiv, last.listed, last.count, False,
        last.categories, last.institutions, [last.reported] if last.reported else [],
    )  # fmt: skip
    if len(records) == 1:
        return paper
    for name in ("abstract", "doi", "arxiv", "listed", "count"):
        setattr(paper, name, _latest([getattr(record, name) for record in records]))
    paper.year = _latest([record.year for record in records])
    # A day of another year than the one that was said last is an older statement.
    paper.date = _latest([record.date for record in records if record.year == paper.year])
    paper.categories = _union([record.categories for record in records])
    paper.institutions = _union([record.institutions for record in records])
    paper.reported = latest_reports([record.reported for record in records if record.reported])
    return paper


def latest_reports(reports: Sequence[Json]) -> list[Json]:
    """One report for each source and day, the one that came last."""
    return list({(report["source"], report.get("as_of")): report for report in reports}.values())


def _latest(values: Sequence[_T | None]) -> _T | None:
    return next((value for value in reversed(values) if value is not None), None)


def _union(lists: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each for values in lists for each in values))


class _Lists:
    """The author lists of one paper: the fullest stands, the others give it ids, institutions and hidden authors."""

    def __init__(self, gathered: Gathered, merged: Papers) -> None:
        self.source, self.people, self.merged = gathered.entries, gathered.people, merged

    def write(self, records: Sequence[PaperRecord]) -> bool:
        """Put the one list behind the others. Answers whether it is complete."""
        lists = [record for record in records if record.complete or record.end > record.start]
        if not lists:
            return False
        base = max(reversed(lists), key=self._fullness)
        entries = self._read(base)
        for other in lists:
            if other is not base:
                self._carry(entries, base, other)
        for entry in sorted(entries, key=lambda entry: not entry.printed):
            self.merged.entries.add(entry.node, entry.form, entry.printed, entry.institutions, entry.corresponding)
        return base.complete

    def _fullness(self, record: PaperRecord) -> tuple[bool, int]:
        printed = sum(self.source.printed[record.start : record.end])
        return record.complete and printed > 0, printed

    def _read(self, record: PaperRecord) -> list[Entry]:
        source = self.source
        return [
            Entry(
                source.node[i], source.form[i], bool(source.printed[i]), source.institutions.get(i, ()), source.corresponding[i]
            )
            for i in range(record.start, record.end)
        ]

    def _carry(self, entries: list[Entry], base: PaperRecord, other: PaperRecord) -> None:
        standing = [entry for entry in entries if entry.printed]
        found = self._read(other)
        hidden = [entry for entry in found if not entry.printed]
        for place, entry in enumerate(entry for entry in found if entry.printed):
            if place < len(standing) and self._agree(standing[place], entry):
                self._unite(standing[place], entry, f"place {place + 1} among the authors of {other.title!r}")
            elif not base.complete:
                hidden.append(replace(entry, printed=False))
        # Compared only within a block: lists of a thousand names are met.
        known: dict[object, list[Entry]] = {}
        for entry in entries:
            known.setdefault(self._block(entry), []).append(entry)
        for entry in hidden:
            alike = known.setdefault(self._block(entry), [])
            if match := next((each for each in alike if self._agree(entry, each)), None):
                self._unite(match, entry, f"both among the authors of {other.title!r}")
            else:
                alike.append(entry)
                entries.append(entry)

    def _block(self, entry: Entry) -> object:
        return block(self.people.forms[entry.form]) or self.people.plain[entry.form]

    def _agree(self, left: Entry, right: Entry) -> bool:
        return left.node == right.node or agree(self.people.forms[left.form], self.people.forms[right.form])

    def _unite(self, standing: Entry, other: Entry, place: str) -> None:
        standing.institutions = _union([standing.institutions, other.institutions])
        if standing.corresponding < 0:
            standing.corresponding = other.corresponding
        if standing.node == other.node:
            return
        nameless = [self.people.named(entry.node) for entry in (standing, other)]
        if nameless[0] == nameless[1]:
            self.merged.places.append((standing.node, other.node, place))
            self.merged.absorbed.append((other.node, standing.node))
            return
        known, named = (other, standing) if nameless[0] else (standing, other)
        left, right = (self.people.forms[entry.form] for entry in (known, named))
        if compact(left) != compact(right):
            self.merged.decisions.append(Decision(known.node, left, right, SAME_PLACE, place))
        self.people.bear(known.node, named.form, int(nameless[0]))
        self.merged.absorbed.append((named.node, known.node))
        standing.node = known.node
