"""One polite client for the APIs: paced, with retries that are bounded, and waits that the server asks for."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

import httpx2

from byline.graph.errors import FetchFailed

Json: TypeAlias = dict[str, Any]

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_MOST_MOVES = 5
_FIRST_WAIT, _TIMEOUT = 1.0, 60.0
_SHOWN = 300


@dataclass(frozen=True)
class Manners:
    """How to ask: `tries` in all for one request, `patience` seconds at most for one wait, `pause` between requests.

    `sleep` and `now` stand for the clock in tests.
    """

    tries: int = 6
    patience: float = 300.0
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic


@dataclass
class Client:
    """GETs JSON from one API. Close it, or use it as a context.

    `headers` go with every request and to no other host than that of `base`.
    """

    base: str
    headers: Mapping[str, str]
    manners: Manners = field(default_factory=Manners)

    def __post_init__(self) -> None:
        if not self.base.startswith(("http://", "https://")):
            raise FetchFailed(f"{self.base!r} is no address of an API", "it begins with https://")
        self._http = httpx2.Client(headers=dict(self.headers), timeout=_TIMEOUT, follow_redirects=False)
        self._last: float | None = None

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, params: Mapping[str, str]) -> Any:
        """The JSON that the API answers.

        Raises FetchFailed where it refuses, asks for more patience than there is, or cannot be reached after all tries.
        """
        url = httpx2.URL(f"{self.base.rstrip('/')}/{path}", params=dict(params))
        wait, why = 0.0, ""
        for attempt in range(self.manners.tries):
            if wait:
                self.manners.sleep(wait)
            wait = min(_FIRST_WAIT * 2**attempt * (0.5 + random.random()), self.manners.patience)
            try:
                answer = self._follow(url)
            except httpx2.RequestError as error:
                why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                continue
            if answer.status_code == 200:
                try:
                    return answer.json()
                except ValueError:
                    why = "an answer that is no JSON, or not all of it"
                    continue
            why = _message(answer)
            retry_after = _retry_after(answer)
            if answer.status_code not in _BUSY and not (answer.status_code == 403 and retry_after is not None):
                raise FetchFailed(f"{_shown(url)} was refused: {why}")
            if retry_after is not None:
                wait = self._patient(retry_after, url, why)
        raise FetchFailed(f"{_shown(url)} did not answer in {self.manners.tries} tries: {why}", "call again to go on")

    def _follow(self, url: httpx2.URL) -> httpx2.Response:
        for _ in range(_MOST_MOVES):
            self._pace()
            answer = self._http.get(url)
            target = answer.headers.get("location")
            if answer.status_code not in _MOVED or not target:
                return answer
            moved = url.join(target)
            if (moved.scheme, moved.host, moved.port) != (url.scheme, url.host, url.port):
                raise FetchFailed(f"{_shown(url)} sends on to another host, {moved.host}, which gets no key of yours")
            url = moved
        raise FetchFailed(f"{_shown(url)} sends on and on")

    def _pace(self) -> None:
        if self._last is not None and (rest := self._last + self.manners.pause - self.manners.now()) > 0:
            self.manners.sleep(rest)
        self._last = self.manners.now()

    def _patient(self, seconds: float, url: httpx2.URL, why: str) -> float:
        if seconds > self.manners.patience:
            allowed = f"more than the {self.manners.patience:,.0f} s allowed"
            text = f"{_shown(url)}: {why}; the API asks to wait {seconds:,.0f} s, {allowed}"
            raise FetchFailed(text, "call again later to go on, or set BYLINE_FETCH_PATIENCE")
        return seconds


def _retry_after(answer: httpx2.Response) -> float | None:
    """The seconds of Retry-After, which may be a number or a day and time; null where there is none."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(when.tzinfo or UTC)).total_seconds())


def _message(answer: httpx2.Response) -> str:
    """The status, and what the body says beside it."""
    try:
        body = answer.json()
    except ValueError:
        body = " ".join(answer.text.split())
    if isinstance(body, dict):
        body = ": ".join(str(body[name]) for name in ("error", "message") if body.get(name)) or body
    return f"{answer.status_code} {str(body)[:_SHOWN]}".strip()


def _shown(url: httpx2.URL) -> str:
    """The address without its query: cursors are long, and a key must never be printed."""
    return str(url.copy_with(query=None))
