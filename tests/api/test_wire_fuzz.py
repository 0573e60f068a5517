"""Whatever bytes come, cut however: the same bytes go back as by uvicorn's own protocol, but for the bounds that it has not.

A sequence of requests, whole, mutated and torn, is fed to both protocols before the same application, piece by piece. Upgrades
are ignored, which uvicorn's does with the header alone and not with the body behind it: it gets the header by another name.
"""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from byline.api.app import create_app
from byline.api.http.fast_path import FastPath
from byline.api.http.protocol import Protocol
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample

# Long enough for gzip.
LONG = "{ papers(first: 15) { nodes { title abstract } } }"
QUERIES = ("{ snapshot { paperCount } }", "{ nothing }", "{ __typename }", "{ papers(first: 3) { nodes { title } } }", LONG, "")
JSON = "Content-Type: application/json"
FINE = (
    "host:here", "Accept: application/graphql-response+json", "Accept-Encoding: gzip", "Accept-Encoding: gzip;q=0",
    "Origin: https://example.org", "Origin: https://other.org", "Connection: keep-alive", "X: " + "y" * 300, "X:", "X: \xe9",
)  # fmt: skip
ODD = (
    "Connection: close", "Expect: 100-continue", "Content-Type: text/plain", "Connection: upgrade", "Upgrade: h2c",
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQBAAAAAAIAAAAA",
    "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIG5vbmNl",
    "upgrade: a\r\nUPGRADE: b, c\r\nConnection: close, upgrade", "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip", "Content-Encoding: gzip", "Content-Length: 5", "Content-Length: +5",
    "Content-Length: 0", " folded", "no colon", "X: \x00",
)  # fmt: skip


def request(method: str, target: str, version: str, lines: Sequence[str], query: str, framing: str) -> bytes:
    body = json.dumps({"query": query}).encode()
    head = [f"{method} {target} HTTP/{version}", *lines]
    match framing:
        case "length":
            head.append(f"Content-Length: {len(body)}")
        case "short":
            head.append(f"Content-Length: {len(body) - 1}")
        case "chunks":
            head.append("Transfer-Encoding: chunked")
            halves = body[: len(body) // 2], body[len(body) // 2 :]
            body = b"".join(b"%x;e=1\r\n%b\r\n" % (len(half), half) for half in halves if half) + b"0\r\nT: u\r\n\r\n"
        case _:
            body = b""
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """One of the usual ones, in one case of sixteen an odd one."""
    return st.integers(0, 15).flatmap(lambda drawn: st.sampled_from(odd if drawn == 15 else usual))


REQUESTS = st.builds(
    request,
    mostly(["POST"], ["GET", "HEAD", "OPTIONS", "PUT", "NOPE"]),
    mostly(["/graphql"], ["/graphql?query=%7B__typename%7D", "/health", "*", "http://other/health", "/%zz", "?"]),
    mostly(["1.1"], ["1.0", "2.0", "9"]),
    st.lists(mostly(list(FINE), list(ODD)), max_size=3).map(lambda found: ["Host: localhost", JSON, *found]),
    st.sampled_from(QUERIES),
    mostly(["length", "length", "chunks"], ["short", "none"]),
)
# Places of the whole, as shares, and the bytes put there; places at which it is cut.
MUTATION = st.tuples(st.floats(0, 1), st.sampled_from([b"", b"\r\n", b"\n", b" ", b"\x00", b":", b"\xff", b"0"]))
MUTATIONS = st.integers(0, 7).flatmap(lambda drawn: st.lists(MUTATION, min_size=1, max_size=2) if drawn == 7 else st.just([]))
CUTS = st.lists(st.floats(0, 1), max_size=6)


def torn(requests: list[bytes], mutations: list[tuple[float, bytes]], cuts: list[float], apart: bool = False) -> list[bytes]:
    """The pieces that are sent: the requests in a row, with a few bytes put in the place of others, and cut, `apart` between them
    too, as by a client that waits for each answer."""
    data = bytearray(b"".join(requests))
    ends = set(accumulate(map(len, requests))) if apart else set()
    for share, put in mutations:
        at = int(share * len(data))
        data[at : at + 1] = put
    places = sorted({int(share * len(data)) for share in cuts} | {end for end in ends if end < len(data)})
    return [bytes(data[at:to]) for at, to in zip([0, *places], [*places, len(data)], strict=True) if at < to]


def without_upgrades(pieces: list[bytes]) -> list[bytes]:
    """The same pieces, cut at the same places, with another name for the header."""
    whole = re.sub(rb"(?i)(?<=\n)upgrade(?=:)", b"unasked", b"".join(pieces))
    ends = list(accumulate(map(len, pieces), initial=0))
    return [whole[at:to] for at, to in pairwise(ends)]


class Sent(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self, protocol: asyncio.Protocol) -> None:
        super().__init__()
        self.protocol, self.data, self.closed = protocol, b"", False

    def write(self, data: Any) -> None:
        if not self.closed:
            self.data += bytes(data)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    abort = close

    def is_closing(self) -> bool:
        return self.closed

    def get_write_buffer_size(self) -> int:
        return 0

    def write_eof(self) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class Both:
    """The two protocols before one application, in one event loop."""

    def __init__(self, app: FastPath) -> None:
        given: dict[str, Any] = {"proxy_headers": False, "access_log": False, "log_config": None, "lifespan": "off", "ws": "none"}
        self.config = uvicorn.Config(app, http=Protocol, **given)
        self.config.load()
        self.runner = asyncio.Runner()

    def answers(self, pieces: list[bytes]) -> list[tuple[bytes, bool]]:
        """What each writes and whether it closes; until nothing more is written."""
        given = (HttpToolsProtocol, without_upgrades(pieces)), (Protocol, pieces)
        return [self.runner.run(self._fed(protocol, pieces)) for protocol, pieces in given]

    async def _fed(self, kind: type[HttpToolsProtocol], pieces: list[bytes]) -> tuple[bytes, bool]:
        state = ServerState()
        state.default_headers = [(b"date", b"today")]
        protocol = kind(self.config, state, {}, asyncio.get_running_loop())
        sent = Sent(protocol)
        protocol.connection_made(sent)
        for piece in pieces:
            if sent.closed:
                break
            protocol.data_received(piece)
            await self._settled(state, sent)
        found = sent.data, sent.closed
        sent.close()
        await asyncio.sleep(0)
        for task in list(state.tasks):
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
        protocol._unset_keepalive_if_required()
        return found

    async def _settled(self, state: ServerState, sent: Sent) -> None:
        """Until the requests are answered that can be: the others wait for more of their bodies."""
        quiet, before = 0, len(sent.data)
        while quiet < 12:
            # What is made beside the loop takes its time; the resolvers' way is one of them.
            await asyncio.sleep(0.001 if any(not task.done() for task in state.tasks) else 0)
            quiet, before = (quiet + 1, before) if len(sent.data) == before else (0, len(sent.data))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    ensure_sample(folder)
    made = Both(create_app(Settings(store=str(folder), allow_origin="https://example.org, https://a.org")))
    with made.runner:
        yield made


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(REQUESTS, min_size=1, max_size=4), MUTATIONS, CUTS, st.booleans())
def test_as_uvicorn_reads_it(
    both: Both, requests: list[bytes], mutations: list[tuple[float, bytes]], cuts: list[float], apart: bool
) -> None:
    pieces = torn(requests, mutations, cuts, apart)
    theirs, ours = both.answers(pieces)
    assert ours == theirs, pieces


BODY = json.dumps({"query": "{ snapshot { paperCount } }"}).encode()
PLAIN = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
WHOLE = PLAIN + LENGTH + b"\r\n" + BODY
H2C = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQBAAAAAAIAAAAA\r\n"
SOCKETS = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIG5vbmNl\r\n"
UPGRADING = WHOLE.replace(b"Host:", H2C + b"Host:")
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
ASKED = b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
SPECIAL = {
    "plain": WHOLE,
    "lines that end with LF": WHOLE.replace(b"\r\n", b"\n"),
    "lines that end with CR": WHOLE.replace(b"\r\n", b"\r"),
    "one line that ends with LF": WHOLE.replace(b"localhost\r\n", b"localhost\n"),
    "one line that ends with CR CR LF": WHOLE.replace(b"localhost\r\n", b"localhost\r\r\n"),
    "blank lines before": b"\r\n\n\r\n" + WHOLE,
    "a length twice": PLAIN + LENGTH + LENGTH + b"\r\n" + BODY,
    "two lengths": PLAIN + LENGTH + b"Content-Length: 5\r\n\r\n" + BODY,
    "two lengths in one": PLAIN + LENGTH.replace(b"\r\n", b", 5\r\n\r\n") + BODY,
    "a length and chunks": PLAIN + LENGTH + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
    "chunked twice": PLAIN + b"Transfer-Encoding: chunked, chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
    "a negative length": PLAIN + b"Content-Length: -1\r\n\r\n" + BODY,
    "a blank before the colon": WHOLE.replace(b"Content-Length:", b"Content-Length :"),
    "a folded header": WHOLE.replace(b"localhost", b"\r\n localhost"),
    "in a row": WHOLE * 3,
    "in a row, the last torn": WHOLE * 2 + WHOLE[:-5],
    "in a row with another between": WHOLE + b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + WHOLE,
    "absolute form": WHOLE.replace(b"/graphql", b"http://localhost/graphql"),
    "absolute form of another host": WHOLE.replace(b"/graphql", b"http://other.example/graphql"),
    "a place of a proxy": b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n" + WHOLE,
    "expects to go on": PLAIN + LENGTH + b"Expect: 100-continue\r\n\r\n" + BODY,
    "expects something else": PLAIN + LENGTH + b"Expect: nothing\r\n\r\n" + BODY,
    "HTTP/1.0": WHOLE.replace(b"HTTP/1.1", b"HTTP/1.0") + WHOLE,
    "HTTP/1.0 that keeps": WHOLE.replace(b"HTTP/1.1\r\n", b"HTTP/1.0\r\nConnection: keep-alive\r\n") + WHOLE,
    "HTTP/2's beginning": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an upgrade": UPGRADING + WHOLE,
    "upgrades in a row": UPGRADING * 2,
    "an upgrade by GET": ASKED.replace(b"Host:", H2C + b"Host:") * 2 + WHOLE,
    "an upgrade with chunks": PLAIN + H2C + CHUNKED + WHOLE,
    "an upgrade with chunks and a trailer": PLAIN + H2C + CHUNKED[:-2] + b"T: u\r\n\r\n" + WHOLE,
    "an upgrade, the last torn": WHOLE + UPGRADING[:-5],
    "an upgrade by HTTP/1.0": UPGRADING.replace(b"HTTP/1.1", b"HTTP/1.0") + WHOLE,
    "an upgrade, closed": UPGRADING.replace(b": Upgrade", b": Upgrade, close") + WHOLE,
    "an upgrade that expects to go on": UPGRADING.replace(b"Host:", b"Expect: 100-continue\r\nHost:") + WHOLE,
    "an upgrade with a length and chunks": PLAIN + LENGTH + H2C + CHUNKED,
    "an upgrade to nowhere": UPGRADING.replace(b"/graphql", b"http://"),
    "an upgrade without a word for it": UPGRADING.replace(b"Connection: Upgrade", b"Connection: keep-alive") + WHOLE,
    "an upgrade to sockets": ASKED.replace(b"Host:", SOCKETS + b"Host:") + WHOLE,
    "an upgrade to sockets by POST": WHOLE.replace(b"Host:", SOCKETS + b"Host:") + WHOLE,
    "a place of a proxy and an upgrade": b"CONNECT localhost:80 HTTP/1.1\r\n" + H2C + b"Host: localhost\r\n\r\n" + WHOLE,
    "closed, and another behind": WHOLE.replace(b"Host:", b"Connection: close\r\nHost:") + WHOLE,
}  # fmt: skip
ANSWERED = {
    "plain", "blank lines before", "in a row", "in a row, the last torn", "in a row with another between", "absolute form",
    "absolute form of another host", "expects to go on", "expects something else", "HTTP/1.0", "HTTP/1.0 that keeps",
    "closed, and another behind", "an upgrade", "upgrades in a row", "an upgrade by GET", "an upgrade with chunks",
    "an upgrade with chunks and a trailer", "an upgrade, the last torn", "an upgrade by HTTP/1.0", "an upgrade, closed",
    "an upgrade that expects to go on", "an upgrade without a word for it", "an upgrade to sockets",
    "an upgrade to sockets by POST",
}  # fmt: skip


@pytest.mark.parametrize("name", SPECIAL)
def test_byte_by_byte_as_uvicorn_reads_it(both: Both, name: str) -> None:
    whole = SPECIAL[name]
    for size in (len(whole), 1, 7):
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        theirs, ours = both.answers(pieces)
        assert ours == theirs, (size, pieces)
        assert ours[0].startswith((b"HTTP/1.1 200", b"HTTP/1.1 100") if name in ANSWERED else b"HTTP/1.1 400"), ours[0][:200]


# Of upgrades those that differ in what follows the head: each cut takes two servers.
CUT_ANYWHERE = {"an upgrade", "an upgrade by GET", "an upgrade with chunks and a trailer", "an upgrade to sockets"}


@pytest.mark.parametrize(
    "name", [name for name in SPECIAL if "upgrade" not in name and "torn" not in name] + sorted(CUT_ANYWHERE)
)
def test_cut_at_every_byte_as_uvicorn_reads_it(both: Both, name: str) -> None:
    whole = SPECIAL[name]
    for at in range(1, len(whole)):
        theirs, ours = both.answers([whole[:at], whole[at:]])
        assert ours == theirs, at
        if name in ("plain", "in a row", "absolute form", "expects to go on", "an upgrade"):
            assert ours[0].count(b'{"data":{"snapshot":{"paperCount":15}}}') == whole.count(BODY)


OTHER = WHOLE.replace(b"localhost", b"localhost\r\nX: y")
LONGER = PLAIN + b"Content-Length: %d\r\n\r\n%b " % (len(BODY) + 1, BODY)
UNTYPED = WHOLE.replace(b"Content-Type: application/json\r\n", b"", 1)
IN_TURN = {
    "the same head": [WHOLE, WHOLE, WHOLE],
    "two heads": [WHOLE, OTHER, WHOLE, OTHER],
    "the same head and more of it": [WHOLE, WHOLE[:-1], WHOLE[-1:] + WHOLE, WHOLE],
    "a body cut, then the same head": [WHOLE, WHOLE[: -len(BODY)], BODY, WHOLE],
    "a head cut where the known one ends but for a line": [WHOLE, WHOLE[: -len(BODY) - 2], b"X: y\r\n\r\n" + BODY, WHOLE],
    "another length": [WHOLE, LONGER, WHOLE],
    "refused between": [WHOLE, UNTYPED, WHOLE],
    "two behind a known one": [WHOLE, WHOLE * 2 + OTHER, WHOLE],
    "no HTTP behind a known one": [WHOLE, b"nonsense\r\n\r\n"],
    "the last": [WHOLE, WHOLE.replace(b"Host:", b"Connection: close\r\nHost:"), WHOLE],
}  # fmt: skip


@pytest.mark.parametrize("name", IN_TURN)
def test_one_after_the_other_as_uvicorn_reads_it(both: Both, name: str) -> None:
    theirs, ours = both.answers(IN_TURN[name])
    assert ours == theirs
    assert ours[0].startswith(b"HTTP/1.1 200")
    assert ours[0].count(b"HTTP/1.1 200") >= 1 + (name != "no HTTP behind a known one")


@pytest.mark.parametrize("pieces", [[UPGRADING], [UPGRADING[:100], UPGRADING[100:]], [UPGRADING, UPGRADING], [UPGRADING * 2]])
def test_an_upgrade_is_answered_as_the_same_request_without(both: Both, pieces: list[bytes]) -> None:
    (_, upgraded), (_, plain) = both.answers(pieces), both.answers([b"".join(pieces).replace(H2C, b"")])
    assert upgraded == plain
    assert upgraded[0].count(b'{"data":{"snapshot":{"paperCount":15}}}') == b"".join(pieces).count(BODY)
