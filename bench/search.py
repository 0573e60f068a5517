"""`python -m bench search`: search and suggestions beside SQLite FTS5, on the ACL Anthology and on a made-up million of each.

Both sides get the same names and titles. FTS5 is asked in its own order (bm25) and in ours (most cited first), 20 entries each; a
prefix index of one to three letters serves its prefixes. Ours has all levels of docs/search.md, slips included.
"""

import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.acl_records import records
from bench.places import CORPORA, there
from byline.graph.model import Kind
from byline.graph.request import Complete, Search
from byline.graph.store.columnar.build.word_index import write_words
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.word_fields import FOLDER
from byline.graph.store.columnar.mapped.finder import Finder, Nodes
from byline.graph.store.columnar.mapped.word_index import WordIndex
from byline.graph.words import query_words

PAGE, QUERIES = 20, 200


@dataclass
class Texts:
    """Names of people, titles of papers, abstracts or none, and how often each is cited."""

    people: list[str]
    cited_people: Any
    titles: list[str]
    abstracts: list[str | None]
    cited_papers: Any


def anthology() -> Texts:
    """The papers of the corpus and the people who wrote them, with the citations among them."""
    people, titles, abstracts, wrote, cited = {}, {}, [], {}, Counter()
    for record in records(there(CORPORA)):
        if record["type"] == "citation":
            cited[record["to"]] += 1
        elif record["type"] == "paper":
            titles[record["id"]] = record["title"]
            abstracts.append(record.get("abstract"))
            wrote[record["id"]] = [author.get("id", author["name"]) for author in record.get("authors") or []]
            people.update({author.get("id", author["name"]): author["name"] for author in record.get("authors") or []})
    of_people: Counter[str] = Counter()
    for paper, authors in wrote.items():
        of_people.update(dict.fromkeys(authors, cited[paper]))
    counts = np.array([cited[paper] for paper in titles]), np.array([of_people[person] for person in people])
    return Texts(list(people.values()), counts[1], list(titles.values()), abstracts, counts[0])


def made_up(real: Texts, count: int, seed: int = 7) -> Texts:
    """As many people and papers: given and family names and title words of the real ones, put together anew."""
    rng = np.random.default_rng(seed)
    names = [name.split() for name in real.people if " " in name]
    given, family = (rng.integers(0, len(names), count) for _ in range(2))
    people = [" ".join([*names[one][:-1], names[other][-1]]) for one, other in zip(given.tolist(), family.tolist(), strict=True)]
    words = [word for title in real.titles for word in title.split()]
    lengths = rng.integers(5, 14, count)
    drawn = rng.integers(0, len(words), int(lengths.sum())).tolist()
    ends = np.cumsum(lengths).tolist()
    titles = [
        " ".join(words[word] for word in drawn[end - length : end]) for length, end in zip(lengths.tolist(), ends, strict=True)
    ]
    cited = [np.minimum(rng.zipf(1.8, count), 100_000) for _ in range(2)]
    return Texts(people, cited[0], titles, [None] * count, cited[1])


# ------------------------------------------------------------ the two sides


def ours(texts: Texts, folder: Path) -> tuple[Finder, float, int]:
    """The index of words over these texts, seconds of CPU to build it, its bytes."""
    disk = Disk(folder, 1 << 30)
    _tables(texts, disk)
    started = time.process_time()
    with disk:
        write_words(disk)
    seconds = time.process_time() - started
    index = WordIndex.open(folder)
    assert index is not None
    arrays = {f"{FOLDER}/{path.stem}": np.load(path, mmap_mode="r").view(np.ndarray) for path in (folder / FOLDER).glob("*.npy")}
    named = {Kind.AUTHOR: texts.people, Kind.PAPER: texts.titles}
    nodes = Nodes(lambda kind, row: f"{kind[0]}{row:012d}", lambda kind, row: [named[kind][row]], lambda code: [])
    size = sum(path.stat().st_size for path in (folder / FOLDER).rglob("*") if path.is_file())
    return Finder(index, arrays, nodes), seconds, size


def _tables(texts: Texts, disk: Disk) -> None:
    """The columns and edges that the index is made from, without the rest of a snapshot."""

    def people(names: list[str], cited: Any) -> dict[str, pa.Array]:
        lists = pa.ListArray.from_arrays(pa.array(range(len(names) + 1), pa.int32()), pa.array(names, pa.string()))
        counts = pa.array(cited, pa.int32())
        return {"name": pa.array(names, pa.string()), "names": lists, "citation_count": counts, "paper_count": counts}

    disk.table("author", people(texts.people, texts.cited_people))
    disk.table("institution", people([], []))
    years = pa.array([2000] * len(texts.titles), pa.int32())
    columns = {"title": pa.array(texts.titles, pa.large_string()), "abstract": pa.array(texts.abstracts, pa.large_string())}
    disk.table("paper", {**columns, "year": years, "citation_count": pa.array(texts.cited_papers, pa.int32())})
    nothing = pa.array([], pa.string())
    disk.table("category", {"code": nothing, "name": nothing, "parent": pa.array([], pa.int32())})
    for edge, size in (("category_papers", 1), ("paper_categories", len(texts.titles) + 1)):
        disk.save(f"edges/{edge}.offsets", np.zeros(size, np.int64))
        disk.save(f"edges/{edge}.targets", np.zeros(0, np.int32))


def theirs(texts: Texts, path: Path) -> tuple[sqlite3.Connection, float, int]:
    """The same in SQLite: two FTS5 tables with their counts beside them; seconds of CPU to build, bytes."""
    base = sqlite3.connect(path)
    started = time.process_time()
    how = "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'"
    base.execute(f"CREATE VIRTUAL TABLE people USING fts5(name, {how})")
    base.execute(f"CREATE VIRTUAL TABLE papers USING fts5(title, abstract, {how})")
    base.executemany("INSERT INTO people(rowid, name) VALUES (?, ?)", enumerate(texts.people))
    rows = zip(range(len(texts.titles)), texts.titles, texts.abstracts, strict=True)
    base.executemany("INSERT INTO papers(rowid, title, abstract) VALUES (?, ?, ?)", rows)
    for table, cited in (("people", texts.cited_people), ("papers", texts.cited_papers)):
        base.execute(f"CREATE TABLE {table}_cited(row INTEGER PRIMARY KEY, cited INTEGER)")
        base.executemany(f"INSERT INTO {table}_cited VALUES (?, ?)", enumerate(cited.tolist()))
    base.commit()
    return base, time.process_time() - started, path.stat().st_size


# ------------------------------------------------------------ what is asked


@dataclass
class Job:
    """Texts to ask for, and how each side is asked."""

    name: str
    texts: list[str]
    own: Callable[[str], Any]
    table: str = ""
    match: Callable[[str], str] = str


def jobs(texts: Texts, finder: Finder, seed: int = 11) -> list[Job]:
    """Searches for people and papers that are there, and what is typed on the way to a name."""
    rng = np.random.default_rng(seed)

    def some(among: list[str]) -> list[str]:
        return [among[row] for row in rng.integers(0, len(among), QUERIES).tolist()]

    people = [name for name in some(texts.people) if len(query_words(name)) > 1]
    titles = [title for title in some(texts.titles) if len(query_words(title)) > 3]
    every = lambda text: " ".join(f'"{word}"' for word in query_words(text))  # noqa: E731
    begun = lambda text: " ".join(f'"{word}"*' for word in query_words(text))  # noqa: E731

    def find(*kinds: Kind, total: bool = False) -> Callable[[str], Any]:
        return lambda text: finder.search(Search(text, kinds, first=PAGE, total=total))

    def complete(*kinds: Kind) -> Callable[[str], Any]:
        return lambda text: finder.complete(Complete(text, kinds, 10))

    typed = [name[:end] for name in people for end in (1, 2, 3, 5, 8, 12) if end <= len(name)]
    longest = [max(query_words(title), key=len) for title in titles]
    pairs = [" ".join(sorted(query_words(title), key=len)[-2:]) for title in titles]
    return [
        Job("a person by name", people, find(Kind.AUTHOR), "people", every),
        Job("initial and last name", [f"{n.split()[0][0]} {n.split()[-1]}" for n in people], find(Kind.AUTHOR), "people", begun),
        Job("a name with one letter off", [_slipped(name) for name in people], find(Kind.AUTHOR)),
        Job("two words of a title", pairs, find(Kind.PAPER), "papers", every),
        Job("one word of a title", longest, find(Kind.PAPER), "papers", every),
        Job("one word of a title, with the total", longest, find(Kind.PAPER, total=True)),
        Job("a whole title", titles, find(Kind.PAPER), "papers", every),
        Job("people and papers by two words", pairs, find(Kind.AUTHOR, Kind.PAPER)),
        Job("suggest people, key by key", typed, complete(Kind.AUTHOR), "people", begun),
        Job("suggest people and papers, key by key", typed, complete(Kind.AUTHOR, Kind.PAPER)),
    ]


def _slipped(name: str) -> str:
    words = name.split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    words[at] = words[at][:2] + words[at][3:]
    return " ".join(words)


def measure(job: Job, base: sqlite3.Connection) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of CPU of each text: ours, FTS5 in its own order, FTS5 in ours; taken in turns after one of each to warm up.

    Both work in the thread that asks, so that their CPU is their wall where nothing else wants the machine.
    """
    limit = f"LIMIT {PAGE}"
    queries = {
        "rank": f"SELECT {job.table}.rowid FROM {job.table} WHERE {job.table} MATCH ? ORDER BY rank {limit}",
        "cited": f"SELECT row FROM {job.table} JOIN {job.table}_cited ON row = {job.table}.rowid WHERE {job.table} MATCH ? "
        f"ORDER BY cited DESC {limit}",
    }
    milliseconds: tuple[list[float], list[float], list[float]] = ([], [], [])
    for turn, text in enumerate([job.texts[0], *job.texts]):
        calls: list[Callable[[], Any]] = [lambda: job.own(text)]  # noqa: B023
        if job.table:
            calls += [lambda sql=sql: base.execute(sql, (job.match(text),)).fetchall() for sql in queries.values()]  # noqa: B023
        for times, call in zip(milliseconds, calls, strict=False):
            started = time.process_time()
            call()
            if turn:
                times.append((time.process_time() - started) * 1e3)
    return milliseconds


def table(name: str, texts: Texts) -> None:
    """Build both sides and print the table of one set of texts."""
    with tempfile.TemporaryDirectory() as folder:
        finder, seconds, size = ours(texts, Path(folder))
        base, their_seconds, their_size = theirs(texts, Path(folder) / "fts.sqlite")
        print(f"\n### {name}: {len(texts.people):,} people, {len(texts.titles):,} papers\n")
        print(
            f"Built in {seconds:.0f} s of CPU, {size / 1e6:.0f} MB; FTS5 in {their_seconds:.0f} s, {their_size / 1e6:.0f} MB.\n"
        )
        print("| asked for | p50 | p95 | FTS5 by bm25 | ratio | FTS5 most cited | ratio |\n|---|---|---|---|---|---|---|")
        for job in jobs(texts, finder):
            own, *others = measure(job, base)
            middle = statistics.median(own)
            cells = [f"{middle:.2f} ms", f"{np.percentile(own, 95):.2f} ms"]
            for times in others:
                cells += [f"{statistics.median(times):.2f} ms", f"{statistics.median(times) / middle:.1f}"] if times else ["", ""]
            print(f"| {job.name} | {' | '.join(cells)} |", flush=True)
        base.close()


def search(count: int) -> None:
    """Both tables."""
    real = anthology()
    table("The ACL Anthology", real)
    table("Made up", made_up(real, count))
