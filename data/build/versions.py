"""Records that no id ties together and that are one paper all the same: a preprint and what was published of it.

Records meet under the hash of their title. Only those that meet are looked at any closer, a stretch at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.build.clusters import Clusters
from byline.data.identify.agreement import Author, Team
from byline.data.identify.arrays import components, grouped
from byline.data.identify.works import Verdict, Work, disagree, judge
from byline.data.ragged import Ints, Longs
from byline.data.reference.catalogues import catalogue
from byline.data.segments.load import RecordColumns
from byline.data.segments.titles import printed_titles, shared_titles
from byline.data.text.title_key import GENERIC, NOTICE, telling_nothing

# So many records are compared at a time.
STRETCH = 1 << 17
_SILENT = {None: Verdict.ONE, GENERIC: Verdict.GENERIC, NOTICE: Verdict.NOTICE}
# Authors of a list that are compared; lists of a thousand names are met.
_LONGEST = 200


@dataclass(frozen=True)
class Verdicts:
    """Pairs of records of which something was decided: the verdict, how many authors they share and of how many."""

    left: Longs
    right: Longs
    verdict: Ints
    shared: Ints
    of: Ints

    def __len__(self) -> int:
        return len(self.left)

    @property
    def one(self) -> npt.NDArray[np.bool_]:
        """Which pairs are one paper."""
        return np.asarray(self.verdict == Verdict.ONE)


def versions(gathered: RecordColumns, clusters: Clusters) -> Verdicts:
    """What becomes of records of one title that are not one by their ids. The order of the records decides nothing."""
    rows, group = _meeting(gathered, clusters)
    silent = np.zeros(len(rows), np.int8)
    for place, title in printed_titles(gathered, rows):
        silent[place] = _SILENT[telling_nothing(title)]
    pairs: list[tuple[int, int, int, int, int]] = []
    start = 0
    while start < len(rows):
        end = min(start + STRETCH, len(rows))
        end = int(np.searchsorted(group, group[end - 1], "right"))
        desk = _Desk(gathered, clusters, rows[start:end])
        for works, at in desk.works(group[start:end]):
            pairs += [
                (works[each.pair[0]].record, works[each.pair[1]].record, each.verdict, each.agreement.shared, each.agreement.of)
                for each in judge(works, Verdict(silent[start + at]) or None)
            ]
        start = end
    table = np.array(pairs, np.int64).reshape(-1, 5)
    verdicts = Verdicts(table[:, 0], table[:, 1], *(table[:, i].astype(np.int32) for i in (2, 3, 4)))
    return _across_titles(gathered, clusters, verdicts)


def _meeting(gathered: RecordColumns, clusters: Clusters) -> tuple[Longs, Longs]:
    """Records whose title another cluster has too, sorted by title, and a number for the title of each."""
    records = gathered.records
    rows, group = shared_titles(records, lambda of: clusters.of[records.first[of]])
    order = np.argsort(group, kind="stable")
    return rows[order], group[order]


class _Desk:
    """The records of a stretch, and what has to be known of them."""

    def __init__(self, gathered: RecordColumns, clusters: Clusters, rows: Longs) -> None:
        records, entries = gathered.records, gathered.entries
        self._rows, self._records = rows, records
        self._cluster = clusters.of[records.first[rows]]
        ends = np.cumsum([0, *(len(each.table("paper", "at")) for each in gathered.contents)])
        self._source = np.searchsorted(ends, rows, "right") - 1
        names = [each.source for each in gathered.contents]
        self._source = np.array([names.index(name) for name in names], np.int64)[self._source]
        self._ids = _ids(gathered.texts.distinct("paper_key"), clusters, np.unique(self._cluster))
        self._entries, self._printed = entries.form, entries.printed
        forms = [self._forms(row) for row in rows.tolist()]
        every = np.unique(np.concatenate([np.zeros(0, np.int32), *forms]))
        texts = gathered.texts.distinct("name").take(pa.array(every)).to_pylist()
        self._author = {form: Author.of(text) for form, text in zip(every.tolist(), texts, strict=True)}
        self._lists = [[self._author[form] for form in each.tolist()] for each in forms]

    def _forms(self, row: int) -> Ints:
        start, end = self._records.entries[row : row + 2]
        end = min(end, start + _LONGEST)
        return self._entries[start:end][self._printed[start:end]]

    def works(self, group: Longs) -> Iterator[tuple[list[Work], int]]:
        """The works of each title, in an order that depends on what they are, and the place of the title's first record."""
        numbered = zip(group.tolist(), range(len(group)), strict=True)
        for _, places in groupby(numbered, key=lambda each: each[0]):
            at = [place for _, place in places]
            yield self._of(at), at[0]

    def _of(self, places: list[int]) -> list[Work]:
        works: dict[int, Work] = {}
        for at in places:
            cluster, row = int(self._cluster[at]), int(self._rows[at])
            work = works.setdefault(cluster, Work(cluster, row, self._ids.get(cluster, {})))
            work.years.add(int(self._records.year[row]))
            work.sources.add(int(self._source[at]))
            team = Team(tuple(self._lists[at]), bool(self._records.complete[row]))
            if team not in work.teams:
                work.teams.append(team)
        return sorted(works.values(), key=_standing)


def _standing(work: Work) -> tuple[list[tuple[str, list[str]]], list[int], list[list[str]]]:
    """What a work is, to put works into an order that does not depend on that of the records."""
    teams = sorted([each.family for each in team.authors] for team in work.teams)
    return sorted((each, sorted(values)) for each, values in work.ids.items()), sorted(work.years), teams


def _ids(keys: pa.Array, clusters: Clusters, wanted: Ints) -> dict[int, dict[str, set[str]]]:
    """The ids of clusters, by catalogue; clusters that no catalogue knows are left out."""
    is_wanted = np.zeros(len(clusters) + 1, np.bool_)
    is_wanted[wanted] = True
    at = np.flatnonzero(is_wanted[clusters.of])
    ids_by_cluster: dict[int, dict[str, set[str]]] = {}
    for cluster, key in zip(clusters.of[at].tolist(), keys.take(pa.array(at)).to_pylist(), strict=True):
        if (catalogued := catalogue(key)) is not None:
            ids_by_cluster.setdefault(cluster, {}).setdefault(catalogued[0], set()).add(catalogued[1])
    return ids_by_cluster


def _across_titles(gathered: RecordColumns, clusters: Clusters, verdicts: Verdicts) -> Verdicts:
    """Without the joins of works that are tied together by one with several titles, where two of them cannot be one."""
    left, right = (
        clusters.of[gathered.records.first[each[verdicts.one]]].astype(np.int64) for each in (verdicts.left, verdicts.right)
    )
    if not len(left):
        return verdicts
    group = components(left, right, len(clusters))
    sizes = np.bincount(group)
    involved = np.flatnonzero((sizes > 2)[group])
    ids = _ids(gathered.texts.distinct("paper_key"), clusters, involved.astype(np.int32))
    members = grouped(group[involved], involved, len(sizes))
    torn = np.zeros(len(sizes), np.bool_)
    for number in np.unique(group[involved]).tolist():
        own = [ids.get(each, {}) for each in members.targets[members.offsets[number] : members.offsets[number + 1]].tolist()]
        torn[number] = any(disagree(own[one], own[other]) for other in range(len(own)) for one in range(other))
    verdict = verdicts.verdict.copy()
    verdict[np.flatnonzero(verdicts.one)[torn[group[left]]]] = Verdict.SEVERAL
    return Verdicts(verdicts.left, verdicts.right, verdict, verdicts.shared, verdicts.of)
