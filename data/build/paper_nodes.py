"""Which records are one paper: by the ids that they state, by title, authors and year, and by what people decided."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.build.clusters import NEVER, Clusters, cluster
from byline.data.build.number import Numbered
from byline.data.build.paper_decisions import Hand, Nodes, apply
from byline.data.build.versions import Verdicts, versions
from byline.data.identify.arrays import components, spread
from byline.data.identify.decisions import Decisions
from byline.data.identify.works import REASONS, Verdict
from byline.data.ragged import Ints, Longs
from byline.data.reference.catalogues import tells_preprint
from byline.data.segments.load import RecordColumns
from byline.data.segments.titles import printed_titles
from byline.graph.model import LINKS

SAME_TITLE = "same title"
# Of records without an id: it is all that names them.
SAME_KEY = "same title, year and first author"
_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Papers:
    """Papers and their lists: `of[r]` is the paper of record r, `clusters` those of keys, `of_key` the paper of each key.

    `paper[c]` is the paper of a cluster, `pairs` keys that one record states together, `verdicts` and `hands` why records are or
    are not one paper where no id says it.
    """

    of: Ints
    of_key: Ints
    clusters: Clusters
    met: Longs
    paper: Ints
    count: int
    pairs: tuple[Ints, Ints]
    verdicts: Verdicts
    hands: list[Hand]

    def priority(self, gathered: RecordColumns) -> "SourcePriority":
        """Which records speak of which paper, and which of them give way."""
        foreign = np.zeros(len(self.of), np.bool_)
        if self.hands:
            keys = gathered.records.keys
            apart = self.of_key[keys.targets] != self.of[keys.sources()]
            foreign[keys.sources()[apart]] = True
        if gathered.records.doubted is not None:
            foreign |= gathered.records.doubted
        return SourcePriority(self.of, self.count, _weak(gathered, self.of, self.count), foreign)


@dataclass(frozen=True)
class SourcePriority:
    """`of[r]` is the paper of record r, one of `count`. Records that are `weak` describe the preprint of a paper of which
    others describe what was published: what those say goes first, whatever came last. `foreign` ones state an id that a
    decision left with another paper."""

    of: Ints
    count: int
    weak: npt.NDArray[np.bool_]
    foreign: npt.NDArray[np.bool_]

    def latest(self, valid: npt.NDArray[np.bool_]) -> Longs:
        """The record of each paper that is heard, of those that are `valid`: the last one that is not weak, else the last
        one; -1 where there is none."""
        pick = np.full(self.count, -1, np.int64)
        for heard in (valid & self.weak, valid & ~self.weak):
            rows = np.flatnonzero(heard)
            pick[self.of[rows]] = rows
        return pick


def papers(gathered: RecordColumns, same: Sequence[list[str]], decisions: Decisions) -> tuple[Papers, Counter[str]]:
    """The papers of all records, and how many joins each rule made beside shared ids. Raises SourceFailed for a decision that
    cannot be obeyed."""
    records, keys = gathered.records, gathered.texts.distinct("paper_key")
    met = np.full(len(keys), NEVER, np.int64)
    met[records.first[::-1]] = gathered.record_at[::-1]
    pairs = _pairs(gathered)
    clusters = cluster(keys, met, *pairs, same)
    verdicts = versions(gathered, clusters)
    paper = _joined(gathered, clusters, verdicts)
    merged = Counter({SAME_TITLE: len(clusters) - int(paper.max(initial=-1)) - 1})
    of = paper[clusters.of[records.first]] if len(records) else np.zeros(0, np.int32)
    hands: list[Hand] = []
    if decisions.lines:
        nodes = Nodes(of, paper, clusters, records.first, records.keys, pairs, met)
        nodes, hands = apply(decisions, nodes, keys)
        of, paper, clusters, pairs = nodes.of, nodes.paper, nodes.clusters, nodes.pairs
        merged["decision"] = sum(hand.other is None for hand in hands)
    of_key = np.where(clusters.of < 0, np.int32(-1), paper[clusters.of]) if len(paper) else clusters.of
    return Papers(of, of_key, clusters, met, paper, int(paper.max(initial=-1)) + 1, pairs, verdicts, hands), merged


def _pairs(gathered: RecordColumns) -> tuple[Ints, Ints]:
    """Keys that one record states together: the first of it, and another one."""
    records = gathered.records
    lengths = np.diff(records.keys.offsets)
    many = np.flatnonzero(lengths > 1)
    at = np.ones(len(records.keys.targets), np.bool_)
    at[records.keys.offsets[:-1]] = False
    return np.repeat(records.first[many], lengths[many] - 1), records.keys.targets[at]


def _joined(gathered: RecordColumns, clusters: Clusters, verdicts: Verdicts) -> Ints:
    """The paper of each cluster, numbered by first appearance."""
    first = gathered.records.first
    left, right = (clusters.of[first[each[verdicts.one]]].astype(np.int64) for each in (verdicts.left, verdicts.right))
    if not len(left):
        return np.arange(len(clusters), dtype=np.int32)
    _, at, paper = np.unique(components(left, right, len(clusters)), return_index=True, return_inverse=True)
    rank = np.empty(len(at), np.int32)
    rank[np.argsort(at)] = np.arange(len(at), dtype=np.int32)
    return rank[paper].astype(np.int32)


def _weak(gathered: RecordColumns, of: Ints, count: int) -> npt.NDArray[np.bool_]:
    records, keys = gathered.records, gathered.texts.distinct("paper_key")
    weak = np.zeros(len(of), np.bool_)
    several = np.flatnonzero(np.bincount(of, minlength=count)[of] > 1)
    for start in range(0, len(several), _AT_ONCE):
        rows = several[start : start + _AT_ONCE]
        place, at = spread(records.keys.offsets, rows)
        texts = keys.take(pa.array(records.keys.targets[at])).to_pylist()
        ends = np.searchsorted(place, np.arange(len(rows) + 1)).tolist()
        weak[rows] = [tells_preprint(texts[low:high]) for low, high in pairwise(ends)]
    return weak


def paper_decisions(gathered: RecordColumns, papers: Papers, numbered: Numbered) -> Iterator[pa.Table]:
    """Why records are one paper, and why others of one title are not, as tables of LINKS["decision"]."""
    verdicts = papers.verdicts
    for start in range(0, len(verdicts), _AT_ONCE):
        yield _table(gathered, papers, numbered, slice(start, start + _AT_ONCE))
    if papers.hands:
        rows = [_by_hand(gathered, papers, numbered, hand) for hand in papers.hands]
        yield pa.Table.from_pylist(rows, LINKS["decision"])


def _table(gathered: RecordColumns, papers: Papers, numbered: Numbered, stretch: slice) -> pa.Table:
    verdicts, row = papers.verdicts, numbered.row[papers.of]
    verdict, shared, most = (each[stretch].tolist() for each in (verdicts.verdict, verdicts.shared, verdicts.of))
    records = np.concatenate([verdicts.left[stretch], verdicts.right[stretch]])
    titles = [""] * len(records)
    for place, title in printed_titles(gathered, records):
        titles[place] = title
    first = gathered.texts.distinct("paper_key").take(pa.array(gathered.records.first[records])).to_pylist()
    year = gathered.records.year[records].tolist()
    own = numbered.ids.take(pa.array(row[records])).to_pylist()
    rows = []
    for at in range(len(verdict)):
        far = at + len(verdict)
        one = verdict[at] == Verdict.ONE
        if not one and own[at] == own[far]:
            # What a third one, or somebody by hand, brought together after all.
            continue
        if one and own[at] != own[far]:
            continue
        reason = "" if one else f"{REASONS[Verdict(verdict[at])]}; "
        for near, other in ((at, far), (far, at))[: 1 if one else 2]:
            evidence = f"{reason}{_known(first[near], year[near])} and {_known(first[other], year[other])}, "
            evidence += f"{shared[at]} of {most[at]} authors"
            rows.append((own[near], titles[near], titles[other], SAME_TITLE, evidence, one, None if one else own[other]))
    schema = LINKS["decision"]
    return pa.Table.from_pylist([dict(zip(schema.names, each, strict=False)) for each in rows], schema)


def _known(key: str, year: int) -> str:
    name = "without id" if key.startswith("title:") else key
    return f"{name} ({year or 'no year'})"


def _by_hand(gathered: RecordColumns, papers: Papers, numbered: Numbered, hand: Hand) -> dict[str, object]:
    places = [hand.paper, hand.paper if hand.other is None else hand.other]
    records = np.array([np.flatnonzero(papers.of == each)[0] for each in places])
    titles = dict(printed_titles(gathered, records))
    own, other = (str(numbered.ids[int(numbered.row[each])].as_py()) for each in places)
    joined = hand.other is None
    values = (own, titles[0], titles[1], hand.rule, str(hand.line), joined, None if joined else other)
    return dict(zip(LINKS["decision"].names, values, strict=False))
