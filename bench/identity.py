"""`python -m bench identity`: how well identity tells people apart, on real papers whose ids it does not see."""

import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from bench.identity_calibration import calibration, traced
from bench.identity_medline import accuracy, medline
from bench.identity_scenes import Papers, acl, curated, paperlists, scene
from bench.markdown import table
from byline.data.identify.resolve import resolve
from byline.graph.text import words

# Weights were set on the Anthology to 2018 and on these venues of the lists; what is later or elsewhere is reported.
TUNED_TO = 2018
TUNED_VENUES = frozenset({"3dv", "ai4x", "aistats", "alt", "www"})


@dataclass(frozen=True)
class Figures:
    """Precision and recall, by B-cubed (mean over entries) and by pairs."""

    entries: int
    b3: tuple[float, float]
    pairs: tuple[float, float]

    def row(self) -> list[str]:
        return [f"{value:.4f}" for pair in (self.b3, self.pairs) for value in (*pair, f1(*pair))]


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(clusters: Sequence[Hashable], gold: Sequence[Hashable]) -> Figures:
    """Figures of a partition against the true one. B-cubed as in Bagga and Baldwin (1998), each entry counted once."""
    by_found, by_gold, both = Counter(clusters), Counter(gold), Counter(zip(clusters, gold, strict=True))
    n = max(1, len(clusters))
    precision = sum(count * count / by_found[key] for (key, _), count in both.items()) / n
    recall = sum(count * count / by_gold[key] for (_, key), count in both.items()) / n
    right = _pairs(both)
    return Figures(len(clusters), (precision, recall), (right / max(1, _pairs(by_found)), right / max(1, _pairs(by_gold))))


def _pairs(counts: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def half(name: Sequence[str]) -> bool:
    """Whether a name is of the half of the surnames that a figure by person is reported on."""
    return crc32((name[-1] if name else "").encode()) % 2 == 1


def measure(
    papers: Papers,
    splits: dict[str, Sequence[bool]],
    clusters: Sequence[Hashable],
    outside: dict[str, Sequence[Hashable]] | None = None,
) -> dict[str, dict[str, Figures]]:
    """Figures of Byline, of two plain rules and of outside systems for the entries of each split that have an id."""
    methods: dict[str, Sequence[Hashable]] = {
        "same full name": [" ".join(words(name)) for paper in papers.papers for name, _ in paper.authors],
        "last name and first initial": papers.initials,
        "Byline": clusters,
        **(outside or {}),
    }
    with_gold = [i for i, gold in enumerate(papers.gold) if gold is not None]
    answer: dict[str, dict[str, Figures]] = {}
    for name, of_split in splits.items():
        chosen = [i for i in with_gold if of_split[i]]
        gold = [papers.gold[i] for i in chosen]
        answer[name] = {method: figures([clusters[i] for i in chosen], gold) for method, clusters in methods.items()}
    return answer


def _each(papers: Papers, test: Callable[[int | None, str], bool]) -> list[bool]:
    """For each entry, whether its paper's year and first category pass."""
    return [
        passes
        for paper in papers.papers
        for passes in [test(paper.year, paper.categories[0] if paper.categories else "")] * len(paper.authors)
    ]


def acl_splits(papers: Papers, touched: set[str]) -> dict[str, Sequence[bool]]:
    """By time, by person and time, and each of them for people whom a curator touched."""
    later = np.array(_each(papers, lambda year, _: year is not None and year > TUNED_TO))
    held = np.array([half(words(name)) for paper in papers.papers for name, _ in paper.authors])
    curators = np.array([gold in touched for gold in papers.gold])
    every = np.ones(len(held), np.bool_)
    splits = {
        "all": every,
        "to 2018 (tuned on)": ~later,
        "2019 to 2022": later,
        "2019 to 2022, surnames held out": later & held,
    }
    return {name: mask.tolist() for name, mask in splits.items()} | {
        f"{name}; curated people": (mask & curators).tolist() for name, mask in splits.items()
    }


def list_splits(papers: Papers) -> dict[str, Sequence[bool]]:
    """By venue."""
    tuned = _each(papers, lambda _, venue: venue in TUNED_VENUES)
    return {"all": [True] * len(tuned), "venues tuned on": tuned, "other venues": [not each for each in tuned]}


def identity(corpora: Path) -> str:
    """The tables of docs/identity.md."""
    rows, tenths = [], []
    touched = curated(corpora)
    for corpus, read in (("ACL, ids of curators", acl), ("paperlists, OpenReview or ORCID", paperlists)):
        papers = read(corpora)
        begun = time.process_time()
        clusters, decided = traced(scene(papers))
        spent = time.process_time() - begun
        print(f"{corpus}: {len(papers.papers):,} papers, {len(papers.gold):,} authorships, {spent:.1f} s of CPU")
        splits = acl_splits(papers, touched) if read is acl else list_splits(papers)
        chosen = splits["2019 to 2022; curated people" if read is acl else "other venues"]
        tenths += [[corpus, *row] for row in calibration(decided, papers.gold, chosen)]
        rows += [
            [corpus, part, f"{each.entries:,}", method, *each.row()]
            for part, methods in measure(papers, splits, clusters).items()
            for method, each in methods.items()
        ]
    head = ["corpus", "entries of", "entries", "method", "B³ P", "B³ R", "B³ F1", "pair P", "pair R", "pair F1"]
    calibrated = table(["corpus", "probability", "decisions", "one person by the ids"], tenths)
    return "\n\n".join([table(head, rows), _judged(corpora), calibrated])


def _judged(corpora: Path) -> str:
    papers, judged, lost = medline(corpora)
    print(f"MEDLINE: {len(judged):,} pairs judged, {lost} without an author or a verdict")
    methods: dict[str, Sequence[object]] = {
        "same full name": [" ".join(words(name)) for paper in papers.papers for name, _ in paper.authors],
        "always one person": [0] * len(papers.gold),
        "Byline": resolve(scene(papers)).entry.tolist(),
    }
    rows = [[method, *(f"{value:.4f}" for value in accuracy(clusters, judged))] for method, clusters in methods.items()]
    return table(["MEDLINE pairs", "precision", "recall", "pair F1", "accuracy"], rows)
