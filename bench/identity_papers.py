"""`python -m bench identity papers`: how often records without a common id are made one paper, and how often rightly.

arXiv, the ACL Anthology and lists of conferences are read by their sources. Each record keeps the id of its own catalogue
alone; DOIs, arXiv ids elsewhere and the Anthology ids in the names of the lists are hidden, and tell afterwards which records
are one paper.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from re import fullmatch

import numpy as np

from bench.markdown import table
from bench.places import there
from byline.data.build.paper_nodes import papers
from byline.data.identify.decisions import NONE
from byline.data.identify.works import REASONS
from byline.data.ragged import Ints
from byline.data.record import Paper
from byline.data.reference.catalogues import of_preprint
from byline.data.segments.load import RecordColumns, load_columns
from byline.data.segments.part import Part
from byline.data.segments.segments import Content
from byline.data.segments.spool import Scratch
from byline.data.sources import SOURCES

Pair = tuple[int, int]
FILES = (
    ("arxiv", "arxiv/dev_cs.jsonl.zst"),
    ("arxiv", "arxiv/scale_noabs.jsonl.zst"),
    ("acl", "acl/native.tar.zst"),
    ("paperlists", "paperlists/papers.jsonl.zst"),
)
_LISTED_BY_ANTHOLOGY = r"paperlists:(?:acl|naacl|coling)20\d\d/(20\d\d\..+)"


@dataclass
class Records:
    """Records of all sources in order: the source of each, and the ids that were taken from it, by catalogue."""

    source: list[str] = field(default_factory=list)
    hidden: list[dict[str, str]] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def read(corpora: Path, records: Records) -> Iterator[tuple[str, Iterator[Paper]]]:
    """Each file with its papers, as they are without the ids that are hidden."""
    seen: set[str] = set()
    for source, name in FILES:
        yield source, _bare(there(corpora / name), source, records, seen)


def _bare(path: Path, source: str, records: Records, seen: set[str]) -> Iterator[Paper]:
    for each in SOURCES[source].read(path, {}):
        if not isinstance(each, Paper) or each.id is None or each.id in seen:
            continue
        seen.add(each.id)
        hidden = {"doi": each.doi} if each.doi and not of_preprint(f"doi:{each.doi}") else {}
        hidden |= {"arxiv": each.arxiv} if each.arxiv else {}
        anthology = each.id.removeprefix("acl:") if source == "acl" else None
        if (match := fullmatch(_LISTED_BY_ANTHOLOGY, each.id)) is not None:
            anthology = match[1]
        hidden |= {"acl": anthology} if anthology else {}
        records.source.append(source)
        records.hidden.append(hidden)
        records.years.append(each.year)
        records.titles.append(each.title)
        yield each.model_copy(update={"ids": (), "doi": None, "arxiv": None, "references": None, "institutions": ()})


def packed(source: str, papers: Iterator[Paper]) -> Iterator[Content]:
    """The papers as tables, as many at a time as a part of a segment holds."""
    part = Part(source, {})
    for each in papers:
        part.add(each)
        if part.full:
            yield Content(source, part.tables())
            part = Part(source, {})
    yield Content(source, part.tables())


def truth(records: Records) -> set[Pair]:
    """Pairs of records of two sources that state the same id."""
    by_id: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, hidden in enumerate(records.hidden):
        for each in hidden.items():
            by_id[each].append(row)
    pairs = (pair for rows in by_id.values() if 1 < len(rows) < 9 for pair in combinations(rows, 2))
    return {pair for pair in pairs if records.source[pair[0]] != records.source[pair[1]]}


def judged(one: dict[str, str], other: dict[str, str]) -> bool | None:
    """Whether two records are one paper by the hidden ids; None where they do not tell."""
    shared = one.keys() & other.keys()
    return any(one[each] == other[each] for each in shared) if shared else None


def identity_papers(corpora: Path) -> str:
    """The tables of docs/identity.md about papers."""
    records = Records()
    contents = [content for source, listed in read(corpora, records) for content in packed(source, listed)]
    gathered = load_columns(contents, Scratch(2 << 30))
    nodes, _ = papers(gathered, [], NONE)
    joined = _made(nodes.of, records)
    head = ["records of", "pairs by ids", "made one", "recall", "pairs made", "ids tell of", "wrong", "precision"]
    verdicts = Counter(nodes.verdicts.verdict.tolist())
    refused = [[REASONS[each], f"{verdicts[each]:,}"] for each in REASONS if verdicts[each]]
    gaps = Counter(abs((records.years[one] or 0) - (records.years[other] or 0)) for one, other in joined)
    between = [[str(gap), f"{gaps[gap]:,}"] for gap in sorted(gaps)]
    parts = [
        f"{len(records.source):,} records, {nodes.count:,} papers",
        table(head, _rows(records, joined, truth(records))),
        table(["years between", "pairs made"], between),
        table(["kept apart although the titles agree", "pairs"], refused),
        "\n".join(["Made one, though the ids that they state differ:", *_wrong(records, joined, gathered)]),
    ]
    return "\n\n".join(parts)


def _made(of: Ints, records: Records) -> set[Pair]:
    """Pairs of records of two sources that became one paper."""
    order = np.argsort(of, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(of[order])) + 1)
    pairs = {tuple(sorted(pair)) for group in groups if len(group) > 1 for pair in combinations(group.tolist(), 2)}
    return {(one, other) for one, other in pairs if records.source[one] != records.source[other]}


def _rows(records: Records, joined: set[Pair], wanted: set[Pair]) -> list[list[str]]:
    """Recall and precision, a row for two sources."""
    rows = []
    for kinds in sorted({_kinds(records, pair) for pair in joined | wanted}):
        gold = {pair for pair in wanted if _kinds(records, pair) == kinds}
        own = {pair for pair in joined if _kinds(records, pair) == kinds}
        verdicts = Counter(judged(records.hidden[one], records.hidden[other]) for one, other in own)
        judgeable = verdicts[True] + verdicts[False]
        rows.append(
            [
                " and ".join(kinds), f"{len(gold):,}", f"{len(gold & own):,}", f"{len(gold & own) / max(1, len(gold)):.4f}",
                f"{len(own):,}", f"{judgeable:,}", f"{verdicts[False]:,}", f"{verdicts[True] / max(1, judgeable):.4f}",
            ]
        )  # fmt: skip
    return rows


def _wrong(records: Records, joined: set[Pair], gathered: RecordColumns) -> list[str]:
    """The pairs whose ids differ, a line each."""
    wrong = [pair for pair in sorted(joined) if judged(records.hidden[pair[0]], records.hidden[pair[1]]) is False]
    named = _named(gathered, {row for pair in wrong for row in pair})
    return [
        f"- {named[one]} ({records.years[one]}) and {named[other]} ({records.years[other]}): {records.titles[one]}"
        for one, other in wrong
    ]


def _named(gathered: RecordColumns, rows: set[int]) -> dict[int, str]:
    keys = gathered.texts.distinct("paper_key")
    return {row: keys[int(gathered.records.first[row])].as_py() for row in rows}


def _kinds(records: Records, pair: Pair) -> tuple[str, ...]:
    return tuple(sorted(records.source[each] for each in pair))
