"""What `Store.expand` must do for hops of several steps, `Store.suggest` and `Store.paths`, clause by clause."""

import math

import numpy as np
import pytest

from byline.graph.model import BETWEEN, COLLABORATORS
from byline.graph.request import Compare, Hop, Op, Order, Page, Prediction, Route, Select, Window
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Paths, Status
from tests.contract.library import AUTHOR, by_id, named
from tests.contract.stores import answer

SHARED = (Order("shared_count", True, True),)


def chain() -> Draft:
    """ann - bob - cy - dee - eve, each pair on a paper of its own; bob and cy on two. fay and gus know only each other."""
    draft = Draft()
    for number, pair in enumerate(("ann bob", "bob cy", "bob cy", "cy dee", "dee eve", "fay gus")):
        draft.paper(f"p{number}", pair.split(), year=2010 + number, author_count=2)
    draft.author("alone")
    return draft


def diamond() -> Draft:
    """Three ways from ann to zed by two steps, one by three: by bob and cy one paper each, by dee two with ann."""
    draft = Draft()
    pairs = ("ann bob", "bob zed", "ann cy", "cy zed", "ann dee", "ann dee", "dee zed", "bob cy")
    for number, pair in enumerate(pairs):
        draft.paper(f"p{number}", pair.split(), year=2010 + number, author_count=2)
    return draft


def steps(make, draft: Draft, keys: list[str], distance: int, select: Select = Select(), window: Window | None = None):  # noqa: B008
    rows = np.array(draft.rows(AUTHOR, *keys), np.int32)
    return answer(make(draft.facts()).expand(Hop(COLLABORATORS, window, distance), rows, select))


def people(make, draft: Draft, keys: list[str], distance: int, window: Window | None = None) -> list[list[str]]:
    return named(draft, AUTHOR, steps(make, draft, keys, distance, Select(), window))


def routes(make, draft: Draft, pairs: list[tuple[str, str]], route: Route) -> tuple[list[Status], list[list[list[str]]]]:
    rows = np.array([draft.rows(AUTHOR, *pair) for pair in pairs], np.int32).reshape(len(pairs), 2)
    paths: Paths = answer(make(draft.facts()).paths(rows, route))
    assert (paths.paths.dtype, paths.people.dtype, paths.rows.dtype) == (np.int64, np.int64, np.int32)
    written = [
        [draft.key(AUTHOR, row) for row in paths.rows[start:stop]]
        for start, stop in zip(paths.people, paths.people[1:], strict=False)
    ]
    return paths.statuses, [written[start:stop] for start, stop in zip(paths.paths, paths.paths[1:], strict=False)]


def test_people_exactly_so_many_steps_away_each_once(make) -> None:
    draft = chain()
    assert [people(make, draft, ["ann"], distance) for distance in range(1, 6)] == [
        [["bob"]], [["cy"]], [["dee"]], [["eve"]], [[]],
    ]  # fmt: skip
    assert people(make, draft, ["cy", "alone", "cy"], 2) == [by_id(AUTHOR, "ann", "eve"), [], by_id(AUTHOR, "ann", "eve")]
    circle = steps(make, diamond(), ["ann"], 2, Select(order=SHARED, values=("distance", "shared_count"), total=True))
    assert named(diamond(), AUTHOR, circle) == [["zed"]]
    assert (circle.values["distance"].to_pylist(), circle.values["shared_count"].to_pylist()) == ([2], [3])
    assert circle.totals.tolist() == [1]


def test_of_two_ways_the_shorter_counts(make) -> None:
    draft = diamond()
    assert people(make, draft, ["bob"], 1) == [by_id(AUTHOR, "ann", "cy", "zed")]
    assert people(make, draft, ["bob"], 2) == [["dee"]]
    assert people(make, draft, ["bob"], 3) == [[]]


def test_steps_go_through_the_papers_of_the_window_alone(make) -> None:
    draft = chain()
    assert people(make, draft, ["ann"], 2, Window(last_year=2010)) == [[]]
    assert people(make, draft, ["ann"], 2, Window(last_year=2011)) == [["cy"]]
    draft.paper("crowd", ["ann", "cy", "eve"], year=2020, author_count=1101)
    assert people(make, draft, ["ann"], 2) == [["dee"]]
    assert people(make, draft, ["ann"], 2, Window(max_authors=100)) == [["cy"]]


def test_the_busiest_crossings_come_first_and_pages_go_on(make) -> None:
    draft = Draft()
    for number, (via, far) in enumerate((via, far) for far in "xyz" for via in "abc" if far != "z" or via == "a"):
        draft.paper(f"p{number}", [via, far])
    for via in "abc":
        draft.paper(f"q{via}", ["me", via])
    draft.paper("more", ["y", "d"])
    draft.paper("me too", ["me", "d"])
    select = Select(order=SHARED, page=Page(first=1), values=("shared_count",), total=True)
    circle = steps(make, draft, ["me"], 2, select)
    assert (named(draft, AUTHOR, circle), circle.values["shared_count"].to_pylist()) == ([["y"]], [4])
    after = (4, draft.nodes[AUTHOR]["y"]["id"])
    circle = steps(make, draft, ["me"], 2, Select(order=SHARED, page=Page(first=9, after=after)))
    assert named(draft, AUTHOR, circle) == [["x", "z"]]
    circle = steps(make, draft, ["me"], 2, Select(Compare("name", Op.IN, ("z", "y")), SHARED, total=True))
    assert (named(draft, AUTHOR, circle), circle.totals.tolist()) == ([["y", "z"]], [2])


def test_between_are_those_one_step_nearer(make) -> None:
    draft = diamond()
    pairs = np.array([draft.rows(AUTHOR, *pair) for pair in (("ann", "zed"), ("zed", "ann"), ("ann", "ann"))], np.int32)
    select = Select(order=(Order("paper_count", True, True),), values=("paper_count",))
    between = answer(make(draft.facts()).expand(Hop(BETWEEN, None, 2), pairs, select))
    plain, through = by_id(AUTHOR, "bob", "cy"), by_id(AUTHOR, "bob", "cy", "dee")
    assert named(draft, AUTHOR, between) == [through, ["dee", *plain], ["dee", *plain]]
    assert between.values["paper_count"].to_pylist() == [1, 1, 1, 2, 1, 1, 2, 1, 1]
    one = answer(make(draft.facts()).expand(Hop(BETWEEN, None, 1), pairs[:1], Select()))
    assert named(draft, AUTHOR, one) == [[]], "ann herself has no paper with zed"
    three = answer(make(draft.facts()).expand(Hop(BETWEEN, Window(first_year=2014), 2), pairs[:1], Select()))
    assert named(draft, AUTHOR, three) == [["dee"]]


def suggested(make, draft: Draft, keys: list[str], method: Prediction, first: int = 9, window: Window | None = None):
    rows = np.array(draft.rows(AUTHOR, *keys), np.int32)
    scores = answer(make(draft.facts()).suggest(rows, window, method, first))
    assert (scores.offsets.dtype, scores.rows.dtype, scores.scores.dtype) == (np.int64, np.int32, np.float64)
    return [
        [(draft.key(AUTHOR, int(scores.rows[at])), float(scores.scores[at])) for at in range(start, stop)]
        for start, stop in zip(scores.offsets, scores.offsets[1:], strict=False)
    ]


def test_suggestions_are_scored_by_the_coauthors_that_both_have(make) -> None:
    draft = diamond()
    draft.paper("far", ["zed", "yin"], author_count=2)
    degrees = {"bob": 3, "cy": 3, "dee": 2}
    in_order = [degrees[key] for key in by_id(AUTHOR, *degrees)]
    for method, share in (
        (Prediction.ADAMIC_ADAR, lambda degree: 1 / math.log(degree)),
        (Prediction.RESOURCE_ALLOCATION, lambda degree: 1 / degree),
        (Prediction.COMMON_COAUTHORS, lambda _: 1.0),
    ):
        expected = 0.0
        for degree in in_order:
            expected += share(degree)
        assert suggested(make, draft, ["ann"], method) == [[("zed", expected)]]
        assert suggested(make, draft, ["ann"], method, 0) == [[]]


def test_suggestions_come_a_list_a_row_best_first(make) -> None:
    draft = chain()
    draft.paper("q", ["ann", "eve"], author_count=2, year=2030)
    both = suggested(make, draft, ["bob", "alone", "bob"], Prediction.COMMON_COAUTHORS)
    assert [[key for key, _ in one] for one in both] == [by_id(AUTHOR, "dee", "eve"), [], by_id(AUTHOR, "dee", "eve")]
    assert suggested(make, draft, ["bob"], Prediction.COMMON_COAUTHORS, 1)[0] == both[0][:1]
    early = suggested(make, draft, ["bob"], Prediction.COMMON_COAUTHORS, window=Window(last_year=2020))
    assert [[key for key, _ in one] for one in early] == [["dee"]]


def test_nobody_is_suggested_who_may_be_the_person(make) -> None:
    draft = Draft()
    draft.author("me", name="Eghbal A. Hosseini")
    draft.author("twin", name="Someone Else", names=["Someone Else", "E. Hosseini"])
    draft.author("other", name="Omid Hosseini")
    for number in range(30):
        draft.author(f"twin {number}", name=f"Eghbal {'ABCDEF'[number % 6]}. Hosseini" if number % 6 else "Eghbal Hosseini")
    for key in ("twin", "other", *(f"twin {number}" for number in range(30))):
        draft.paper(f"p {key}", ["hub", key])
    draft.paper("q", ["hub", "me"])
    suggestions = suggested(make, draft, ["me"], Prediction.COMMON_COAUTHORS, 50)[0]
    differ = [f"twin {number}" for number in range(30) if number % 6]
    assert [key for key, _ in suggestions] == by_id(AUTHOR, "other", *differ)


@pytest.mark.parametrize("weighted", [False, True])
def test_same_found_disconnected(make, weighted: bool) -> None:
    pairs = [("ann", "ann"), ("ann", "eve"), ("ann", "fay"), ("alone", "ann"), ("gus", "fay")]
    statuses, paths = routes(make, chain(), pairs, Route(weighted=weighted, limit=3))
    assert statuses == [Status.SAME, Status.FOUND, Status.DISCONNECTED, Status.DISCONNECTED, Status.FOUND]
    assert paths == [[], [["ann", "bob", "cy", "dee", "eve"]], [], [], [["gus", "fay"]]]


def test_fewest_steps_then_least_length_then_rows(make) -> None:
    draft = diamond()
    first, second = by_id(AUTHOR, "bob", "cy")
    two = [["ann", "dee", "zed"], ["ann", first, "zed"], ["ann", second, "zed"]]
    three = sorted((["ann", "bob", "cy", "zed"], ["ann", "cy", "bob", "zed"]), key=lambda path: draft.rows(AUTHOR, *path))
    for limit in range(1, 9):
        statuses, (paths,) = routes(make, draft, [("ann", "zed")], Route(limit=limit))
        assert (statuses, paths) == ([Status.FOUND], [*two, *three][:limit])


def test_weighted_paths_go_by_length_alone(make) -> None:
    draft = Draft()
    for number in range(10):
        draft.paper(f"strong {number}", ["ann", "bob"], author_count=2)
        draft.paper(f"stronger {number}", ["bob", "zed"], author_count=2)
    draft.paper("weak", ["ann", "zed"], author_count=4)
    assert routes(make, draft, [("ann", "zed")], Route(limit=5))[1] == [[["ann", "zed"], ["ann", "bob", "zed"]]]
    assert routes(make, draft, [("ann", "zed")], Route(limit=5, weighted=True))[1] == [[["ann", "bob", "zed"], ["ann", "zed"]]]


def test_ties_of_unknown_weight_are_a_last_resort(make) -> None:
    draft = chain()
    draft.paper("unknown", ["ann", "eve"], author_count=None)
    by_steps = routes(make, draft, [("ann", "eve")], Route(limit=9))[1]
    by_length = routes(make, draft, [("ann", "eve")], Route(limit=9, weighted=True))[1]
    assert by_steps == [[["ann", "eve"], ["ann", "bob", "cy", "dee", "eve"]]]
    assert by_length == [by_steps[0][::-1]]


def test_paths_go_through_the_papers_of_the_window_alone(make) -> None:
    for weighted in (False, True):
        for window, status in ((Window(2011), Status.DISCONNECTED), (Window(2010, 2014), Status.FOUND)):
            statuses, _ = routes(make, chain(), [("ann", "eve")], Route(window, weighted))
            assert statuses == [status]


def test_a_search_that_looks_at_too_many_is_given_up(make) -> None:
    draft = Draft()
    for number in range(40):
        draft.paper(f"p{number}", [f"{number:02d}", f"{number + 1:02d}"], author_count=2)
    draft.author("alone")
    everybody = len(draft.nodes[AUTHOR])
    for weighted in (False, True):
        statuses, paths = routes(make, draft, [("00", "40")], Route(weighted=weighted, budget=10))
        assert (statuses, paths) == ([Status.BUDGET_EXCEEDED], [[]])
        statuses, paths = routes(make, draft, [("00", "40"), ("00", "alone")], Route(weighted=weighted, budget=everybody))
        assert statuses == [Status.FOUND, Status.DISCONNECTED]
        assert [len(path) for path in paths[0]] == [41]
