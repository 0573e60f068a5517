"""The contract suite: any store against the reference store, on graphs and with requests that a seed repeats."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

from byline.graph.errors import ContractBroken
from byline.graph.model import Facts
from byline.graph.store.contract.checks import CHECKS, Question
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.graphs import crowd, web, world
from byline.graph.store.contract.normal import as_call, first_difference, normal, stated
from byline.graph.store.protocol import SnapshotInfo, Store
from byline.graph.store.reference.store import NetworkXStore

Make: TypeAlias = Callable[[Facts], Store | Awaitable[Store]]

# What graphs are made of a seed, with what is asked of each.
_DRAWN: Mapping[str, tuple[Callable[[Random], Draft], Collection[str]]] = {
    "world": (world, [name for name in CHECKS if name != "whole hops"]),
    "web": (web, ["steps", "alike", "search"]),
}
# And those that are always the same.
_GIVEN: Mapping[str, tuple[Callable[[], Draft], Collection[str]]] = {
    "empty": (Draft, list(CHECKS)),
    "crowd": (crowd, ["snapshot", "columns", "whole hops"]),
}
GRAPHS = (*_GIVEN, *_DRAWN)
# Answers that differ, after which a run ends.
_MOST = 5


@dataclass
class Summary:
    """What a run has compared, and where answers differ."""

    graphs: int = 0
    answers: int = 0
    differences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Graph:
    """A graph of the suite, and how to have it again."""

    name: str
    seed: int | None
    draft: Draft
    checks: Collection[str]

    def again(self, check: str) -> str:
        seeds = "" if self.seed is None else f", seeds=[{self.seed}]"
        return f'run(make_store, graphs=["{self.name}"]{seeds}, checks=["{check}"])'


def run(
    make_store: Make | Mapping[str, Make],
    *,
    seeds: Iterable[int] = range(50),
    graphs: Collection[str] = GRAPHS,
    checks: Collection[str] = tuple(CHECKS),
) -> Summary:
    """Hold a store, or several by name, against the reference store.

    `make_store` turns facts into a store; it may be a coroutine function. Every answer must be the reference store's, dtypes and
    the bits of floats included. Raises ContractBroken with the first answers that differ, each with the line that repeats it.
    """
    makes = make_store if isinstance(make_store, Mapping) else {"the store": make_store}
    summary = asyncio.run(_run(makes, list(_chosen(seeds, graphs)), checks))
    if summary.differences:
        shown = "\n".join(f"{number}. {difference}" for number, difference in enumerate(summary.differences, 1))
        raise ContractBroken(
            f"{len(summary.differences)} of {summary.answers} answers are not the reference store's\n{shown}",
            "graph/store/protocol.py says what each method must do; the line behind `again` repeats a difference",
        )
    return summary


def _chosen(seeds: Iterable[int], graphs: Collection[str]) -> Iterator[_Graph]:
    for name in graphs:
        if name in _GIVEN:
            draft, checks = _GIVEN[name]
            yield _Graph(name, None, draft(), checks)
    for seed in seeds:
        for name in graphs:
            if name in _DRAWN:
                drawn, checks = _DRAWN[name]
                yield _Graph(name, seed, drawn(Random(f"{name} {seed}")), checks)


async def _run(makes: Mapping[str, Make], graphs: Iterable[_Graph], checks: Collection[str]) -> Summary:
    summary = Summary()
    for graph in graphs:
        if chosen := [check for check in CHECKS if check in graph.checks and check in checks]:
            summary.graphs += 1
            await _compare(makes, graph, chosen, summary)
        if len(summary.differences) >= _MOST:
            break
    return summary


async def _compare(makes: Mapping[str, Make], graph: _Graph, checks: Collection[str], summary: Summary) -> None:
    """One graph: each question to the reference store once, then to each of the others."""
    facts = graph.draft.facts()
    oracle, stores = NetworkXStore(facts), {}
    for name, make in makes.items():
        store_or_awaitable = make(facts)
        stores[name] = await store_or_awaitable if inspect.isawaitable(store_or_awaitable) else store_or_awaitable
    for check in checks:
        async for question in CHECKS[check](Random(f"{graph.name} {graph.seed} {check}"), graph.draft, oracle):
            expected = await _ask(oracle, question)
            for name, store in stores.items():
                summary.answers += 1
                if difference := await _difference(store, question, expected):
                    call = as_call(question.method, question.arguments)
                    summary.differences.append(f"{name}: {difference}\n    in    {call}\n    again {graph.again(check)}")
                    if len(summary.differences) >= _MOST:
                        return


async def _ask(store: Store, question: Question) -> Any:
    return await getattr(store, question.method)(*question.arguments)


async def _difference(store: Store, question: Question, expected: Any) -> str | None:
    """Where an answer is not the one that is expected, None where it is."""
    try:
        actual = await _ask(store, question)
    except Exception as error:
        return f"raised {type(error).__name__}: {error}"
    if isinstance(expected, SnapshotInfo) and isinstance(actual, SnapshotInfo):
        actual = stated(actual, expected)
    right, answered = normal(expected), normal(actual)
    return None if answered == right else first_difference(right, answered)
