"""Listening for the client while a long answer is made: what nobody waits for is given up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Message, Receive

from byline.graph.deadline import Deadline


class DisconnectWatch:
    """A `receive` that can listen ahead: what is heard meanwhile is kept for whoever receives later."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._heard: list[Message] = []

    async def __call__(self) -> Message:
        """The next message."""
        return self._heard.pop(0) if self._heard else await self._receive()

    @asynccontextmanager
    async def attending(self, deadline: Deadline) -> AsyncIterator["asyncio.Task[None]"]:
        """Listen while the body runs; what is given is done once the client has left.

        The deadline ends when the client leaves, and with the body at the latest: a thread that a stopping server has left
        behind ends too.
        """
        listener = asyncio.create_task(self._until_gone(deadline))
        try:
            yield listener
        finally:
            deadline.end()
            listener.cancel()

    async def _until_gone(self, deadline: Deadline) -> None:
        while True:
            message = await self._receive()
            self._heard.append(message)
            if message["type"] == "http.disconnect":
                deadline.end()
                return
