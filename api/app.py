"""The application: routes, and what an error outside of GraphQL looks like."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from strawberry import Schema

from byline.api.http.document_guard import guard, planner_of
from byline.api.http.failures import internal
from byline.api.http.fast_path import TOLD, FastPath
from byline.api.http.gates.hosts import ANY_HOST, Hosts
from byline.api.http.gates.lanes import Lanes
from byline.api.http.head_cache import ENDPOINT
from byline.api.http.page import Page
from byline.api.http.reject_log import REJECTS
from byline.api.http.schema_text import SCHEMA_PATH, SchemaText
from byline.api.http.view import View
from byline.api.http.writer import refusal, respond, store_error
from byline.api.memory import collect_soon, settle
from byline.api.settings import Settings
from byline.api.signals import end_with_parent
from byline.api.snapshots import Snapshots
from byline.graph.errors import Overloaded, StoreFailed
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema

# Seconds after which a request that found no place may come again.
_RETRY_AFTER = "2"


def create_app(
    settings: Settings,
    schema: Schema | None = None,
    store: Callable[[], Store] | None = None,
    page: Page | None = None,
    hosts: Hosts = ANY_HOST,
) -> FastPath:
    """The ASGI application. `schema`, `store` and `page` stand in for Byline's own where a test wants others, `hosts` are the
    names for which it answers.

    Raises WrongUse for a store that is not a folder; a folder without a snapshot is no error here: `/ready` says so
    and queries are refused with 503 until there is one.
    """
    if store is None:
        store = Snapshots(settings.folder(), swapped=lambda older: _let_go(planner, older)).store
    schema = schema or make_schema(settings.introspection)
    prepare = guard(schema, settings)
    planner = planner_of(schema, settings, prepare)
    page, lanes = page or Page(), Lanes(settings)
    app = Starlette(
        routes=[
            *_routes(View(schema, settings, store, page, planner, prepare, lanes), store),
            *([Route(SCHEMA_PATH, SchemaText(schema).answer)] if settings.introspection else ()),
            *page.routes(),
        ],
        exception_handlers={HTTPException: _refused, StoreFailed: _store_failed, Overloaded: _overloaded, Exception: _unexpected},
    )
    return FastPath(app, planner, store, settings, lanes, hosts)


def from_environment() -> FastPath:
    """What each server process runs: the application by the environment's settings."""
    settings = Settings.read()
    end_with_parent(settings.stop_seconds)
    app = create_app(settings, hosts=Hosts.of(settings.hosts, settings.host))
    settle()
    return app


def _let_go(planner: Planner, older: Store) -> None:
    planner.documents.forget_store()
    collect_soon(older, planner.documents.forget_store)


def _routes(view: View, store: Callable[[], Store]) -> list[BaseRoute]:
    async def ready(request: Request) -> Response:
        about = await store().snapshot()
        body = {"status": "ready", "snapshot": about.version, "builtAt": about.built_at, "counts": dict(about.counts)}
        return respond(request, body, 200)

    return [
        Route(ENDPOINT, view),
        Route("/", _home),
        Route("/health", _health),
        Route("/ready", ready),
    ]


async def _home(request: Request) -> Response:
    return RedirectResponse(ENDPOINT)


async def _health(request: Request) -> Response:
    return respond(request, {"status": "ok"}, 200)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = error.detail if error.detail != HTTPStatus(error.status_code).phrase else f"{request.url.path}: {error.detail}"
    return refusal(request, error.status_code, message, headers=dict(error.headers or {}))


async def _store_failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreFailed)
    return refusal(request, 503, store_error(error), error.code)


async def _overloaded(request: Request, error: Exception) -> Response:
    assert isinstance(error, Overloaded)
    REJECTS.note(str(error))
    return respond(request, {"errors": [error.formatted]}, 503, {"retry-after": _RETRY_AFTER})


async def _unexpected(request: Request, error: Exception) -> Response:
    # Starlette raises the error again once this is sent; the front knows by the mark that all is said.
    request.scope[TOLD] = True
    return respond(request, {"errors": [internal(error, request.url.path)]}, 500)
