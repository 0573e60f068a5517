"""Institutions by institutions and categories by categories, over any store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from byline.graph.errors import BadInput, limit_hint
from byline.graph.ids import kind_of
from byline.graph.metrics import matrix
from byline.graph.metrics.matrix import Cells, distinct
from byline.graph.model import (
    AUTHORSHIP_INSTITUTIONS,
    CATEGORY_PAPERS,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    PAPER_CATEGORIES,
    PAPER_INSTITUTIONS,
    Kind,
)
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.metric_values import writes_alike
from byline.graph.request import EVERYTHING, Facet, Hop, Key, Order, Page, Select, Where
from byline.graph.store.protocol import Rows, Store

Places = npt.NDArray[np.int64]
Shares = tuple[Places, Rows, npt.NDArray[np.float64]]


@dataclass(frozen=True)
class MatrixArgs:
    """Of which kind; which ones (their ids, else the `first` with most papers); the years; whether papers are shared out; how
    many papers may be looked at, one of several of the chosen ones counted for each."""

    kind: Kind
    ids: tuple[str, ...] | None
    first: int
    first_year: int | None
    last_year: int | None
    shared: bool
    most: int = field(default=500_000, repr=False)


@dataclass(frozen=True)
class Matrix:
    """The chosen ones in order, and the cells."""

    rows: Rows
    cells: Cells
    method: str


async def matrix_of(store: Store, args: MatrixArgs) -> Matrix:
    """Work a matrix out. Raises BadInput where the chosen ones have too many papers."""
    rows = await _chosen(store, args)
    hop = Hop(INSTITUTION_PAPERS if args.kind is Kind.INSTITUTION else CATEGORY_PAPERS)
    where = papers_in(Scope(args.first_year, args.last_year))
    if len(rows) * (await store.snapshot()).counts["papers"] > args.most:
        await _check_papers(store, hop, rows, where, args.most)
    lists = await store.expand(hop, rows, Select(where))
    papers = distinct(lists.rows).astype(np.int32)
    if not len(papers):
        return Matrix(rows, matrix.empty(len(rows)), matrix.FRACTIONAL if args.shared else matrix.FULL)
    shares = await (institution_shares if args.kind is Kind.INSTITUTION else _of_categories)(store, papers)
    paper, place, share = _placed(shares, rows)
    if args.kind is Kind.CATEGORY:
        # A category's list covers those below it; only papers that have a chosen one itself are meant.
        there = np.zeros(len(papers), np.bool_)
        there[paper[place < len(rows)]] = True
        of_chosen, number = there[paper], np.cumsum(there) - 1
        paper, place, share, papers = number[paper[of_chosen]], place[of_chosen], share[of_chosen], papers[there]
    if args.shared:
        return Matrix(rows, matrix.fractional(paper, place, share, len(papers), len(rows)), matrix.FRACTIONAL)
    return Matrix(rows, matrix.full(paper, place, len(papers), len(rows)), matrix.FULL)


async def _check_papers(store: Store, hop: Hop, rows: Rows, where: Where, most: int) -> None:
    """Refuse to read more papers than `most`, before they are read."""
    counted = await store.expand(hop, rows, Select(where, page=Page(0), total=True))
    if counted.totals is not None and (papers := int(counted.totals.sum())) > most:
        raise too_many_papers(papers, most)


def too_many_papers(papers: int, most: int) -> BadInput:
    """The refusal to read so many papers."""
    hint = limit_hint("choose fewer of them, or fewer years", "max_matrix_papers")
    return BadInput(f"The matrix would read {papers} papers, the maximum is {most}", hint)


async def _chosen(store: Store, args: MatrixArgs) -> Rows:
    """Each once: those of the ids in their order, what names nothing left out; else those with most papers, ties by id."""
    if args.ids is not None:
        rows = await store.lookup(args.kind, [Key("id", identifier) for identifier in args.ids])
        return np.array([row for row in dict.fromkeys(rows.tolist()) if row >= 0], np.int32)
    if args.kind is Kind.INSTITUTION:
        select = Select(order=(Order("paper_count", descending=True),), page=Page(args.first))
        return (await store.find(Kind.INSTITUTION, select)).rows
    # A facet breaks ties by label: all categories are few enough to order them here, ties by id.
    counts = await store.facet(Kind.PAPER, np.zeros(1, np.int32), EVERYTHING, Facet.CATEGORY, Page())
    return counts.rows[np.lexsort((counts.rows, -counts.counts))][: args.first]


def strangers(args: MatrixArgs) -> list[Key]:
    """The ids that can name none of the kind."""
    return [Key("id", identifier) for identifier in args.ids or () if kind_of(identifier) is not args.kind]


def _placed(shares: Shares, chosen: Rows) -> tuple[Places, Places, npt.NDArray[np.float64]]:
    """Shares by their place in the matrix; -1 is the unknown."""
    paper, far, share = shares
    order = np.argsort(chosen, kind="stable")
    at = np.minimum(np.searchsorted(chosen[order], far), max(len(chosen) - 1, 0))
    hit = chosen[order][at] == far if len(chosen) else np.zeros(len(far), np.bool_)
    place = np.where(hit, order[at] if len(chosen) else 0, len(chosen))
    return paper, np.where(far < 0, len(chosen) + 1, place).astype(np.int64), share


async def _of_categories(store: Store, papers: Rows) -> Shares:
    """Each category of a paper has the same share; without one all is unknown."""
    categories = await store.expand(Hop(PAPER_CATEGORIES), papers, Select())
    counts = np.diff(categories.offsets)
    owner = np.repeat(np.arange(len(papers)), counts)
    bare = np.flatnonzero(counts == 0)
    far = np.concatenate([categories.rows, np.full(len(bare), -1)]).astype(np.int32)
    share = np.concatenate([1.0 / counts[owner], np.ones(len(bare))])
    return np.concatenate([owner, bare]), far, share


async def institution_shares(store: Store, papers: Rows) -> Shares:
    """Each author has the same share and splits it among the author's institutions. What authors without one have goes to the
    institutions of the paper as a whole, and is unknown where there are none. Where the number of authors is not known, nobody's
    share is: then all of the paper is unknown, and its institutions are on it without a share."""
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select())
    assert authors.edge_rows is not None
    named = await store.expand(Hop(AUTHORSHIP_INSTITUTIONS), authors.edge_rows, Select())
    every = await store.expand(Hop(PAPER_INSTITUTIONS), papers, Select())
    counts, complete = await store.columns(Kind.PAPER, papers, ["author_count", "author_list_complete"])
    size = np.int64(max((await store.snapshot()).counts["authors"], 1))
    of_author = np.repeat(np.arange(len(papers)), np.diff(authors.offsets))
    people, person = np.unique(of_author * size + authors.rows, return_inverse=True)
    known_authors = np.bincount(people // size, minlength=len(papers))
    stated = np.asarray(counts.fill_null(-1), np.int64)
    number = np.where(stated >= 0, np.maximum(stated, known_authors), np.where(np.asarray(complete), known_authors, 0))
    through = np.repeat(np.arange(len(authors.rows)), np.diff(named.offsets))
    places = await _size(store)
    pairs = distinct(person[through] * places + named.rows)
    who, where = pairs // places, (pairs % places).astype(np.int32)
    split = np.bincount(who, minlength=len(people))
    owner = people[who] // size
    numbered = number[owner] > 0
    owner, where = owner[numbered], where[numbered]
    share = 1.0 / (number[owner] * split[who[numbered]])
    left = np.maximum(1.0 - np.bincount(owner, share, minlength=len(papers)), 0.0)
    whole = (np.repeat(np.arange(len(papers)), np.diff(every.offsets)), every.rows)
    return _with_rest(number > 0, (owner, where, share), left, whole)


def _with_rest(
    known: npt.NDArray[np.bool_], author_shares: Shares, left: npt.NDArray[np.float64], every: tuple[Places, Rows]
) -> Shares:
    """The shares that authors give their institutions, and what is left over: to institutions of the paper that no author names,
    else unknown; all of it where the number of authors is not `known`."""
    owner, where, share = author_shares
    of, institutions = every
    size = np.int64(max(int(where.max(initial=0)), int(institutions.max(initial=0))) + 1)
    whole = ~np.isin(of * size + institutions, owner * size + where)
    of, institutions = of[whole], institutions[whole]
    count = np.bincount(of, minlength=len(known))
    open_ = left > 1e-12
    bare = np.flatnonzero(open_ & ((count == 0) | ~known))
    # Of a paper whose authors tell everything they are institutions all the same, with no share of it.
    over = np.where(open_ & known, left, 0.0)
    return (
        np.concatenate([owner, of, bare]),
        np.concatenate([where, institutions, np.full(len(bare), -1)]).astype(np.int32),
        np.concatenate([share, over[of] / count[of], left[bare]]),
    )


async def _size(store: Store) -> np.int64:
    return np.int64(max((await store.snapshot()).counts["institutions"], 1))


class Counted(Protocol):
    """A matrix, whatever its rows are."""

    @property
    def cells(self) -> Cells:
        """The cells."""

    @property
    def method(self) -> str:
        """How papers count."""


def spelled_alike(cooccurrence: Counted) -> bool:
    """Whether both encoders would spell it alike."""
    cells = cooccurrence.cells
    every = (cells.values.ravel(), cells.others, cells.unknown, np.array([cells.rest]))
    return writes_alike(np.concatenate(every))


def members(cooccurrence: Counted) -> dict[str, object]:
    """What a matrix shows beside its nodes, by the names of the schema."""
    cells = cooccurrence.cells
    rows: Sequence[Sequence[float]] = cells.values.tolist()
    return {
        "method": cooccurrence.method,
        "paper_count": cells.papers,
        "values": rows,
        "with_others": cells.others.tolist(),
        "with_unknown": cells.unknown.tolist(),
        "elsewhere": cells.rest,
    }
