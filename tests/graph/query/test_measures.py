"""Measures of people and papers against NetworkX and written-out loops, on every store, on random graphs and at the edges."""

import math
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.metrics import brokerage, disruption, impact, persons
from byline.graph.metrics.trust import NO_CITATIONS
from byline.graph.model import KINDS, Kind
from byline.graph.query.graph_metrics import WHOLE
from byline.graph.query.measures import PAPERS_OF, Scope
from byline.graph.query.metric_table import METRICS, work
from byline.graph.query.metric_values import Measured, measured, writes_alike
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
fewer = settings(many, max_examples=examples(50))
# Kinds whose metrics are those of a set of papers.
OF_PAPERS = [kind for kind in PAPERS_OF if kind is not Kind.AUTHOR]
SCOPES = st.sampled_from([Scope(), Scope(2020, 2022), Scope(as_of=date(2021, 6, 30)), Scope(exclude_self_citations=True)])


def values_of(store: Store, name: str, kind: Kind, scope: Scope = Scope(), argument: Any = None) -> Any:  # noqa: B008
    """A measure of every node of a kind."""
    size = answer(store.snapshot()).counts[KINDS[kind].plural]
    return answer(work(store, name, np.arange(size, dtype=np.int32), argument, scope, kind))


def spelled(measured: Any) -> Any:
    """Everything in it, comparable."""
    if not isinstance(measured, Measured):
        return measured
    return (measured.method, measured.listed, measured.samples.tolist(), measured.lower.tolist(), list(measured.reasons))


def by_key(draft: Draft, kind: Kind, store: Store, name: str, scope: Scope = Scope(), argument: Any = None) -> dict[str, Any]:  # noqa: B008
    """{key: (value, sample, lower, reason)} of every node."""
    _, values, samples, lower, reasons = spelled(values_of(store, name, kind, scope, argument))
    entries = list(zip(values, samples, lower, reasons, strict=True))
    return {draft.key(kind, row): entry for row, entry in enumerate(entries)}


@fewer
@given(drafts(), SCOPES, st.sampled_from([None, 0, 1]))
def test_stores_agree(draft: Draft, scope: Scope, window: int | None) -> None:
    stores = [make(draft.facts()) for make in STORES.values()]
    of_kinds = ((name, kind) for name, metric in METRICS.items() for kind in ([metric.kind] if metric.kind else OF_PAPERS))
    for name, kind in of_kinds:
        first, *others = (
            spelled(values_of(store, name, kind, scope, window if name == "disruption" else None)) for store in stores
        )
        assert all(other == first for other in others), name
        if isinstance(first, tuple):
            assert all((value is None) == (reason is not None) for value, reason in zip(first[1], first[4], strict=True)), name


def coauthors(draft: Draft, first: int | None = None, last: int | None = None) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(draft.nodes[Kind.AUTHOR])
    for one in draft.authorships:
        year = draft.nodes[Kind.PAPER][one["paper"]].get("year")
        if first is not None and (year is None or not first <= year <= last):
            continue
        people = {other["author"] for other in draft.authorships if other["paper"] == one["paper"]}
        graph.add_edges_from((one["author"], other) for other in people - {one["author"]})
    return graph


@many
@given(drafts(), st.booleans())
def test_brokerage_is_networkx_own(draft: Draft, windowed: bool) -> None:
    store = STORES["networkx"](draft.facts())
    scope = Scope(2020, 2022) if windowed else Scope()
    graph = coauthors(draft, scope.first_year, scope.last_year)
    figures = {"constraint": nx.constraint, "effective_size": nx.effective_size}
    for name, figure in figures.items():
        expected = figure(graph) if len(graph) else {}
        for key, (value, sample, _, reason) in by_key(draft, Kind.AUTHOR, store, name, scope).items():
            assert sample == graph.degree[key]
            if not sample:
                assert (value, reason) == (None, brokerage.ISOLATE)
            else:
                assert math.isclose(value, expected[key], rel_tol=1e-12)


def cd(draft: Draft, focal: str, window: int | None) -> float | None:
    """Funk and Owen-Smith, word by word: works outside the graph are references as those in it are."""
    papers = draft.nodes[Kind.PAPER]
    day = {paper: columns.get("published_on") for paper, columns in papers.items()}
    year = {paper: columns.get("year") or (day[paper].year if day[paper] else None) for paper, columns in papers.items()}
    cites = {paper: set(columns["unresolved_references"]) for paper, columns in papers.items()}
    for citing, cited in draft.citations:
        cites[citing] |= {cited} - {citing}
    if year[focal] is None or not cites[focal]:
        return None
    terms = []
    for other in set(papers) - {focal}:
        if day[focal] and day[other]:
            later = day[other] > day[focal]
        else:
            later = year[other] is not None and year[other] > year[focal]
        if window is not None:
            later = later and year[other] <= year[focal] + window
        at_focal, at_reference = focal in cites[other], bool(cites[other] & cites[focal])
        if later and (at_focal or at_reference):
            terms.append(at_focal - 2 * (at_focal and at_reference))
    return sum(terms) / len(terms) if terms else None


@many
@given(drafts(), st.sampled_from([None, 0, 1, 3]))
def test_disruption_is_spelled_out(draft: Draft, window: int | None) -> None:
    store = STORES["networkx"](draft.facts())
    for key, (value, _, lower, reason) in by_key(draft, Kind.PAPER, store, "disruption", argument=window).items():
        assert value == cd(draft, key, window)
        outside = any(draft.nodes[Kind.PAPER][key][f"unresolved_{name}"] for name in ("references", "citations"))
        assert lower is (outside or any(not paper["references_complete"] for paper in draft.nodes[Kind.PAPER].values()))
        assert (reason is None) == (value is not None)


def shelf() -> Draft:
    """Known by hand: `new` displaces `old`, `next` develops `new`, `lone` cites nothing, `self` cites itself alone."""
    draft = Draft()
    draft.paper("old", ["ann"], year=1990, author_count=1)
    draft.paper("new", ["bob"], cites=["old"], year=2000, author_count=1)
    draft.paper("a", ["bob", "cy"], cites=["new"], year=2001, author_count=2)
    draft.paper("b", ["cy"], cites=["new", "old"], year=2004, author_count=1)
    draft.paper("c", ["dee"], cites=["old"], year=2005, author_list_complete=False, author_count=None)
    draft.paper("lone", ["bob", "bob", "dee"], year=2000, author_count=2)
    draft.paper("self", ["eve"], cites=["self"], year=2000, author_count=1)
    draft.paper("undated", ["ann"], cites=["old", "new"], author_count=1)
    draft.paper("elsewhere", [], year=2000, unresolved_references=["doi:10.1/x"])
    draft.author("nobody")
    return draft


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_disruption_at_the_edges(make: Any) -> None:
    draft = shelf()
    by_paper = by_key(draft, Kind.PAPER, make(draft.facts()), "disruption")
    # a cites new alone, b both, c old alone; of the undated one, which cites both, nobody knows that it is later.
    assert by_paper["new"][:2] == ((1 - 1) / 3, 3)
    assert by_paper["lone"][0::3] == (None, disruption.NO_REFERENCES)
    assert by_paper["self"][0::3] == (None, disruption.NO_REFERENCES)
    assert by_paper["undated"][0::3] == (None, disruption.NO_YEAR)
    assert by_paper["elsewhere"] == (None, 0, True, disruption.NOTHING_LATER)
    assert by_paper["c"][0::3] == (None, disruption.NOTHING_LATER)
    in_two_years = by_key(draft, Kind.PAPER, make(draft.facts()), "disruption", argument=2)
    assert in_two_years["new"][:2] == (1.0, 1)
    as_of = by_key(draft, Kind.PAPER, make(draft.facts()), "disruption", Scope(as_of=date(2004, 12, 31)))
    assert as_of["new"][:2] == (0.0, 2)


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_people_at_the_edges(make: Any) -> None:
    draft = shelf()
    store = make(draft.facts())
    share = by_key(draft, Kind.AUTHOR, store, "self_citation_share")
    # new is cited by a (bob's own), b and the undated one.
    assert share["bob"][:2] == (1 / 3, 3)
    assert share["eve"][0::3] == (None, persons.NOT_CITED)  # a paper that cites itself is not cited
    assert share["nobody"][0::3] == (None, persons.NOT_CITED)
    assert by_key(draft, Kind.AUTHOR, store, "self_citation_share", Scope(exclude_self_citations=True)) == share
    teams = by_key(draft, Kind.AUTHOR, store, "mean_team_size")
    assert teams["bob"] == (5 / 3, 3, False, None)  # printed twice on a paper, counted once
    assert teams["dee"] == (2.0, 1, True, None)  # the other paper says only "et al."
    assert teams["nobody"] == (None, 0, False, persons.NO_SIZES)
    trend = values_of(store, "trend", Kind.AUTHOR).years[draft.row(Kind.AUTHOR, "bob")]
    assert trend == [(2000, 2, 0), (2001, 1, 1), (2004, 0, 1), (None, 0, 1)]
    others = values_of(store, "trend", Kind.AUTHOR, Scope(exclude_self_citations=True)).years[draft.row(Kind.AUTHOR, "bob")]
    assert others == [(2000, 2, 0), (2001, 1, 0), (2004, 0, 1), (None, 0, 1)]
    broker = by_key(draft, Kind.AUTHOR, store, "constraint", Scope(as_of=date(2004, 1, 1)))
    assert {entry[3] for entry in broker.values()} == {brokerage.AS_OF}


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_no_citations_at_all(make: Any) -> None:
    draft = Draft()
    for number in range(12):
        draft.paper(f"p{number}", ["ann"], ["cs"], year=2000)
    store = make(draft.facts())
    for name, kind in (("pagerank", Kind.PAPER), ("normalised_impact", Kind.PAPER), ("self_citation_share", Kind.AUTHOR)):
        assert all(entry[0::3] == (None, NO_CITATIONS) for entry in by_key(draft, kind, store, name).values()), name
    assert all(entry[3] == disruption.NO_REFERENCES for entry in by_key(draft, Kind.PAPER, store, "disruption").values())
    assert values_of(store, "trend", Kind.AUTHOR).years == [[(2000, 12, None)]]


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_impact_says_why_not(make: Any) -> None:
    draft = Draft()
    for number in range(10):
        draft.paper(f"p{number}", [], ["cs"], ["p0"] if 0 < number < 6 else [], year=2000)
    draft.paper("few", [], ["cs"], year=2001)
    draft.paper("bare", [], [], year=2000)
    draft.paper("undated", [], ["cs"])
    by_paper = by_key(draft, Kind.PAPER, make(draft.facts()), "normalised_impact")
    assert by_paper["p0"] == (10.0, 10, False, None)
    assert by_paper["p1"] == (0.0, 10, False, None)
    reasons = {key: by_paper[key][3] for key in ("few", "bare", "undated")}
    assert reasons == {"few": impact.TOO_FEW, "bare": impact.NO_CATEGORY, "undated": impact.NO_YEAR}
    then = by_key(draft, Kind.PAPER, make(draft.facts()), "normalised_impact", Scope(as_of=date(2020, 1, 1)))
    assert set(then.values()) == {(None, 0, False, WHOLE)}


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_measures_of_the_whole_graph_have_no_scope(make: Any) -> None:
    store = make(shelf().facts())
    for name in ("core", "clustering", "pagerank", "category_atypicality"):
        rows = np.zeros(1, np.int32)
        for scope in (Scope(as_of=date(2020, 1, 1)), Scope(first_year=2000), Scope(last_year=2000)):
            assert answer(work(store, name, rows, None, scope)).reasons == [WHOLE], name
        assert answer(work(store, name, rows, None, Scope(exclude_self_citations=True))).reasons != [WHOLE]
    for name in ("component", "community"):
        grouped = answer(work(store, name, np.zeros(1, np.int32), None, Scope(as_of=date(2020, 1, 1))))
        assert (grouped.labels, grouped.sizes, grouped.lower, grouped.reasons) == ([None], [None], False, [WHOLE])


def test_a_person_whose_coauthors_have_too_many_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = shelf()
    monkeypatch.setattr(brokerage, "MOST", 1)
    monkeypatch.setattr(disruption, "MOST", 1)
    store = STORES["columnar"](draft.facts())
    assert by_key(draft, Kind.AUTHOR, store, "constraint")["bob"][0::3] == (None, brokerage.TOO_MANY)
    assert by_key(draft, Kind.PAPER, store, "disruption")["new"][0::3] == (None, disruption.TOO_MANY)


def test_a_paper_of_1101_authors() -> None:
    draft = Draft()
    draft.paper("big", [f"p{number}" for number in range(1101)], year=2020, author_count=1101)
    draft.paper("small", ["p1", "x"], year=2021, author_count=2)
    store = STORES["columnar"](draft.facts())
    rows = np.array(draft.rows(Kind.AUTHOR, "p0", "p1", "x"), np.int32)
    sizes = answer(work(store, "effective_size", rows)).listed
    assert sizes == [1100 - 1099, 1101 - 1100 * 1099 / 1101, 1.0]
    assert answer(work(store, "mean_team_size", rows)).listed == [1101.0, 551.5, 2.0]
    assert answer(work(store, "clustering", rows)).listed == [None, None, None]


def test_what_is_no_number_never_leaves() -> None:
    values = measured("m", [float("nan"), float("inf"), None, 1.5], [0] * 4, [False] * 4, "why")
    assert values.listed == [None, None, None, 1.5]
    assert list(values.reasons) == ["why", "why", "why", None]


def test_numbers_that_the_two_writers_spell_differently_are_told() -> None:
    assert writes_alike(np.array([0.0, 0.25, -3.5, 1.25e-7, np.nan]))
    assert not writes_alike(np.array([1e-7]))
    assert not writes_alike(np.array([2.5e10]))
