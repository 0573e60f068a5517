"""Measures of people, for a batch of rows at a time, over any store."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.metrics import brokerage as brokers
from byline.graph.metrics import persons
from byline.graph.metrics.trust import NO_CITATIONS
from byline.graph.model import AUTHOR_PAPERS, CITED_BY, COAUTHORS, PAPER_AUTHORS, Kind
from byline.graph.query.measures import Scope, out_by, papers_in
from byline.graph.query.metric_values import Measured, measured
from byline.graph.query.paper_sets import Trend, by_year, mean_authors, papers_by_year, trend_of
from byline.graph.request import EVERYTHING, Hop, Select, Window
from byline.graph.store.protocol import Rows, Store

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


async def constraint(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Burt's constraint; the sample is the coauthors in scope."""
    return await _brokerage(store, rows, scope, 0, brokers.CONSTRAINT)


async def effective_size(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Burt's effective size; the sample is the coauthors in scope."""
    return await _brokerage(store, rows, scope, 1, brokers.EFFECTIVE_SIZE)


async def _brokerage(store: Store, rows: Rows, scope: Scope, which: int, method: str) -> Measured:
    """Years choose the papers; citations play no part. A few people at a time, by the ties of their coauthors."""
    lower = [(await store.snapshot()).counts["incomplete_author_lists"] > 0] * len(rows)
    if scope.as_of is not None:
        return measured(method, [None] * len(rows), [0] * len(rows), lower, brokers.AS_OF)
    window = Window(scope.first_year, scope.last_year)
    hop = Hop(COAUTHORS, None if window == Window() else window)
    coauthors = await store.expand(hop, rows, Select())
    degrees = np.diff(coauthors.offsets)
    owner = np.repeat(np.arange(len(rows)), degrees)
    (ties,) = await store.columns(Kind.AUTHOR, coauthors.rows, ["coauthor_count"])
    weight = np.bincount(owner, np.asarray(ties, np.float64), minlength=len(rows))
    values = np.full(len(rows), np.nan)
    worked = np.flatnonzero((degrees > 0) & (weight <= brokers.MOST))
    for part in np.split(worked, np.flatnonzero(np.diff(np.cumsum(weight[worked]) // brokers.MOST)) + 1):
        if len(part):
            alters = coauthors.rows[np.isin(owner, part)]
            values[part] = (await _egos(store, hop, degrees[part], alters))[which]
    reasons = [brokers.TOO_MANY if degree else brokers.ISOLATE for degree in degrees.tolist()]
    return measured(method, values, degrees.tolist(), lower, reasons)


async def _egos(store: Store, hop: Hop, degrees: Places, alters: Rows) -> tuple[Floats, Floats]:
    """Each alter's coauthors are asked for once, whoever shares it."""
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(degrees)])
    distinct, places = np.unique(alters, return_inverse=True)
    ties = await store.expand(hop, distinct.astype(np.int32), Select())
    lengths = np.diff(ties.offsets)[places]
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    far = ties.rows[np.arange(ends[-1]) + np.repeat(ties.offsets[:-1][places] - ends[:-1], lengths)]
    return brokers.brokerage(offsets, alters, (ends, far), (await store.snapshot()).counts["authors"])


@dataclass(frozen=True)
class _Cited:
    """Citations to the papers of each row by papers of the graph: whose they are, the citing paper, whether the person wrote it
    too; and how many works outside the graph cite the papers of each row."""

    person: Places
    citing: Rows
    own: npt.NDArray[np.bool_]
    outside: Places


async def _citations(store: Store, rows: Rows, scope: Scope) -> _Cited:
    papers = await store.expand(Hop(AUTHOR_PAPERS), rows, Select(papers_in(scope)))
    citing = await store.expand(Hop(CITED_BY), papers.rows, Select(out_by(scope.as_of) if scope.as_of else EVERYTHING))
    person = np.repeat(np.arange(len(rows)), np.diff(papers.offsets))
    (counts,) = await store.columns(Kind.PAPER, papers.rows, ["outside_citation_count"])
    # Nobody knows the day of a work outside: as of a day there is none.
    stated = np.asarray(counts, np.float64) if scope.as_of is None else np.zeros(len(counts))
    outside = np.bincount(person, stated, minlength=len(rows)).astype(np.int64)
    person = np.repeat(person, np.diff(citing.offsets))
    distinct, places = np.unique(citing.rows, return_inverse=True)
    authors = await store.expand(Hop(PAPER_AUTHORS), distinct.astype(np.int32), Select())
    size = np.int64((await store.snapshot()).counts["authors"])
    written = np.repeat(np.arange(len(distinct)), np.diff(authors.offsets)) * size + authors.rows
    return _Cited(person, citing.rows, np.isin(places * size + rows[person], written), outside)


async def self_citation_share(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Which share of the citations is the person's own, whatever `exclude_self_citations` says; the sample is all of them that
    come from papers of the graph: of works outside nobody knows the authors."""
    info = await store.snapshot()
    cited = await _citations(store, rows, scope)
    total = np.bincount(cited.person, minlength=len(rows))
    own = np.bincount(cited.person[cited.own], minlength=len(rows))
    values = np.where(total > 0, own / np.maximum(total, 1), np.nan)
    none = persons.NOT_CITED if info.citations_known else NO_CITATIONS
    reasons = [persons.ONLY_OUTSIDE if count else none for count in cited.outside.tolist()]
    lower = (cited.outside > 0) | info.references_lacking
    return measured(persons.SELF_CITATIONS, values, total.tolist(), lower.tolist(), reasons)


async def mean_team_size(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Mean number of authors of the papers of people; see mean_authors."""
    return await mean_authors(store, Kind.AUTHOR, rows, scope, persons.TEAM_SIZE, persons.NO_SIZES)


async def trend(store: Store, rows: Rows, args: Any, scope: Scope) -> Trend:
    """Papers and citations of people by year."""
    written = await papers_by_year(store, Kind.AUTHOR, rows, scope)
    cited = await _citations(store, rows, scope)
    counts = ~cited.own if scope.exclude_self_citations else np.ones(len(cited.own), np.bool_)
    return await trend_of(store, written, await by_year(store, cited.person[counts], cited.citing[counts], len(rows)))
