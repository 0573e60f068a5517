"""A fetch as a whole: page after page into a file, and a state beside it from which another call goes on."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import TypeAlias

import orjson
import zstandard

from byline.data.fetch.client import Client, Json
from byline.data.fetch.job import Job
from byline.data.files import publish
from byline.graph.errors import FetchFailed, StoreBusy, WrongUse

Progress: TypeAlias = Callable[[str, int, int | None], None]
SUFFIXES = (".jsonl", ".jsonl.zst")


@dataclass(frozen=True)
class Fetched:
    """What a fetch did: the file, its objects, how many of them an earlier call had brought, requests for pages made now."""

    file: Path
    items: int
    before: int
    pages: int


def fetch(job: Job, client: Client, file: Path, progress: Progress) -> Fetched:
    """Write every page of the job into `file`, one object a line, `.jsonl` or `.jsonl.zst`.

    While it runs, the objects are in `FILE.part` and the place of the next page in `FILE.state`: a call with the same
    question goes on from there, whatever ended the one before. Raises FetchFailed where the API does not answer (what
    was brought stays), WrongUse for a file that is there or is of another question, StoreBusy while another fetch writes it.
    """
    if not file.name.endswith(SUFFIXES):
        raise WrongUse(f"{file} must end with {' or '.join(SUFFIXES)}")
    part, beside = file.with_name(file.name + ".part"), file.with_name(file.name + ".state")
    if file.exists():
        if not part.exists():
            _clean(beside)
        raise WrongUse(f"{file} is there already", "ingest it, remove it, or give another --out")
    file.parent.mkdir(parents=True, exist_ok=True)
    with _opened(part) as out, _nothing_left(part, beside):
        state = _state(beside, job)
        out.truncate(state["bytes"])
        out.seek(state["bytes"])
        before, pages = state["items"], 0
        while state["place"] is not None:
            page = job.page(client, state["place"])
            if page.next == state["place"]:
                raise FetchFailed("the API gives the same page again and again", f"{part} has what came before")
            out.write(_packed(page.items, file.name.endswith(".zst")))
            out.flush()
            os.fsync(out.fileno())
            state |= {"place": page.next, "bytes": out.tell(), "items": state["items"] + len(page.items)}
            _keep(beside, state)
            pages += 1
            progress(f"fetch {job.source}", state["items"], page.total)
        publish(part, file)
        _clean(beside)
    return Fetched(file, state["items"], before, pages)


@contextmanager
def _opened(part: Path) -> Iterator[BufferedRandom]:
    part.touch()
    with part.open("r+b") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(f"another fetch writes {part}", "wait until it is done") from None
        if not part.exists() or not os.path.samestat(os.fstat(out.fileno()), part.stat()):
            raise StoreBusy(f"another fetch of {part} has just ended", "call again")
        yield out


@contextmanager
def _nothing_left(part: Path, beside: Path) -> Iterator[None]:
    """Where not even one page was kept, such as for a question that is refused, no part stays: there is nothing to go on from."""
    try:
        yield
    except BaseException:
        if not beside.exists():
            part.unlink(missing_ok=True)
        raise


def _clean(beside: Path) -> None:
    """Remove the state of a fetch that is done, also what a crash left of writing it."""
    for path in (beside, _new(beside)):
        path.unlink(missing_ok=True)


def _state(beside: Path, job: Job) -> Json:
    fresh = {"source": job.source, "question": dict(job.question), "place": job.first, "bytes": 0, "items": 0}
    if not beside.exists():
        return fresh
    try:
        state: Json = orjson.loads(beside.read_bytes())
        same = (state["source"], state["question"]) == (fresh["source"], fresh["question"])
        length = beside.with_name(beside.name.removesuffix(".state") + ".part").stat().st_size
        whole = isinstance(state["items"], int) and 0 <= state["bytes"] <= length and "place" in state
    except (ValueError, KeyError, TypeError):
        raise FetchFailed(f"{beside} is no state of a fetch", "remove it to begin anew") from None
    if not whole:
        # The pages are gone, so that whatever was asked there is nothing to go on from.
        return fresh
    if not same:
        raise WrongUse(f"{beside} belongs to another question: {state['question']}", "ask that one, or give another --out")
    return state


def _new(beside: Path) -> Path:
    return beside.with_name(beside.name + ".new")


def _keep(beside: Path, state: Json) -> None:
    temporary = _new(beside)
    temporary.write_bytes(orjson.dumps(state))
    publish(temporary, beside)


def _packed(items: list[Json], pack: bool) -> bytes:
    """The lines of a page, packed as a frame of their own: frames one behind the other are one file."""
    data = b"".join(orjson.dumps(each) + b"\n" for each in items)
    return zstandard.ZstdCompressor(level=6).compress(data) if pack else data
