"""`python -m bench abuse [STORE]`: what each request that once held the server costs now, and what a normal query beside it
waits.

Each is sent once, then by 16 senders at a time; beside them a process of its own asks a small query every ten milliseconds. CPU
is that of the server's process, memory what it holds eight seconds after. The server is started anew for each kind.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx2
import psutil

from bench.abuse_requests import Abuse, abuses
from bench.beside import PATIENCE, asking
from bench.markdown import table
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from tests.server import Server, serving

SENDERS = 16
_HEADERS = {"content-type": "application/json"}
_MIB = 2**20
_SETTLED = 8.0


@dataclass
class Seen:
    """What came of one kind: codes of answers, CPU seconds of one request, the waits of the normal query, memory."""

    codes: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0
    beside_one: list[float] = field(default_factory=list)
    beside_many: list[float] = field(default_factory=list)
    before: float = 0.0
    after: float = 0.0
    outcome: str = ""
    alive: bool = True


async def _asked(client: httpx2.AsyncClient, address: str, sent: bytes, seen: Seen) -> None:
    try:
        answer = await client.post(f"{address}/graphql", content=sent, headers=_HEADERS)
        response = answer.json()
        code = response["errors"][0].get("extensions", {}).get("code", "error") if response.get("errors") else "answered"
        seen.codes[f"{answer.status_code} {code}"] += 1
    except (httpx2.HTTPError, ValueError) as error:
        seen.codes[type(error).__name__] += 1


def _beside(port: int, each: Abuse, senders: int, waits: list[float], seen: Seen) -> None:
    with asking(port, waits):
        time.sleep(0.3)
        asyncio.run(_sent(port, each, senders, seen))
        time.sleep(0.3)


async def _sent(port: int, each: Abuse, senders: int, seen: Seen) -> None:
    if each.act is not None:
        outcomes = await asyncio.gather(*(asyncio.to_thread(each.act, port) for _ in range(senders)))
        seen.outcome = outcomes[0]
        return
    async with httpx2.AsyncClient(timeout=PATIENCE, limits=httpx2.Limits(max_connections=senders)) as client:
        for sent in each.bodies:
            await asyncio.gather(*(_asked(client, f"http://127.0.0.1:{port}", sent, seen) for _ in range(senders)))


def one(store: Path, each: Abuse) -> Seen:
    """What one kind does to a server of its own."""
    seen = Seen()
    with serving(store) as server:
        each = _settled(server, each)
        process = psutil.Process(server.process.pid)
        port = int(server.address.rpartition(":")[2])
        _beside(port, Abuse(0, "nothing", []), 1, [], Seen())
        seen.before = _resident(process)
        idle = _spent(process)
        _beside(port, Abuse(0, "nothing", []), 1, [], Seen())
        idle = _spent(process) - idle
        begun = _spent(process)
        _beside(port, each, 1, seen.beside_one, seen)
        seen.cpu = max(0.0, _spent(process) - begun - idle) / max(1, len(each.bodies))
        _beside(port, each, SENDERS, seen.beside_many, seen)
        time.sleep(_SETTLED)
        seen.after = _resident(process)
        seen.alive = server.process.poll() is None and httpx2.get(f"{server.address}/health").status_code == 200
    return seen


def _settled(server: Server, each: Abuse) -> Abuse:
    """The bodies with two people of the store in them."""
    people = [node["id"] for node in server.ask("{ authors(first: 100) { nodes { id } } }")["authors"]["nodes"]]
    bodies = [sent.replace(b"$0", people[0].encode()).replace(b"$1", people[-1].encode()) for sent in each.bodies]
    return replace(each, bodies=bodies)


def _resident(process: psutil.Process) -> float:
    """Memory of its own, mapped files aside."""
    return float(process.memory_full_info().uss) / _MIB


def _spent(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def _late(waits: Sequence[float]) -> str:
    return f"{1e3 * sorted(waits)[min(len(waits) - 1, int(0.99 * len(waits)))]:.0f} ms" if waits else "–"


def abuse(store: Path, names: Sequence[str] = ()) -> str:
    """The table over all kinds, or those whose name holds one of `names`, under how many papers the store has: a server fills a
    folder without one with the sample. Raises NoSnapshot for such a folder."""
    papers = f"{open_store(current(store)).info.counts['papers']:,} papers."
    print(papers, flush=True)
    rows = []
    for each in abuses():
        if names and not any(name in each.name for name in names):
            continue
        seen = one(store, each)
        outcome = ", ".join(f"{code}" for code, _ in seen.codes.most_common(2)) or seen.outcome
        waits = (_late(seen.beside_one), _late(seen.beside_many))
        memory = f"{seen.after - seen.before:+.0f} MiB"
        rows.append([str(each.number), each.name, outcome, f"{seen.cpu:.2f} s", *waits, memory, "yes" if seen.alive else "NO"])
        print(" | ".join(rows[-1]), flush=True)
    head = ["no.", "what", "outcome", "CPU of one", "p99 beside one", "beside 16", "memory after", "alive"]
    return "\n".join([papers, "", table(head, rows)])
