"""Figures of generated records against plain counting on the records themselves: papers that cite themselves, citing and cited
works without a record, days and years, on both stores."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from math import isclose, sqrt
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.data.build.build import build
from byline.data.notices import Outcome
from byline.graph.model import Kind
from byline.graph.query.measures import Scope, author_figures, paper_citations
from byline.graph.query.metric_table import work
from byline.graph.query.similar import By, SimilarArgs, shared_outside, similar
from byline.graph.request import Page
from byline.graph.store.protocol import Store
from tests.contract.stores import STORES, answer
from tests.data.views import Json, normal, paper, who
from tests.generated import examples

many = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
PAPERS = [f"x:{number}" for number in range(6)]
WORKS = ["y:out", "doi:10.5555/out", "arxiv:2001.00042"]
# Further forms of the ids of the works without a record.
FORMS = {"doi:10.5555/OUT": "doi:10.5555/out", "doi:10.48550/arXiv.2001.00042": "arxiv:2001.00042"}
PEOPLE = ["Ida Vahl", "Ole Rask", "Sara Moe"]
CODES = ["a.A", "a.B", "b.C"]
DAYS = [None, "2019-12-31", "2020-03-01", "2020-03-02", "2021-01-01"]
# What records and lists of citations name; of the papers some have no record either.
CITED = [*PAPERS, *WORKS, *FORMS]


@dataclass
class Truth:
    """What the records say: the works that each paper cites, those that cite each work, no paper by itself."""

    records: list[Json]
    cites: dict[str, set[str]] = field(default_factory=dict)
    cited_by: dict[str, set[str]] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    when: dict[str, tuple[int | None, date | None]] = field(default_factory=dict)
    left_out: int = 0

    @property
    def papers(self) -> list[str]:
        return list(self.when)

    def add(self, citing: str, cited: str) -> None:
        one, other = FORMS.get(citing, citing), FORMS.get(cited, cited)
        if one == other or not {one, other} & set(self.when):
            self.left_out += 1
            return
        self.cites.setdefault(one, set()).add(other)
        self.cited_by.setdefault(other, set()).add(one)

    def citing(self, key: str, inside: bool = True) -> set[str]:
        return {one for one in self.cited_by.get(key, set()) if (one in self.when) is inside}

    def is_later(self, other: str, focal: str) -> bool:
        (year, day), (own_year, own_day) = self.when[other], self.when[focal]
        return day > own_day if day and own_day else bool(year and own_year and year > own_year)


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Up to six papers, the citations among them and works without a record stated by records and by a list of citations."""
    truth = Truth([])
    stated = []
    for key in PAPERS[: draw(st.integers(1, 6))]:
        day, year = draw(st.sampled_from(DAYS)), draw(st.sampled_from([None, 2019, 2020, 2021]))
        truth.when[key] = (int(day[:4]), date.fromisoformat(day)) if day else (year, None)
        truth.people[key] = draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1))
        truth.codes[key] = draw(st.lists(st.sampled_from(CODES), unique=True))
        cited = draw(st.lists(st.sampled_from(CITED), unique=True, max_size=6))
        stated += [(key, each) for each in cited]
        authors = [who(name, id=f"z:{name.split()[0].lower()}") for name in truth.people[key]]
        dated: Json = {"date": day} if day else {"year": year}
        truth.records.append(paper(title(key), *authors, id=key, references=cited, categories=truth.codes[key], **dated))
    edges = draw(st.lists(st.tuples(st.sampled_from(CITED), st.sampled_from(CITED)), max_size=12))
    truth.records += [{"type": "citation", "from": citing, "to": cited} for citing, cited in edges]
    truth.records = draw(st.permutations(truth.records))
    for citing, cited in [*stated, *edges]:
        truth.add(citing, cited)
    return truth


def title(key: str) -> str:
    return f"On {key.replace(':', ' ')}"


@many
@given(truths())
def test_figures_are_what_counting_the_records_gives(truth: Truth) -> None:
    built = build([("test", normal(truth.records))])
    assert sum(each.count for each in built.notices if each.outcome is Outcome.LEFT_OUT) == truth.left_out
    for make in STORES.values():
        store = make(built.facts)
        rows = {name: row for row, name in enumerate(values(store, Kind.PAPER, "title"))}
        at = {key: rows[title(key)] for key in truth.papers}
        of_papers(store, truth, at)
        of_disruption(store, truth, at)
        of_coupling(store, truth, at)
        of_people(store, truth)


def values(store: Store, kind: Kind, name: str) -> list[Any]:
    size = answer(store.snapshot()).counts[f"{kind}s"]
    (column,) = answer(store.values(kind, np.arange(size, dtype=np.int32), [name]))
    return list(column)


def categories(store: Store) -> list[str]:
    size = answer(store.snapshot()).counts["categories"]
    return list(answer(store.values(Kind.CATEGORY, np.arange(size, dtype=np.int32), ["code"]))[0])


def of_papers(store: Store, truth: Truth, at: dict[str, int]) -> None:
    inside = {key: len(truth.citing(key)) for key in at}
    outside = {key: len(truth.citing(key, False)) for key in at}
    references = {key: truth.cites.get(key, set()) for key in at}
    expected = {
        "citation_count": {key: inside[key] + outside[key] if any((*inside.values(), *outside.values())) else None for key in at},
        "outside_citation_count": outside,
        "reference_count": {key: len(references[key] & set(at)) for key in at},
        "outside_reference_count": {key: len(references[key] - set(at)) for key in at},
    }
    for name, counts in expected.items():
        column = values(store, Kind.PAPER, name)
        assert {key: column[row] for key, row in at.items()} == counts, name
    counts, none = answer(paper_citations(store, np.array(list(at.values()), np.int32), date(2020, 12, 31)))
    by_then = {key for key, (year, day) in truth.when.items() if (day <= date(2020, 12, 31) if day else (year or 9999) <= 2020)}
    assert (counts.tolist(), none.tolist()) == ([len(truth.citing(key) & by_then) for key in at], [0] * len(at))
    graph = nx.DiGraph([(key, cited) for key in at for cited in references[key] & set(at)])
    graph.add_nodes_from(at)
    ranks = answer(work(store, "pagerank", np.array(list(at.values()), np.int32))).listed
    if not graph.size():
        assert ranks == [None] * len(at)
    else:
        by_networkx = nx.pagerank(graph, tol=1e-12, max_iter=1000)
        assert all(isclose(rank, by_networkx[key], abs_tol=1e-8) for key, rank in zip(at, ranks, strict=True))


def of_disruption(store: Store, truth: Truth, at: dict[str, int]) -> None:
    disruption = answer(work(store, "disruption", np.array(list(at.values()), np.int32)))
    for key, value, sample in zip(at, disruption.listed, disruption.samples.tolist(), strict=True):
        own, terms = truth.cites.get(key, set()), []
        for other in at:
            cited = truth.cites.get(other, set())
            if own and truth.is_later(other, key) and (key in cited or cited & own):
                terms.append((key in cited) - 2 * (key in cited and bool(cited & own)))
        assert (value, sample) == ((sum(terms) / len(terms), len(terms)) if terms else (None, 0))


def of_coupling(store: Store, truth: Truth, at: dict[str, int]) -> None:
    key_of = {row: key for key, row in at.items()}
    for key, row in at.items():
        coupled = answer(similar(store, np.array([row], np.int32), SimilarArgs(By.BIBLIOGRAPHIC_COUPLING, Page(10))))
        own = truth.cites.get(key, set())
        both = {other: own & truth.cites.get(other, set()) for other in at if other != key}
        expected = {other: len(shared) / sqrt(len(own) * len(truth.cites[other])) for other, shared in both.items() if shared}
        others = [key_of[other] for other in coupled.rows.tolist()]
        assert dict(zip(others, coupled.shared.tolist(), strict=True)) == {each: len(both[each]) for each in expected}
        assert all(isclose(score, expected[other]) for other, score in zip(others, coupled.scores.tolist(), strict=True))
        assert coupled.scores.tolist() == sorted(coupled.scores.tolist(), reverse=True)
        outside = answer(shared_outside(store, coupled.sources, coupled.rows))
        assert [set(each) for each in outside] == [both[other] - set(at) for other in others]


def of_people(store: Store, truth: Truth) -> None:
    names = values(store, Kind.AUTHOR, "name")
    rows = np.arange(len(names), dtype=np.int32)
    figures = answer(author_figures(store, rows, Scope()))
    others = answer(author_figures(store, rows, Scope(exclude_self_citations=True)))
    shares = answer(work(store, "self_citation_share", rows)).listed
    codes, main = categories(store), values(store, Kind.AUTHOR, "primary_category")
    h_index = values(store, Kind.AUTHOR, "h_index")
    for row, name in enumerate(names):
        own = [key for key in truth.papers if name in truth.people[key]]
        cited = sorted((len(truth.cited_by.get(key, set())) for key in own), reverse=True)
        # What nobody is known to cite in a graph that knows no citation is not known.
        assert (figures.citation_count[row] or 0) == sum(cited)
        assert figures.citation_count[row] is not None or not any(truth.cited_by.get(key) for key in truth.papers)
        assert figures.outside_citation_count[row] == sum(len(truth.citing(key, False)) for key in own)
        assert (h_index[row] or 0) == sum(count >= rank for rank, count in enumerate(cited, 1))
        inside = [citing for key in own for citing in truth.citing(key)]
        selves = sum(name in truth.people[citing] for citing in inside)
        assert others.citation_count[row] == len(inside) - selves
        assert shares[row] == (selves / len(inside) if inside else None)
        first = Counter(truth.codes[key][0] for key in own if truth.codes[key])
        every = Counter(code for key in own for code in truth.codes[key])
        best = min(every, key=lambda code: (-first[code], -every[code], code), default=None)
        assert (codes[main[row]] if main[row] is not None else None) == best
