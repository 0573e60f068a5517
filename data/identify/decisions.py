"""Manual decisions of author disambiguation: a small file in the store that every build obeys, over all rules.

    # one person under two ids
    merge orcid:0000-0002-1825-0097 s2:2262347
    # these papers are by somebody else of that name
    split acl:ann-roe doi:10.1234/one P4n7zk2m8q0xw
    # a preprint and what it became; and what is another paper
    merge papers arxiv:1603.01234 doi:10.1234/two
    split papers doi:10.1234/three doi:10.1234/four

All ids are read as the rules alone would give them. First everything is merged, then papers are taken out; so the order of
the lines does not matter, and a split names a paper of any of those who were merged. Lines about papers are obeyed before
anybody is told apart (data/build/paper_decisions.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.identify.disambiguation_input import DECISION, DisambiguationInput, Resolution
from byline.graph.errors import SourceFailed, describe
from byline.graph.identifiers import normal
from byline.graph.ids import kind_of, public_id
from byline.graph.model import Kind

FILE = "decisions.txt"
RULE = "decision"
MERGE, SPLIT = "merge", "split"
_PAPERS = "papers"
_HOW = "merge ID ID, split ID PAPER-ID…, merge papers ID ID, or split papers ID ID…; an id is a public id or scheme:value"
# Behind everything that was met: who is split off leaves the name's own id to those who stay.
_LATER = 1 << 60


@dataclass(frozen=True)
class Line:
    """One decision. `people` and `papers` are the public ids, `written` the ids as the file has them. `of` tells whether it
    is about people or papers."""

    number: int
    verb: str
    people: tuple[str, ...]
    papers: tuple[str, ...]
    written: tuple[str, ...]
    of: Kind = Kind.AUTHOR

    def __str__(self) -> str:
        words = [self.verb, *([_PAPERS] if self.of is Kind.PAPER else []), *self.written]
        return f"{FILE}:{self.number}: {' '.join(words)}"


@dataclass(frozen=True)
class Decisions:
    """The lines of a file, in order."""

    lines: tuple[Line, ...] = ()

    def people(self) -> set[str]:
        """The public ids of all people who are named."""
        return {each for line in self.lines for each in line.people}

    def papers(self) -> set[str]:
        """The public ids of all papers that are named."""
        return {each for line in self.lines for each in line.papers}

    def about(self, kind: Kind) -> "Decisions":
        """Those about people or about papers alone."""
        return Decisions(tuple(line for line in self.lines if line.of is kind))

    def content(self) -> list[str]:
        """What is decided, comments and spacing aside; for the version of a snapshot."""
        return [" ".join([line.verb, *line.people, *line.papers]) for line in self.lines]

    def confirm(self, leads: Mapping[str, int]) -> None:
        """Raise SourceFailed where people of one `merge` are not one in the end. `leads` says whom each public id leads to."""
        for line in self.lines:
            if line.verb == MERGE and len({leads[each] for each in line.people}) > 1:
                wrong(line.number, f"{' and '.join(line.written)} are taken apart by a split", "keep one of the two lines")


NONE = Decisions()


def read(path: Path) -> Decisions:
    """The decisions of a file; none where there is no file. Raises SourceFailed with the number of a line that does not fit."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return NONE
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFailed(f"{path} cannot be read: {describe(error)}") from error
    return Decisions(tuple(_lines(text)))


def _lines(text: str) -> Iterator[Line]:
    for number, each in enumerate(text.split("\n"), start=1):
        words = each.split(" #")[0].split()
        if not words or words[0].startswith("#"):
            continue
        verb, *written = words
        of = Kind.PAPER if written[:1] == [_PAPERS] else Kind.AUTHOR
        written = written[1:] if of is Kind.PAPER else written
        if verb not in (MERGE, SPLIT) or len(written) < 2:
            wrong(number, f"is neither a merge nor a split: {each.strip()!r}")
        kinds = [of, *[of if verb == MERGE else Kind.PAPER] * (len(written) - 1)]
        ids = tuple(_key(number, kind, word) for kind, word in zip(kinds, written, strict=True))
        if verb == MERGE and len(set(ids)) < len(ids):
            wrong(number, f"names one {of} twice: {each.strip()!r}", "a merge takes two or more that differ")
        people = 0 if of is Kind.PAPER else len(ids) if verb == MERGE else 1
        yield Line(number, verb, ids[:people], ids[people:], tuple(written), of)


def _key(number: int, kind: Kind, identifier: str) -> str:
    """The public id that an id has or gives."""
    if kind_of(identifier) is kind:
        return identifier
    scheme, _, value = identifier.partition(":")
    if not scheme or not value:
        wrong(number, f"{identifier!r} is no id of {'a person' if kind is Kind.AUTHOR else 'a paper'}")
    return public_id(kind, f"{scheme.lower()}:{normal(scheme, value)}")


def wrong(number: int, problem: str, hint: str = _HOW) -> NoReturn:
    """Refuse a line."""
    raise SourceFailed(f"{FILE}:{number}: {problem}", hint)


def apply(
    decisions: Decisions, scene: DisambiguationInput, resolution: Resolution, people: Mapping[str, int], papers: Mapping[str, int]
) -> tuple[DisambiguationInput, Resolution]:
    """The people as the decisions leave them. `people` and `papers` have the cluster and the paper of each public id.

    Entries that a split takes from a known person are nobody's by id any more; a known person all of whose entries are taken
    goes with them. Raises SourceFailed for an id that leads nowhere, and for lines that contradict each other.
    """
    hand = _Hand(scene, resolution, people, papers)
    for line in decisions.lines:
        if line.verb == MERGE:
            hand.merge(line)
    hand.settle()
    for line in decisions.lines:
        if line.verb == SPLIT:
            hand.split(line)
    return hand.done()


class _Hand:
    def __init__(
        self, scene: DisambiguationInput, resolution: Resolution, people: Mapping[str, int], papers: Mapping[str, int]
    ) -> None:
        self._scene, self._by_rules, self._people, self._papers = scene, resolution, people, papers
        self._lead = np.arange(resolution.clusters, dtype=np.int32)
        # Clusters that a merge names, with the first line that does.
        self._merged: dict[int, Line] = {}
        # Of each entry the line that took it; its place among the lines that split.
        self._taken = np.full(len(scene.entry_paper), -1, np.int32)
        self._splits: list[tuple[Line, int]] = []
        self._rows: list[tuple[int, int, dict[str, Any]]] = []

    def merge(self, line: Line) -> None:
        first, *others = (self._cluster(line, at) for at in range(len(line.people)))
        for other in others:
            self._merged.setdefault(first, line)
            self._merged.setdefault(other, line)
            one, two = int(self._lead[first]), int(self._lead[other])
            if one != two:
                self._lead[self._lead == max(one, two)] = min(one, two)
                self._rows.append((first, -1, self._row(line, first, other, joined=True)))

    def settle(self) -> None:
        """Merges are done: whose entries are whose."""
        self.entry, self.person = self._lead[self._by_rules.entry], self._lead[self._by_rules.person]

    def split(self, line: Line) -> None:
        cluster = self._cluster(line, 0)
        own = np.flatnonzero(self.entry == self._lead[cluster])
        number = len(self._splits)
        for identifier, paper in zip(line.written[1:], line.papers, strict=True):
            if paper not in self._papers:
                wrong(line.number, f"no paper is known by {identifier!r}")
            here = own[self._scene.entry_paper[own] == self._papers[paper]]
            if not len(here):
                wrong(line.number, f"{identifier} is no paper of {line.written[0]}")
            before = self._taken[here]
            if (strange := before[(before >= 0) & (before != number)]).size:
                wrong(
                    line.number,
                    f"line {self._splits[int(strange[0])][0].number} takes {identifier} already",
                    "leave out one of them",
                )
            self._taken[here] = number
        self._splits.append((line, cluster))
        self._keep(line, own)

    def _keep(self, line: Line, own: npt.NDArray[np.int64]) -> None:
        """Refuse to take everything from a person, or everything that a merge brought."""
        if (self._taken[own] >= 0).all():
            wrong(line.number, f"takes every paper of {line.written[0]}", "leave one, or leave the line out")
        for cluster, by in self._merged.items():
            entries = np.flatnonzero(self._by_rules.entry == cluster)
            if len(entries) and self._lead[cluster] == self.entry[own[0]] and (self._taken[entries] >= 0).all():
                wrong(line.number, f"takes apart what line {by.number} merges", "keep one of the two lines")

    def done(self) -> tuple[DisambiguationInput, Resolution]:
        scene, new = self._scene, self._by_rules.clusters
        at = np.flatnonzero(self._taken >= 0)
        self.entry[at] = new + self._taken[at]
        owner = scene.entry_person
        first = scene.entry_first.copy()
        first[at] += _LATER
        known = owner >= 0
        # A known person goes along where one split takes all of their entries.
        low, high = np.full(scene.persons, np.iinfo(np.int32).max), np.full(scene.persons, -1)
        np.minimum.at(low, owner[known], self._taken[known])
        np.maximum.at(high, owner[known], self._taken[known])
        gone = np.flatnonzero((low == high) & (high >= 0))
        self.person[gone] = new + high[gone]
        left = owner.copy()
        taken = at[owner[at] >= 0]
        left[taken[~np.isin(owner[taken], gone)]] = -1
        for number, (line, cluster) in enumerate(self._splits):
            for near, far in ((new + number, cluster), (cluster, new + number)):
                self._rows.append((near, far, self._row(line, cluster, cluster, joined=False)))
        return replace(scene, entry_person=left, entry_first=first), self._resolution()

    def _resolution(self) -> Resolution:
        """With clusters numbered without gaps."""
        every = np.concatenate([self.entry, self.person])
        clusters = np.unique(every)
        # Of each cluster that there was, and of those split off, the number now.
        number = np.searchsorted(clusters, np.concatenate([self._lead, self._by_rules.clusters + np.arange(len(self._splits))]))
        rows = self._by_rules.decisions.to_pylist()
        rows += [row | {"cluster": near, "other": far if far >= 0 else None} for near, far, row in self._rows]
        for row in rows:
            row["cluster"] = int(number[row["cluster"]])
            row["other"] = None if row["other"] is None else int(number[row["other"]])
        apart = [row for row in rows if row["joined"] or row["other"] != row["cluster"]]
        joins = sum(row["joined"] for _, _, row in self._rows)
        counted = self._by_rules.merged | ({RULE: joins} if joins else {})
        entry, person = (np.searchsorted(clusters, each).astype(np.int32) for each in (self.entry, self.person))
        return Resolution(entry, person, pa.Table.from_pylist(apart, DECISION), counted)

    def _cluster(self, line: Line, at: int) -> int:
        if line.people[at] not in self._people:
            wrong(line.number, f"nobody is known by {line.written[at]!r}")
        return self._people[line.people[at]]

    def _row(self, line: Line, one: int, other: int, joined: bool) -> dict[str, Any]:
        left, right = self._name(one), self._name(other)
        return {"left": left, "right": right, "rule": RULE, "evidence": str(line), "joined": joined}

    def _name(self, cluster: int) -> str:
        """The name under which a cluster was met first, as printed, else as given."""
        entries = np.flatnonzero(self._by_rules.entry == cluster)
        if len(entries):
            return self._form(self._scene.entry_form[entries[np.argmin(self._scene.entry_first[entries])]])
        bearer, form, _ = self._scene.person_forms
        record_forms = form[np.isin(bearer, np.flatnonzero(self._by_rules.person == cluster))]
        return self._form(record_forms[0]) if len(record_forms) else ""

    def _form(self, form: Any) -> str:
        return str(self._scene.forms[int(form)].as_py())
