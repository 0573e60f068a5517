"""Indices of citation counts against their definitions, written out, on 200 random batches of lists."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.metrics.citations import g_index, h_index, i10_index
from tests.generated import examples
from tests.graph.metrics.graphs import zipped

many = settings(max_examples=examples(200), deadline=None)
COUNTS = st.lists(st.lists(st.one_of(st.integers(0, 12), st.integers(0, 200)), max_size=15), max_size=6)


def largest(most: int, fits) -> int:
    return max(number for number in range(most + 1) if fits(number))


@many
@given(COUNTS)
def test_h_index_is_spelled_out(lists: list[list[int]]) -> None:
    indexes = h_index(*zipped(lists)).tolist()
    assert indexes == [largest(len(one), lambda h, one=one: sum(count >= h for count in one) >= h) for one in lists]


@many
@given(COUNTS)
def test_g_index_is_spelled_out(lists: list[list[int]]) -> None:
    indexes = g_index(*zipped(lists)).tolist()
    assert indexes == [largest(len(one), lambda g, one=one: sum(sorted(one, reverse=True)[:g]) >= g * g) for one in lists]


@many
@given(COUNTS)
def test_i10_index_is_spelled_out(lists: list[list[int]]) -> None:
    assert i10_index(*zipped(lists)).tolist() == [sum(count >= 10 for count in one) for one in lists]


@pytest.mark.parametrize("index", [h_index, g_index, i10_index])
def test_nobody_and_people_without_papers(index) -> None:
    assert index(np.zeros(1, np.int64), np.zeros(0, np.int32)).tolist() == []
    assert index(np.zeros(4, np.int64), np.zeros(0, np.int32)).tolist() == [0, 0, 0]


def test_by_hand() -> None:
    lists = zipped([[10, 8, 5, 4, 3], [25, 8, 5, 3, 3], [100], [0, 0]])
    assert (h_index(*lists).tolist(), g_index(*lists).tolist(), i10_index(*lists).tolist()) == (
        [4, 3, 1, 0],
        [5, 5, 1, 0],
        [1, 1, 1, 0],
    )
