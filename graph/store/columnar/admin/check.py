"""Whether a snapshot is what it should be: checksums first, then what must hold between its files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from byline.graph.errors import StoreFailed
from byline.graph.metrics.citations import h_index
from byline.graph.model import COAUTHORS, EDGES, LETTERS, LINKS, Kind, columns_where
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.huge_teams import Worked, huge_teams
from byline.graph.store.columnar.files import load
from byline.graph.store.columnar.files.csr import NULL, Csr, Numbers
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.list_counts import lists
from byline.graph.store.protocol import Rows
from byline.graph.text import fold

# Rows whose derived figures are worked out again, and entries that are looked at together.
SAMPLE, _CHUNK = 500, 1 << 20
# Edges of which one is the other seen from the far end.
_MIRRORED = (
    ("references", "cited_by"),
    ("author_papers", "paper_authors"),
    ("paper_institutions", "institution_papers"),
    ("paper_categories", "category_papers_direct"),
    ("authorship_institutions", "institution_authorships"),
    ("affiliations", "institution_authors"),
    ("coauthors", "coauthors"),
    ("collaborations", "collaborations"),
    ("paper_venue", "venue_papers"),
)
# Adjacency that no edge of the vocabulary names.
_ENDS = {
    "author_authorships": (Kind.AUTHOR, Kind.AUTHORSHIP),
    "institution_authorships": (Kind.INSTITUTION, Kind.AUTHORSHIP),
    "category_papers_direct": (Kind.CATEGORY, Kind.PAPER),
}
_LENGTHS = {
    (Kind.PAPER, "reference_count"): "references",
    (Kind.AUTHOR, "paper_count"): "author_papers",
    (Kind.AUTHOR, "coauthor_count"): "coauthors",
    (Kind.INSTITUTION, "paper_count"): "institution_papers",
    (Kind.INSTITUTION, "author_count"): "institution_authors",
    (Kind.CATEGORY, "paper_count"): "category_papers",
    (Kind.CATEGORY, "author_count"): "category_authors",
    (Kind.VENUE, "paper_count"): "venue_papers",
    (Kind.VENUE, "author_count"): "venue_authors",
}
# The kinds whose indices are made of their papers, by the edge to these.
_INDEXED = {
    Kind.AUTHOR: "author_papers",
    Kind.INSTITUTION: "institution_papers",
    Kind.CATEGORY: "category_papers",
    Kind.VENUE: "venue_papers",
}

_FOLDED = tuple((kind, name) for kind in LETTERS for name in columns_where(kind, "folded"))


def problems(folder: Path) -> list[str]:
    """What is wrong with a snapshot, each with the file it shows in; nothing where all is well.

    Invariants are only looked at where every file is as it was written.
    """
    if damaged := load.verify(folder):
        return damaged
    try:
        snapshot = Snapshot.open(folder)
    except StoreFailed as error:
        return [str(error)]
    shape = [problem for check in _SHAPE for problem in check(snapshot)]
    return shape or [problem for check in _MEANING for problem in check(snapshot)]


def _ids(snapshot: Snapshot) -> Iterator[str]:
    for kind in LETTERS:
        ids = snapshot.ids(kind)
        if not all(
            bool((ids[at + 1 : at + _CHUNK + 1] > ids[at : at + _CHUNK][: len(ids) - at - 1]).all()) for at in _steps(len(ids))
        ):
            yield f"{kind}.arrow: the ids are not sorted, or one stands twice"
    if not bool((snapshot.aliases[1:] >= snapshot.aliases[:-1]).all()):
        yield "links/alias.arrow: the ids are not sorted"


def _steps(size: int) -> range:
    return range(0, size, _CHUNK)


def _counts(snapshot: Snapshot) -> Iterator[str]:
    # Rows of kinds are counted when a snapshot is opened.
    stated = snapshot.about["counts"]
    if stated["citations"] != (entries := len(snapshot.csr["references"].targets)):
        yield f"edges/references.targets.npy: {entries} entries, the manifest counts {stated['citations']}"


def _lists(snapshot: Snapshot) -> Iterator[str]:
    for name, csr in snapshot.csr.items():
        source, target = _ends(name)
        if source is not None and len(csr.offsets) != snapshot.size(source) + 1:
            yield f"edges/{name}.offsets.npy: {len(csr.offsets) - 1} lists for {snapshot.size(source)} rows"
        elif csr.offsets[0] != 0 or csr.offsets[-1] != len(csr.targets):
            yield f"edges/{name}.offsets.npy: from {csr.offsets[0]} to {csr.offsets[-1]}, for {len(csr.targets)} entries"
        elif not all(bool((np.diff(csr.offsets[at : at + _CHUNK + 1]) >= 0).all()) for at in _steps(len(csr.offsets))):
            yield f"edges/{name}.offsets.npy: the offsets fall"
        if target is not None and not _inside(csr.targets, snapshot.size(target)):
            yield f"edges/{name}.targets.npy: an entry is no row of {target}.arrow"
        for value, beside in snapshot.edge_values.get(name, {}).items():
            if len(beside) != len(csr.targets):
                yield f"edges/{name}.{value}.npy: {len(beside)} values for {len(csr.targets)} entries"


def _ends(name: str) -> tuple[Kind | None, Kind | None]:
    """What an edge leads from and to; lists of something else than nodes have neither."""
    edge = EDGES.get(name)
    return (edge.source, edge.target) if edge else _ENDS.get(name, (None, None))


def _inside(rows: Rows, size: int) -> bool:
    return all(bool(((part := rows[at : at + _CHUNK]) >= 0).all() and (part < size).all()) for at in _steps(len(rows)))


def _links(snapshot: Snapshot) -> Iterator[str]:
    kinds = {str(kind): kind for kind in Kind} | {"citing": Kind.PAPER, "cited": Kind.PAPER}
    for name, schema in LINKS.items():
        table = load.link(snapshot.folder, name)
        for column in schema.names:
            if column in kinds and not _inside(table[column].chunk(0).to_numpy(), snapshot.size(kinds[column])):
                yield f"links/{name}.arrow: an entry of {column} is no row of {kinds[column]}.arrow"


def _directions(snapshot: Snapshot) -> Iterator[str]:
    """Both directions of an edge hold the same pairs: the sums of a hash of each pair agree."""
    for one, other in _MIRRORED:
        distinct = other == "paper_authors"
        # Somebody without a kept list stands in those of others alone.
        without = snapshot.coauthors.worked if one == COAUTHORS.name else Worked()
        left = _sum(snapshot.csr[one], False, False, without)
        right = _sum(snapshot.csr[other], True, distinct, without)
        if left != right:
            yield f"edges/{one}.targets.npy: other pairs than edges/{other}.targets.npy has"


def _sum(csr: Csr, turned: bool, distinct: bool, without: Worked) -> int:
    total = 0
    for start, _, offsets, targets in lists(csr):
        sources = np.repeat(np.arange(start, start + len(offsets) - 1, dtype=np.uint64), np.diff(offsets))
        if without:
            stored = ~without.among(targets)
            sources, targets = sources[stored], targets[stored]
        far = targets.astype(np.uint64)
        pairs = (far << np.uint64(32)) | sources if turned else (sources << np.uint64(32)) | far
        if distinct:
            pairs = np.unique(pairs)
        mixed = (pairs ^ (pairs >> np.uint64(29))) * np.uint64(0xC6A4A7935BD1E995)
        total += int(np.sum((mixed ^ (mixed >> np.uint64(47))) * np.uint64(0x9E3779B97F4A7C15), dtype=np.uint64))
    return total & (1 << 64) - 1


def _orders(snapshot: Snapshot) -> Iterator[str]:
    for name, rows in snapshot.arrays.items():
        if not name.startswith("orders/") or name.endswith(".rank"):
            continue
        kind = Kind(name.removeprefix("orders/").split(".")[0])
        seen = np.zeros(snapshot.size(kind), np.bool_)
        if len(rows) != len(seen) or not _inside(rows, len(seen)):
            yield f"{name}.npy: not the rows of {kind}.arrow"
            continue
        seen[rows] = True
        if not seen.all():
            yield f"{name}.npy: a row of {kind}.arrow is missing"


def _alternatives(snapshot: Snapshot) -> Iterator[str]:
    chance = np.random.default_rng(0)
    for name, places in snapshot.arrays.items():
        if "@" not in name:
            continue
        csr = snapshot.csr[name.removeprefix("edges/").split("@")[0]]
        for row in _some(chance, len(csr.offsets) - 1):
            start, stop = int(csr.offsets[row]), int(csr.offsets[row + 1])
            if len(places) != len(csr.targets) or not np.array_equal(np.sort(places[start:stop]), np.arange(start, stop)):
                yield f"{name}.npy: the places of list {row} are not those of its entries"
                break


def _some(chance: np.random.Generator, size: int) -> list[int]:
    return np.unique(chance.integers(0, size, SAMPLE)).tolist() if size else []


def _indexes(snapshot: Snapshot) -> Iterator[str]:
    for path in sorted((snapshot.folder / "indexes").glob("*.arrow")):
        table, kind = load.table(path), Kind(path.name.split(".")[0])
        hashes = table["hash"].chunk(0).to_numpy()
        if not bool((hashes[1:] >= hashes[:-1]).all()):
            yield f"indexes/{path.name}: the hashes are not sorted"
        if not _inside(table["row"].chunk(0).to_numpy(), snapshot.size(kind)):
            yield f"indexes/{path.name}: an entry is no row of {kind}.arrow"


def _figures(snapshot: Snapshot) -> Iterator[str]:
    """Derived columns, those that are lengths of lists for all rows, the others worked out again for a sample."""
    for (kind, column), edge in _LENGTHS.items():
        if _unwritten(snapshot, kind, column):
            continue
        csr = snapshot.csr[edge]
        counted = snapshot.coauthors.worked.lengths_of(csr) if edge == COAUTHORS.name else np.diff(csr.offsets)
        if wrong := np.flatnonzero(snapshot.numbers(kind, column) != counted).tolist():
            yield f"{kind}.arrow: {column} of row {wrong[0]} is not the length of its list in edges/{edge}"
    yield from _citing(snapshot)
    chance = np.random.default_rng(1)
    for kind, name in _FOLDED:
        for row in _some(chance, snapshot.size(kind)):
            text, folded = (snapshot.reader(kind, column).few((row,))[0] for column in (name, f"{name}_fold"))
            if folded != fold(text):
                yield f"{kind}.arrow: {name}_fold of row {row} is {folded!r} for {text!r}"
                break
    for kind, edge in _INDEXED.items():
        if not _unwritten(snapshot, kind, "h_index"):
            yield from _indices(snapshot, kind, edge, np.array(_some(chance, snapshot.size(kind)), np.int32))


def _unwritten(snapshot: Snapshot, kind: Kind, column: str) -> bool:
    """Whether a column is null in every row, as one is that the snapshot was written without."""
    return bool((snapshot.numbers(kind, column) == NULL).all())


def _indices(snapshot: Snapshot, kind: Kind, edge: str, rows: Rows) -> Iterator[str]:
    """Indices of some nodes against the citations of their papers."""
    offsets, places = snapshot.csr[edge].gather(rows)
    cited = snapshot.numbers(Kind.PAPER, "citation_count")[snapshot.csr[edge].targets[places]]
    indexed = (np.diff(offsets) > 0) & snapshot.citations_known
    wrong = rows[snapshot.numbers(kind, "h_index")[rows] != np.where(indexed, h_index(offsets, cited), NULL)].tolist()
    if wrong:
        yield f"{kind}.arrow: h_index of row {wrong[0]} is not that of its papers"


def _citing(snapshot: Snapshot) -> Iterator[str]:
    """No paper cites itself, and citing works are those in the graph and those outside of it."""
    for start, _, offsets, targets in lists(snapshot.csr["references"]):
        citing = np.repeat(np.arange(start, start + len(offsets) - 1), np.diff(offsets))
        if loops := citing[citing == targets].tolist():
            yield f"edges/references.targets.npy: paper {loops[0]} cites itself"
    counted = np.diff(snapshot.csr["cited_by"].offsets) + snapshot.numbers(Kind.PAPER, "outside_citation_count")
    expected = counted if snapshot.citations_known else np.full(len(counted), NULL)
    if wrong := np.flatnonzero(snapshot.numbers(Kind.PAPER, "citation_count") != expected).tolist():
        yield f"{Kind.PAPER}.arrow: citation_count of row {wrong[0]} is not the number of its citing works"


def _meetings(snapshot: Snapshot) -> Iterator[str]:
    """Derived edges, counted again from the papers for a sample of rows."""
    hops: dict[str, Callable[[paper_pairs.EdgeInputs, Rows], Lists]] = {
        "coauthors": paper_pairs.coauthors,
        "affiliations": paper_pairs.affiliations,
        "institution_authors": paper_pairs.institution_authors,
        "collaborations": paper_pairs.collaborations,
        "venue_authors": paper_pairs.venue_authors,
    }
    chance = np.random.default_rng(2)
    for name, hop in hops.items():
        lengths = np.diff(snapshot.csr[name].offsets)
        # Of people with thousands of coauthors one is as good a witness as any other.
        rows = np.array([row for row in _some(chance, len(lengths)) if lengths[row] <= 10_000], np.int32)
        if name == COAUTHORS.name:
            rows = rows[~snapshot.coauthors.worked.among(rows)]
        derived = hop(snapshot.edge_inputs, rows)
        offsets, places = snapshot.csr[name].gather(rows)
        beside = {value: values[places] for value, values in snapshot.edge_values[name].items()}
        same = np.array_equal(derived.offsets, offsets) and np.array_equal(derived.rows, snapshot.csr[name].targets[places])
        if not same:
            yield f"edges/{name}.targets.npy: not what the papers make"
        for value, values in beside.items():
            if same and not _alike(values, derived.beside[value]):
                yield f"edges/{name}.{value}.npy: not what the papers make"


def _alike(one: npt.NDArray[np.generic], other: npt.NDArray[np.generic]) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def _unkept(snapshot: Snapshot) -> Iterator[str]:
    worked, size = snapshot.coauthors.worked, snapshot.size(Kind.AUTHOR)
    if not _inside(worked.rows, size) or not bool((worked.rows[1:] > worked.rows[:-1]).all()):
        yield f"worked.rows.npy: not rows of {Kind.AUTHOR}.arrow in their order"
    if len(worked.rows) != len(worked.lengths):
        yield f"worked.lengths.npy: {len(worked.lengths)} lengths for {len(worked.rows)} rows"


def _worked(snapshot: Snapshot) -> Iterator[str]:
    """Whose coauthors are worked out: nobody but the people of teams above the bound, and how many there are is told right."""
    worked, edge_inputs = snapshot.coauthors.worked, snapshot.edge_inputs
    most = snapshot.about["pairs"]["max_kept_team"]
    if not np.array_equal(worked.rows, huge_teams(snapshot.arrays["known_authors"], snapshot.csr["paper_authors"], most)):
        yield f"worked.rows.npy: not the people of papers of more than {most}"
        return
    if np.diff(snapshot.csr[COAUTHORS.name].offsets)[worked.rows].any():
        yield "edges/coauthors.offsets.npy: somebody has a list whose coauthors are worked out"
    some = _some(np.random.default_rng(3), len(worked.rows))
    if not np.array_equal(np.diff(paper_pairs.coauthors_alike(edge_inputs, worked.rows[some]).offsets), worked.lengths[some]):
        yield "worked.lengths.npy: not how many coauthors the papers make"


def _known_authors(snapshot: Snapshot) -> Iterator[str]:
    known_authors: Numbers = snapshot.arrays["known_authors"]
    lengths = np.diff(snapshot.csr["paper_authors"].offsets)
    if bool((known_authors > lengths).any()) or bool(((known_authors == 0) & (lengths > 0)).any()):
        yield "known_authors.npy: not the number of people of each paper"
    stated = snapshot.numbers(Kind.PAPER, "author_count")
    if not bool((snapshot.team_size == np.maximum(np.where(stated == NULL, 0, stated), known_authors)).all()):
        yield "team_size.npy: not what is reported or known"


_Check = Callable[[Snapshot], Iterator[str]]
# What the others rely on comes first.
_SHAPE: tuple[_Check, ...] = (_ids, _counts, _lists, _links, _unkept)
_MEANING: tuple[_Check, ...] = (_worked, _directions, _orders, _alternatives, _indexes, _figures, _meetings, _known_authors)
