"""Queries that would take too long, and those for whose answer nobody waits any more, are given up."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.http.disconnect import DisconnectWatch
from byline.api.settings import Settings
from byline.graph.deadline import Deadline, checkpoint
from tests.patience import PATIENCE

PLANNED = {"query": '{ papers(first: 1, where: {title: {contains: "a"}}) { nodes { title } } }'}
EXPLAINED = {**PLANNED, "extensions": {"explain": True}}
# Introspection is for the resolvers, and so is what stands beside it.
PLAIN = {"query": PLANNED["query"].replace("{ papers", "{ __schema { queryType { name } } papers", 1)}
WAYS = {"planned": PLANNED, "explained": EXPLAINED, "plain": PLAIN}
LONG = 600.0


class Endless:
    """A search that goes on as long as somebody waits."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    def __call__(self, *args: Any) -> Any:
        self.begun.set()
        try:
            while True:
                checkpoint()
                time.sleep(0.005)
        finally:
            self.ended.set()


@pytest.fixture
def endless() -> Iterator[Endless]:
    search = Endless()
    with (
        mock.patch("byline.graph.store.columnar.read.expansion.find", search),
        mock.patch("byline.schema.answer.planner.SCANNED_BESIDE", -1),
    ):
        yield search


@pytest.mark.parametrize("way", WAYS)
def test_a_query_has_its_seconds(store: Path, endless: Endless, way: str) -> None:
    with TestClient(create_app(Settings(store=str(store), max_seconds=0.2))) as client:
        answer = client.post("/graphql", json=WAYS[way]).json()
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "OUT_OF_TIME"
    assert "0.2 seconds" in error["message"]
    assert "the server's BYLINE_MAX_SECONDS sets the bound" in error["extensions"]["hint"]
    # The answer may be there before the search has looked once more.
    assert endless.ended.wait(20)


class Client:
    """A client over bare ASGI: it sends a body, and leaves when it is told to."""

    def __init__(self, request: dict[str, Any], endless: Endless, leaves: bool) -> None:
        body = json.dumps(request).encode()
        self._messages: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
        self._endless, self._leaves = endless, leaves
        self.sent: list[Any] = []
        length = str(len(body)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        self.scope = {
            "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": "",
            "scheme": "http", "http_version": "1.1", "headers": headers, "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip

    async def receive(self) -> dict[str, Any]:
        if self._messages:
            return self._messages.pop()
        while not (self._leaves and self._endless.begun.is_set()):
            await asyncio.sleep(0.005)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("leaves", [True, False], ids=["the client leaves", "the server stops"])
@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_waits_for_is_given_up(store: Path, endless: Endless, way: str, leaves: bool) -> None:
    app = create_app(Settings(store=str(store), max_seconds=LONG))
    client = Client(WAYS[way], endless, leaves)

    async def drive() -> None:
        task: asyncio.Task[None] = asyncio.create_task(app(client.scope, client.receive, client.send))  # type: ignore[arg-type]
        # The loop goes on beside the search, or this would wait for ever.
        while not endless.begun.is_set():
            await asyncio.sleep(0.005)
        if not leaves:
            task.cancel()
        await asyncio.wait([task], timeout=PATIENCE)
        assert task.done()

    asyncio.run(drive())
    assert endless.ended.wait(20)


def test_an_introspection_does_not_wait_for_plans_that_take_long(store: Path, endless: Endless) -> None:
    app = create_app(Settings(store=str(store), max_seconds=LONG))
    quick = Client({"query": "{ __schema { queryType { name } } }"}, endless, leaves=False)

    def asking(client: Client) -> "asyncio.Task[None]":
        return asyncio.create_task(app(client.scope, client.receive, client.send))  # type: ignore[arg-type]

    async def drive() -> None:
        tasks = [asking(Client(PLANNED, endless, leaves=False)) for _ in range(64)]
        while not endless.begun.is_set():
            await asyncio.sleep(0.005)
        await asyncio.wait([asking(quick)], timeout=PATIENCE)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=PATIENCE)

    asyncio.run(drive())
    assert [message.get("status") for message in quick.sent] == [200, None]
    assert json.loads(quick.sent[1]["body"]) == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


def test_what_is_heard_while_listening_is_kept_for_later() -> None:
    heard = [{"type": "http.request", "body": b"1", "more_body": True}, {"type": "http.disconnect"}]

    async def listened() -> list[Any]:
        waiting = list(heard)

        async def receive() -> Any:
            await asyncio.sleep(0)
            return waiting.pop(0)

        listening = DisconnectWatch(receive)
        async with listening.attending(Deadline(LONG)):
            await asyncio.sleep(0.05)
        return [await listening(), await listening()]

    assert asyncio.run(listened()) == heard


def test_outside_of_a_request_nobody_asks() -> None:
    checkpoint()
