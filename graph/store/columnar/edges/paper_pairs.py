"""The hops that papers make, each for a batch of rows: at build for all rows, at request time for the papers of a window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from byline.graph.model import Kind
from byline.graph.store.columnar.edges.category_tree import people_of
from byline.graph.store.columnar.edges.shared import PaperPairs, Weights, count
from byline.graph.store.columnar.files.csr import Csr, Numbers, ends_of, groups_of
from byline.graph.store.columnar.files.ragged import Lists, once
from byline.graph.store.columnar.files.window import Through
from byline.graph.store.protocol import Rows

# Odd numbers without a pattern, by which rows are mixed into a hash of a list of them.
_MIXED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True)
class EdgeInputs:
    """What these hops read: adjacency, and of each paper its year and what it adds to a weight (NaN: unknown)."""

    sizes: Mapping[Kind, int]
    csr: Mapping[str, Csr]
    year: Numbers
    weight: Weights
    paper_of: Numbers

    @property
    def year_and_weight(self) -> tuple[Numbers, Weights]:
        """What lists of coauthors state besides the number of their papers."""
        return self.year, self.weight

    def bound(self, kind: Kind) -> int:
        """A number above every row of a kind, and above zero."""
        return max(self.sizes[kind], 1)


@dataclass(frozen=True)
class _Papers:
    groups: npt.NDArray[np.int64]
    rows: Rows


def _papers_of(edge_inputs: EdgeInputs, edge: str, rows: Rows, window: Through | None) -> _Papers:
    offsets, places = edge_inputs.csr[edge].gather(rows)
    groups, papers = groups_of(offsets), edge_inputs.csr[edge].targets[places]
    if window is None:
        return _Papers(groups, papers)
    in_window = window[papers]
    return _Papers(groups[in_window], papers[in_window])


def _all(edge_inputs: EdgeInputs, edge: str, papers: _Papers) -> PaperPairs:
    offsets, places = edge_inputs.csr[edge].gather(papers.rows)
    through = groups_of(offsets)
    return PaperPairs(papers.groups[through], edge_inputs.csr[edge].targets[places], papers.rows[through])


def _others(edge_inputs: EdgeInputs, edge: str, papers: _Papers, rows: Rows) -> PaperPairs:
    met = _all(edge_inputs, edge, papers)
    others = met.far != rows[met.groups]
    return PaperPairs(met.groups[others], met.far[others], met.papers[others])


def coauthors(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """People who share a paper of the window with each row, with counts, years and Newman weight."""
    met = _others(edge_inputs, "paper_authors", _papers_of(edge_inputs, "author_papers", rows, window), rows)
    return count(met, len(rows), *edge_inputs.year_and_weight)


def meetings(edge_inputs: EdgeInputs, rows: Rows) -> npt.NDArray[np.int64]:
    """How many people are on the papers of each row, counted once for each paper: what working out its coauthors looks at."""
    offsets, places = edge_inputs.csr["author_papers"].gather(rows)
    papers, authors = edge_inputs.csr["author_papers"].targets[places].astype(np.int64), edge_inputs.csr["paper_authors"].offsets
    running = ends_of(authors[papers + 1] - authors[papers])
    return np.diff(running[offsets])


def coauthors_alike(edge_inputs: EdgeInputs, rows: Rows, names: Sequence[str] = ()) -> Lists:
    """The same as `coauthors`, for people who have papers, many of them the same ones, as those of huge teams do: the people of
    these papers are counted once, and everybody's list is all of them but the person. `names` are the values that are wanted."""
    first, group = _same_papers(edge_inputs, rows)
    papers = _papers_of(edge_inputs, "author_papers", first, None)
    company = (
        count(_all(edge_inputs, "paper_authors", papers), len(first), *edge_inputs.year_and_weight)
        if names
        else _who(edge_inputs, papers, len(first))
    )
    size = np.int64(edge_inputs.bound(Kind.AUTHOR))
    own = (company.groups * size + company.rows).searchsorted(group * size + rows)
    starts = company.offsets[group]
    lengths = company.offsets[group + 1] - starts - 1
    offsets = ends_of(lengths)
    places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
    places += places >= np.repeat(own, lengths)
    return Lists(offsets, company.rows[places], {name: company.beside[name][places] for name in names})


def _who(edge_inputs: EdgeInputs, papers: _Papers, lists: int) -> Lists:
    """The people of some lists of papers, ascending and nothing else told of them: a product of sparse matrices, which costs a
    tenth of counting."""
    paper_rows, paper = np.unique(papers.rows, return_inverse=True)
    offsets, places = edge_inputs.csr["paper_authors"].gather(paper_rows)
    people, person = np.unique(edge_inputs.csr["paper_authors"].targets[places], return_inverse=True)
    of_lists = (np.ones(len(paper), np.int32), paper.reshape(-1), ends_of(np.bincount(papers.groups, minlength=lists)))
    of_papers = (np.ones(len(person), np.int32), person.reshape(-1), offsets)
    met = sparse.csr_matrix(of_lists, (lists, len(paper_rows))) @ sparse.csr_matrix(of_papers, (len(paper_rows), len(people)))
    # Turned and turned back, the entries of each list ascend, for less than sorting them.
    met = met.tocsc().tocsr()
    return Lists(met.indptr.astype(np.int64), people[met.indices])


def _same_papers(edge_inputs: EdgeInputs, rows: Rows) -> tuple[Rows, npt.NDArray[np.int64]]:
    """One row of each set of papers, and for every row which of them has its papers. Lists are told apart by a hash; where two
    lists turn out to share theirs by chance, each row stands for itself."""
    csr = edge_inputs.csr["author_papers"]
    offsets, places = csr.gather(rows)
    mixed = (csr.targets[places].astype(np.uint64) + np.uint64(1)) * _MIXED[0]
    running = np.zeros(len(mixed) + 1, np.uint64)
    np.cumsum((mixed ^ (mixed >> np.uint64(29))) * _MIXED[1], out=running[1:])
    _, first, group = np.unique(np.diff(running[offsets]), return_index=True, return_inverse=True)
    others, other_places = csr.gather(rows[first][group])
    if np.array_equal(others, offsets) and np.array_equal(csr.targets[other_places], csr.targets[places]):
        return rows[first], group
    return rows, np.arange(len(rows))


def anybody(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Rows:
    """The people of the window's papers of some people, these among them: in no order, some more than once."""
    papers = once(_papers_of(edge_inputs, "author_papers", rows, window).rows)
    authors = edge_inputs.csr["paper_authors"]
    return authors.targets[authors.gather(papers)[1]]


def collaborations(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """Institutions that share a paper of the window with each row."""
    met = _others(edge_inputs, "paper_institutions", _papers_of(edge_inputs, "institution_papers", rows, window), rows)
    return count(met, len(rows), edge_inputs.year)


def venue_authors(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """People of the window's papers of each venue."""
    met = _all(edge_inputs, "paper_authors", _papers_of(edge_inputs, "venue_papers", rows, window))
    return count(met, len(rows), edge_inputs.year)


def category_authors(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """People with a paper of the window in each category or one below it."""
    papers = _papers_of(edge_inputs, "category_papers", rows, window)
    of = Csr(ends_of(np.bincount(papers.groups, minlength=len(rows))), papers.rows)
    people = list(people_of(of, edge_inputs.csr["paper_authors"], edge_inputs.sizes[Kind.AUTHOR]))
    lengths = np.array([len(each) for each in people], np.int64)
    return Lists(ends_of(lengths), np.concatenate(people) if people else np.zeros(0, np.int32))


def affiliations(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """Institutions that the authorships of each person name."""
    offsets, places = edge_inputs.csr["author_authorships"].gather(rows)
    authorships, people = edge_inputs.csr["author_authorships"].targets[places], groups_of(offsets)
    offsets, places = edge_inputs.csr["authorship_institutions"].gather(authorships)
    through = groups_of(offsets)
    far = edge_inputs.csr["authorship_institutions"].targets[places]
    return _through(edge_inputs, people[through], authorships[through], far, len(rows), window)


def institution_authors(edge_inputs: EdgeInputs, rows: Rows, window: Through | None = None) -> Lists:
    """People whose authorships name each institution."""
    offsets, places = edge_inputs.csr["institution_authorships"].gather(rows)
    authorships = edge_inputs.csr["institution_authorships"].targets[places]
    far = edge_inputs.csr["paper_authors"].targets[authorships]
    return _through(edge_inputs, groups_of(offsets), authorships, far, len(rows), window)


def _through(
    edge_inputs: EdgeInputs, groups: npt.NDArray[np.int64], authorships: Rows, far: Rows, lists: int, window: Through | None
) -> Lists:
    papers = edge_inputs.paper_of[authorships]
    in_window = slice(None) if window is None else window[papers]
    return count(PaperPairs(groups[in_window], far[in_window], papers[in_window]), lists, edge_inputs.year)
