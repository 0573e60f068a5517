"""`python -m bench.team AUTHORS…`: stores of one paper of so many authors: their size, and what a page of coauthors costs.

Bounds are those of the environment (`BYLINE_MAX_KEPT_TEAM`).
"""

import asyncio
import sys
import tempfile
import time
from itertools import islice, product
from pathlib import Path

import orjson

from byline.api.settings import Settings
from byline.data.ingest.ingest import ingest
from byline.graph.store.columnar.files.layout import current, manifest
from byline.graph.store.columnar.store import open_store
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema
from byline.schema.compile.documents import Documents
from byline.schema.context import Context, Limits

PAGE = """query ($id: ID!) {
  author(by: {id: $id}) { coauthors(first: 20) { totalCount edges { paperCount weight node { id name } } } }
}"""
STEPS = "query ($id: ID!) { author(by: {id: $id}) { collaborators(first: 10) { totalCount } } }"
_HEAD = ("authors of the paper", "on the disk", "of which pairs", "bytes an authorship", "first page", "the next", "two steps")
_SYLLABLES = ["".join(each) for each in product("bdfghklmnprstvz", "aeiou")]


def record(authors: int) -> bytes:
    """One paper of so many people, each with an id and a name of their own."""
    names = (f"{one}{two} {three}{one}".title() for one, two, three in product(_SYLLABLES, repeat=3))
    people = [{"name": name, "id": f"y:{number}"} for number, name in enumerate(islice(names, authors))]
    paper = {"type": "paper", "id": "x:1", "title": "One huge team", "year": 2020, "author_count": authors, "authors": people}
    return orjson.dumps(paper)


def measure(authors: int, folder: Path) -> list[str]:
    """One line of the table."""
    (folder / "paper.jsonl").write_bytes(record(authors))
    ingest(folder / "store", "records", [folder / "paper.jsonl"], pairs=Settings.read().pair_bounds())
    files = manifest(current(folder / "store"))["files"]
    sizes = {name: about["bytes"] for name, about in files.items()}
    whole, pairs = sum(sizes.values()), sum(size for name, size in sizes.items() if name.startswith("edges/coauthors"))
    times = (f"{1000 * spent:.1f} ms" for spent in asked(current(folder / "store")))
    return [f"{authors:,}", f"{whole / 1e6:.1f} MB", f"{pairs / 1e6:.1f} MB", f"{whole / authors:,.0f}", *times]


def asked(snapshot: Path) -> list[float]:
    """Seconds of CPU for the page of somebody, its document read before; for one of another person; for a search two steps
    away."""
    store, planner = open_store(snapshot), Planner(Documents(make_schema(), Limits()))
    one, other, last = (str(store.table("author")["id"][row]) for row in (0, 1, 2))
    for document in (PAGE, STEPS):
        asyncio.run(planner.answer(document, {"id": "A" + "0" * 12}, None, Context(store)))
    spent = []
    for document, person in ((PAGE, one), (PAGE, other), (STEPS, last)):
        begun = time.process_time()
        asyncio.run(planner.answer(document, {"id": person}, None, Context(store)))
        spent.append(time.process_time() - begun)
    return spent


def main() -> None:
    """Print the table."""
    print(f"| {' | '.join(_HEAD)} |", f"|{' ---: |' * len(_HEAD)}", sep="\n")
    for authors in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            print(f"| {' | '.join(measure(authors, Path(folder)))} |", flush=True)


if __name__ == "__main__":
    main()
