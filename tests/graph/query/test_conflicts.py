"""Conflicts of interest against plain loops over the drafted facts, page by page, on both stores."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from byline.graph.errors import BadCursor, BadId, BadInput
from byline.graph.model import Kind
from byline.graph.query.conflict_cursors import decode
from byline.graph.query.conflicts import ConflictArgs, conflicts, cursors, shared_institutions
from byline.graph.request import Key, Page, Window
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts, seeded
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_people_spelled import many

EVERYTHING = Page()


@dataclass
class Spelled:
    """Who is near to whom in a window, by loops."""

    draft: Draft
    window: Window | None

    def inside(self, paper: str) -> bool:
        node, window = self.draft.nodes[Kind.PAPER][paper], self.window or Window()
        year, size = node.get("year"), max(node.get("author_count") or 0, len(self.authors(paper)))
        early = window.first_year is not None and (year is None or year < window.first_year)
        late = window.last_year is not None and (year is None or year > window.last_year)
        return not early and not late and (window.max_authors is None or size <= window.max_authors)

    def authors(self, paper: str) -> set[str]:
        return {one["author"] for one in self.draft.authorships if one["paper"] == paper}

    def circle(self, person: str, distance: int) -> dict[str, int]:
        """Everybody at most so many steps away, with the steps."""
        steps, rim = {person: 0}, {person}
        teams = [self.authors(paper) for paper in self.draft.nodes[Kind.PAPER] if self.inside(paper)]
        for distant in range(1, distance + 1):
            rim = {other for team in teams if team & rim for other in team} - set(steps)
            steps |= dict.fromkeys(rim, distant)
        return steps

    def places(self, person: str) -> set[str]:
        own = [one for one in self.draft.authorships if one["author"] == person and self.inside(one["paper"])]
        return {place for one in own for place in one["institutions"]}


def expected(spelled: Spelled, people: list[str], against: set[str], distance: int, institutions: bool) -> list[Any]:
    """(person, other, reasons, distance, institutions) in order."""
    rows = []
    for place, person in enumerate(dict.fromkeys(people)):
        circle = spelled.circle(person, distance)
        for other in against:
            steps = circle.get(other)
            shared = spelled.places(person) & spelled.places(other) if institutions and person != other else set()
            reasons = ["SAME_PERSON"] if steps == 0 else ["COAUTHOR"] if steps else []
            if reasons + ["SAME_INSTITUTION"] * bool(shared):
                row = spelled.draft.row(Kind.AUTHOR, other)
                why = reasons + ["SAME_INSTITUTION"] * bool(shared)
                rows.append(((place, 999 if steps is None else steps, row), (person, other, why, steps, shared)))
    return [entry for _, entry in sorted(rows, key=lambda one: one[0])]


def shown(draft: Draft, store: Store, args: ConflictArgs) -> list[Any]:
    """The same as it is found."""
    found = answer(conflicts(store, args))
    shared = answer(shared_institutions(store, found))
    lists = [{draft.key(Kind.INSTITUTION, row) for row in part.tolist()} for part in np.split(shared.rows, shared.offsets[1:-1])]
    ends = [[draft.key(Kind.AUTHOR, row) for row in rows.tolist()] for rows in (found.people, found.against)]
    return list(zip(*ends, found.reasons, found.steps, lists, strict=False))


def keys(draft: Draft, kind: Kind, named: list[str]) -> tuple[Key, ...]:
    return tuple(Key("id", draft.nodes[kind][key]["id"]) for key in named)


def found_as_spelled(draft: Draft, name: str, draw: Random) -> None:
    everybody, papers = sorted(draft.nodes[Kind.AUTHOR]), sorted(draft.nodes[Kind.PAPER])
    if not everybody:
        return
    people, against = ([draw.choice(everybody) for _ in range(draw.randrange(5))] for _ in range(2))
    of_papers = [draw.choice(papers) for _ in range(draw.randrange(3))] if papers else []
    window = Window(draw.choice([None, 2020]), draw.choice([None, 2022]), draw.choice([None, 3]))
    distance, institutions = draw.randint(1, 3), draw.random() < 0.7
    spelled = Spelled(draft, window)
    args = ConflictArgs(
        keys(draft, Kind.AUTHOR, people),
        keys(draft, Kind.AUTHOR, against),
        keys(draft, Kind.PAPER, of_papers),
        window,
        distance,
        institutions,
        EVERYTHING,
        10**6,
    )
    whole = expected(spelled, people, set(against).union(*map(spelled.authors, of_papers)), distance, institutions)
    store = STORES[name](draft.facts())
    assert shown(draft, store, args) == whole
    pages_agree(draft, store, args, whole, draw)


def pages_agree(draft: Draft, store: Store, args: ConflictArgs, whole: list[Any], draw: Random) -> None:
    """Any page is that stretch of the whole."""
    found = answer(conflicts(store, args))
    places = [decode(cursor) for cursor in answer(cursors(store, found))]
    if not places:
        return
    start, stop = sorted(draw.randrange(len(places)) for _ in range(2))
    size = draw.randrange(4)
    for page, part in (
        (Page(first=size, after=places[start]), slice(start + 1, start + 1 + size)),
        (Page(last=size, before=places[stop]), slice(max(stop - size, 0), stop)),
        (
            Page(first=size, after=places[start], before=places[stop]),
            slice(start + 1, min(start + 1 + size, max(stop, start + 1))),
        ),
    ):
        asked = answer(conflicts(store, replace(args, page=page)))
        assert shown(draft, store, replace(args, page=page)) == whole[part], page
        assert asked.total == len(whole)
        assert asked.has_previous == (part.start > 0)
        assert asked.has_next == (max(part.stop, part.start) < len(whole)) or part.start >= len(whole)


@pytest.mark.parametrize("name", ["networkx", "columnar"])
@settings(many, max_examples=examples(30))
@given(drafts(), seeded(lambda draw: draw))
def test_conflicts_are_those_that_loops_find(name: str, draft: Draft, draw: Random) -> None:
    found_as_spelled(draft, name, draw)


@pytest.mark.long
@pytest.mark.parametrize("name", ["networkx", "columnar"])
@many
@given(drafts(), seeded(lambda draw: draw))
def test_conflicts_are_those_that_loops_find_on_200_graphs(name: str, draft: Draft, draw: Random) -> None:
    found_as_spelled(draft, name, draw)


def panel() -> Draft:
    draft = Draft()
    draft.paper("p", ["ann@lab", "bob"], year=2020, author_count=2)
    draft.paper("q", ["bob", "cy@lab"], year=2021, author_count=2)
    draft.author("dee")
    return draft


def asked(draft: Draft, people: list[str], against: list[str], **changed: Any) -> ConflictArgs:
    args = ConflictArgs(keys(draft, Kind.AUTHOR, people), keys(draft, Kind.AUTHOR, against), (), None, 1, True, EVERYTHING, 10**6)
    return replace(args, **changed)


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_nearest_first_then_those_of_the_same_institution(make: Any) -> None:
    draft = panel()
    store = make(draft.facts())
    entries = shown(draft, store, asked(draft, ["ann"], ["cy", "dee", "bob", "ann"]))
    assert [entry[:4] for entry in entries] == [
        ("ann", "ann", ["SAME_PERSON"], 0),
        ("ann", "bob", ["COAUTHOR"], 1),
        ("ann", "cy", ["SAME_INSTITUTION"], None),
    ]
    (near,) = shown(draft, store, asked(draft, ["ann"], ["cy"], distance=2))
    assert near == ("ann", "cy", ["COAUTHOR", "SAME_INSTITUTION"], 2, {"lab"})
    assert shown(draft, store, asked(draft, ["ann"], ["cy"], window=Window(2021, None))) == []


def test_store_calls_are_as_many_for_all_people_as_for_one() -> None:
    draft = panel()
    store = STORES["networkx"](draft.facts())
    calls = []
    for people in (["ann"], ["ann", "bob", "cy", "dee"]):
        counted: list[str] = []

        class Counting:
            def __getattr__(self, name: str, counted: list[str] = counted) -> Any:
                counted.append(name)
                return getattr(store, name)

        answer(conflicts(Counting(), asked(draft, people, ["bob", "cy"])))  # type: ignore[arg-type]
        calls.append(sorted(counted))
    assert calls[0] == calls[1]


def test_refusals() -> None:
    draft = panel()
    store = STORES["networkx"](draft.facts())
    with pytest.raises(BadInput, match="2 people and 2 to hold them against are more than 3 pairs"):
        answer(conflicts(store, asked(draft, ["ann", "bob"], ["cy", "dee"], most=3)))
    with pytest.raises(BadId, match="not the id of a paper"):
        answer(conflicts(store, asked(draft, ["ann"], [], papers=(Key("id", "P0000000000000"),))))
    place = tuple(draft.nodes[Kind.AUTHOR][key]["id"] for key in ("ann", "dee"))
    with pytest.raises(BadCursor, match="no conflict here"):
        answer(conflicts(store, asked(draft, ["ann"], ["bob"], page=Page(first=1, after=place))))
    for text in ("AAAA", "WyJ4Il0"):
        with pytest.raises(BadCursor):
            decode(text)
