"""`python -m bench identity`: how well identity tells people apart, on real papers whose ids it does not see."""

import time
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from bench.identity_scenes import Papers, acl, paperlists, scene
from bench.markdown import table
from data.identify.resolve import resolve
from graph.text import words


@dataclass(frozen=True)
class Figures:
    """Precision and recall, by B-cubed (mean over entries) and by pairs."""

    entries: int
    b3: tuple[float, float]
    pairs: tuple[float, float]

    def row(self) -> list[str]:
        return [f"{value:.4f}" for found in (self.b3, self.pairs) for value in (*found, f1(*found))]


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Figures:
    """Figures of a partition against the true one. B-cubed as in Bagga and Baldwin (1998), each entry counted once."""
    by_found, by_gold, both = Counter(found), Counter(gold), Counter(zip(found, gold, strict=True))
    n = max(1, len(found))
    precision = sum(count * count / by_found[key] for (key, _), count in both.items()) / n
    recall = sum(count * count / by_gold[key] for (_, key), count in both.items()) / n
    right = _pairs(both)
    return Figures(len(found), (precision, recall), (right / max(1, _pairs(by_found)), right / max(1, _pairs(by_gold))))


def _pairs(counts: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def half(name: Sequence[str]) -> str:
    """Of which half a name is: weights were set on one half of the surnames and are reported on the other."""
    return "tuned on" if crc32((name[-1] if name else "").encode()) % 2 == 0 else "held out"


def measure(papers: Papers) -> dict[str, dict[str, Figures]]:
    """Figures of Byline and of two baselines for the entries that have an id, by half of the names."""
    printed = [words(name) for paper in papers.papers for name, _ in paper.authors]
    found = {
        "same full name": [" ".join(name) for name in printed],
        "last name and first initial": papers.initials,
        "Byline": resolve(scene(papers)).entry.tolist(),
    }
    halves = [half(name) for name in printed]
    known = [i for i, gold in enumerate(papers.gold) if gold is not None]
    answer: dict[str, dict[str, Figures]] = {}
    for method, partition in found.items():
        for part in ("tuned on", "held out", "all"):
            chosen = [i for i in known if part in ("all", halves[i])]
            answer.setdefault(part, {})[method] = figures([partition[i] for i in chosen], [papers.gold[i] for i in chosen])
    return answer


def identity(corpora: Path) -> str:
    """The table of docs/identity.md."""
    rows = []
    for corpus, read in (("ACL, ids of curators", acl), ("paperlists, OpenReview or ORCID", paperlists)):
        papers = read(corpora)
        begun = time.perf_counter()
        answer = measure(papers)
        print(f"{corpus}: {len(papers.papers):,} papers, {len(papers.gold):,} authorships, {time.perf_counter() - begun:.1f} s")
        rows += [
            [corpus, part, f"{each.entries:,}", method, *each.row()]
            for part, methods in answer.items()
            for method, each in methods.items()
        ]
    head = ["corpus", "names", "entries", "method", "B³ P", "B³ R", "B³ F1", "pair P", "pair R", "pair F1"]
    return table(head, rows)
