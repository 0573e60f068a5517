"""The steps of the planned path, each timed in this process."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from graphql import OperationDefinitionNode, parse
from strawberry.schema import Schema

from bench.places import HERE
from byline.graph.query.closures import TooLargeForClosures
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import ArrowEncoder, Encoder, RowEncoder
from byline.graph.query.rewrite import rewrite
from byline.graph.query.run import Run
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema
from byline.schema.compile.documents import Compiled, Documents
from byline.schema.compile.operation import Compiler
from byline.schema.context import Limits

FORMS: dict[str, Callable[[], Encoder]] = {"list": RowEncoder, "arrow": ArrowEncoder}


@dataclass(frozen=True)
class Document:
    """A query and the variables that it is asked with, in turn."""

    text: str
    variables: Sequence[Mapping[str, Any]]


class Bench:
    """A store, a schema and a planner without a server around them."""

    def __init__(self, store: Path, limits: Limits | None = None) -> None:
        schema = make_schema()
        assert isinstance(schema, Schema)
        self.store: Store = open_store(current(store))
        self.schema = schema
        self.limits = limits or Limits()
        self.planner = Planner(Documents(schema, self.limits))

    def steps(self, document: Document, seconds: float) -> dict[str, float]:
        """Median milliseconds of each step, and how many `objects` were read; `arrow.write` names a form and a step."""
        return asyncio.run(self._steps(document, seconds))

    async def _steps(self, document: Document, seconds: float) -> dict[str, float]:
        times: dict[str, list[float]] = {}
        deadline = time.perf_counter() + seconds
        turn = 0
        while turn < 5 or time.perf_counter() < deadline:
            for name, spent in (
                await self._once(document.text, document.variables[turn % len(document.variables)], turn)
            ).items():
                times.setdefault(name, []).append(spent)
            turn += 1
        return {name: median(each) * 1e3 for name, each in times.items()}

    async def _once(self, text: str, variables: Mapping[str, Any], turn: int) -> dict[str, float]:
        spent_on: dict[str, float] = {}
        clock = time.perf_counter
        if turn < 10:
            # Parsing, validation and compilation happen once a document: a few times tell.
            begun = clock()
            self.planner.documents.parsed(text)
            spent_on["parse and validate"] = clock() - begun
            parsed = parse(text)
            operation = next(part for part in parsed.definitions if isinstance(part, OperationDefinitionNode))
            begun = clock()
            rewrite(Compiler(self.schema, parsed, self.limits, {}).roots(operation))
            spent_on["compile"] = clock() - begun
        begun = clock()
        compiled, coerced = self.planner.compiled(text, variables, None)
        bound = compiled.bind(coerced)
        spent_on["bind"] = clock() - begun
        begun = clock()
        run = Run(self.store, bound)
        read = await compiled.plan.read(run)
        spent_on["execute"] = clock() - begun
        spent_on["objects"] = run.objects / 1e3
        if (closures := self._closures(compiled)) is not None:
            with suppress(TooLargeForClosures):
                begun = clock()
                orjson.dumps(closures(bound))
                spent_on["direct"] = clock() - begun
        for name, make in FORMS.items():
            with suppress(TypeError):  # nodes of several kinds have no arrow form
                spent, wrote = await self._assemble(compiled.plan, read, make())
                spent_on[f"{name}.assemble"], spent_on[f"{name}.write"] = spent - wrote, wrote
        return spent_on

    def _closures(self, compiled: Compiled) -> Callable[[list[Any]], dict[str, Any]] | None:
        """The plan bound to the store, once."""
        if compiled.direct is None:
            assert self.store.direct is not None
            compiled.direct = self.store, compiled.plan.bound(self.store, self.store.direct)
        return compiled.direct[1]

    async def _assemble(self, plan: Any, read: Any, form: Encoder) -> tuple[float, float]:
        wrote = 0.0
        write = form.write

        def timed(keys: Sequence[str], columns: Sequence[Any]) -> Any:
            nonlocal wrote
            begun = time.perf_counter()
            data = write(keys, columns)
            wrote = time.perf_counter() - begun
            return data

        form.write = timed  # type: ignore[method-assign]
        begun = time.perf_counter()
        await plan.write(Emitter(self.store, form), read)
        return time.perf_counter() - begun, wrote


def document(query: str, variables: Sequence[Mapping[str, Any]], folder: str = "byline") -> Document:
    """One of the documents in queries/."""
    return Document((HERE / "queries" / folder / f"{query}.graphql").read_text(), variables)
