"""What takes long finds a place, waits for one, or is refused; small queries never wait, and the clock starts with the work."""

import asyncio
import gc
import json
import weakref
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from byline.api.app import create_app
from byline.api.http.fast_path import FastPath
from byline.api.http.gates.lanes import Lane, Lanes
from byline.api.settings import Settings
from byline.graph.errors import OutOfTime, Overloaded
from byline.schema.context import Context
from tests.api.test_attend import EXPLAINED, LONG, PLAIN, PLANNED, Client, Endless
from tests.patience import PATIENCE

SMALL = {"query": "{ snapshot { paperCount } }"}


def never() -> "asyncio.Future[Any]":
    return asyncio.get_running_loop().create_future()


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Held:
    """Requests in a lane, each of which holds its place until it is let go."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.inside: list[str] = []
        self.free: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def enter(self, name: str, gone: "asyncio.Future[Any] | None" = None) -> "asyncio.Task[None]":
        self.free[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._hold(name, gone or never()))
        return self.tasks[name]

    async def _hold(self, name: str, gone: "asyncio.Future[Any]") -> None:
        async with self.lane.place(gone):
            self.inside.append(name)
            await self.free[name].wait()
        self.inside.remove(name)


def in_a_lane(work: Callable[[Held], Awaitable[None]], places: int = 1, queue: int = 2, seconds: float = LONG) -> None:
    async def run() -> None:
        await work(Held(Lane(places, queue, seconds)))

    asyncio.run(run())


def test_who_waits_first_goes_first_and_the_queue_has_an_end() -> None:
    async def work(held: Held) -> None:
        for name in "abc":
            held.enter(name)
        await settled()
        assert held.inside == ["a"]
        with pytest.raises(Overloaded, match="1 long-running requests are being processed, and 2 are waiting"):
            await held.enter("d")
        for leaving, next_ in (("a", ["b"]), ("b", ["c"]), ("c", [])):
            held.free[leaving].set()
            await settled()
            assert held.inside == next_
        held.enter("e")
        await settled()
        assert held.inside == ["e"]
        held.free["e"].set()

    in_a_lane(work)


def test_waiting_has_its_own_bound_and_its_own_words() -> None:
    async def work(held: Held) -> None:
        held.enter("a")
        with pytest.raises(Overloaded, match=r"waited 0\.05 seconds for a free place"):
            await held.enter("b")
        held.free["a"].set()
        await settled()
        await _is_free(held)

    in_a_lane(work, seconds=0.05)


async def _is_free(held: Held) -> None:
    held.enter("last")
    await settled()
    assert held.inside == ["last"]
    held.free["last"].set()
    await held.tasks["last"]


@pytest.mark.parametrize("cancelled", [False, True], ids=["the client leaves", "the request is cancelled"])
def test_who_leaves_the_queue_makes_room(cancelled: bool) -> None:
    async def work(held: Held) -> None:
        held.enter("a")
        gone = never()
        waiting = held.enter("b", gone)
        held.enter("c")
        await settled()
        if cancelled:
            waiting.cancel()
        else:
            gone.set_result(None)
        with pytest.raises(asyncio.CancelledError if cancelled else OutOfTime):
            await waiting
        held.enter("d")
        held.free["a"].set()
        await settled()
        assert held.inside == ["c"]
        held.free["c"].set()
        held.free["d"].set()
        await asyncio.gather(held.tasks["c"], held.tasks["d"])
        await _is_free(held)

    in_a_lane(work)


def test_a_place_that_was_handed_to_one_who_is_cancelled_goes_on_to_the_next() -> None:
    async def work(held: Held) -> None:
        held.enter("a")
        waiting = held.enter("b")
        held.enter("c")
        await settled()
        held.free["a"].set()
        await held.tasks["a"]
        waiting.cancel()
        await settled()
        assert held.inside == ["c"]
        held.free["c"].set()
        await held.tasks["c"]
        await _is_free(held)

    in_a_lane(work)


# ------------------------------------------------------------ a whole server


class Counted(Endless):
    """An endless search that counts how often it was begun."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def __call__(self, *args: Any) -> Any:
        self.times += 1
        return super().__call__(*args)


def status_and_error(client: Client) -> tuple[int, dict[str, Any]]:
    start, *body = client.sent
    return start["status"], json.loads(b"".join(part["body"] for part in body))["errors"][0]


def asked_of(app: FastPath, work: Callable[[Callable[[dict[str, Any]], tuple[Client, Any]], Counted], Awaitable[None]]) -> None:
    search = Counted()

    def ask(body: dict[str, Any]) -> tuple[Client, Any]:
        client = Client(body, search, leaves=False)
        return client, asyncio.create_task(app(client.scope, client.receive, client.send))  # type: ignore[arg-type]

    with (
        mock.patch("byline.graph.store.columnar.read.expansion.find", search),
        mock.patch("byline.schema.answer.planner.SCANNED_BESIDE", -1),
    ):

        async def run() -> None:
            await work(ask, search)

        asyncio.run(run())


async def begun(search: Counted, times: int) -> None:
    while search.times < times:
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("way", [PLANNED, EXPLAINED, PLAIN], ids=["planned", "explained", "plain"])
def test_what_finds_no_place_is_refused_with_503(store: Path, way: dict[str, Any]) -> None:
    settings: dict[str, Any] = {"long_requests": 1, "long_queue": 1, "queue_seconds": 0.2, "max_seconds": LONG}
    app = create_app(Settings(store=str(store), **settings))

    async def work(ask: Any, search: Counted) -> None:
        _, first = ask(way)
        await begun(search, 1)
        (second, waiting), (third, refused) = ask(way), ask(way)
        await asyncio.wait([waiting, refused], timeout=PATIENCE)
        for client, words, setting in ((third, "are waiting", "LONG_QUEUE"), (second, "waited 0.2 seconds", "QUEUE_SECONDS")):
            status, error = status_and_error(client)
            assert status == 503
            assert error["extensions"]["code"] == "OVERLOADED"
            assert words in error["message"]
            assert f"BYLINE_{setting}" in error["extensions"]["hint"]
            assert (b"retry-after", b"2") in client.sent[0]["headers"]
        assert search.times == 1
        first.cancel()
        await asyncio.wait([first])

    asked_of(app, work)


def test_the_clock_starts_with_the_work_and_small_queries_do_not_wait(store: Path) -> None:
    settings: dict[str, Any] = {"long_requests": 1, "long_queue": 4, "queue_seconds": LONG, "max_seconds": 0.3}
    app = create_app(Settings(store=str(store), **settings))

    async def work(ask: Any, search: Counted) -> None:
        planned = [ask(PLANNED) for _ in range(3)]
        await begun(search, 1)
        small, answered = ask(SMALL)
        await asyncio.wait([answered, *(task for _, task in planned)], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        assert answered.done()
        assert small.sent[1]["body"] == b'{"data":{"snapshot":{"paperCount":15}}}'
        await asyncio.wait([task for _, task in planned], timeout=PATIENCE)
        for client, _ in planned:
            status, error = status_and_error(client)
            assert (status, error["extensions"]["code"]) == (200, "OUT_OF_TIME")
            assert "time limit of 0.3 seconds" in error["message"]
        # Each was begun, though the last had waited longer than one may be worked on.
        assert search.times == 3

    with mock.patch("byline.schema.answer.planner._long", lambda cost: cost.rows_scanned > 0):
        asked_of(app, work)


class Opened:
    """Stands for the store of a snapshot."""


def test_who_waits_holds_no_snapshot_and_then_takes_the_newest(tmp_path: Path) -> None:
    async def swapped() -> None:
        lanes, held = Lanes(Settings(store=str(tmp_path), long_requests=1)), asyncio.Event()
        newest: list[Any] = [Opened()]

        async def ask(context: Context) -> None:
            async with lanes.admitted(lanes.planned, context, lambda: newest[-1], never()):
                taken.append(context.store)
                await held.wait()

        taken: list[Any] = []
        contexts = [Context(newest[0]) for _ in range(3)]
        asking = [asyncio.create_task(ask(context)) for context in contexts]
        await settled()
        assert taken == [newest[0]]
        assert [hasattr(each, "store") for each in contexts] == [True, False, False]
        older = weakref.ref(newest.pop())
        newest.append(Opened())
        held.set()
        await asyncio.gather(*asking)
        assert [each is newest[0] for each in taken] == [False, True, True]
        taken.clear()
        contexts.clear()
        assert older() is None

    gc.disable()
    try:
        asyncio.run(swapped())
    finally:
        gc.enable()
