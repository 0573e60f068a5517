"""Figures of people against their definitions, written out on the drafted facts: indices, self-citations, teams, years."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.metrics.citations import g_index, h_index
from byline.graph.model import Kind
from byline.graph.query.measures import Scope, author_figures
from byline.graph.query.metric_table import work
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
SCOPES = st.builds(
    Scope,
    st.sampled_from([None, 2020, 2021]),
    st.sampled_from([None, 2021, 2022]),
    st.sampled_from([None, date(2020, 12, 31), date(2021, 6, 30)]),
    st.booleans(),
)


@dataclass
class Spelled:
    """A draft read by plain loops in one scope."""

    draft: Draft
    scope: Scope

    def out(self, paper: str) -> bool:
        """Whether a paper was out: one of which only the year is known, from the last day of that year."""
        node, day = self.draft.nodes[Kind.PAPER][paper], self.scope.as_of
        year, published = node.get("year"), node.get("published_on")
        if day is None:
            return True
        return published <= day if published else year is not None and date(year, 12, 31) <= day

    def wrote(self, person: str) -> set[str]:
        return {one["paper"] for one in self.draft.authorships if one["author"] == person}

    def papers(self, person: str) -> set[str]:
        papers, scope = set(), self.scope
        for paper in self.wrote(person):
            year = self.draft.nodes[Kind.PAPER][paper].get("year")
            early = scope.first_year is not None and (year is None or year < scope.first_year)
            late = scope.last_year is not None and (year is None or year > scope.last_year)
            if self.out(paper) and not early and not late:
                papers.add(paper)
        return papers

    def citing(self, paper: str, person: str, own: bool) -> set[str]:
        """The papers that cite one; with `own` those of the person too."""
        every = {citing for citing, cited in self.draft.citations if cited == paper != citing and self.out(citing)}
        return every if own else every - self.wrote(person)

    def outside(self, paper: str) -> int:
        """Citing works outside the graph, of which neither the day nor the authors are known."""
        dated = self.scope.as_of is not None or self.scope.exclude_self_citations
        return 0 if dated else len(self.draft.nodes[Kind.PAPER][paper]["unresolved_citations"] or [])

    def knows_citations(self) -> bool:
        """Whether any citation is known."""
        outside = any(paper["unresolved_citations"] for paper in self.draft.nodes[Kind.PAPER].values())
        return outside or any(citing != cited for citing, cited in self.draft.citations)

    def year(self, paper: str) -> Any:
        return self.draft.nodes[Kind.PAPER][paper].get("year")


def figures_agree(draft: Draft, scope: Scope) -> None:
    spelled, store = Spelled(draft, scope), STORES["networkx"](draft.facts())
    rows = np.arange(len(draft.nodes[Kind.AUTHOR]), dtype=np.int32)
    counted = answer(author_figures(store, rows, scope))
    shares, sizes, trends = (
        answer(work(store, name, rows, None, scope)) for name in ("self_citation_share", "mean_team_size", "trend")
    )
    for row in rows.tolist():
        person = draft.key(Kind.AUTHOR, row)
        counts_agree(spelled, counted, person, row)
        share_agrees(spelled, shares, person, row)
        size_agrees(spelled, sizes, person, row)
        trend_agrees(spelled, trends, person, row)


def counts_agree(spelled: Spelled, measured: Any, person: str, row: int) -> None:
    papers, own = spelled.papers(person), not spelled.scope.exclude_self_citations
    cited = sorted((len(spelled.citing(paper, person, own)) + spelled.outside(paper) for paper in papers), reverse=True)
    others = {one["author"] for one in spelled.draft.authorships if one["paper"] in papers} - {person}
    assert (measured.paper_count[row], measured.citation_count[row], measured.people[row]) == (
        len(papers),
        sum(cited),
        len(others),
    )
    assert measured.index(h_index)[row] == max(h for h in range(len(cited) + 1) if sum(count >= h for count in cited) >= h)
    assert measured.index(g_index)[row] == max(g for g in range(len(cited) + 1) if sum(cited[:g]) >= g * g)
    assert measured.undated_paper_count[row] == sum(spelled.year(paper) is None for paper in papers)
    assert measured.years_of(row) == Counter(year for paper in papers if (year := spelled.year(paper)) is not None)


def share_agrees(spelled: Spelled, measured: Any, person: str, row: int) -> None:
    papers = spelled.papers(person)
    total = sum(len(spelled.citing(paper, person, True)) for paper in papers)
    others = sum(len(spelled.citing(paper, person, False)) for paper in papers)
    assert measured.samples[row] == total
    assert measured.listed[row] == (pytest.approx((total - others) / total) if total else None)


def size_agrees(spelled: Spelled, measured: Any, person: str, row: int) -> None:
    sizes, papers = [], spelled.papers(person)
    for paper in papers:
        listed = {one["author"] for one in spelled.draft.authorships if one["paper"] == paper}
        if (stated := spelled.draft.nodes[Kind.PAPER][paper].get("author_count")) is not None:
            sizes.append(max(stated, len(listed)))
    assert (measured.samples[row], measured.lower[row]) == (len(sizes), len(sizes) < len(papers))
    assert measured.listed[row] == (pytest.approx(sum(sizes) / len(sizes)) if sizes else None)


def trend_agrees(spelled: Spelled, measured: Any, person: str, row: int) -> None:
    papers, own = spelled.papers(person), not spelled.scope.exclude_self_citations
    citing = [one for paper in papers for one in spelled.citing(paper, person, own)]
    written, cited = (Counter(map(spelled.year, some)) for some in (papers, citing))
    years = sorted({*written, *cited}, key=lambda year: (year is None, year or 0))
    citations_known = spelled.knows_citations()
    expected = [(year, written[year], cited[year] if citations_known else None) for year in years]
    assert measured.years[row] == expected, "what has no year comes last"


@settings(many, max_examples=examples(30))
@given(drafts(), SCOPES)
def test_figures_of_people_are_spelled_out(draft: Draft, scope: Scope) -> None:
    figures_agree(draft, scope)


@pytest.mark.long
@many
@given(drafts(), SCOPES)
def test_figures_of_people_are_spelled_out_on_200_graphs(draft: Draft, scope: Scope) -> None:
    figures_agree(draft, scope)
