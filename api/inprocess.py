"""The graph in process: GraphQL, Arrow tables and NetworkX views of one snapshot, without a server."""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, Self

import orjson
import pyarrow as pa
from strawberry.types.execution import ExecutionResult

from byline.api.http.document_guard import guard, planner_of
from byline.api.http.fast_path import enveloped
from byline.api.http.writer import body_of, refused
from byline.api.settings import Settings
from byline.graph.deadline import Deadline, deadline_scope
from byline.graph.errors import StoreFailed, TooCostly
from byline.graph.model import Kind
from byline.graph.nx import CoauthorGraph, WholeGraph, coauthors, whole
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema
from byline.schema.context import Context


@dataclass(frozen=True)
class _Held:
    """What an open graph holds: the store, the planner, which keeps closures over it, and the thread of queries."""

    store: ColumnarStore
    planner: Planner
    thread: ThreadPoolExecutor


class Graph:
    """One snapshot of a store, for notebooks and programs. It stays as it is when a later ingest writes another.

    `authors`, `papers`, `institutions`, `categories` and `authorships` are Arrow tables over the mapped snapshot, the rows of the
    first four in the order of their ids; what refers to another node gives its row. docs/networkx.md describes the views.
    A context manager, closed at the end of `with`.
    """

    def __init__(self, store: ColumnarStore, settings: Settings) -> None:
        self._settings = settings
        self._schema = make_schema()
        planner = planner_of(self._schema, settings, guard(self._schema, settings))
        self._held: _Held | None = _Held(store, planner, ThreadPoolExecutor(1, "byline-query"))

    def __enter__(self) -> Self:
        """Itself. Raises StoreFailed where it is closed already."""
        _ = self._open
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the snapshot, once a query that runs has ended. Whatever is asked of it later raises StoreFailed; a second
        `close` does nothing. Tables and views that were taken from it stay whole, and keep its files mapped until they go."""
        held, self._held = self._held, None
        if held is not None:
            held.thread.shutdown()

    @property
    def _open(self) -> "_Held":
        if self._held is None:
            raise StoreFailed("the graph is closed", "byline.open opens it again")
        return self._held

    @property
    def _store(self) -> ColumnarStore:
        return self._open.store

    def query(
        self, document: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> dict[str, Any]:
        """Response: what the server would answer to this GraphQL document, with `data`, `errors` and `extensions`.

        The limits are the server's (`BYLINE_MAX_SECONDS` and the rest). Can be called where an event loop runs, as in a notebook.
        """
        deadline = Deadline(self._settings.max_seconds)
        limits, budget, held = self._settings.limits(), self._settings.max_plain_fields, self._open
        context = Context(held.store, limits, budget=budget, deadline=deadline)

        def answer() -> dict[str, Any]:
            return asyncio.run(self._answer(held.planner, document, dict(variables or {}), operation_name, context))

        # A loop of its own in a thread of its own: in a notebook this thread has one that is running already.
        return held.thread.submit(answer).result()

    async def _answer(
        self, planner: Planner, document: str, variables: dict[str, Any], operation_name: str | None, context: Context
    ) -> dict[str, Any]:
        try:
            data = await planner.answer(document, variables, operation_name, context)
        except TooCostly as error:
            return body_of(refused(error), context)
        if data is not None:
            return dict(orjson.loads(b"".join(enveloped(context, data))))
        if context.unfit:
            return body_of(ExecutionResult(None, context.unfit), context)
        with deadline_scope(context.deadline):
            result: Any = await self._schema.execute(document, variables, context, operation_name=operation_name)
        return body_of(result, context)

    @property
    def snapshot(self) -> dict[str, Any]:
        """Snapshot: version, when it was built, counts by kind, and what each source gave."""
        info = self._store.info
        sources = [asdict(source) for source in info.sources]
        return {"version": info.version, "built_at": info.built_at, "counts": dict(info.counts), "sources": sources}

    @property
    def authors(self) -> pa.Table:
        """Authors, a row each."""
        return self._table(Kind.AUTHOR)

    @property
    def papers(self) -> pa.Table:
        """Papers, a row each."""
        return self._table(Kind.PAPER)

    @property
    def institutions(self) -> pa.Table:
        """Institutions, a row each."""
        return self._table(Kind.INSTITUTION)

    @property
    def categories(self) -> pa.Table:
        """Categories, a row each."""
        return self._table(Kind.CATEGORY)

    @property
    def venues(self) -> pa.Table:
        """Venues, a row each."""
        return self._table(Kind.VENUE)

    @property
    def authorships(self) -> pa.Table:
        """Authorships, a row for each author of each paper."""
        return self._table(Kind.AUTHORSHIP)

    def _table(self, kind: Kind) -> pa.Table:
        table = self._store.table(kind)
        return table.drop_columns([name for name in table.column_names if name.endswith("_fold")])

    def coauthors(self) -> CoauthorGraph:
        """The coauthor graph: a frozen `networkx.Graph` over the snapshot's arrays, one edge for each pair of coauthors."""
        return coauthors(self._store)

    def whole(self) -> WholeGraph:
        """The whole graph: a frozen `networkx.MultiDiGraph` of authors, papers, institutions, categories and venues."""
        return whole(self._store)


def opened(store: str | os.PathLike[str] | None = None) -> Graph:
    """Graph of a store folder's current snapshot. Raises WrongUse for a setting that cannot be, StoreFailed."""
    settings = Settings.read(store=None if store is None else os.fspath(store))
    return Graph(open_store(current(settings.folder())), settings)
