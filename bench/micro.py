"""`python -m bench micro`: where the time of a query goes, and from how many objects on arrays beat closures."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bench import byline, page, tables
from bench.inside import Bench, Document, document
from bench.notes import log, save
from bench.places import HERE, QUERIES
from bench.tables import read_variables
from byline.schema.context import Limits

# Shapes whose answers grow with `first`, from about ten objects to some ten thousand.
GROWING = {
    "papers with authors": "grow-papers",
    "coauthors": "grow-coauthors",
    "authors, papers, authors": "grow-nested",
}
SIZES = (1, 2, 4, 8, 15, 25, 40, 70, 120, 250, 500)


def micro(queries: Sequence[str] = QUERIES, seconds: float = 2.0) -> None:
    """Time every step of the queries and of the author page, then the ways on growing answers."""
    tables.ensure()
    inside = Bench(byline.ensure_store(), Limits(max_page=1000))
    steps = {query: inside.steps(document(query, read_variables()[query]), seconds) for query in queries}
    steps["author page"] = Bench(page.store()).steps(page.document(), seconds)
    for name, times in steps.items():
        log(f"{name}: " + ", ".join(f"{step} {spent:.3f}" for step, spent in times.items()))
    grown = {name: list(grow(inside, query, seconds / 4)) for name, query in GROWING.items()}
    for name, points in grown.items():
        log(f"{name}: closures and arrays cross at {crossing(points)} objects")
    crossings = {name: crossing(points) for name, points in grown.items()}
    save("micro", {"steps": steps, "grown": grown, "crossings": crossings})


def grow(inside: Bench, query: str, seconds: float) -> Iterator[dict[str, float]]:
    """The time of each way for growing answers: objects, milliseconds from the bound plan to the bytes."""
    text = (HERE / "queries" / "byline" / f"{query}.graphql").read_text()
    for size in SIZES:
        people = read_variables()["prolific"][:8]
        variables: list[Mapping[str, Any]] = [each | {"first": size, "some": max(1, size // 10)} for each in people]
        times = inside.steps(Document(text, variables), seconds)
        yield {
            "objects": times["objects"],
            "list": times["execute"] + times["list.assemble"] + times["list.write"],
            "arrow": times["execute"] + times["arrow.assemble"] + times["arrow.write"],
        } | ({"direct": times["direct"]} if "direct" in times else {})


def crossing(points: Sequence[Mapping[str, float]]) -> int | None:
    """The number of objects at which the two lines of times cross for the last time; None where closures always win."""
    objects = None
    for before, after in pairwise([point for point in points if "direct" in point]):
        gap, next_gap = before["arrow"] - before["direct"], after["arrow"] - after["direct"]
        if gap > 0 >= next_gap:
            share = gap / (gap - next_gap)
            objects = round(before["objects"] + share * (after["objects"] - before["objects"]))
    return objects
