"""Memory that nobody uses goes back to the system, once it is much and nothing is being made."""

import asyncio
from collections.abc import Iterator

from byline.api.memory import Spare

MIB = 1 << 20


def trims(resident: list[int]) -> list[int]:
    """At which looks memory is given back, for what the process holds at the start and at each look, in MiB."""
    turns: list[int] = []
    held: Iterator[int] = iter(resident)
    looks = []

    async def watched() -> None:
        spare = Spare(lambda: next(held) * MIB, lambda: turns.append(len(looks) - 1))
        for look in resident[1:]:
            looks.append(look)
            spare.look(asyncio.get_running_loop())
            await asyncio.get_running_loop().run_in_executor(None, int)
            await asyncio.sleep(0)

    asyncio.run(watched())
    return turns


def test_much_that_stays_is_given_back_once() -> None:
    assert trims([100, 100, 400, 400, 400, 400, 400, 400, 400, 400]) == [4]


def test_little_is_kept_for_the_next_answer() -> None:
    assert trims([100, 150, 150, 150, 150, 150, 150]) == []


def test_nothing_is_given_back_while_there_is_ever_more() -> None:
    assert trims([100, *range(200, 300, 10)]) == []


def test_what_comes_again_is_given_back_again() -> None:
    assert trims([100, 400, 400, 400, 400, 120, 120, 400, 400, 400, 400, 400]) == [3, 9]
