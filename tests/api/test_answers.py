"""The head of an answer and its packing, written once: held against Starlette's middlewares, and the same by every way out."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from byline.api.app import create_app
from byline.api.http.answers import AnswerWriter
from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.origins import Origins
from byline.api.http.outgoing import Outgoing
from byline.api.http.packing import CHUNK, names_gzip
from byline.api.http.page import Page
from byline.api.http.preflight import preflight
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from tests.loop_watch import Served, served

GZIP_BYTES = 100
NAMED = "https://a.org"
Lines = list[Header]


def scope_of(method: str, lines: Lines) -> Scope:
    return {"type": "http", "method": method, "path": "/", "headers": lines}


class Answer:
    """What goes out."""

    def __init__(self) -> None:
        self.status, self.lines, self.pieces = 0, [], []  # type: ignore[var-annotated]

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.lines = message["status"], list(message["headers"])
        else:
            self.pieces.append(bytes(message.get("body", b"")))

    @property
    def headers(self) -> dict[bytes, bytes]:
        assert len({name for name, _ in self.lines}) == len(self.lines), self.lines
        return dict(self.lines)

    @property
    def varying(self) -> set[bytes]:
        return {part.strip().lower() for part in self.headers.get(b"vary", b"").split(b",")} - {b""}

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.body and b"content-encoding" in self.headers else self.body


def answering(status: int, lines: Lines, pieces: list[bytes]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(lines)})
        for piece in pieces[:-1]:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": pieces[-1]})

    return app


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def theirs(app: ASGIApp, scope: Scope, allowed: str) -> Answer:
    """By Starlette's middlewares, told what the client accepts: they take `gzip;q=0` for a wish."""
    lines = [line for line in scope["headers"] if line[0] != b"accept-encoding"]
    accepted = names_gzip(dict(scope["headers"]).get(b"accept-encoding", b""))
    chain: ASGIApp = GZipMiddleware(app, minimum_size=GZIP_BYTES)
    if allowed:
        chain = CORSMiddleware(chain, allow_origins=[allowed], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"])
    answer = Answer()
    given = {**scope, "headers": lines + [(b"accept-encoding", b"gzip")] * accepted}
    asyncio.run(chain(given, nothing, answer))  # type: ignore[arg-type]
    return answer


def ours(app: ASGIApp, scope: Scope, allowed: str) -> Answer:
    """By our own, which sees the same messages."""
    answer, writer = Answer(), AnswerWriter(Origins.of(allowed), GZIP_BYTES)
    head = RequestHead.of(scope)
    outgoing = Outgoing(writer, head, answer)
    if writer.origins.is_preflight(head):
        asyncio.run(preflight(writer.origins, head, outgoing))
    else:
        asyncio.run(app(scope, nothing, outgoing))  # type: ignore[arg-type]
    return answer


ORIGIN = st.sampled_from([[], [(b"origin", b"https://a.org")], [(b"origin", b"https://b.org")], [(b"origin", b"null")]])
ACCEPTED = st.sampled_from([b"gzip", b"gzip;q=0", b"br, GZIP;q=0.5", b"identity", b"*"])
ASKING = st.builds(
    lambda origin, accepted: [*origin, *accepted], ORIGIN, ACCEPTED.map(lambda value: [(b"accept-encoding", value)]) | st.just([])
)
ALLOWED = st.sampled_from(["", NAMED, "*"])
TYPES = [
    b"application/json; charset=utf-8",
    b"text/html",
    b"image/png",
    b"image/svg+xml",
    b"IMAGE/PNG",
    b"font/woff",
    b"font/ttf",
    b"",
]
SIZES = st.sampled_from([0, 1, GZIP_BYTES - 1, GZIP_BYTES, GZIP_BYTES + 1, 5000])


@given(
    ASKING, ALLOWED, st.sampled_from([200, 200, 404, 206]), st.sampled_from(TYPES), st.lists(SIZES, min_size=1, max_size=3),
    st.booleans(), st.sampled_from([b"", b'"x"', b'W/"x"']), st.sampled_from([b"", b"accept", b"accept, X"]), st.booleans(),
)  # fmt: skip
def test_as_starlettes_middlewares_have_it(
    asking: Lines,
    allowed: str,
    status: int,
    type_: bytes,
    sizes: list[int],
    states: bool,
    tag: bytes,
    varying: bytes,
    coded: bool,
) -> None:
    pieces = [b"x" * size for size in sizes]
    stated = b"%d" % sum(sizes) if states or len(pieces) == 1 else b""
    lines = [(b"content-type", type_), (b"content-length", stated), (b"etag", tag), (b"vary", varying)]
    lines = [line for line in [*lines, (b"content-encoding", b"br" * coded)] if line[1]]
    app, scope = answering(status, lines, pieces), scope_of("GET", asking)
    right, found = theirs(app, scope, allowed), ours(app, scope, allowed)
    # Theirs packs a short answer that comes in pieces, whatever it states its length to be.
    odd = len(pieces) > 1 and states and sum(sizes) < GZIP_BYTES
    packed = found.headers.get(b"content-encoding") == b"gzip"
    if not odd:
        assert (found.status, packed) == (right.status, right.headers.get(b"content-encoding") == b"gzip")
        assert found.varying == right.varying
    assert b"".join(pieces) == (found.content if packed else found.body)
    for name in (b"content-type", b"access-control-allow-origin"):
        assert found.headers.get(name) == right.headers.get(name)
    if b"content-length" in found.headers:
        assert int(found.headers[b"content-length"]) == len(found.body)
    assert (b"content-length" in found.headers) == bool(stated if not packed else len(pieces) == 1)
    assert found.headers.get(b"etag", b"") == (b'W/"x"' if packed and tag else tag)


HEADERS = st.sampled_from([b"content-type", b"X-A, authorization", b""])


@given(
    st.sampled_from([[(b"origin", name)] for name in (b"https://a.org", b"https://b.org", b"null")] + [[]]),
    st.sampled_from([[NAMED], ["*"], [""]]), st.sampled_from([b"POST", b"GET", b"HEAD", b"PUT", b"post", b""]),
    HEADERS | st.none(), st.booleans(), st.sampled_from(["OPTIONS", "OPTIONS", "GET"]),
)  # fmt: skip
def test_preflights_as_starlettes_middleware_has_them(
    origin: Lines, allowed: list[str], asked: bytes, headers: bytes | None, private: bool, method: str
) -> None:
    lines = [*origin, (b"access-control-request-method", asked)]
    lines += [(b"access-control-request-headers", headers)] if headers is not None else []
    lines += [(b"access-control-request-private-network", b"true")] * private
    app, scope = answering(405, [(b"content-length", b"2")], [b"no"]), scope_of(method, lines)
    right, found = theirs(app, scope, allowed[0]), ours(app, scope, allowed[0])
    assert found.status == right.status
    # A refusal has its words in our shape, and is long enough for gzip.
    assert found.varying - {b"accept-encoding"} == right.varying
    written = {b"vary", b"content-length", b"content-type"}
    assert {line for line in found.lines if line[0] not in written} == {line for line in right.lines if line[0] not in written}
    if found.status == 400:
        (error,) = json.loads(found.body)["errors"]
        assert error["extensions"]["code"] == "PREFLIGHT_REFUSED"
        assert "BYLINE_ALLOW_ORIGIN" in error["extensions"]["hint"]
        assert ("may not read answers" in error["message"]) == (b"access-control-allow-origin" not in found.headers)
    else:
        assert found.body == right.body


@pytest.mark.parametrize("accepted", [b"gzip", b""])
def test_what_a_client_does_not_take_is_not_made(accepted: bytes) -> None:
    """A long body goes out in pieces, each sent before the next is asked for; one that is whole is packed in such pieces too."""
    answer, begun = Answer(), 0

    async def app(send: Send) -> None:
        nonlocal begun
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/css")]})
        for begun in range(1, 5):
            await send({"type": "http.response.body", "body": bytes(2 * CHUNK), "more_body": True})
            assert len(answer.pieces) == begun * (2 if accepted else 1)
        await send({"type": "http.response.body", "body": b""})

    head = RequestHead.of(scope_of("GET", [(b"accept-encoding", accepted)]))
    asyncio.run(app(Outgoing(AnswerWriter(Origins.of(""), GZIP_BYTES), head, answer)))
    assert answer.content == bytes(8 * CHUNK)
    whole = ours(
        answering(200, [(b"content-length", b"%d" % (3 * CHUNK))], [bytes(3 * CHUNK)]), scope_of("GET", list(head.lines)), ""
    )
    assert whole.content == bytes(3 * CHUNK)
    assert len([piece for piece in whole.pieces if piece]) >= (2 if accepted else 1)
    assert (b"content-length" in whole.headers) == (not accepted)


def test_head_says_what_get_says_and_packs_nothing() -> None:
    lines = [(b"content-type", b"text/css"), (b"content-length", b"5000"), (b"etag", b'"x"')]
    for accepted in (b"gzip", b""):
        asked = [(b"accept-encoding", accepted)]
        got = ours(answering(200, lines, [b"x" * 5000]), scope_of("GET", asked), NAMED)
        head = ours(answering(200, lines, [b""]), scope_of("HEAD", asked), NAMED)
        assert head.body == b""
        assert {**got.headers, b"content-length": b""} == {**head.headers, b"content-length": b""}
        assert head.headers.get(b"content-length") == (None if accepted else b"5000")


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("size", [GZIP_BYTES, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_http_1_0_gets_no_answer_whose_length_is_not_known(version: str, size: int) -> None:
    lines, body = [(b"content-type", b"text/css"), (b"content-length", b"%d" % size)], bytes(size)
    scope = {**scope_of("GET", [(b"accept-encoding", b"gzip")]), "http_version": version}
    planned = Answer()
    outgoing = Outgoing(AnswerWriter(Origins.of(""), GZIP_BYTES), RequestHead.of(scope), planned)
    asyncio.run(outgoing.planned((body,), size))
    for answer in (planned, ours(answering(200, lines, [body]), scope, "")):
        assert answer.content == body
        assert (b"content-encoding" in answer.headers) == (version == "1.1" or size < CHUNK)
        assert answer.varying >= {b"accept-encoding"}
        assert version == "1.1" or answer.headers[b"content-length"] == b"%d" % len(answer.body)
    head = ours(answering(200, lines, [b""]), {**scope, "method": "HEAD"}, "")
    assert head.headers.get(b"content-encoding") == answer.headers.get(b"content-encoding")


def test_a_list_in_two_lines_is_one_list_to_a_preflight() -> None:
    lines = [(b"origin", NAMED.encode()), (b"access-control-request-method", b"HEAD")]
    lines += [(b"access-control-request-headers", b"x-a"), (b"access-control-request-headers", b"x-b")]
    found = ours(answering(405, [], [b"no"]), scope_of("OPTIONS", lines), NAMED)
    assert (found.status, found.headers[b"access-control-allow-headers"]) == (200, b"x-a, x-b")
    assert found.headers[b"access-control-allow-methods"] == b"GET, HEAD, POST"


def test_a_head_that_is_never_followed_is_not_sent() -> None:
    answer = Answer()
    outgoing = Outgoing(AnswerWriter(Origins.of(""), GZIP_BYTES), RequestHead.of(scope_of("GET", [])), answer)
    asyncio.run(outgoing({"type": "http.response.start", "status": 200, "headers": []}))
    # So that the server says that something is wrong, and not half an answer.
    assert answer.status == 0


def test_an_answer_that_may_have_no_body_gets_none() -> None:
    writer = AnswerWriter(Origins.of(""), 0)
    for status in (304, 204, 307):
        answer = Answer()
        outgoing = Outgoing(writer, RequestHead.of(scope_of("GET", [(b"accept-encoding", b"gzip")])), answer)
        asyncio.run(answering(status, [(b"etag", b'"x"')], [b""])(scope_of("GET", []), nothing, outgoing))  # type: ignore[arg-type]
        assert (answer.body, answer.lines) == (b"", [(b"etag", b'"x"')])


# ---------------------------------------------------------------- the same by every way out

PLANNED = "{ snapshot { paperCount } }"
LONG = "{ papers(first: 15) { nodes { title abstract authors { nodes { name } } } } }"
SOURCES = {
    "short": (PLANNED, "{ __typename }"),
    "long": (LONG, "{ __schema { types { name description fields { description } } } }"),
}


@pytest.fixture(scope="module", params=["", NAMED, "*"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store: Path = tmp_path_factory.mktemp("answers")
    ensure_sample(store)
    with served(create_app(Settings(store=str(store), allow_origin=request.param))) as running:
        yield running


def asked(server: Served, query: str, *lines: str) -> tuple[bytes, list[bytes], bytes]:
    body = json.dumps({"query": query}).encode()
    head = ["POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Connection: close", *lines]
    if "X-Kept: yes" in lines:
        head.remove("Connection: close")
    said = server.send("\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body)
    top, _, content = said.partition(b"\r\n\r\n")
    status, *given_lines = top.split(b"\r\n")
    unlike = (b"date:", b"content-length:", b"connection:")
    return status, sorted(line for line in given_lines if not line.startswith(unlike)), content


@pytest.mark.parametrize("accept", ["", "Accept: application/graphql-response+json"])
@pytest.mark.parametrize("encoding", ["", "Accept-Encoding: gzip", "Accept-Encoding: gzip;q=0"])
@pytest.mark.parametrize("origin", ["", f"Origin: {NAMED}", "Origin: https://b.org", "Origin: https://100%25d.org"])
@pytest.mark.parametrize("size", SOURCES)
def test_every_way_writes_the_same_head(server: Served, size: str, origin: str, encoding: str, accept: str) -> None:
    planned, resolved = SOURCES[size]
    lines = [line for line in (origin, encoding, accept) if line]
    asked(server, planned, "X-Kept: yes", *lines)
    ways = {
        "from the socket": asked(server, planned, "X-Kept: yes", *lines),
        "over ASGI": asked(server, planned, *lines),
        "by resolvers": asked(server, resolved, *lines),
    }
    heads = {name: way[:2] for name, way in ways.items()}
    assert heads["from the socket"] == heads["over ASGI"] == heads["by resolvers"]
    assert ways["from the socket"][2] == ways["over ASGI"][2]
    varying = next(line for line in heads["over ASGI"][1] if line.startswith(b"vary: "))
    assert (b"Accept-Encoding" in varying) == (size == "long")


IN_LINES = [
    ("Accept", "application/graphql-response+json", "application/json;q=0.5"),
    ("Accept", "text/plain", "application/graphql-response+json"),
    ("Accept", "application/graphql-response+json;q=0", "*/*"),
    ("Accept-Encoding", "gzip", "br"),
    ("Accept-Encoding", "br", "gzip"),
    ("Accept-Encoding", "gzip;q=0", "gzip"),
]


@pytest.mark.parametrize(("name", "first", "second"), IN_LINES)
@pytest.mark.parametrize("query", [*SOURCES["long"], "{ nothing }"])
def test_a_list_in_two_lines_is_one_list(server: Served, query: str, name: str, first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        joined = asked(server, query, f"{name}: {one}, {other}")
        assert asked(server, query, f"{name}: {one}", f"{name}: {other}") == joined
        assert asked(server, query, f"{name}: {one}", f"{name}: {other}", "X-Kept: yes") == joined


def test_a_mistake_of_ours_is_told_to_the_page_that_asked() -> None:
    def broken() -> None:
        raise RuntimeError("a secret")

    client = TestClient(create_app(Settings(allow_origin=NAMED), store=broken))  # type: ignore[arg-type]
    answer = client.post("/graphql", json={"query": PLANNED}, headers={"origin": NAMED})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (500, NAMED)


def test_files_of_the_page(tmp_path: Path) -> None:
    script = b"var x = 1;" * 20_000
    for name, content in (
        ("index.html", b"<script>1</script>"),
        ("a.js", script),
        ("f.woff2", b"z" * 9000),
        ("i.png", b"z" * 9000),
    ):
        (tmp_path / name).write_bytes(content)
    client: Any = TestClient(create_app(Settings(allow_origin=NAMED), page=Page(tmp_path)))
    got = client.get("/static/a.js")
    assert (got.content, got.headers["content-encoding"]) == (script, "gzip")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert set(got.headers["vary"].lower().split(", ")) == {"accept-encoding", "origin"}
    assert client.get("/static/a.js", headers={"if-none-match": got.headers["etag"]}).status_code == 304
    part = client.get("/static/a.js", headers={"range": "bytes=10-9009"})
    assert (part.status_code, part.content) == (206, script[10:9010])
    for name in ("f.woff2", "i.png"):
        plain: dict[str, Any] = client.get(f"/static/{name}").headers
        assert "content-encoding" not in plain
        assert plain["content-length"] == "9000"


def page_of(folder: Path) -> Page:
    """A page with a script that is packed, one that comes in pieces, one too short to be packed, and an image."""
    index = b"<script>1</script>" + b" " * 5000
    files = {
        "index.html": index,
        "a.js": b"var x = 1;" * 20_000,
        "long.js": b"y" * (CHUNK + 9),
        "b.js": b"1",
        "i.png": b"z" * 9000,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return Page(folder)


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("name", ["a.js", "long.js", "b.js", "i.png"])
def test_parts_and_unchanged_files_say_what_the_whole_says(tmp_path: Path, name: str, accepted: str) -> None:
    client = TestClient(create_app(Settings(allow_origin=NAMED), page=page_of(tmp_path)))
    asking = {"accept-encoding": accepted}
    whole = client.get(f"/static/{name}", headers=asking)
    assert whole.headers["etag"].startswith("W/") == (accepted == "gzip" and name in ("a.js", "long.js"))
    for tag in (whole.headers["etag"], "*", whole.headers["etag"].removeprefix("W/")):
        unchanged = client.get(f"/static/{name}", headers={**asking, "if-none-match": tag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert "content-encoding" not in unchanged.headers
        for line in ("vary", "etag"):
            assert unchanged.headers[line] == whole.headers[line]
    for part in ("bytes=0-0", "bytes=0-0,-1"):
        found = client.get(f"/static/{name}", headers={**asking, "range": part})
        assert found.status_code == 206
        assert (found.headers["vary"], "content-encoding" in found.headers) == (whole.headers["vary"], False)
        # The bytes are those of the file as it is, which a strong tag tells apart, and `If-Range` asks for no other.
        assert found.headers["etag"] == whole.headers["etag"].removeprefix("W/")


@pytest.mark.parametrize("path", ["/static/a.js", "/graphql"])
def test_a_range_that_cannot_be_given_is_refused_in_our_shape(tmp_path: Path, path: str) -> None:
    client = TestClient(create_app(Settings(), page=page_of(tmp_path)))
    size = len(client.get(path, headers={"accept": "text/html"}).content)
    for part, status, code, message in (
        ("bytes", 400, "BAD_REQUEST", "`bytes=FIRST-LAST`"),
        ("pages=1-2", 400, "BAD_REQUEST", "`bytes=FIRST-LAST`"),
        ("bytes=9-3", 400, "BAD_REQUEST", "`bytes=FIRST-LAST`"),
        (f"bytes={size}-", 416, "RANGE_NOT_SATISFIABLE", f"which has {size} bytes"),
    ):
        found = client.get(path, headers={"accept": "text/html", "range": part})
        (error,) = found.json()["errors"]
        assert (found.status_code, error["extensions"]["code"]) == (status, code)
        assert message in error["message"]
        assert found.headers.get("content-range") == (f"bytes */{size}" if status == 416 else None)
    assert client.get(path, headers={"accept": "text/html", "range": "bytes=1-3"}).status_code == 206


def test_http_1_0_gets_files_without_chunks(tmp_path: Path) -> None:
    with served(create_app(Settings(), page=page_of(tmp_path))) as running:
        for name in ("a.js", "long.js"):
            asking = f"GET /static/{name} HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
            head, _, body = running.send(asking.encode()).partition(b"\r\n\r\n")
            lines = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
            assert b"transfer-encoding" not in lines
            assert int(lines[b"content-length"]) == len(body)
            assert (b"content-encoding" in lines) == (name == "a.js")
            content = gzip.decompress(body) if name == "a.js" else body
            assert content == (tmp_path / name).read_bytes()
