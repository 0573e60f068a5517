"""Figures as of a day against those of a store that is built only from what is dated that day or earlier."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.model import Kind
from byline.graph.query.measures import PAPERS_OF, Scope, paper_figures
from byline.graph.query.metric_table import METRICS, work
from byline.graph.query.metric_values import Measured
from byline.graph.query.paper_sets import Trend
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Rows, Store
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_people_spelled import many

EDGES_OF_YEARS = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 30), date(2023, 6, 30)]
DAYS = st.dates(date(2018, 12, 1), date(2024, 2, 1)) | st.sampled_from(EDGES_OF_YEARS)
# Without a value as of any day, and with a reason: they are of the whole snapshot, or of the coauthor graph of some years.
UNDATED = {
    *("pagerank", "core", "clustering", "component", "community", "category_atypicality", "normalised_impact"),
    *("constraint", "effective_size"),
}
COUNTS = ("paper_count", "citation_count", "outside_citation_count", "undated_paper_count", "people")


def truncated(draft: Draft, day: date) -> Draft:
    """What is dated that day or earlier. A reference is as old as the paper that has it, whatever it leads to; of works outside
    the graph no day is known."""

    def out(paper: str) -> bool:
        node = draft.nodes[Kind.PAPER][paper]
        year, published = node.get("year"), node.get("published_on")
        return published <= day if published else year is not None and date(year, 12, 31) <= day

    kept = {key: dict(node, unresolved_citations=[]) for key, node in draft.nodes[Kind.PAPER].items() if out(key)}
    for citing, cited in draft.citations:
        if citing in kept and cited not in kept:
            kept[citing]["unresolved_references"] = [*(kept[citing].get("unresolved_references") or []), f"later:{cited}"]
    return Draft(
        draft.nodes | {Kind.PAPER: kept},
        [one for one in draft.authorships if one["paper"] in kept],
        [pair for pair in draft.paper_institutions if pair[0] in kept],
        [pair for pair in draft.paper_categories if pair[0] in kept],
        [pair for pair in draft.citations if pair[0] in kept and pair[1] in kept],
        [alias for alias in draft.aliases if alias[0] is not Kind.PAPER],
    )


@dataclass
class Then:
    """A store as of a day, and one of what there was then, with the rows of the same nodes in each."""

    now: Store
    then: Store
    day: date
    kind: Kind
    rows: Rows
    rows_then: Rows

    def pair(self, name: str, args: Any = None) -> tuple[Any, Any]:
        """A metric in the one and in the other."""
        return (
            answer(work(self.now, name, self.rows, args, Scope(as_of=self.day), self.kind)),
            answer(work(self.then, name, self.rows_then, args, Scope(), self.kind)),
        )


def metrics_agree(at: Then) -> None:
    for name, reader in METRICS.items():
        if name in UNDATED or reader.kind not in (at.kind, None) or (reader.kind is None and at.kind not in PAPERS_OF):
            continue
        for args in (None, 0, 2) if name == "disruption" else (None,):
            alike(name, *at.pair(name, args))


def alike(name: str, as_of: Any, then: Any) -> None:
    if isinstance(as_of, Trend):
        assert as_of == then, name
        return
    assert isinstance(as_of, Measured)
    assert (as_of.method, as_of.listed) == (then.method, then.listed), name
    assert (as_of.samples.tolist(), list(as_of.reasons)) == (then.samples.tolist(), list(then.reasons)), name


def figures_agree(at: Then) -> None:
    one = answer(paper_figures(at.now, at.kind, at.rows, Scope(as_of=at.day)))
    other = answer(paper_figures(at.then, at.kind, at.rows_then, Scope()))
    for name in COUNTS:
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    assert [one.years_of(row) for row in at.rows.tolist()] == [other.years_of(row) for row in at.rows_then.tolist()]


def as_then(draft: Draft, day: date, name: str) -> None:
    before = truncated(draft, day)
    now, then = STORES[name](draft.facts()), STORES[name](before.facts())
    # Whether the graph knows citations at all is said of the graph, not of a day: only then are counts of them null.
    if answer(now.snapshot()).citations_known != answer(then.snapshot()).citations_known:
        return
    for kind in (*PAPERS_OF, Kind.PAPER):
        keys = sorted(before.nodes[kind])
        rows, rows_then = (np.array(each.rows(kind, *keys), np.int32) for each in (draft, before))
        at = Then(now, then, day, kind, rows, rows_then)
        metrics_agree(at)
        if kind in PAPERS_OF:
            figures_agree(at)


@settings(many, max_examples=examples(40))
@given(drafts(), DAYS)
def test_figures_as_of_a_day_are_those_of_then(draft: Draft, day: date) -> None:
    as_then(draft, day, "networkx")


@pytest.mark.long
@pytest.mark.parametrize("name", ["networkx", "columnar"])
@many
@given(drafts(), DAYS)
def test_figures_as_of_a_day_are_those_of_then_on_200_graphs(name: str, draft: Draft, day: date) -> None:
    as_then(draft, day, name)


def test_citing_works_outside_are_of_no_day() -> None:
    draft = Draft()
    draft.paper("cited", ["ann"], year=2000, unresolved_citations=["doi:10.1/x"])
    draft.paper("old", ["bob"], year=1999)
    draft.paper("new", ["bob"], cites=["old"], year=2001)
    for name in STORES:
        as_then(draft, date(2002, 1, 1), name)


@pytest.mark.parametrize("name", sorted(UNDATED))
def test_what_has_no_value_as_of_a_day_says_so(name: str) -> None:
    draft = Draft()
    draft.paper("p", ["ann", "bob"], ["x", "y"], ["q"], year=2000)
    draft.paper("q", ["ann", "bob", "cy"], year=1999)
    metric = answer(work(STORES["networkx"](draft.facts()), name, np.zeros(1, np.int32), None, Scope(as_of=date(2024, 1, 1))))
    assert metric.reasons[0], name
    assert (metric.listed if isinstance(metric, Measured) else metric.labels) == [None]
