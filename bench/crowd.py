"""Clients that ask everything there is at once: the query corpus with its failing documents, introspections, documents that were
never seen, what runs out of time, and clients that leave before they are answered."""

import asyncio
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import orjson

from bench.abuse_requests import body
from bench.growth import heads
from bench.publish import BY
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from tests.queries import pools
from tests.queries.corpus import corpus, resolve

CLIENTS = 16
# Seconds after which a query is given up here, so that some are, and after which a client leaves that means to.
SECONDS, LEAVES = 0.5, 0.02
_PATIENCE = 60.0
# Every so many requests a client leaves early, or asks for a document that nobody has seen.
_LEAVING, _UNSEEN = 25, 10
_HEADERS = {"content-type": "application/json"}
_PERSON = f"""{{
  snapshot {{ paperCount authorshipCount }} papers(first: 1) {{ totalCount }}
  author(by: {{name: "{BY}"}}) {{ metrics {{ paperCount }} papers(first: 100) {{ totalCount nodes {{ title }} }} }}
}}"""
# What may be said in place of an answer: the machine was too slow for it.
_PASSING = re.compile(rb'"code":"(OUT_OF_TIME|OVERLOADED)"')
_VERSION = re.compile(rb'"[0-9a-f]{16}"')
_CODE = re.compile(rb'"code":"([A-Z_]+)"')


def requests(store: Path) -> list[bytes]:
    """All that is asked, and that must be answered by every snapshot of a graph alike; the values are those of a store."""
    opened = open_store(current(store))
    pools._READ[opened] = asyncio.run(heads(opened))
    bodies = [body(_PERSON)] * 20 + [body("{ nothing }"), body("{ papers(first: 1 { totalCount } }")]
    for case in corpus():
        request = {"query": case.text, "variables": resolve(case, opened), "operationName": case.operation_name}
        bodies.append(orjson.dumps(request))
    return bodies


def endless() -> bytes:
    """What does not end in time: thousands of texts that are looked for one after the other."""
    variables = {f"w{at}": {"and": [{"not": {"title": {"contains": f"q{at}z{each}"}}} for each in range(60)]} for at in range(20)}
    lists = " ".join(f"p{at}: papers(where: $w{at}) {{ totalCount }}" for at in range(20))
    return body(f"query ({' '.join(f'$w{at}: PaperFilter' for at in range(20))}) {{ {lists} }}", **variables)


@dataclass
class Crowd:
    """Asks a server; `codes` counts what came, `wrong` says what no snapshot may answer."""

    address: str
    bodies: list[bytes]
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    # What each request is answered by the graphs that there are; clients hold others against it once `learn` was called for each.
    answers: dict[bytes, set[bytes]] = field(default_factory=dict)
    _unseen: Iterator[int] = field(default_factory=itertools.count)

    async def learn(self) -> None:
        """Ask everything once, one after the other, for what the graph of this moment answers."""
        async with self._client() as client:
            for sent in dict.fromkeys(self.bodies):
                answer = await client.post("/graphql", content=sent, headers=_HEADERS)
                if not _PASSING.search(answer.content):
                    self.answers.setdefault(sent, set()).add(_VERSION.sub(b"", answer.content))

    async def ask(self, seed: int, done: asyncio.Event) -> None:
        """One client: asks what comes next to it, until `done`."""
        chance = random.Random(seed)
        async with self._client() as client:
            while not done.is_set():
                turn = chance.randrange(1000)
                if turn % _LEAVING == 0:
                    await self._leave(client)
                elif turn % _UNSEEN == 1:
                    unseen = body(f"{{ papers(first: 1) {{ n{next(self._unseen)}: totalCount }} }}")
                    await self._one(client, unseen)
                else:
                    await self._one(client, chance.choice(self.bodies))

    async def _one(self, client: httpx2.AsyncClient, sent: bytes) -> None:
        try:
            answer = await client.post("/graphql", content=sent, headers=_HEADERS)
        except httpx2.HTTPError as error:
            self.codes[type(error).__name__] += 1
            self.wrong.append(f"{type(error).__name__} for {sent[:80]!r}")
            return
        code = _CODE.search(answer.content)
        self.codes[code[1].decode() if code else "answered" if answer.status_code == 200 else str(answer.status_code)] += 1
        allowed = self.answers.get(sent)
        if allowed and not _PASSING.search(answer.content) and _VERSION.sub(b"", answer.content) not in allowed:
            self.wrong.append(f"no graph answers {answer.content[:200]!r} to {sent[:200]!r}")

    async def _leave(self, client: httpx2.AsyncClient) -> None:
        try:
            await client.post("/graphql", content=endless(), headers=_HEADERS, timeout=LEAVES)
        except httpx2.TimeoutException:
            self.codes["left"] += 1
        else:
            self.codes["answered before it was left"] += 1

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.address, timeout=_PATIENCE)
