"""What `bench/abuse.py` sends: requests that once held the server, or its memory. Each must be answered or refused for little."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

# Bytes that are sent of a head that does not end, unless the server closes before.
_HEAD = 64 * 1024 * 1024
_IDLE = 1010


@dataclass(frozen=True)
class Abuse:
    """A kind of request: GraphQL bodies in turn, or what is done to a port where it is no request at all."""

    number: int
    name: str
    bodies: list[bytes] = field(default_factory=list)
    act: Callable[[int], str] | None = None


def body(query: str, **variables: Any) -> bytes:
    return orjson.dumps({"query": query, "variables": variables})


def doubled(levels: int) -> str:
    """A document whose fragments are spread twice a level: 2 ** levels shapes."""
    parts = ["{ authors(first: 1) { nodes { ...F0 } } }"]
    for at in range(levels):
        link = f"coauthors(first: 1) {{ nodes {{ ...F{at + 1} }} }}"
        parts.append(f"fragment F{at} on Author {{ a: {link} b: {link} }}")
    return "\n".join([*parts, f"fragment F{levels} on Author {{ name }}"])


def quantified(hops: int) -> str:
    """A filter whose quantifiers go to the authors of papers and back."""
    inner = '{title: {contains: "zzzz"}}'
    for at in range(hops):
        inner = f"{{{'authors' if at % 2 else 'papers'}: {{some: {inner}}}}}"
    return f"{{ {'authors' if hops % 2 else 'papers'}(where: {inner}) {{ totalCount }} }}"


def endless_head(port: int) -> str:
    """Send a head that does not end; answers how it went."""
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as link:
        try:
            link.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            piece = b"x-pad: " + b"a" * 65_000 + b"\r\n"
            while sent < _HEAD:
                link.sendall(piece)
                sent += len(piece)
        except OSError:
            pass
        return f"closed after {sent / 2**20:.1f} MiB" if sent < _HEAD else "never closed"


def idle(port: int) -> str:
    """Open connections that send half a head and wait."""
    links = []
    refused = 0
    for _ in range(_IDLE):
        try:
            link = socket.create_connection(("127.0.0.1", port), timeout=2)
            link.sendall(b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            links.append(link)
        except OSError:
            refused += 1
    summary = f"{len(links)} opened, {refused} refused"
    for link in links:
        link.close()
    return summary


def abuses() -> Iterator[Abuse]:
    """All of them, in the order of the table."""
    abstracts = " ".join(f"a{at}: abstract" for at in range(100))
    nested = "papers(first: 100) { nodes { authors { nodes { papers(first: 100) { nodes { title } } } } } }"
    yield Abuse(1, "fragments twice a level, 2^14 shapes", [body(doubled(14))])
    yield Abuse(1, "fragments twice a level, 2^25 shapes", [body(doubled(25))])
    yield Abuse(2, "an introspection beside a large root", [body(f'{{ __type(name: "Paper") {{ name }} {nested} }}')])
    unknown = "query ($a: String) { nothing }"
    yield Abuse(3, "a document without a plan, with 1 MB of variables", [body(unknown, a="x" * 1_000_000)])
    inner = f"authors {{ nodes {{ papers(first: 100) {{ nodes {{ {abstracts} }} }} }} }}"
    papers = f"papers(first: 100) {{ nodes {{ {abstracts} {inner} }} }}"
    yield Abuse(4, "abstract under 100 names, nested", [body(f"{{ {papers} }}")])
    yield Abuse(5, "a head that does not end", act=endless_head)
    authors = "query ($w: AuthorFilter) { authors(where: $w) { totalCount } }"
    yield Abuse(6, "50,000 unknown members", [body(authors, w={f"m{at}": 1 for at in range(50_000)})])
    yield Abuse(6, "250,000 empty members of or", [body(authors, w={"or": [{}] * 250_000})])
    yield Abuse(6, "200,000 wrong values", [body("query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=[None] * 200_000)])
    yield Abuse(7, "Did you mean, 100 KB of it", [body('{ author(by: {id: "%s"}) { id } }' % ("Did you mean " * 8_000))])
    yield Abuse(
        7,
        "Did you mean, 1 MB of it, as a variable",
        [body("query ($i: Int) { papers(first: $i) { totalCount } }", i="Did you mean " * 77_000)],
    )
    papers = "query ($w: PaperFilter) { papers(where: $w) { totalCount } }"
    titles = [{"title": {"contains": f"ab{at}"}} for at in range(1000)]
    yield Abuse(8, "or of 1,000 contains", [body(papers, w={"or": titles})])
    lists = " ".join(f"p{at}: papers(where: $w) {{ totalCount }}" for at in range(15))
    yield Abuse(8, "15 times 900 contains", [body(f"query ($w: PaperFilter) {{ {lists} }}", w={"or": titles[:900]})])
    yield Abuse(8, "quantifiers seven hops out and back", [body(quantified(7))])
    large = [body("{ papers(first: 1) { totalCount } } #" + f"{at:04}" + "x" * 1_000_000) for at in range(40)]
    yield Abuse(9, "documents of 1 MB, each another", large)
    path = "query ($a: ID!, $b: ID!) { collaborationPath(from: {id: $a}, to: {id: $b}) "
    path += "{ distance paths(first: 20) { nodes { authors { name } } } } }"
    yield Abuse(11, "paths between two people", [body(path, a="$0", b="$1")])
    yield Abuse(12, "1,010 half heads", act=idle)
    yield Abuse(14, "documents never seen", [body(f"{{ papers(first: 1) {{ n{at}: totalCount }} }}") for at in range(400)])
