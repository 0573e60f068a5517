"""Figures of institutions and categories against their definitions, written out on the drafted facts."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from byline.graph.metrics.citations import g_index, h_index, i10_index
from byline.graph.model import Kind
from byline.graph.query.measures import PAPERS_OF, Scope, paper_figures
from byline.graph.query.metric_table import work
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_people_spelled import SCOPES, Spelled, many

KINDS = [kind for kind in PAPERS_OF if kind is not Kind.AUTHOR]


@dataclass
class Set(Spelled):
    """A draft read by plain loops in one scope, from nodes of a kind."""

    kind: Kind

    def wrote(self, key: str) -> set[str]:
        """The papers of a node, whatever the scope."""
        if self.kind is Kind.INSTITUTION:
            named = {one["paper"] for one in self.draft.authorships if key in one["institutions"]}
            return named | {paper for paper, place in self.draft.paper_institutions if place == key}
        if self.kind is Kind.VENUE:
            return {paper for paper, node in self.draft.nodes[Kind.PAPER].items() if node.get("venue") == key}
        within, parents = {key}, {code: node.get("parent") for code, node in self.draft.nodes[Kind.CATEGORY].items()}
        while below := {code for code, parent in parents.items() if parent in within} - within:
            within |= below
        return {paper for paper, code in self.draft.paper_categories if code in within}

    def known(self, paper: str) -> int:
        """How many authors of a paper are known."""
        return len({one["author"] for one in self.draft.authorships if one["paper"] == paper})

    def authors(self, key: str) -> set[str]:
        """Who wrote its papers in scope; of an institution, who named it there."""
        papers = self.papers(key)
        named = [one for one in self.draft.authorships if one["paper"] in papers]
        return {one["author"] for one in named if self.kind is not Kind.INSTITUTION or key in one["institutions"]}


def figures_agree(draft: Draft, scope: Scope, kind: Kind, name: str) -> None:
    store, spelled = STORES[name](draft.facts()), Set(draft, scope, kind)
    rows = np.arange(len(draft.nodes[kind]), dtype=np.int32)
    figures = answer(paper_figures(store, kind, rows, scope))
    names = ("set_citations", "set_authors", "mean_citations", "set_team_size", "set_trend")
    measures = {name: answer(work(store, name, rows, None, scope, kind)) for name in names}
    for row in rows.tolist():
        one_agrees(spelled, figures, measures, draft.key(kind, row), row)


def one_agrees(spelled: Set, figures: Any, measures: dict[str, Any], key: str, row: int) -> None:
    papers, dated = spelled.papers(key), spelled.scope.as_of is not None
    outside = {
        paper: 0 if dated else len(spelled.draft.nodes[Kind.PAPER][paper]["unresolved_citations"] or []) for paper in papers
    }
    cited = sorted((len(spelled.citing(paper, key, True)) + outside[paper] for paper in papers), reverse=True)
    people = spelled.authors(key)
    assert (figures.paper_count[row], figures.citation_count[row], figures.people[row]) == (len(papers), sum(cited), len(people))
    assert figures.outside_citation_count[row] == sum(outside.values())
    assert figures.index(h_index)[row] == max(h for h in range(len(cited) + 1) if sum(count >= h for count in cited) >= h)
    assert figures.index(g_index)[row] == max(g for g in range(len(cited) + 1) if sum(cited[:g]) >= g * g)
    assert figures.index(i10_index)[row] == sum(count >= 10 for count in cited)
    assert figures.years_of(row) == Counter(year for paper in papers if (year := spelled.year(paper)) is not None)
    known = bool(papers) and spelled.knows_citations()
    assert measures["set_citations"].listed[row] == (sum(cited) if known else None)
    assert measures["mean_citations"].listed[row] == (pytest.approx(sum(cited) / len(papers)) if known else None)
    assert measures["set_authors"].listed[row] == (len(people) if papers else None)
    team_agrees(spelled, measures["set_team_size"], papers, row)
    trend_agrees(spelled, measures["set_trend"], papers, key, row)


def team_agrees(spelled: Set, measured: Any, papers: set[str], row: int) -> None:
    stated = [(paper, spelled.draft.nodes[Kind.PAPER][paper].get("author_count")) for paper in papers]
    sizes = [max(count, spelled.known(paper)) for paper, count in stated if count is not None]
    assert (measured.samples[row], measured.lower[row]) == (len(sizes), len(sizes) < len(papers))
    assert measured.listed[row] == (pytest.approx(sum(sizes) / len(sizes)) if sizes else None)


def trend_agrees(spelled: Set, measured: Any, papers: set[str], key: str, row: int) -> None:
    citing = [one for paper in papers for one in spelled.citing(paper, key, True)]
    written, cited = (Counter(map(spelled.year, some)) for some in (papers, citing))
    years = sorted({*written, *cited}, key=lambda year: (year is None, year or 0))
    known = spelled.knows_citations()
    assert measured.years[row] == [(year, written[year], cited[year] if known else None) for year in years]


@pytest.mark.parametrize("kind", KINDS)
@settings(many, max_examples=examples(20))
@given(drafts(), SCOPES)
def test_figures_of_sets_are_spelled_out(kind: Kind, draft: Draft, scope: Scope) -> None:
    figures_agree(draft, scope, kind, "networkx")


@pytest.mark.long
@pytest.mark.parametrize("name", ["networkx", "columnar"])
@pytest.mark.parametrize("kind", KINDS)
@many
@given(drafts(), SCOPES)
def test_figures_of_sets_are_spelled_out_on_200_graphs(kind: Kind, name: str, draft: Draft, scope: Scope) -> None:
    figures_agree(draft, scope, kind, name)
