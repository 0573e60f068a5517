"""Facts to adjacency: every edge in both directions, and the edges that papers make."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.model import Facts, Kind
from graph.store.columnar.csr import NULL, Csr, Numbers, build, descending, ends_of
from graph.store.columnar.lists import Lists, distinct
from graph.store.columnar.meet import Ground, affiliations, coauthors, collaborations, institution_authors
from graph.store.columnar.shared import newman
from graph.store.protocol import Rows

# Meetings that are counted at once while building: bounds the memory of the widest step.
_BATCH = 4_000_000


def numbers(column: pa.ChunkedArray) -> Numbers:
    """A 32-bit column as numpy, NULL where it is null."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    filled: Numbers = column.fill_null(int(NULL)).to_numpy().astype(np.int32, copy=False)
    return filled


@dataclass
class Adjacency:
    """Everything that is derived from links: adjacency by edge name and what runs beside it."""

    sizes: dict[Kind, int]
    newest: Numbers
    known_authors: Numbers
    csr: dict[str, Csr] = field(default_factory=dict)
    values: dict[str, dict[str, npt.NDArray[np.generic]]] = field(default_factory=dict)

    def add(self, name: str, source: Kind, sources: Rows, targets: Rows, *ties: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Keep the pairs under a name; answers the order in which they were laid down."""
        self.csr[name], order = build(sources, targets, self.sizes[source], *ties)
        return order


def derive(facts: Facts) -> Adjacency:
    """All adjacency of a set of facts. Lists of papers lie newest first, lists of people and institutions by row."""
    paper = facts.nodes[Kind.PAPER]
    sizes = {kind: table.num_rows for kind, table in facts.nodes.items()}
    year, day = numbers(paper["year"]), numbers(paper["published_on"])
    rank = np.empty(len(year), np.int32)
    rank[np.lexsort((descending(day), descending(year)))] = np.arange(len(year), dtype=np.int32)
    authorship = facts.nodes[Kind.AUTHORSHIP]
    papers, authors = numbers(authorship["paper"]), numbers(authorship["author"])
    at, _ = distinct(papers.astype(np.int64), authors, max(sizes[Kind.AUTHOR], 1))
    known = np.bincount(at, minlength=len(year)).astype(np.int32)
    adjacency = Adjacency(sizes, rank, known)
    _authorships(adjacency, papers, authors)
    _links(adjacency, facts)
    weight = newman(numbers(paper["author_count"]), known)
    _meetings(adjacency, Ground(sizes, adjacency.csr, year, weight, papers))
    return adjacency


def _authorships(a: Adjacency, papers: Rows, authors: Rows) -> None:
    rows = np.arange(len(papers), dtype=np.int32)
    a.add("paper_authors", Kind.PAPER, papers, authors)
    a.csr["author_authorships"], _ = build(authors, rows, a.sizes[Kind.AUTHOR])
    # A person printed twice on a paper has it once in their list, with the first of the two authorships.
    _, first = np.unique(authors * np.int64(max(a.sizes[Kind.PAPER], 1)) + papers, return_index=True)
    order = a.add("author_papers", Kind.AUTHOR, authors[first], papers[first], a.newest[papers[first]])
    a.values["author_papers"] = {"authorship": rows[first][order]}


def _links(a: Adjacency, facts: Facts) -> None:
    def pair(link: str, left: str, right: str) -> tuple[Rows, Rows]:
        return numbers(facts.links[link][left]), numbers(facts.links[link][right])

    citing, cited = pair("citation", "citing", "cited")
    a.add("references", Kind.PAPER, citing, cited, a.newest[cited])
    a.add("cited_by", Kind.PAPER, cited, citing, a.newest[citing])
    paper, category = pair("paper_category", "paper", "category")
    a.add("paper_categories", Kind.PAPER, paper, category)
    a.add("category_papers_direct", Kind.CATEGORY, category, paper, a.newest[paper])
    parent = numbers(facts.nodes[Kind.CATEGORY]["parent"])
    child = np.flatnonzero(parent != NULL).astype(np.int32)
    a.add("category_children", Kind.CATEGORY, parent[child], child)
    authorship, institution = pair("authorship_institution", "authorship", "institution")
    a.add("authorship_institutions", Kind.AUTHORSHIP, authorship, institution)
    a.add("institution_authorships", Kind.INSTITUTION, institution, authorship)
    stated, where = pair("paper_institution", "paper", "institution")
    of_paper = numbers(facts.nodes[Kind.AUTHORSHIP]["paper"])[authorship]
    papers, institutions = distinct(
        np.concatenate([of_paper, stated]).astype(np.int64),
        np.concatenate([institution, where]),
        max(a.sizes[Kind.INSTITUTION], 1),
    )
    rows = papers.astype(np.int32)
    a.add("paper_institutions", Kind.PAPER, rows, institutions)
    a.add("institution_papers", Kind.INSTITUTION, institutions, rows, a.newest[rows])


def _meetings(a: Adjacency, ground: Ground) -> None:
    everyone, everything = (np.arange(a.sizes[kind], dtype=np.int32) for kind in (Kind.AUTHOR, Kind.INSTITUTION))
    _keep(a, "coauthors", [coauthors(ground, rows) for rows in _batches(a, "author_papers", "paper_authors", everyone)])
    _keep(a, "affiliations", [affiliations(ground, everyone)])
    _keep(a, "institution_authors", [institution_authors(ground, everything)])
    batches = _batches(a, "institution_papers", "paper_institutions", everything)
    _keep(a, "collaborations", [collaborations(ground, rows) for rows in batches])


def _batches(a: Adjacency, first: str, second: str, rows: Rows) -> list[Rows]:
    """Rows in stretches whose two hops together meet about _BATCH far ends."""
    lengths = np.diff(a.csr[second].offsets)[a.csr[first].targets]
    met = ends_of(lengths)[a.csr[first].offsets[1:]]
    cuts = np.searchsorted(met, np.arange(_BATCH, met[-1] if len(met) else 0, _BATCH))
    return [part for part in np.split(rows, np.unique(cuts)) if len(part)] or [rows]


def _keep(a: Adjacency, name: str, parts: list[Lists]) -> None:
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    a.csr[name] = Csr(ends_of(lengths), np.concatenate([part.rows for part in parts]))
    a.values[name] = {value: np.concatenate([part.beside[value] for part in parts]) for value in parts[0].beside}
