"""Progress: bars with rate and time left on a terminal, a line now and then elsewhere."""

import io
from collections.abc import Iterable
from itertools import count

import pytest
from rich.console import Console

from byline.api.cli import report


class Clock:
    """A time that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def console(terminal: bool) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=terminal, width=140, markup=False, highlight=False, color_system=None), out


def bar(clock: Clock, stage: str, done: Iterable[int], total: int | None) -> str:
    """What a terminal shows last of one stage, a step a second."""
    where, out = console(terminal=True)
    with report.progress(where, clock) as show:
        for seconds, each in zip(count(), done):
            clock.now = float(seconds)
            show(stage, each, total)
    return out.getvalue().rsplit(stage, 1)[1]


def test_a_bar_shows_rate_and_time_left(clock: Clock) -> None:
    last = bar(clock, "words", range(0, 5001, 500), 20_000)
    assert "5000/20000" in last
    assert "500/s" in last
    assert "0:00:10" in last
    assert "left 0:00:30" in last


def test_what_has_no_end_shows_its_rate(clock: Clock) -> None:
    last = bar(clock, "read a.jsonl", range(0, 4001, 1000), None)
    assert "4000/?" in last
    assert "1,000/s" in last


def test_steps_slower_than_one_a_second_show_no_rate(clock: Clock) -> None:
    where, out = console(terminal=True)
    with report.progress(where, clock) as show:
        for done in range(3):
            clock.now = 10.0 * done
            show("write", done, 6)
    assert "/s" not in out.getvalue()
    assert "left 0:00:40" in out.getvalue()


def test_without_a_terminal_there_is_a_line_now_and_then(clock: Clock) -> None:
    where, out = console(terminal=False)
    with report.progress(where, clock) as show:
        for done in range(0, 101, 10):
            clock.now = float(done)
            show("read a.jsonl", done * 100, None)
        show("words", 0, 2000)
        clock.now = 130.0
        show("words", 300, 2000)
        clock.now = 190.0
        show("write", 5, 6)
    assert out.getvalue().splitlines() == [
        "read a.jsonl: 3,000, 100/s",
        "read a.jsonl: 6,000, 100/s",
        "read a.jsonl: 9,000, 100/s",
        "words: 300 of 2,000, 10/s, 0:02:50 left",
        "write: 5 of 6",
    ]


def test_what_is_quick_says_nothing(clock: Clock) -> None:
    where, out = console(terminal=False)
    with report.progress(where, clock) as show:
        for done in range(1000):
            clock.now = done / 100
            show("read a.jsonl", done, 1000)
    assert out.getvalue() == ""
