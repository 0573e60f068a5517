"""An API on loopback: what it answers is written by the test, what it was asked is kept."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """`cut` promises more bytes than it sends."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Api:
    """`faults` are answered first, one a request; then `answer` decides."""

    url: str
    answer: Callable[[Request], Answer]
    faults: list[Answer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [each.path for each in self.requests]


@contextmanager
def serving(answer: Callable[[Request], Answer]) -> Iterator[Api]:
    api = Api("", answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            params = {name: values[0] for name, values in parse_qs(split.query).items()}
            request = Request(split.path, params, {name.lower(): value for name, value in self.headers.items()})
            api.requests.append(request)
            response = api.faults.pop(0) if api.faults else api.answer(request)
            body = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + 100 * response.cut))
            # Whoever asked may have been killed.
            with suppress(ConnectionError):
                self.end_headers()
                self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
