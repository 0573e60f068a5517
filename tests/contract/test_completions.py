"""What is said for certain stays true, whatever the unknown turns out to be.

A world is drawn in which everything is known, and a part of it is hidden as sources hide things: years, identifiers, categories,
the ends of lists or whole lists, institutions. So the world is one completion of what is left. Of that a store must neither
keep what does not fit in the world, nor leave out for certain what does, nor count a list as known to its end that is longer.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.model import EDGES, Kind
from byline.graph.query.completeness import why_longer
from byline.graph.request import All, Compare, Hop, InCategory, Not, Op, Page, Quantifier, Select, Where
from byline.graph.request import Any as AnyOf
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.stores import STORES, answer
from tests.generated import examples

PEOPLE, PAPERS, PLACES = ["ann", "bob", "cy", "dee"], ["p0", "p1", "p2", "p3", "p4"], ["lab", "mill", "uni"]
CODES = {"cs": None, "cs.CL": "cs", "math": None}
# Lists that sources state; what the graph makes of them is asked for with what this graph holds.
STATED = ("paper_authors", "references", "paper_institutions")
many = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
YEARS = st.integers(2018, 2021)


@dataclass(frozen=True)
class Paper:
    """A paper of the world: everything of it is known."""

    year: int
    doi: str
    codes: list[str]
    authors: list[tuple[str, list[str]]]
    whole: list[str]
    cites: list[str]


@dataclass(frozen=True)
class Hidden:
    """What of a paper no source says. `authors` and `cites` are how many the stated list has, None for none stated; `outside`
    are cited papers that the graph is not told of by an id that it knows; `size` says whether the number of authors is stated."""

    year: bool = False
    doi: bool = False
    codes: bool = False
    authors: int | None = 99
    size: bool = True
    affiliations: frozenset[int] = frozenset()
    whole: bool = False
    cites: int | None = 99
    outside: int = 0


def _subset(values: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=most)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Paper]:
    papers = {}
    for number, key in enumerate(PAPERS):
        authors = draw(_subset(PEOPLE, 4))
        # A paper of which no institution is stated is one whose institutions are not known.
        whole = (
            draw(_subset(PLACES, 2)) if authors else draw(st.lists(st.sampled_from(PLACES), unique=True, min_size=1, max_size=2))
        )
        papers[key] = Paper(
            draw(YEARS),
            f"10.5555/{number}",
            draw(st.lists(st.sampled_from(list(CODES)), unique=True, min_size=1, max_size=2)),
            # Institutions are stated of each author, or of the paper as a whole.
            [(author, [] if whole else draw(st.lists(st.sampled_from(PLACES), unique=True, min_size=1))) for author in authors],
            whole,
            draw(_subset([other for other in PAPERS if other != key], 3)),
        )
    return papers


@st.composite
def hidings(draw: st.DrawFn, paper: Paper) -> Hidden:
    cut = st.one_of(st.just(99), st.integers(0, 3), st.none())
    flag = st.sampled_from([False, False, True])
    return Hidden(
        draw(flag), draw(flag), draw(flag), draw(cut), draw(st.booleans()),
        frozenset(draw(st.lists(st.integers(0, 3), max_size=2))), draw(flag), draw(cut), draw(st.integers(0, 2)),
    )  # fmt: skip


def _draft(world: dict[str, Paper], hidden: dict[str, Hidden]) -> Draft:
    draft = Draft()
    for code, parent in CODES.items():
        draft.category(code, parent=parent)
    for key in PEOPLE:
        draft.author(key)
    for key in PLACES:
        draft.institution(key)
    for key in PAPERS:
        _add(draft, key, world[key], hidden.get(key, Hidden()))
    return draft


def _add(draft: Draft, key: str, paper: Paper, hidden: Hidden) -> None:
    stated = paper.authors[: hidden.authors or 0]
    complete = hidden.authors is not None and len(stated) == len(paper.authors)
    size = len(paper.authors) if complete or (hidden.size and hidden.authors is not None) else None
    references = paper.cites[: hidden.cites or 0]
    outside = references[: hidden.outside]
    draft.paper(
        key,
        categories=[] if hidden.codes else paper.codes,
        cites=references[hidden.outside :],
        institutions=[] if hidden.whole else paper.whole,
        year=None if hidden.year else paper.year,
        doi=None if hidden.doi else paper.doi,
        author_count=size,
        author_list_complete=complete,
        references_complete=None if hidden.cites is None else len(references) == len(paper.cites),
        unresolved_references=[f"x:{other}" for other in outside],
    )
    for place, (author, institutions) in enumerate(stated):
        draft.printed(key, author, place + 1, author, [] if place in hidden.affiliations else institutions)


def _compares(kind: Kind) -> st.SearchStrategy[Where]:
    ops = st.sampled_from([Op.EQ, Op.GT, Op.GTE, Op.LT, Op.LTE])
    name = st.builds(Compare, st.just("name"), st.just(Op.EQ), st.sampled_from([*PEOPLE, *PLACES]))
    if kind is not Kind.PAPER:
        return name
    return st.one_of(
        st.builds(Compare, st.just("year"), ops, YEARS),
        st.builds(Compare, st.just("author_count"), ops, st.integers(0, 4)),
        st.builds(Compare, st.just("doi"), st.just(Op.EQ), st.sampled_from(["10.5555/0", "10.5555/1"])),
        st.builds(InCategory, st.just(Op.EQ), st.sampled_from(list(CODES))),
    )


def wheres(kind: Kind, depth: int = 2) -> st.SearchStrategy[Where]:
    """Conditions over what sources state."""
    if not depth:
        return _compares(kind)
    inner = wheres(kind, depth - 1)
    joined = st.lists(inner, max_size=2).map(tuple)
    shapes = [_compares(kind), st.builds(All, joined), st.builds(AnyOf, joined), st.builds(Not, inner)]
    if kind is Kind.PAPER:
        bound = st.one_of(st.none(), st.integers(0, 4))
        shapes += [
            st.builds(
                Quantifier, st.just(EDGES[name]), st.one_of(st.just(All()), wheres(EDGES[name].target, depth - 1)), bound, bound
            )
            for name in STATED
        ]
    return st.one_of(shapes)


WHERES = {kind: wheres(kind) for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION)}


def _matching(store: Any, draft: Draft, where: Where) -> set[str]:
    papers = answer(store.find(Kind.PAPER, Select(where)))
    return {draft.key(Kind.PAPER, row) for row in papers.rows.tolist()}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """What is left of a world, and the world."""
    world = draw(worlds())
    return _draft(world, {key: draw(hidings(paper)) for key, paper in world.items()}), _draft(world, {})


@many
@given(cases(), st.sampled_from(STATED), st.data())
def test_what_is_said_for_certain_is_so_in_every_completion(drafts: tuple[Draft, Draft], edge: str, data: st.DataObject) -> None:
    left, world = drafts
    member, of_hop, of_root = (data.draw(WHERES[kind]) for kind in (Kind.PAPER, EDGES[edge].target, Kind.PAPER))
    of_hop = data.draw(st.sampled_from([All(), of_hop]))
    for make in STORES.values():
        store, full = make(left.facts()), make(world.facts())
        members_stay(store, full, drafts, member)
        lists_are_as_long(store, full, Hop(EDGES[edge]), of_hop)
        root_list_is_as_long(store, full, of_root)


def members_stay(store: Store, full: Store, drafts: tuple[Draft, Draft], where: Where) -> None:
    """Members of a filter are members in every completion."""
    left, world = drafts
    fitting = _matching(full, world, where)
    assert _matching(full, world, Not(where)) == set(PAPERS) - fitting, (
        "where everything is known, a condition holds or it does not"
    )
    assert _matching(store, left, where) <= fitting
    assert not _matching(store, left, Not(where)) & fitting


def lists_are_as_long(store: Store, full: Store, hop: Hop, where: Where) -> None:
    """A list that is no lower bound is as long in every completion."""
    select = Select(where, page=Page(first=0), total=True)
    rows = np.arange(len(PAPERS), dtype=np.int32)
    reasons = answer(why_longer(store, hop.edge.target, hop, select, rows))
    totals, full_totals = (answer(each.expand(hop, rows, select)).totals.tolist() for each in (store, full))
    assert all(one <= other for one, other in zip(totals, full_totals, strict=True)), "a count is a lower bound at the least"
    assert all(one == other for one, other, why in zip(totals, full_totals, reasons, strict=True) if why is None)


def root_list_is_as_long(store: Store, full: Store, where: Where) -> None:
    """And so is a root list."""
    select = Select(where, page=Page(first=0), total=True)
    (reason,) = answer(why_longer(store, Kind.PAPER, None, select, None))
    (total,), (full_total,) = (answer(each.find(Kind.PAPER, select)).totals.tolist() for each in (store, full))
    assert total <= full_total
    assert reason or total == full_total


def test_hiding_nothing_hides_nothing() -> None:
    """The world itself is complete: else the tests above would say little."""
    paper = Paper(2020, "10.5555/0", ["cs"], [("ann", ["lab"])], [], ["p1"])
    world = _draft(dict.fromkeys(PAPERS, replace(paper, cites=[])) | {"p0": paper}, {})
    store = STORES["columnar"](world.facts())
    for edge in STATED:
        rows = np.arange(len(PAPERS), dtype=np.int32)
        assert answer(why_longer(store, EDGES[edge].target, Hop(EDGES[edge]), Select(), rows)) == [None] * len(PAPERS)
