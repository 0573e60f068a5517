"""Paths in each form that the columnar store keeps circles in, against the plain one, on graphs wide enough for several rims."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.model import Kind
from byline.graph.request import Route, Window
from byline.graph.store.columnar.files.marks import Marks
from byline.graph.store.columnar.paths import bfs, bfs_small, reach
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Status, Store
from tests.contract.stores import EVERY, answer
from tests.contract.test_circles import written

some = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
# Sets alone; arrays from the first step; sets that give up on the way; each with lengths added up in arrays, and lists copied.
FORMS = {
    "sets": (10**6, 150, 40),
    "arrays": (0, 150, 10**6),
    "handed over": (9, 150, 40),
    "many": (0, 0, 0),
    "handed over to many": (20, 0, 2),
}


def wide(seed: int) -> Draft:
    """40 people in a ring of small papers, some shortcuts, one who knows a quarter of them; two apart."""
    draw, draft = random.Random(seed), Draft()
    people = [draft.author(f"{number} {chr(97 + number % 26)}") for number in range(40)]
    number = 0
    for at in range(38):
        for _ in range(draw.choice([0, 1, 1, 2, 3])):
            team = {people[at], people[(at + draw.choice([1, 1, 2, 5])) % 38]}
            team |= {draw.choice(people[:38])} if draw.random() < 0.15 else set()
            count = draw.choice([None, len(team), len(team), len(team) + 2])
            draft.paper(f"p{number}", sorted(team), year=draw.choice([2020, 2021, None]), author_count=count)
            number += 1
    for other in draw.sample(people[1:38], draw.choice([0, 9])):
        draft.paper(f"h{other}", [people[0], other], author_count=2, year=2021)
    draft.paper("apart", people[38:], author_count=2, year=2020)
    return draft


@contextmanager
def search_form(form: str) -> Iterator[None]:
    most, many, long = FORMS[form]
    with (
        mock.patch.object(bfs_small, "_MOST", most),
        mock.patch.object(bfs, "_MANY", many),
        mock.patch.object(reach, "_LONG", long),
    ):
        yield


def statuses_and_paths(store: Store, pairs: list[tuple[int, int]], route: Route) -> tuple[list[Status], list[list[list[int]]]]:
    paths = answer(store.paths(np.array(pairs, np.int32).reshape(-1, 2), route))
    return paths.statuses, written(paths)


@some
@given(st.integers(0, 10**6), st.sampled_from([None, Window(2021), Window(None, 2020, 2)]), st.sampled_from([1, 2, 7]))
def test_every_form_gives_the_same_paths(seed: int, window: Window | None, limit: int) -> None:
    draft = wide(seed)
    plain, *columnar = (make(draft.facts()) for make in EVERY.values())
    draw, everybody = random.Random(seed), range(len(draft.nodes[Kind.AUTHOR]))
    pairs = [(draw.choice(everybody), draw.choice(everybody)) for _ in range(12)]
    route = Route(window, False, limit)
    expected = statuses_and_paths(plain, pairs, route)
    for form in FORMS:
        with search_form(form):
            assert [statuses_and_paths(store, pairs, route) for store in columnar] == [expected] * len(columnar), form


@pytest.mark.parametrize("form", FORMS)
def test_budgets_are_spent_alike(form: str) -> None:
    _, *columnar = (make(wide(3).facts()) for make in EVERY.values())
    with search_form(form):
        for budget in (2, 5, 11, 40):
            by_store = [statuses_and_paths(store, PAIRS, Route(budget=budget)) for store in columnar]
            assert by_store == [plainly(budget)] * len(columnar)


PAIRS = [(left, right) for left in range(0, 40, 3) for right in range(40)]


@cache
def plainly(budget: int) -> tuple[list[Status], list[list[list[int]]]]:
    """What the reference store says, once for all forms."""
    return statuses_and_paths(EVERY["networkx"](wide(3).facts()), PAIRS, Route(budget=budget))


def test_marks_are_clean_when_they_are_lent_again() -> None:
    marks = Marks(1000)
    with pytest.raises(RuntimeError, match="given up"):
        used_and_given_up(marks)
    for _ in range(2):
        with marks.lent() as lent:
            assert not lent.of.any()
            lent.put(np.array([7], np.int32), 1)


def used_and_given_up(marks: Marks) -> None:
    with marks.lent() as first:
        first.put(np.array([3, 5, 3], np.int32), 9)
        with marks.lent() as beside:
            assert beside.of is not first.of
            beside.put(np.arange(1000, dtype=np.int32), 1)
            assert first.of[5] == 9
            raise RuntimeError("given up")
