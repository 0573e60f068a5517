"""`python -m bench prices STORE`: what queries cost against what they are priced at before they run.

In this process, with people, papers, institutions and categories of the store for arguments: half of them any, half those with
most. CPU is the least of a few runs of each, from the bound plan to the bytes. The price is that of the plan: rows that are
looked at, at 25 ns, and objects of the answer, at 0.2 µs.
"""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np

from bench.inside import Bench
from bench.markdown import figure, table
from bench.price_queries import FAMILIES, QueryFamily
from byline.graph.errors import BylineError
from byline.graph.model import LETTERS, Kind
from byline.graph.query.price import Cost
from byline.graph.request import Order, Page, Select
from byline.schema.answer.planner import _long
from byline.schema.answer.prices import affordable
from byline.schema.context import Context

# Seconds of a row that is looked at and of an object of an answer, and of any query.
ROW, OBJECT, FIXED = 25e-9, 0.2e-6, 0.2e-3
RUNS, TURNS = 3, 12
_MOST = {Kind.AUTHOR: "paper_count", Kind.PAPER: "citation_count", Kind.INSTITUTION: "paper_count"}
_HEAD = 200


@dataclass
class Priced:
    """Of one query, an entry for each turn: seconds of CPU, seconds by the price, whether it runs beside the loop."""

    cpu: list[float] = field(default_factory=list)
    price: list[float] = field(default_factory=list)
    beside: list[bool] = field(default_factory=list)
    refused: int = 0


def seconds(cost: Cost) -> float:
    """What a price stands for."""
    return FIXED + cost.rows * ROW + cost.estimate * OBJECT


async def pools(bench: Bench, chance: random.Random) -> Mapping[Kind, Sequence[str]]:
    """Ids of each kind: any, and those with most, in a random order."""
    ids_of = {}
    for kind in LETTERS:
        rows = list((await bench.store.find(kind, Select())).rows)
        some = chance.sample(rows, min(_HEAD, len(rows)))
        if by := _MOST.get(kind):
            some += list((await bench.store.find(kind, Select(order=(Order(by, descending=True),), page=Page(first=_HEAD)))).rows)
        (ids,) = await bench.store.values(kind, np.array(some, np.int32), ["id"])
        chance.shuffle(ids)
        ids_of[kind] = [str(each) for each in ids]
    return ids_of


def measured(bench: Bench, family: QueryFamily, ids: Mapping[Kind, Sequence[str]], turns: int = TURNS) -> Priced:
    """One query with ever other arguments."""
    priced = Priced()
    for turn in range(turns):
        variables = family.variables(ids, turn)
        compiled, coerced = bench.planner.compiled(family.text, variables, None)
        bound = compiled.bind(coerced)
        try:
            cost = affordable(compiled, bound, asyncio.run(bench.store.snapshot()), bench.limits)
        except BylineError:
            priced.refused += 1
            continue
        priced.price.append(seconds(cost))
        priced.beside.append(_long(cost))
        priced.cpu.append(min(_run(bench, family.text, variables) for _ in range(RUNS)))
    return priced


def _run(bench: Bench, text: str, variables: Mapping[str, Any]) -> float:
    async def answered() -> float:
        begun = time.process_time()
        with suppress(BylineError):
            await bench.planner.answer(text, variables, None, Context(bench.store, bench.limits))
        return time.process_time() - begun

    return asyncio.run(answered())


def prices(store: Path, names: Sequence[str] = ()) -> str:
    """The table over all queries, or those whose name holds one of `names`."""
    bench = Bench(store)
    ids = asyncio.run(pools(bench, random.Random(1)))
    return table(["query", "CPU, median ms", "90 % ms", "priced ms", "CPU by price", "beside the loop"], _rows(bench, ids, names))


def _rows(bench: Bench, ids: Mapping[Kind, Sequence[str]], names: Sequence[str]) -> Iterator[list[str]]:
    for family in FAMILIES:
        if not ids[family.kind] or (names and not any(name in family.name for name in names)):
            continue
        priced = measured(bench, family, ids)
        if not priced.cpu:
            row = [family.name, "refused", "", "", "", ""]
        else:
            late = sorted(priced.cpu)[int(0.9 * len(priced.cpu))]
            share = mean(priced.cpu) / mean(priced.price)
            beside = "yes" if all(priced.beside) else "some" if any(priced.beside) else "no"
            figures = [figure(1e3 * each) for each in (median(priced.cpu), late, mean(priced.price))]
            row = [family.name, *figures, figure(share), beside]
        print(" | ".join(row), flush=True)
        yield row
