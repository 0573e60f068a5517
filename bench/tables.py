"""The graph as files: neutral records for Byline, tab-separated tables for the peers, variables for the queries."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from bench.graphs import SCHEME, Graph, external, generate
from bench.places import ASKED, AUTHORS, PAPERS, SEED, TABLES
from byline.graph.model import Kind

RECORDS = TABLES / "records.jsonl"
VARIABLES = TABLES / "variables.json"
# What Q3 asks for: authors that, with ten papers each, their authors and three papers of those, make some 26,000 objects.
_BAND = (2500, 5500)


def ensure() -> None:
    """Write every file unless they are there."""
    if VARIABLES.exists():
        return
    TABLES.mkdir(parents=True, exist_ok=True)
    graph = generate(PAPERS, AUTHORS, SEED)
    for name, rows in peers_tables(graph).items():
        _write(TABLES / f"{name}.tsv", ("\t".join(map(str, row)) for row in rows))
    _write(RECORDS, (orjson.dumps(record).decode() for record in records(graph)))
    VARIABLES.write_bytes(orjson.dumps(variables(graph)))


def name(kind: Kind, label: int) -> str:
    """The name of a person or the title of a paper."""
    return f"Report {label} on a matter of some weight" if kind is Kind.PAPER else f"Person {label}"


def orcid(label: int) -> str:
    """An ORCID with a right check character (ISO 7064 MOD 11-2), far from those that are given out."""
    digits = f"{900_000_000_000_000 + label:015d}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = digits + ("X" if check == 10 else str(check))
    return "-".join(whole[start : start + 4] for start in range(0, 16, 4))


def peers_tables(graph: Graph) -> dict[str, Iterable[tuple[Any, ...]]]:
    """The rows of each table. Numbers are keys; `id` is the public id, so that answers can be compared as they are."""
    citations = graph.citations_of()
    paper, person = (graph.label[kind].tolist() for kind in (Kind.PAPER, Kind.AUTHOR))
    of_people = np.bincount(graph.wrote[1], weights=citations[graph.wrote[0]], minlength=graph.authors).astype(int).tolist()
    return {
        "institution": ((number, f"Institute {number}") for number in range(graph.institutions)),
        "author": zip(
            range(graph.authors),
            graph.ids[Kind.AUTHOR],
            (name(Kind.AUTHOR, label) for label in person),
            map(orcid, person),
            graph.papers_of().tolist(),
            of_people,
            graph.place.tolist(),
            strict=True,
        ),
        "paper": zip(
            range(graph.papers),
            graph.ids[Kind.PAPER],
            (name(Kind.PAPER, label) for label in paper),
            graph.year.tolist(),
            (f"Field {number}" for number in graph.category.tolist()),
            citations.tolist(),
            strict=True,
        ),
        "authorship": zip(*(side.tolist() for side in graph.wrote), strict=True),
        "citation": zip(*(side.tolist() for side in graph.cites), strict=True),
    }


def records(graph: Graph) -> Iterator[dict[str, Any]]:
    """The same as neutral records; `listed` is a paper's number, so that LISTED means by number."""
    paper, person = (graph.label[kind].tolist() for kind in (Kind.PAPER, Kind.AUTHOR))
    for number in sorted(set(graph.category.tolist())):
        yield {"type": "category", "code": f"{SCHEME}.{number}", "name": f"Field {number}"}
    for label in person:
        members = {"name": name(Kind.AUTHOR, label), "orcid": orcid(label)}
        yield {"type": "author", "id": external(Kind.AUTHOR, label), **members}
    authors, cited = _lists(graph.wrote, graph.papers), _lists(graph.cites, graph.papers)
    for number, label in enumerate(paper):
        yield {
            "type": "paper",
            "id": external(Kind.PAPER, label),
            "title": name(Kind.PAPER, label),
            "year": int(graph.year[number]),
            "categories": [f"{SCHEME}.{graph.category[number]}"],
            "listed": number,
            "authors": [
                {
                    "name": name(Kind.AUTHOR, person[each]),
                    "id": external(Kind.AUTHOR, person[each]),
                    "institutions": [{"name": f"Institute {graph.place[each]}"}],
                }
                for each in authors[number]
            ],
            "authors_complete": True,
            "references": [external(Kind.PAPER, paper[each]) for each in cited[number]],
        }


def variables(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    """The variables of each query, drawn once: people with ten papers or more, papers with five references or more."""
    draw = random.Random(SEED)
    written = graph.papers_of()
    people, papers = graph.ids[Kind.AUTHOR], graph.ids[Kind.PAPER]
    some = [{"id": people[each]} for each in draw.sample(np.flatnonzero(written >= 10).tolist(), ASKED)]
    band = np.argsort(-written, kind="stable")[slice(*_BAND)].tolist()
    references = np.bincount(graph.cites[0], minlength=graph.papers)
    windows = [(start, start + span) for span in range(3, 12) for start in range(1990, 2026 - span)]
    return {
        "Q1": some,
        "Q2": some,
        "Q3": [{"ids": [people[each] for each in draw.sample(band, 100)]} for _ in range(ASKED)],
        "Q4": some,
        "Q5": [{"from": first, "to": last} for first, last in draw.sample(windows, ASKED)],
        "Q6": [{"id": papers[each]} for each in draw.sample(np.flatnonzero(references >= 5).tolist(), ASKED)],
        "people": [{"id": people[each]} for each in band],
        "prolific": [{"id": people[each]} for each in np.argsort(-written, kind="stable")[:400].tolist()],
    }


def read_variables() -> dict[str, list[dict[str, Any]]]:
    """The variables as written."""
    ensure()
    read: dict[str, list[dict[str, Any]]] = orjson.loads(VARIABLES.read_bytes())
    return read


def _lists(pairs: tuple[Any, Any], size: int) -> list[list[int]]:
    lists: list[list[int]] = [[] for _ in range(size)]
    for left, right in zip(*(side.tolist() for side in pairs), strict=True):
        lists[left].append(right)
    return lists


def _write(path: Path, lines: Iterable[str]) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    unfinished.replace(path)
