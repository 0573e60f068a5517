"""The papers that link some nodes, read from any store: those of each node, and those that cite them or that they cite."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.errors import BadInput, limit_hint
from byline.graph.metrics.matrix import distinct
from byline.graph.model import PAPER_CATEGORIES, Edge, Kind
from byline.graph.network.shared import DirectCitations, Incidence, LinkingPapers
from byline.graph.query.relations import OWN, Relation, SharedArgs
from byline.graph.request import EVERYTHING, NEWEST, Hop, Page, Select, Where
from byline.graph.store.protocol import Ragged, Rows, Store

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Lists:
    """Entry i says that the node at `place[i]` has the paper `row[i]`."""

    place: Places
    row: Places


async def linking_papers(store: Store, rows: Rows, args: SharedArgs) -> tuple[LinkingPapers, Places]:
    """The papers that count and link some nodes, and how many each node has. Raises BadInput where there are too many."""
    if args.relation is Relation.SHARED_PAPERS:
        lists = await _papers(store, OWN[args.kind], rows, args.where, args.most)
        on = await _of_categories(store, lists, rows) if args.kind is Kind.CATEGORY else lists
        shared = _incidence(on, len(rows))
        return shared, np.bincount(shared.place, minlength=len(rows))
    if args.kind is Kind.PAPER:
        own = await _themselves(store, rows, args.own)
    else:
        own = await _papers(store, OWN[args.kind], rows, args.own, args.most)
    papers = distinct(own.row)
    further = await _papers(store, args.step, papers.astype(np.int32), args.where, args.most)
    reached = _joined(own, papers, further, args.most)
    shared = _incidence(reached, len(rows))
    counts = np.bincount(shared.place, minlength=len(rows))
    return (_citations(own, papers, reached, len(rows)) if args.relation is Relation.CITATION else shared), counts


async def _papers(store: Store, edge: Edge, rows: Rows, where: Where, most: int) -> _Lists:
    """The papers of each node, counted before they are read."""
    counted = await store.expand(Hop(edge), rows, Select(where, page=Page(0), total=True))
    if counted.totals is not None:
        _check(int(counted.totals.sum()), most)
    lists: Ragged = await store.expand(Hop(edge), rows, Select(where, NEWEST))
    return _Lists(np.repeat(np.arange(len(rows)), np.diff(lists.offsets)), lists.rows.astype(np.int64))


async def _themselves(store: Store, rows: Rows, where: Where) -> _Lists:
    """Papers as their own, those that a condition is true of."""
    place = np.arange(len(rows))
    if where != EVERYTHING:
        place = np.flatnonzero(np.isin(rows, (await store.find(Kind.PAPER, Select(where))).rows))
    return _Lists(place, rows[place].astype(np.int64))


def _check(papers: int, most: int) -> None:
    if papers > most:
        hint = limit_hint("choose fewer nodes, or fewer years", "max_matrix_papers")
        raise BadInput(f"The network would read {papers} papers, the maximum is {most}", hint)


async def _of_categories(store: Store, lists: _Lists, rows: Rows) -> _Lists:
    """What papers themselves say: a category's list covers those below it, which are not meant."""
    papers = distinct(lists.row)
    stated = await store.expand(Hop(PAPER_CATEGORIES), papers.astype(np.int32), Select())
    at, hit = _found(np.sort(rows), stated.rows)
    return _Lists(np.argsort(rows)[at[hit]], np.repeat(papers, np.diff(stated.offsets))[hit])


def _found(ordered: npt.NDArray[np.signedinteger], wanted: npt.NDArray[np.signedinteger]) -> tuple[Places, npt.NDArray[np.bool_]]:
    """Where numbers stand among ordered ones, and whether they do."""
    if not len(ordered):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1).astype(np.int64)
    return at, ordered[at] == wanted


def _joined(own: _Lists, papers: Places, further: _Lists, most: int) -> _Lists:
    """The papers that each node reaches over its own; `further` has those of each of `papers`, in that order."""
    starts = np.searchsorted(further.place, np.arange(len(papers) + 1))
    at = np.searchsorted(papers, own.row)
    _check(int(np.diff(starts)[at].sum()), most)
    which, entries = _gathered(starts, at)
    return _Lists(own.place[which], further.row[entries])


def _gathered(starts: Places, at: Places) -> tuple[Places, Places]:
    """Some of several lists laid end to end: which of `at` each entry is of, and where it stands."""
    lengths = np.diff(starts)[at]
    which = np.repeat(np.arange(len(at)), lengths)
    return which, (starts[at] - np.cumsum(lengths) + lengths)[which] + np.arange(len(which))


def _incidence(lists: _Lists, count: int) -> Incidence:
    """Each paper of each node once, ascending by paper."""
    entries = distinct(lists.row * max(count, 1) + lists.place)
    rows, place = np.divmod(entries, max(count, 1))
    papers = distinct(rows)
    return Incidence(papers.astype(np.int32), np.searchsorted(papers, rows), place)


def _citations(own: _Lists, papers: Places, citing: _Lists, count: int) -> DirectCitations:
    """Of the papers that cite one of a node those that another node has itself."""
    at, hit = _found(papers, citing.row)
    owners = np.argsort(own.row, kind="stable")
    starts = np.searchsorted(own.row[owners], np.append(papers, np.iinfo(np.int64).max))
    which, entries = _gathered(starts, at[hit])
    near, far, paper = own.place[owners[entries]], citing.place[hit][which], at[hit][which]
    apart = near != far
    pair = (np.minimum(near, far) * count + np.maximum(near, far))[apart]
    pairs, linking = np.divmod(distinct(pair * max(len(papers), 1) + paper[apart]), max(len(papers), 1))
    return DirectCitations(papers.astype(np.int32), linking, pairs)
