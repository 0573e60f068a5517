"""Pairs of coauthors that are kept and pairs that are worked out: whatever the bound, the same answers."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.deadline import Deadline, deadline_scope
from byline.graph.errors import OutOfTime
from byline.graph.metrics.graph_metrics import PAIRED, too_many_pairs
from byline.graph.model import BETWEEN, COAUTHORS, COLLABORATORS, COLUMNS, Kind
from byline.graph.request import Hop, Prediction, Route, Select
from byline.graph.store.columnar.edges import coauthors
from byline.graph.store.columnar.files.pair_bounds import PairBounds
from byline.graph.store.columnar.read.small import as_lists
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.requests import sizes
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts, selects, webs
from tests.contract.stores import STORES, answer, columnar, exact, ragged
from tests.contract.test_circles import SHARED, _plain
from tests.contract.test_direct import EVERYTHING_WANTED, same_pages
from tests.generated import examples

some = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))


def teams() -> Draft:
    """Teams of 2, 5, 5 (the same people), 6 and 9, some of whom are in two of them, and one person alone."""
    draft = Draft()
    people = [f"{number} {chr(97 + number)}" for number in range(15)]
    for number, team in enumerate([people[:2], people[1:6], people[1:6], people[5:11], people[6:15], ["alone z"]]):
        draft.paper(f"p{number}", team, year=2020 + number, author_count=None if number == 2 else len(team))
    return draft


def columns(store: Store, draft: Draft) -> Any:
    """All that is said of people."""
    everybody = np.arange(sizes(draft)[Kind.AUTHOR], dtype=np.int32)
    return [exact(column) for column in answer(store.columns(Kind.AUTHOR, everybody, [c.name for c in COLUMNS[Kind.AUTHOR]]))]


@some
@given(st.one_of(drafts(), webs()), st.integers(1, 5), st.data())
def test_any_bound_gives_the_same_answers(draft: Draft, most: int, data: st.DataObject) -> None:
    size = sizes(draft)[Kind.AUTHOR]
    plain, store = STORES["networkx"](draft.facts()), columnar(draft.facts(), PairBounds(most))
    assert columns(store, draft) == columns(plain, draft)
    if not size:
        return
    person = st.integers(0, size - 1)
    rows = np.array(data.draw(st.lists(person, min_size=1, max_size=6)), np.int32)
    pairs = np.array(data.draw(st.lists(st.tuples(person, person), max_size=4)), np.int32).reshape(-1, 2)
    select, hop = data.draw(selects(Kind.AUTHOR, COAUTHORS)), Hop(COAUTHORS)
    expected = answer(plain.expand(hop, rows, select))
    assert ragged(answer(store.expand(hop, rows, select))) == ragged(expected)
    assert store.direct is not None
    same_pages(
        store.direct.lister(hop, select, EVERYTHING_WANTED)(rows),
        as_lists(expected, EVERYTHING_WANTED),
        EVERYTHING_WANTED,
        select,
    )
    distance = data.draw(st.integers(1, 4))
    for hop, batch, selection in (
        (Hop(COLLABORATORS, None, distance), rows, SHARED),
        (Hop(BETWEEN, None, distance), pairs, Select()),
    ):
        assert ragged(answer(store.expand(hop, batch, selection))) == ragged(answer(plain.expand(hop, batch, selection)))
    for weighted in (False, True):
        route = Route(None, weighted, 3)
        assert _plain(answer(store.paths(pairs, route))) == _plain(answer(plain.paths(pairs, route)))
    for method in Prediction:
        assert _plain(answer(store.suggest(rows, None, method, 4))) == _plain(answer(plain.suggest(rows, None, method, 4)))


@pytest.mark.parametrize("most", [1, 2, 4, 5, 6, 8, 9])
def test_only_teams_above_the_bound_are_worked_out(most: int) -> None:
    draft = teams()
    store: Any = columnar(draft.facts(), PairBounds(most))
    lists, size = store.coauthors, sizes(draft)[Kind.AUTHOR]
    everybody = np.arange(size, dtype=np.int32)
    of = {paper: [one["author"] for one in draft.authorships if one["paper"] == paper] for paper in draft.nodes[Kind.PAPER]}
    huge = {person for team in of.values() if len(team) > most for person in team}
    assert lists.worked.rows.tolist() == sorted(draft.rows(Kind.AUTHOR, *huge))
    csr: Any = columnar(teams().facts(), PairBounds(9)).csr["coauthors"]  # type: ignore[attr-defined]
    here = np.diff(store.csr["coauthors"].offsets)
    assert here.tolist() == [0 if row in lists.unkept else length for row, length in enumerate(np.diff(csr.offsets).tolist())]
    assert lists.lengths(everybody).tolist() == np.diff(csr.offsets).tolist()
    assert len(lists) == len(csr.targets)


@pytest.mark.parametrize(("at_once", "mixed"), [(1, False), (7, False), (1 << 20, False), (1 << 20, True)])
def test_lists_are_the_same_in_any_number_of_parts(at_once: int, mixed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """And where all lists of papers happen to have one hash."""
    monkeypatch.setattr(coauthors, "_AT_ONCE", at_once)
    if mixed:
        monkeypatch.setattr(coauthors.paper_pairs, "_MIXED", (np.uint64(0), np.uint64(0)))
    size = sizes(teams())[Kind.AUTHOR]
    stores: list[Any] = [columnar(teams().facts(), PairBounds(most)) for most in (9, 4, 1)]
    for rows in ([*range(size)], [3, 3, 0, 3, 15], [7], []):
        expected, *others = [store.coauthors.lists(np.array(rows, np.int32), COAUTHORS.values) for store in stores]
        for lists in others:
            assert lists.offsets.tolist() == expected.offsets.tolist()
            assert lists.rows.dtype == expected.rows.dtype
            for name, values in {"rows": expected.rows, **expected.beside}.items():
                column = {"rows": lists.rows, **lists.beside}[name]
                assert (column.dtype, column.tobytes()) == (values.dtype, values.tobytes()), name


def test_working_out_ends_where_nobody_waits() -> None:
    store: Any = columnar(teams().facts(), PairBounds(1))
    left = Deadline(60.0)
    left.end()
    with deadline_scope(left), pytest.raises(OutOfTime):
        store.coauthors.lists(np.arange(5, dtype=np.int32))


def test_people_of_the_same_papers_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a team of n costs is one list of n, and not n of them."""
    draft = Draft()
    draft.paper("huge", [f"{number} x" for number in range(300)], year=2020, author_count=300)
    store: Any = columnar(draft.facts(), PairBounds(200))
    assert len(store.coauthors.worked.rows) == 300
    assert not len(store.csr["coauthors"].targets)
    counted: list[int] = []
    real = coauthors.paper_pairs.count
    monkeypatch.setattr(coauthors.paper_pairs, "count", lambda met, *rest: counted.append(len(met.far)) or real(met, *rest))
    coauthor_lists = store.coauthors.lists(np.arange(300, dtype=np.int32), ("paper_count",))
    assert counted == [300]
    assert np.diff(coauthor_lists.offsets).tolist() == [299] * 300


@pytest.mark.parametrize("kept_team", [1, 5, 9])
def test_too_many_pairs_have_no_measures_that_look_through_them(kept_team: int) -> None:
    """The bound is one of the graph, not of what is kept: answers are the same whatever is kept."""
    team = [5, 5, 6, 9]
    pairs = 1 + sum(len(list(combinations(range(size), 2))) for size in team) - 10 - 10
    for most in (pairs - 1, pairs, 10**6):
        store = columnar(teams().facts(), PairBounds(kept_team, most))
        about = answer(store.snapshot()).measures
        everybody = np.arange(sizes(teams())[Kind.AUTHOR], dtype=np.int32)
        core, community, shares, component = answer(
            store.columns(Kind.AUTHOR, everybody, ["core", "community", "clustering", "component"])
        )
        assert component.null_count == 0
        for name, column in zip(PAIRED, (core, community, shares), strict=True):
            assert about[name].reason == (too_many_pairs(most) if most < pairs else None)
            assert (column.null_count == len(column)) == (most < pairs)
