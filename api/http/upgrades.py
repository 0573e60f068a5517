"""Upgrade to another protocol (`Upgrade: h2c`, `websocket`): never made, so the header is ignored (RFC 9110, 7.8).

llhttp takes what follows a head that asks for one as the other protocol's, the body included. So such a head is read a second
time without the header, by a parser that goes on with the body and with what is sent behind it.
"""

from collections.abc import Iterable

import httptools

from byline.api.http.gates.head import Header

UPGRADE = b"upgrade"


def asks_upgrade(parser: httptools.HttpRequestParser, headers: Iterable[Header]) -> bool:
    """Whether a head asks by its header; CONNECT leads to another protocol without one."""
    return parser.should_upgrade() and parser.get_method() != b"CONNECT" and any(name == UPGRADE for name, _ in headers)


def head_without_upgrade(parser: httptools.HttpRequestParser, url: bytes, headers: Iterable[Header]) -> bytes:
    """The bytes of the head that a parser has read, but for the header."""
    version = parser.get_http_version().encode()
    lines = [b"%b %b HTTP/%b" % (parser.get_method(), url, version)]
    lines += [b"%b: %b" % header for header in headers if header[0] != UPGRADE]
    return b"\r\n".join([*lines, b"", b""])


def further_parser(protocol: object) -> httptools.HttpRequestParser:
    """A parser as uvicorn makes its own."""
    parser = httptools.HttpRequestParser(protocol)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)
    return parser
