"""The hops that papers make, each for a batch of rows: at build for all rows, at request time for the papers of a window."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.model import Kind
from byline.graph.store.columnar.edges.category_tree import people_of
from byline.graph.store.columnar.edges.shared import Meetings, Weights, count
from byline.graph.store.columnar.files.csr import Csr, Numbers, ends_of, groups_of
from byline.graph.store.columnar.files.ragged import Lists, once
from byline.graph.store.columnar.files.window import Through
from byline.graph.store.protocol import Rows


@dataclass(frozen=True)
class Ground:
    """What these hops read: adjacency, and of each paper its year and what it adds to a weight (NaN: unknown)."""

    sizes: Mapping[Kind, int]
    csr: Mapping[str, Csr]
    year: Numbers
    weight: Weights
    paper_of: Numbers

    def bound(self, kind: Kind) -> int:
        """A number above every row of a kind, and above zero."""
        return max(self.sizes[kind], 1)


@dataclass(frozen=True)
class _Papers:
    groups: npt.NDArray[np.int64]
    rows: Rows


def _papers_of(ground: Ground, edge: str, rows: Rows, window: Through | None) -> _Papers:
    offsets, places = ground.csr[edge].gather(rows)
    groups, papers = groups_of(offsets), ground.csr[edge].targets[places]
    if window is None:
        return _Papers(groups, papers)
    kept = window[papers]
    return _Papers(groups[kept], papers[kept])


def _others(ground: Ground, edge: str, papers: _Papers, rows: Rows) -> Meetings:
    offsets, places = ground.csr[edge].gather(papers.rows)
    far, through = ground.csr[edge].targets[places], groups_of(offsets)
    groups = papers.groups[through]
    others = far != rows[groups]
    return Meetings(groups[others], far[others], papers.rows[through][others])


def coauthors(ground: Ground, rows: Rows, window: Through | None = None) -> Lists:
    """People who share a paper of the window with each row, with counts, years and Newman weight."""
    met = _others(ground, "paper_authors", _papers_of(ground, "author_papers", rows, window), rows)
    return count(met, len(rows), ground.year, ground.weight)


def anybody(ground: Ground, rows: Rows, window: Through) -> Rows:
    """The people of the window's papers of some people, these among them: in no order, some more than once."""
    papers = once(_papers_of(ground, "author_papers", rows, window).rows)
    authors = ground.csr["paper_authors"]
    return authors.targets[authors.gather(papers)[1]]


def collaborations(ground: Ground, rows: Rows, window: Through | None = None) -> Lists:
    """Institutions that share a paper of the window with each row."""
    met = _others(ground, "paper_institutions", _papers_of(ground, "institution_papers", rows, window), rows)
    return count(met, len(rows), ground.year)


def category_authors(ground: Ground, rows: Rows, window: Through | None = None) -> Lists:
    """People with a paper of the window in each category or one below it."""
    papers = _papers_of(ground, "category_papers", rows, window)
    of = Csr(ends_of(np.bincount(papers.groups, minlength=len(rows))), papers.rows)
    people = list(people_of(of, ground.csr["paper_authors"], ground.sizes[Kind.AUTHOR]))
    lengths = np.array([len(each) for each in people], np.int64)
    return Lists(ends_of(lengths), np.concatenate(people) if people else np.zeros(0, np.int32))


def affiliations(ground: Ground, rows: Rows, window: Through | None = None) -> Lists:
    """Institutions that the authorships of each person name."""
    offsets, places = ground.csr["author_authorships"].gather(rows)
    authorships, people = ground.csr["author_authorships"].targets[places], groups_of(offsets)
    offsets, places = ground.csr["authorship_institutions"].gather(authorships)
    through = groups_of(offsets)
    far = ground.csr["authorship_institutions"].targets[places]
    return _through(ground, people[through], authorships[through], far, len(rows), window)


def institution_authors(ground: Ground, rows: Rows, window: Through | None = None) -> Lists:
    """People whose authorships name each institution."""
    offsets, places = ground.csr["institution_authorships"].gather(rows)
    authorships = ground.csr["institution_authorships"].targets[places]
    far = ground.csr["paper_authors"].targets[authorships]
    return _through(ground, groups_of(offsets), authorships, far, len(rows), window)


def _through(
    ground: Ground, groups: npt.NDArray[np.int64], authorships: Rows, far: Rows, lists: int, window: Through | None
) -> Lists:
    papers = ground.paper_of[authorships]
    kept = slice(None) if window is None else window[papers]
    return count(Meetings(groups[kept], far[kept], papers[kept]), lists, ground.year)
