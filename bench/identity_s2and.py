"""`python -m bench identity s2and --python PYTHON`: S2AND's released model beside Byline, on the entries of `identity people`."""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from bench.identity import acl_splits, list_splits, measure
from bench.identity_medline import Judged, accuracy, medline
from bench.identity_scenes import Papers, acl, curated, initials, paperlists, scene
from bench.markdown import table
from bench.places import HERE, there
from byline.data.identify.resolve import resolve
from byline.data.sources import SOURCES
from byline.graph.text import words

# Semantic Scholar's table of how common names are is not in the package: what its features see instead decides much, so that each
# way is shown. On the judged pairs also the last model before 1.21 whose weights differ (1.21 has those of 1.2).
COUNTS = {"none": "no name counts", "counted": "names counted here", "raised": "these raised to S2's scale"}
RUNS = {f"newest:{counts}": f"S2AND 1.21, {label}" for counts, label in COUNTS.items()}
OLDER = {f"production_model_v1.1.pickle:{counts}": f"S2AND 1.1, {label}" for counts, label in COUNTS.items()}
ARXIV = "arxiv/scale_noabs.jsonl.zst"
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def signatures(papers: Papers) -> dict[str, Any]:
    """S2AND's signatures: an entry each, under its number. The script that runs the model fills in the blocks."""
    by_number: dict[str, Any] = {}
    for number, paper in enumerate(papers.papers):
        for position, (name, places) in enumerate(paper.authors):
            author = {"position": position, "email": None, "affiliations": list(places)} | parts(name)
            by_number[str(len(by_number))] = {"signature_id": str(len(by_number)), "paper_id": number, "author_info": author}
    return by_number


def parts(name: str) -> dict[str, str | None]:
    """A printed name in S2AND's members: the first word, the last one, and what is between."""
    split = name.replace(",", " ").split()
    suffix = split.pop() if len(split) > 2 and split[-1].strip(".").lower() in SUFFIXES else None
    first = split[0] if len(split) > 1 else ""
    return {"first": first, "middle": " ".join(split[1:-1]) or None, "last": split[-1] if split else name, "suffix": suffix}


def papers_of(papers: Papers) -> dict[str, Any]:
    """S2AND's papers: title, year, authors, and the first category as the venue where it is one."""
    return {
        str(number): {
            "paper_id": number,
            "title": paper.title,
            "abstract": "",
            "year": paper.year,
            "venue": next((each for each in paper.categories[:1] if ":" not in each), None),
            "journal_name": None,
            "authors": [{"position": place, "author_name": name} for place, (name, _) in enumerate(paper.authors)],
            "references": None,
        }
        for number, paper in enumerate(papers.papers)
    }


def clusters(
    papers: Papers, scored: Sequence[bool], names: Counter[str], python: Path, runs: Mapping[str, str]
) -> dict[str, Sequence[Hashable]]:
    """For each run of a model the cluster of each entry, found in a process of the other interpreter. What is not in a block with
    a scored entry stands alone."""
    content = {
        "signatures": signatures(papers),
        "papers": papers_of(papers),
        "scored": [str(number) for number, each in enumerate(scored) if each],
        "names": names,
    }
    with tempfile.TemporaryDirectory(prefix="bench-s2and-") as name:
        folder = Path(name)
        for file, each in content.items():
            (folder / f"{file}.json").write_text(json.dumps(each), encoding="utf-8")
        command = [str(python), "-W", "ignore", str(HERE / "s2and_run.py"), name, *runs]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=name)
        summary = json.loads(done.stdout.splitlines()[-1])
        clusters_of = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    spent = f"{summary['cpu']:.0f} s of CPU, {summary['peak'] / 1024:.0f} MiB"
    print(f"S2AND: {summary['blocks']:,} blocks, {summary['pairs']:,} pairs, {spent}", flush=True)
    entries = range(len(papers.gold))
    return {label: [clusters_of[run].get(str(entry), f"alone {entry}") for entry in entries] for run, label in runs.items()}


def names_of(corpora: Path, every: Iterable[Papers]) -> Counter[str]:
    """How often each printed name occurs in the corpora and in arXiv, for the counts that S2AND's package lacks."""
    counts = Counter(name for papers in every for paper in papers.papers for name, _ in paper.authors)
    for record in SOURCES["arxiv"].read(there(corpora / ARXIV), {}):
        counts.update(author.name for author in getattr(record, "authors", None) or ())
    return counts


def sample(papers: Papers, pairs: int, seed: int) -> list[bool]:
    """Whether each entry has an id and is of a drawn group. A group is blocks (last word and first letter) that share a person by
    the ids; groups are drawn until their blocks hold as many pairs of entries."""
    blocks = [initials(name) for paper in papers.papers for name, _ in paper.authors]
    size, parent = Counter(blocks), {block: block for block in blocks}

    def find(block: tuple[str, str]) -> tuple[str, str]:
        while parent[block] != block:
            parent[block] = block = parent[parent[block]]
        return block

    seen: dict[str, tuple[str, str]] = {}
    for block, gold in zip(blocks, papers.gold, strict=True):
        if gold is not None:
            parent[find(block)] = find(seen.setdefault(gold, block))
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for block in dict.fromkeys(block for block, gold in zip(blocks, papers.gold, strict=True) if gold is not None):
        groups.setdefault(find(block), []).append(block)
    roots = list(groups)
    Random(seed).shuffle(roots)
    drawn: set[tuple[str, str]] = set()
    for root in roots:
        if pairs <= 0:
            break
        drawn.update(groups[root])
        pairs -= sum(size[block] * (size[block] - 1) // 2 for block in groups[root])
    return [gold is not None and block in drawn for block, gold in zip(blocks, papers.gold, strict=True)]


def identity_s2and(corpora: Path, python: Path, pairs: int, seed: int = 1) -> str:
    """The tables of docs/identity.md on S2AND, with Byline and the plain rule on the very same entries."""
    every = {"ACL, ids of curators": acl(corpora), "paperlists, OpenReview or ORCID": paperlists(corpora)}
    records, judged, _ = medline(corpora)
    names = names_of(corpora, [*every.values(), records])
    on_medline = _judged(records, judged, names, python)
    touched, rows = curated(corpora), []
    for corpus, papers in every.items():
        scored = sample(papers, pairs, seed)
        splits = acl_splits(papers, touched) if corpus.startswith("ACL") else list_splits(papers)
        drawn = {name: [one and other for one, other in zip(split, scored, strict=True)] for name, split in splits.items()}
        outside = clusters(papers, scored, names, python, RUNS)
        for split, methods in measure(papers, drawn, resolve(scene(papers)).entry.tolist(), outside).items():
            shown = {name: methods[name] for name in ("same full name", *outside, "Byline")}
            rows += [[corpus, split, f"{each.entries:,}", name, *each.row()] for name, each in shown.items()]
    head = ["corpus", "entries of", "entries", "method", "B³ P", "B³ R", "B³ F1", "pair P", "pair R", "pair F1"]
    return f"{on_medline}\n\n{table(head, rows)}"


def _judged(papers: Papers, judged: Sequence[Judged], names: Counter[str], python: Path) -> str:
    entries = {entry for each in judged for entry in (each.left, each.right)}
    scored = [number in entries for number in range(len(papers.gold))]
    methods: dict[str, Sequence[object]] = {
        "same full name": [" ".join(words(name)) for paper in papers.papers for name, _ in paper.authors],
        **clusters(papers, scored, names, python, RUNS | OLDER),
        "Byline": resolve(scene(papers)).entry.tolist(),
    }
    rows = [[method, *(f"{value:.4f}" for value in accuracy(clusters_of, judged))] for method, clusters_of in methods.items()]
    return table(["MEDLINE pairs", "precision", "recall", "pair F1", "accuracy"], rows)
