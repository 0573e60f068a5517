"""`python -m bench slips [STORE…]`: how often a person is found whose name was typed with one slip.

A query is the printed name of a random person, whole, with one slip in one random word of at least four letters: a letter wrong,
missing or doubled, or two neighbours swapped, each as often. A hit is that very person among the first ten entries of `search`,
asked for people alone and for all kinds. Of people who bear the same printed name only some can be among ten: a hit of the name
is anybody who bears it. Without stores, five are built from the corpora in a temporary folder.
"""

import asyncio
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.markdown import table
from bench.places import CORPORA, ROOT, there
from byline.graph.model import LETTERS, Kind
from byline.graph.request import Search
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store
from byline.graph.text import fold

PEOPLE, FIRST, SEED = 1_000, 10, 2025
SLIPS = ("wrong", "missing", "doubled", "swapped")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What is built where no store is given: name, source, file.
_BUILT = (
    ("acl", "acl", "acl/native.tar.zst"),
    ("dev_cs", "arxiv", "arxiv/dev_cs.jsonl.zst"),
    ("paperlists", "paperlists", "paperlists/papers.jsonl.zst"),
    ("medline", "records", "medline/papers.jsonl.zst"),
    ("cit", "arxiv", "cit/cit-hep-th-papers.jsonl.zst"),
)


@dataclass
class Tally:
    """What was found of one sort of slip, or of all."""

    queries: int = 0
    person: int = 0
    name: int = 0
    among_all: int = 0
    milliseconds: list[float] = field(default_factory=list)


def slipped(name: str, kind: str, rng: random.Random) -> str | None:
    """The name with a slip of a kind; None where it has no word for it, or where the slip would not show."""
    words = [match for match in _WORD.finditer(name) if match.group().isascii() or fold(match.group()).isalpha()]
    if not words:
        return None
    start, stop = rng.choice(words).span()
    at = rng.randrange(start, stop - (kind == "swapped"))
    letter = name[at]
    match kind:
        case "wrong":
            put = rng.choice(_LETTERS)
            query = name[:at] + (put.upper() if letter.isupper() else put) + name[at + 1 :]
        case "missing":
            query = name[:at] + name[at + 1 :]
        case "doubled":
            query = name[:at] + letter + name[at:]
        case _:
            query = name[:at] + name[at + 1] + letter + name[at + 2 :]
    return None if fold(query) == fold(name) else query


def drawn(names: Sequence[list[str]], count: int, seed: int) -> Iterator[tuple[int, str, str, str]]:
    """Row, printed name, sort of slip and query of random people, each sort in turn."""
    rng = random.Random(seed)
    rows = rng.sample(range(len(names)), len(names))
    count_drawn = 0
    for row in rows:
        if count_drawn == count:
            return
        name, kind = rng.choice(names[row]), SLIPS[count_drawn % len(SLIPS)]
        if (query := slipped(name, kind, rng)) is not None:
            count_drawn += 1
            yield row, name, kind, query


async def tallies(store: ColumnarStore, count: int = PEOPLE, seed: int = SEED) -> dict[str, Tally]:
    """What is found in a store, by the sort of slip."""
    names = [list(dict.fromkeys(each)) for each in store.table(Kind.AUTHOR)["names"].to_pylist()]
    by_slip = {kind: Tally() for kind in SLIPS}
    for row, name, kind, query in drawn(names, count, seed):
        tally = by_slip[kind]
        started = time.process_time()
        (people,) = await store.search([Search(query, (Kind.AUTHOR,), first=FIRST)])
        tally.milliseconds.append((time.process_time() - started) * 1e3)
        (mixed,) = await store.search([Search(query, tuple(LETTERS), first=FIRST)])
        rows = people.rows.tolist()
        tally.queries += 1
        tally.person += row in rows
        tally.name += any(name in names[each] for each in rows)
        tally.among_all += (Kind.AUTHOR, row) in zip(mixed.kinds, mixed.rows.tolist(), strict=True)
    return by_slip


def _line(name: str, store: ColumnarStore, by_slip: dict[str, Tally]) -> list[str]:
    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:.1f} %" if whole else "–"

    total = sum(each.queries for each in by_slip.values())
    times = [each for tally in by_slip.values() for each in tally.milliseconds]
    return [
        name,
        f"{store.size(Kind.AUTHOR):,}",
        f"{total:,}",
        *(share(each.person, each.queries) for each in by_slip.values()),
        share(sum(each.person for each in by_slip.values()), total),
        share(sum(each.name for each in by_slip.values()), total),
        share(sum(each.among_all for each in by_slip.values()), total),
        f"{statistics.median(times):.2f} ms",
    ]


def measured(folders: Sequence[Path]) -> str:
    """The table over stores, a line each."""
    rows = []
    for folder in folders:
        store = open_store(current(folder))
        rows.append(_line(folder.name, store, asyncio.run(tallies(store))))
    return table(["corpus", "people", "asked", *SLIPS, "all", "the name", "among all kinds", "p50"], rows)


def slips(stores: Sequence[Path]) -> None:
    """Print the table over stores, or over the corpora."""
    if stores:
        print(measured(stores))
        return
    with tempfile.TemporaryDirectory(prefix="byline-slips-") as folder:
        for name, source, file in _BUILT:
            command = [sys.executable, "-m", "byline", "ingest", source, str(there(CORPORA / file))]
            subprocess.run([*command, "--store", f"{folder}/{name}"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        print(measured([Path(folder) / name for name, *_ in _BUILT]))
