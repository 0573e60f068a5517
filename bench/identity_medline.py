"""MEDLINE records and pairs of authorships that people judged by hand (Vishnyakova et al., 2019), as a scene without ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench.identity_scenes import Paper, Papers, initials, lines
from bench.places import there
from byline.graph.text import fold

_SPOILED = re.compile("(?:\\?|ï¿½|\ufffd)+")
PAPERS, PAIRS = "medline/papers.jsonl.zst", "medline/pairs_1500.tsv"


@dataclass(frozen=True)
class Judged:
    """Two entries, and whether they are one person's."""

    left: int
    right: int
    same: bool


def medline(corpora: Path) -> tuple[Papers, list[Judged], int]:
    """The papers, the judged pairs of entries, and how many pairs name an author who is not found on the paper."""
    papers, at = Papers(), {}
    for line in lines(there(corpora / PAPERS)):
        paper = orjson.loads(line)
        at[paper["id"].removeprefix("pmid:")] = (len(papers.gold), [each["name"] for each in paper["authors"]])
        authors = [(each["name"], [place["name"] for place in each.get("institutions") or ()]) for each in paper["authors"]]
        papers.initials += [initials(name) for name, _ in authors]
        papers.gold += [None] * len(authors)
        papers.papers.append(Paper(paper["id"], paper["title"], paper.get("year"), paper.get("categories") or [], authors))
    judged, lost = [], 0
    for line in there(corpora / PAIRS).read_text(encoding="utf-8").splitlines()[1:]:
        pmid1, last1, initials1, pmid2, last2, initials2, same = line.split("\t")
        one, other = (
            _entry(at.get(pmid), last, given) for pmid, last, given in ((pmid1, last1, initials1), (pmid2, last2, initials2))
        )
        if one is None or other is None or same not in ("YES", "NO"):
            lost += 1
        else:
            judged.append(Judged(one, other, same == "YES"))
    return papers, judged, lost


def _entry(paper: tuple[int, Sequence[str]] | None, last: str, given: str) -> int | None:
    """The entry of an author by last name and initials; letters that the file spoils stand for any."""
    if paper is None:
        return None
    begin, names = paper
    pattern = re.compile(".*".join(re.escape(fold(part)) for part in _SPOILED.split(last)) + "$")
    fitting = [place for place, name in enumerate(names) if pattern.search(fold(name).strip())]
    if len(fitting) > 1:
        fitting = [place for place in fitting if fold(names[place]).strip()[:1] == fold(given)[:1]] or fitting
    if not fitting:
        fitting = [place for place, name in enumerate(names) if re.search(pattern.pattern[:-1], fold(name))]
    return begin + fitting[0] if fitting else None


def accuracy(clusters: Sequence[object], judged: Sequence[Judged]) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of pairs called one person, and the share of all pairs that are called rightly."""
    called = [clusters[each.left] == clusters[each.right] for each in judged]
    right = sum(one and each.same for one, each in zip(called, judged, strict=True))
    precision, recall = right / max(1, sum(called)), right / max(1, sum(each.same for each in judged))
    agree = sum(one == each.same for one, each in zip(called, judged, strict=True))
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return precision, recall, f1, agree / max(1, len(judged))
