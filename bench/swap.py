"""`python -m bench.swap [VERSIONS] [QUERIES]`: queries in flight while snapshots swap every second.

A server serves a store; once a second (or as soon as the last is done, where a machine takes longer over one) an ingest adds a
paper by one person, and CURRENT changes. Meanwhile clients ask, each
with the next query as soon as the last is answered, for one that must be the same however it is counted: the version, the
number of papers that the snapshot states, that a root list counts, that the person's list counts and holds, and that the
person's own column says. One answer that mixes two versions, one error or one failed request fails the run.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from byline.data.ingest.ingest import ingest
from byline.graph.store.columnar.files.layout import current
from tests.server import serving

CLIENTS = 16
# After which a run gives up: what it has not seen by then fails it.
LIMIT = 120.0
QUERY = """{
  snapshot { version paperCount authorshipCount }
  papers(first: 1) { totalCount }
  author(by: {name: "Ann Roe"}) {
    metrics { paperCount }
    papers(first: 100) { totalCount nodes { title authors { totalCount } } }
  }
}"""


@dataclass
class Outcome:
    """How many answers came from each version, and what was wrong with any."""

    versions: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    swaps: int = 0
    seconds: float = 0.0

    @property
    def answers(self) -> int:
        """Answers in all."""
        return sum(self.versions.values())


def swap(folder: Path, versions: int, queries: int, every: float = 1.0) -> Outcome:
    """Ask until `queries` answers came, from `versions` versions, a new one every `every` seconds, or for `LIMIT` seconds."""
    store, papers = folder / "store", {}
    for number in range(3):
        papers[_grow(store, folder, number)] = number + 1
    with serving(store) as server:
        return asyncio.run(_run(server.address, store, folder, papers, versions, queries, every))


def _grow(store: Path, folder: Path, number: int) -> str:
    """Add one paper; answers the new version."""
    path = folder / f"{number}.jsonl"
    record = {"type": "paper", "id": f"x:{number}", "title": f"Paper {number}", "authors": [{"name": "Ann Roe", "id": "x:ann"}]}
    path.write_text(json.dumps(record) + "\n")
    ingest(store, "records", [path])
    return current(store).name


async def _run(
    address: str, store: Path, folder: Path, papers: dict[str, int], versions: int, queries: int, every: float
) -> Outcome:
    outcome, begun, done = Outcome(), time.monotonic(), asyncio.Event()

    async def grow() -> None:
        while not done.is_set():
            due = time.monotonic() + every
            number = len(papers)
            version = await asyncio.to_thread(_grow, store, folder, number)
            papers[version] = number + 1
            outcome.swaps += 1
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def ask(client: httpx2.AsyncClient) -> None:
        while not done.is_set():
            _look(outcome, await client.post(f"{address}/graphql", json={"query": QUERY}), papers)
            enough = outcome.answers >= queries and len(outcome.versions) >= versions
            if enough or outcome.wrong or time.monotonic() - begun > LIMIT:
                done.set()

    async with httpx2.AsyncClient(timeout=60) as client:
        await asyncio.gather(grow(), *(ask(client) for _ in range(CLIENTS)))
    outcome.seconds = time.monotonic() - begun
    # The store may have named a version before `papers` heard of it: all of them are known by now.
    outcome.wrong += [f"version {version} was never written" for version in outcome.versions if version not in papers]
    return outcome


def _look(outcome: Outcome, answer: Any, papers: dict[str, int]) -> None:
    response = answer.json() if answer.status_code == 200 else {"errors": answer.text}
    if "errors" in response:
        outcome.wrong.append(f"{answer.status_code}: {response['errors']}")
        return
    data = response["data"]
    version, author = data["snapshot"]["version"], data["author"]
    counts = {
        data["snapshot"]["paperCount"],
        data["snapshot"]["authorshipCount"],
        data["papers"]["totalCount"],
        author["metrics"]["paperCount"],
        author["papers"]["totalCount"],
        papers.get(version, data["snapshot"]["paperCount"]),
    }
    shown = len(author["papers"]["nodes"])
    if len(counts) != 1 or shown != min(100, *counts):
        outcome.wrong.append(f"version {version} says {sorted(counts)} and shows {shown}")
    outcome.versions[version] += 1


def main() -> None:
    versions = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    queries = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        outcome = swap(Path(folder), versions, queries)
    print(f"{outcome.answers} answers from {len(outcome.versions)} versions in {outcome.seconds:.1f} s")
    print(f"{outcome.swaps} swaps, {CLIENTS} queries in flight, {len(outcome.wrong)} wrong")
    for text in outcome.wrong[:10]:
        print(f"  {text}")
    sys.exit(bool(outcome.wrong))


if __name__ == "__main__":
    main()
