"""Identity that works through stretches: where they are cut decides nothing."""

from itertools import groupby, pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.identify import arrays, candidates, features, reasons
from byline.data.identify import resolve as resolving
from byline.data.identify.arrays import pairs_within, stretches
from byline.data.identify.disambiguation_input import Resolution
from byline.data.identify.resolve import resolve
from tests.data.identify.scenes import Paper, scene
from tests.data.identify.test_resolve import FIELD, papers
from tests.generated import examples


def in_stretches(of: list[Paper], most: int) -> Resolution:
    """Who is who, with no more than so much at a time."""
    with (
        patch.object(features, "STRETCH", most),
        patch.object(candidates, "STRETCH", most),
        patch.object(reasons, "STRETCH", most),
        patch.object(resolving, "_MARKS", most),
    ):
        return resolve(scene(of))


def alike(one: Resolution, other: Resolution) -> bool:
    """Whether two have the same people, decisions (in the same order) and counts."""
    same = np.array_equal(one.entry, other.entry) and np.array_equal(one.person, other.person)
    return same and one.decisions.to_pylist() == other.decisions.to_pylist() and one.merged == other.merged


@pytest.mark.parametrize("most", [1, 50])
def test_a_field_is_the_same_in_stretches_as_in_one(most: int) -> None:
    shared = [Paper(["Wei Wang", other], 2000 + at, "", [["Delft"]] * 2) for at, other in enumerate(["Bo Li", "B Li", "Bo Li"])]
    whole = resolve(scene([*FIELD, *shared]))
    assert whole.decisions["joined"].to_pylist().count(True) > 0
    assert alike(whole, in_stretches([*FIELD, *shared], most))


@settings(max_examples=examples(60), deadline=None)
@given(papers, st.integers(1, 30))
def test_stretches_of_any_size_give_the_same(of: list[Paper], most: int) -> None:
    assert alike(resolve(scene(of)), in_stretches(of, most))


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["Wei Wang", "W Wang", "Bo Li"]), min_size=1, max_size=3), min_size=1, max_size=6),
    st.data(),
)
def test_whom_ids_tell_apart_needs_no_look_at_names(teams: list[list[str]], data: st.DataObject) -> None:
    keys = st.permutations(["x:1", "x:2", "x:3", "x:4"])
    of = [Paper([(name, key) for name, key in zip(team, data.draw(keys), strict=False)]) for team in teams]
    short = resolve(scene(of))
    with patch.object(resolving, "_told_apart", lambda _: False):
        assert alike(short, resolve(scene(of)))
    with patch.object(resolving, "naming", side_effect=AssertionError):
        assert alike(short, resolve(scene(of)))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9))).map(sorted), st.integers(1, 20))
def test_stretches_hold_whole_keys_and_cost_no_more_than_they_may(rows: list[tuple[int, int]], most: int) -> None:
    keys, costs = (np.array([row[i] for row in rows], np.int64) for i in range(2))
    bounds = list(stretches(keys, costs, most))
    assert [at for start, end in bounds for at in range(start, end)] == list(range(len(rows)))
    held = [set(keys[start:end].tolist()) for start, end in bounds]
    assert sum(map(len, held)) == len(list(groupby(keys.tolist())))
    assert all(len(each) == 1 or costs[start:end].sum() <= most for each, (start, end) in zip(held, bounds, strict=True))
    # No stretch could have held the first key of the next one too.
    for (start, end), (after, last) in pairwise(bounds):
        key = keys[after:last] == keys[after]
        assert costs[start:end].sum() + costs[after:last][key].sum() > most


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=40), st.sampled_from([1, 4, 1 << 23]))
def test_pairs_are_those_of_each_key_whatever_is_sorted_out_before(rows: list[tuple[int, int]], buckets: int) -> None:
    keys, values = (np.array([row[at] for row in rows], np.int64) for at in range(2))
    with patch.object(arrays, "_MOST_BUCKETS", buckets):
        left, right = pairs_within(keys, values, 3)
    expected = []
    for _, group in groupby(sorted(set(rows)), key=lambda row: row[0]):
        borne = [value for _, value in group]
        expected += list(pairwise(borne)) if len(borne) > 3 else [(a, b) for at, a in enumerate(borne) for b in borne[at + 1 :]]
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == sorted(expected)
