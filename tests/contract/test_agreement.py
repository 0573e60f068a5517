"""The stores against the specification: whatever graph and whatever question, the same bytes."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from byline.graph.model import COLUMNS, EDGES, LETTERS, Edge, Facts, Kind
from byline.graph.request import EVERYTHING, All, Compare, Cursor, Facet, Hop, Key, Op, Order, Page, Select
from byline.graph.store.columnar.read import smallest
from byline.graph.store.protocol import Rows, SnapshotInfo, Store
from tests.contract.draft import Draft
from tests.contract.graphs import CODES, NAMES, NEWEST, UNPAGED, drafts, ids, rows, selects, sizes, wheres, windows
from tests.contract.stores import EVERY, STORES, answer, counts, exact, ragged
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
fewer = settings(many, max_examples=examples(100))
KINDS = list(LETTERS)


def stores(draft: Draft, among: dict[str, Callable[[Facts], Store]] = STORES) -> dict[str, Store]:
    facts = draft.facts()
    return {name: make(facts) for name, make in among.items()}


def same(answers: dict[str, Any]) -> None:
    expected = answers.pop("networkx")
    for name, found in answers.items():
        assert found == expected, name


def crowd() -> Draft:
    """A paper of a thousand authors, beside one of two of them."""
    draft = Draft()
    draft.paper("big", [f"person {i}@lab {i % 7}" for i in range(1000)], year=2020, author_count=1000)
    draft.paper("small", ["person 3", "person 8@lab 1"], year=2021, author_count=3, cites=["big", "small"])
    return draft


@fewer
@given(drafts())
@example(Draft())
@example(crowd())
def test_columns(draft: Draft) -> None:
    made = stores(draft, EVERY)
    for kind, size in sizes(draft).items():
        batch = np.array([*range(size), *range(size - 1, -1, -1)], np.int32)
        names = [column.name for column in COLUMNS[kind]]
        same({name: [exact(a) for a in answer(store.columns(kind, batch, names))] for name, store in made.items()})
        for some in (batch, np.tile(batch, 4)):
            same({name: answer(store.values(kind, some, names)) for name, store in made.items()})
    about = {name: answer(store.snapshot()) for name, store in made.items()}
    # Of more edges and columns than the specification does, a store may state how long and how wide they are.
    edges, columns = about["networkx"].degrees, about["networkx"].widths

    def stated(info: SnapshotInfo) -> SnapshotInfo:
        # What lists cost that are not kept is the store's own.
        degrees = {edge: replace(info.degrees[edge], worked=0.0) for edge in edges}
        return replace(info, degrees=degrees, widths={column: info.widths[column] for column in columns})

    same({name: stated(info) for name, info in about.items()})


def shape(edge: Edge, batch: list[Any]) -> Rows:
    return np.array(batch, np.int32).reshape((len(batch), 2) if edge.pair else (len(batch),))


@many
@given(drafts(), st.booleans(), st.data())
def test_hops(draft: Draft, searched: bool, data: st.DataObject) -> None:
    """`searched`: of which few entries are shown, lists are not sorted whole, short as they are."""
    made = stores(draft, EVERY)
    sooner = dict.fromkeys(("_TIMES", "_LEAST", "_ALONE"), 0) if searched else {}
    for edge in EDGES.values():
        batch = shape(edge, data.draw(rows(sizes(draft)[edge.source], edge.pair), label=f"{edge.name} rows"))
        hop = Hop(edge, data.draw(windows(edge), label=f"{edge.name} window"))
        select = data.draw(selects(edge.target, edge), label=f"{edge.name} select")
        with mock.patch.multiple(smallest, **sooner) if sooner else nullcontext():
            same({name: ragged(answer(store.expand(hop, batch, select))) for name, store in made.items()})


def test_hops_of_a_crowd() -> None:
    draft = crowd()
    made = stores(draft, EVERY)
    for edge in EDGES.values():
        size = sizes(draft)[edge.source]
        some = list(range(0, size, max(1, size // 4)))
        batch = shape(edge, [(row, row) for row in some] if edge.pair else some)
        select = Select(values=edge.values, total=True)
        same({name: ragged(answer(store.expand(Hop(edge), batch, select))) for name, store in made.items()})


@many
@given(drafts(), st.data())
def test_roots(draft: Draft, data: st.DataObject) -> None:
    made = stores(draft)
    for kind in KINDS:
        for _ in range(3):
            select = data.draw(selects(kind), label=str(kind))
            same({name: ragged(answer(store.find(kind, select))) for name, store in made.items()})


def places(store: Store, hop: Hop, batch: Rows, order: tuple[Order, ...]) -> list[Cursor]:
    """The cursor of every entry of a batch."""
    on_edge = tuple(key.column for key in order if key.on_edge)
    whole = answer(store.expand(hop, batch, Select(order=order, values=on_edge)))
    names = [key.column for key in order if not key.on_edge]
    own = dict(zip(names, answer(store.columns(hop.edge.target, whole.rows, names)), strict=True))
    columns = [(whole.values if key.on_edge else own)[key.column] for key in order]
    columns += answer(store.columns(hop.edge.target, whole.rows, ["id"]))
    return list(zip(*(column.to_pylist() for column in columns), strict=True))


PAGED = [edge for name, edge in EDGES.items() if name not in UNPAGED and not edge.pair]


def test_roots_of_many() -> None:
    """More nodes than a store may look at in one go, few of which fit."""
    draft = Draft()
    for i in range(5000):
        draft.paper(f"p{i}", year=None if i % 11 == 0 else 1990 + i % 30, title=f"{i % 97}")
    made, (title,) = stores(draft), (Order("title_fold"),)
    rare = All((Compare("year", Op.EQ, 2001), Compare("title", Op.EQ, "5")))
    for where in (EVERYTHING, rare, Compare("title", Op.STARTS_WITH, "9")):
        for order in ((), (title,), NEWEST, (Order("year"), title)):
            cursor = answer(made["networkx"].find(Kind.PAPER, Select(where, order, Page(1500))))
            nodes = answer(made["networkx"].columns(Kind.PAPER, cursor.rows[-1:], [*(key.column for key in order), "id"]))
            after = tuple(column[0].as_py() for column in nodes)
            for page in (Page(3), Page(3, after), Page(None, None, 3, after), Page(None, after)):
                select = Select(where, order, page, total=True)
                same({name: ragged(answer(store.find(Kind.PAPER, select))) for name, store in made.items()})


@many
@given(drafts(), st.data())
def test_cursors_of_entries(draft: Draft, data: st.DataObject) -> None:
    """Before and after places that are somebody's: with equal keys the id decides."""
    made = stores(draft, EVERY)
    for edge in data.draw(st.lists(st.sampled_from(PAGED), min_size=3, max_size=3)):
        batch = shape(edge, data.draw(rows(sizes(draft)[edge.source])))
        select = data.draw(selects(edge.target, edge))
        order = (Order("position", on_edge=True),) if edge.name == "paper_authors" else select.order
        known = places(made["networkx"], Hop(edge), batch, order)
        if not known:
            continue
        place, bound = st.sampled_from([None, *known]), st.one_of(st.none(), st.integers(0, 3))
        page = Page(data.draw(bound), data.draw(place), data.draw(bound), data.draw(place))
        question = Select(select.where, order, page, select.values, True)
        same({name: ragged(answer(store.expand(Hop(edge), batch, question))) for name, store in made.items()})


@fewer
@given(drafts(), st.data())
def test_facets(draft: Draft, data: st.DataObject) -> None:
    made = stores(draft)
    to_papers = [edge for edge in EDGES.values() if edge.target is Kind.PAPER]
    for by in Facet:
        edge = data.draw(st.sampled_from(to_papers))
        batch = shape(edge, data.draw(rows(sizes(draft)[edge.source], edge.pair)))
        where = data.draw(st.one_of(st.just(EVERYTHING), wheres(Kind.PAPER)))
        first = data.draw(st.one_of(st.none(), st.integers(0, 3)))
        hop = Hop(edge, data.draw(windows(edge)))
        same({name: counts(answer(store.facet(hop, batch, where, by, first))) for name, store in made.items()})
        nothing = np.zeros(0, np.int32)
        same({name: counts(answer(store.facet(Kind.PAPER, nothing, where, by, first))) for name, store in made.items()})


def keys_for(kind: Kind) -> st.SearchStrategy[Key]:
    """Names, codes and ids in other catalogues, right and wrong ones."""
    schemes = ["doi", "DOI", "arxiv", "orcid", "ror", "dblp", "acl"]
    values = ["10.1/1", "https://doi.org/10.1/1", "2001.00001v3", "0000-0000-0000-0001", "https://ror.org/0ABC1", "1/1", "x"]
    ways = [
        st.builds(Key, st.just("id"), ids(kind)),
        st.builds(Key, st.just("external"), st.sampled_from(values), st.sampled_from(schemes)),
    ]
    if kind in (Kind.AUTHOR, Kind.INSTITUTION):
        ways.append(st.builds(Key, st.just("name"), st.sampled_from([*NAMES, "ADA-lovelace", "nobody", ""])))
    if kind is Kind.CATEGORY:
        ways.append(st.builds(Key, st.just("code"), st.sampled_from([*CODES, "CL", "ml", "ünï", ""])))
    return st.one_of(ways)


@fewer
@given(drafts(), st.data())
def test_lookups(draft: Draft, data: st.DataObject) -> None:
    made = stores(draft)
    for kind in KINDS:
        keys = data.draw(st.lists(keys_for(kind), max_size=8), label=str(kind))
        found = {name: answer(store.lookup(kind, keys)) for name, store in made.items()}
        assert all(array.dtype == np.int32 for array in found.values())
        same({name: array.tolist() for name, array in found.items()})
