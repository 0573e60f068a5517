"""Every store under the contract suite, also with parts of the columnar one forced to the other of their ways; and what the suite
says of stores that break it."""

from contextlib import ExitStack
from typing import Any
from unittest import mock

import pytest

from byline.graph.errors import ContractBroken
from byline.graph.model import Facts, Kind
from byline.graph.request import EVERYTHING, NEWEST, All, Compare, Op, Order, Page, Select
from byline.graph.store.columnar.paths import steps
from byline.graph.store.columnar.read import roots, smallest
from byline.graph.store.contract import run
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.normal import normal
from byline.graph.store.contract.suite import GRAPHS
from byline.graph.store.defaults.capabilities import Capabilities
from byline.graph.store.protocol import Ragged, Store
from byline.graph.store.reference.store import NetworkXStore
from tests.contract.stores import CONTRACT, STORES, answer
from tests.generated import examples

OTHERS = {name: make for name, make in CONTRACT.items() if name != "networkx"}
DRAWN = ["world", "web"]
# So many seeds in each test.
BLOCK = 10


# Lists of which few entries are shown are not sorted whole, short as they are; and frontiers are counted, small as they are.
WAYS: list[dict[Any, dict[str, int]]] = [
    {},
    {smallest: {"_TIMES": 0, "_LEAST": 0, "_ALONE": 0}},
    {steps: {"_SHARE": 10**9, "_LEAST": 0}},
]


@pytest.mark.generated
@pytest.mark.parametrize("start", range(0, examples(200), BLOCK))
def test_every_store_keeps_the_contract(start: int) -> None:
    """By turns as it is, and with what only large graphs set off."""
    with ExitStack() as patched:
        for module, bounds in WAYS[start // BLOCK % len(WAYS)].items():
            patched.enter_context(mock.patch.multiple(module, **bounds))
        done = run(OTHERS, seeds=range(start, start + BLOCK), graphs=DRAWN)
    assert done.graphs == BLOCK * len(DRAWN)
    assert done.answers > BLOCK * 90 * len(OTHERS)


@pytest.mark.parametrize("graph", [name for name in GRAPHS if name not in DRAWN])
def test_every_store_keeps_it_on_a_graph_that_is_given(graph: str) -> None:
    assert run(OTHERS, graphs=[graph]).graphs == 1


def test_roots_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More nodes than a store may look at in one go, few of which fit."""
    monkeypatch.setattr(roots, "_CHUNK", 512)
    draft = Draft()
    for i in range(1250):
        draft.paper(f"p{i}", year=None if i % 11 == 0 else 1990 + i % 30, title=f"{i % 97}")
    plain, columnar = (STORES[name](draft.facts()) for name in ("networkx", "columnar"))
    rare = All((Compare("year", Op.EQ, 2001), Compare("title", Op.STARTS_WITH, "5")))
    title = Order("title_fold")
    for where in (EVERYTHING, rare, Compare("title", Op.STARTS_WITH, "9")):
        for order in ((), (title,), NEWEST, (Order("year"), title)):
            cursor = answer(columnar.find(Kind.PAPER, Select(where, order, Page(375))))
            nodes = answer(columnar.columns(Kind.PAPER, cursor.rows[-1:], [*(key.column for key in order), "id"]))
            after = tuple(column[0].as_py() for column in nodes)
            for page in (Page(3), Page(3, after), Page(None, None, 3, after), Page(None, after)):
                select = Select(where, order, page, total=True)
                assert normal(answer(columnar.find(Kind.PAPER, select))) == normal(answer(plain.find(Kind.PAPER, select)))


# Stores that break it.


class Broken(Capabilities):
    """The reference store's core, of which a test breaks one answer."""

    def __init__(self, facts: Facts) -> None:
        self.core: Store = NetworkXStore(facts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)


class Backwards(Broken):
    """Lists end first."""

    async def expand(self, *args: Any) -> Ragged:
        ragged = await self.core.expand(*args)
        ragged.rows = ragged.rows[::-1]
        return ragged


class Wide(Broken):
    """Rows of another dtype."""

    async def lookup(self, *args: Any) -> Any:
        return (await self.core.lookup(*args)).astype("int64")


class Unwritten(Broken):
    """Nothing there."""

    async def find(self, *args: Any) -> Ragged:
        raise NotImplementedError("later")


@pytest.mark.parametrize(
    ("store", "check", "message"),
    [
        (Backwards, "hops", r"rows\.values\[\d\] must be \d, is \d"),
        (Wide, "keys", "dtype must be 'int32', is 'int64'"),
        (Unwritten, "roots", "raised NotImplementedError: later"),
    ],
)
def test_a_broken_store_is_told_what_differs_and_how_to_repeat_it(store: type[Broken], check: str, message: str) -> None:
    with pytest.raises(ContractBroken, match=message) as raised:
        run(store, seeds=range(5), graphs=["world"], checks=[check])
    again = next(line for line in raised.value.message.splitlines() if "again" in line).split("again ")[1]
    with pytest.raises(ContractBroken, match=message):
        eval(again, {"run": run, "make_store": store})


def test_a_whole_store_may_be_made_by_a_coroutine() -> None:
    async def open_broken(facts: Facts) -> Store:
        return Broken(facts)  # type: ignore[return-value]

    assert run(open_broken, seeds=range(3), graphs=["world"]).answers > 200
