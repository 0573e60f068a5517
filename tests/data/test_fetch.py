"""Live fetch against an API on loopback: paging, waiting, giving up, going on where another call stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from byline.api.cli.main import main
from byline.data.fetch import openalex, semantic_scholar
from byline.data.fetch.client import Client, Manners
from byline.data.fetch.run import Fetched, fetch
from byline.data.ingest.ingest import SAMPLE, ingest
from byline.data.sources.read.lines import lines
from byline.graph.errors import FetchFailed, StoreBusy, WrongUse
from tests.data.loopback import Answer, Api, Request, serving

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
URL = "https://openalex.org/"
WORKS = [{"id": f"{URL}W{i}", "title": f"Title {i}", "authorships": []} for i in range(5)]
NAMES = [{"author": {"id": None}, "raw_author_name": f"Ann{i} Roe"} for i in range(3)]
LONG = {"id": f"{URL}W9", "title": "Long", "authorships": NAMES}


def openalex_api(request: Request) -> Answer:
    """Five works on pages of two, cursors 2 and 4; the last of them is cut in the list and whole by itself."""
    if request.path == "/works":
        start = 0 if request.params["cursor"] == "*" else int(request.params["cursor"])
        listed = [*WORKS[:4], LONG | {"authorships": NAMES[:1], "is_authors_truncated": True}][start : start + 2]
        after = str(start + 2) if start + 2 < 6 else None
        return Answer({"meta": {"count": 5, "next_cursor": after}, "results": listed})
    objects = {
        "/works/W9": LONG,
        "/authors/A1": {"id": f"{URL}A2", "display_name": "Ann Roe"},
        "/institutions/ror:012345678": {"id": f"{URL}I1", "display_name": "University of Examples"},
    }
    if request.path in objects:
        return Answer(objects[request.path])
    return Answer({"error": "Not found", "message": f"nothing at {request.path}"}, 404)


@pytest.fixture
def api() -> Iterator[Api]:
    with serving(openalex_api) as running:
        yield running


WAITS: list[float] = []


def client(api: Api, tries: int = 4, patience: float = 100, pause: float = 0, **headers: str) -> Client:
    WAITS.clear()
    return Client(api.url, headers or openalex.headers("", ""), Manners(tries, patience, pause, WAITS.append))


def run(api: Api, file: Path, **question: str) -> Fetched:
    with client(api) as asking:
        return fetch(openalex.job(**(question or {"filter": "x:1"})), asking, file, lambda *_: None)


def read(file: Path) -> list[Json]:
    return [json.loads(line) for line in lines(file)]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.zst"])
def test_pages_by_cursor_with_long_lists_made_whole(api: Api, tmp_path: Path, name: str) -> None:
    done = run(api, tmp_path / name, filter="publication_year:2024")
    assert (done.items, done.before, done.pages) == (5, 0, 3)
    assert read(tmp_path / name) == [*WORKS[:4], LONG]
    assert [each.params.get("cursor") for each in api.requests] == ["*", "2", "4", None]
    assert api.requests[0].params["filter"] == "publication_year:2024"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_author_and_institution_come_first_and_under_the_id_that_they_have_now(api: Api, tmp_path: Path) -> None:
    run(api, tmp_path / "out.jsonl", author=f"{URL}a1", institution="https://ror.org/012345678", filter="is_oa:true")
    assert [each["id"] for each in read(tmp_path / "out.jsonl")][:3] == [f"{URL}A2", f"{URL}I1", f"{URL}W0"]
    assert api.requests[2].params["filter"] == "authorships.author.id:A2,authorships.institutions.lineage:I1,is_oa:true"


def test_wrong_questions() -> None:
    for wrong in ({}, {"author": "Ann Roe"}, {"institution": "A1"}, {"author": " "}):
        with pytest.raises(WrongUse):
            openalex.job(**wrong)
    for wrong in ({}, {"author": "1", "search": "x"}, {"author": "Ann"}):
        with pytest.raises(WrongUse):
            semantic_scholar.job(**wrong)
    assert openalex.job(author="https://orcid.org/0000-0002-1825-009x").question == {"author": "orcid:0000-0002-1825-009X"}


def test_keys_go_as_headers_and_never_into_the_address(api: Api, tmp_path: Path) -> None:
    with Client(api.url, openalex.headers("secret", "me@example.org"), Manners(pause=0)) as asking:
        fetch(openalex.job(filter="x:1"), asking, tmp_path / "out.jsonl", lambda *_: None)
    for each in api.requests:
        assert each.headers["authorization"] == "Bearer secret"
        assert "me@example.org" in each.headers["user-agent"]
        assert "secret" not in str(each.params)
    assert semantic_scholar.headers("secret", "")["x-api-key"] == "secret"
    assert "authorization" not in {name.lower() for name in openalex.headers("", "")}


FAULTS = [
    [Answer({}, 500), Answer({}, 503), Answer("<html>", 502)],
    [Answer({}, cut=True)],
    [Answer(b'{"results": [')],
]


@pytest.mark.parametrize("faults", FAULTS)
def test_passing_faults_are_tried_again(api: Api, tmp_path: Path, faults: list[Answer]) -> None:
    api.faults = list(faults)
    run(api, tmp_path / "out.jsonl")
    assert len(read(tmp_path / "out.jsonl")) == 5
    assert len(api.requests) == 4 + len(faults)
    assert len(WAITS) == len(faults)
    for i, wait in enumerate(WAITS):
        assert 0.5 * 2**i <= wait <= 1.5 * 2**i, "the waits double, more or less"


@pytest.mark.parametrize("status", [429, 403, 503])
def test_retry_after_is_obeyed(api: Api, tmp_path: Path, status: int) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    api.faults = [Answer({}, status, {"Retry-After": "7"}), Answer({}, status, {"Retry-After": soon})]
    run(api, tmp_path / "out.jsonl")
    assert WAITS[0] == 7
    assert 30 < WAITS[1] <= 40


def test_more_patience_than_there_is(api: Api, tmp_path: Path) -> None:
    api.faults = [
        openalex_api(Request("/works", {"cursor": "*"}, {})),
        Answer({"error": "Daily limit"}, 429, {"Retry-After": "9000"}),
    ]
    with pytest.raises(
        FetchFailed, match=r"429 Daily limit; the API asks to wait 9,000 s, more than the 100 s allowed.*call again"
    ):
        run(api, tmp_path / "out.jsonl")
    assert WAITS == []
    done = run(api, tmp_path / "out.jsonl")
    assert (done.items, done.before, done.pages) == (5, 2, 2), "the first page is not asked for again"
    assert read(tmp_path / "out.jsonl") == [*WORKS[:4], LONG]


def test_giving_up_after_all_tries(api: Api, tmp_path: Path) -> None:
    api.faults = [Answer({"message": "down"}, 500)] * 9
    with pytest.raises(FetchFailed, match="/works did not answer in 4 tries: 500 down"):
        run(api, tmp_path / "out.jsonl")
    assert len(api.requests) == 4


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [(403, {"message": "Forbidden"}, "403 Forbidden"), (404, {"error": "Paper not found"}, "404 Paper not found"),
     (400, {"error": "Invalid", "message": "no such field"}, "400 Invalid: no such field"), (401, b"<b>no</b>", "401 <b>no</b>")],
)  # fmt: skip
def test_refusals_are_told_in_the_servers_words_at_once(api: Api, tmp_path: Path, status: int, body: Any, message: str) -> None:
    api.faults = [Answer(body, status)]
    with pytest.raises(FetchFailed, match=f"/works was refused: {message}"):
        run(api, tmp_path / "out.jsonl")
    assert len(api.requests) == 1


def test_nobody_there(tmp_path: Path) -> None:
    with (
        Client("http://127.0.0.1:9", {}, Manners(2, 1, 0, WAITS.append)) as asking,
        pytest.raises(FetchFailed, match="did not answer in 2 tries: ConnectError"),
    ):
        fetch(openalex.job(filter="x"), asking, tmp_path / "out.jsonl", lambda *_: None)


def test_moved_things_are_followed_but_not_to_another_host(api: Api, tmp_path: Path) -> None:
    api.faults = [Answer({}, 301, {"Location": "/authors/A1"})]
    run(api, tmp_path / "out.jsonl", author="A7")
    assert api.paths()[:2] == ["/authors/A7", "/authors/A1"]
    api.faults = [Answer({}, 301, {"Location": "http://localhost:1/authors/A1"})]
    with pytest.raises(FetchFailed, match="sends on to another host, localhost, which gets no key"):
        run(api, tmp_path / "other.jsonl", author="A7")


def test_requests_are_paced() -> None:
    with serving(lambda request: Answer({"results": []})) as api, client(api, pause=5) as asking:
        asking.get("works", {})
        asking.get("works", {})
        assert len(WAITS) == 1
        assert 4 < WAITS[0] <= 5


def test_another_question_a_file_that_is_there_and_two_at_once(api: Api, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    api.faults = [openalex_api(Request("/works", {"cursor": "*"}, {})), Answer({}, 404)]
    with pytest.raises(FetchFailed):
        run(api, out, filter="a:1")
    with pytest.raises(WrongUse, match="belongs to another question"):
        run(api, out, filter="b:1")
    import fcntl

    with (tmp_path / "out.jsonl.part").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="another fetch writes"):
            run(api, out, filter="a:1")
    run(api, out, filter="a:1")
    with pytest.raises(WrongUse, match="is there already"):
        run(api, out, filter="a:1")
    with pytest.raises(WrongUse, match="must end with"):
        run(api, tmp_path / "out.csv", filter="a:1")


def test_a_question_that_is_refused_leaves_nothing(api: Api, tmp_path: Path) -> None:
    out = tmp_path / "in" / "out.jsonl"
    api.faults = [Answer({}, 404)]
    with pytest.raises(FetchFailed):
        run(api, out, filter="a:1")
    assert list(out.parent.iterdir()) == []


def test_what_a_crash_leaves_beside_a_finished_file_goes_with_the_next_call(api: Api, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(api, out, filter="a:1")
    for name in ("out.jsonl.state", "out.jsonl.state.new"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(WrongUse, match="is there already"):
        run(api, out, filter="a:1")
    assert list(tmp_path.iterdir()) == [out]


def test_a_state_without_its_pages_holds_nobody_up(api: Api, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    api.faults = [openalex_api(Request("/works", {"cursor": "*"}, {})), Answer({}, 404)]
    with pytest.raises(FetchFailed):
        run(api, out, filter="a:1")
    (tmp_path / "out.jsonl.part").unlink()
    assert run(api, out, filter="b:1").before == 0
    assert list(tmp_path.iterdir()) == [out]


def test_an_api_that_goes_in_circles(tmp_path: Path) -> None:
    page = {"meta": {"next_cursor": "again"}, "results": WORKS[:1]}
    with serving(lambda request: Answer(page)) as api, pytest.raises(FetchFailed, match="the same page again"):
        run(api, tmp_path / "out.jsonl")


def test_killed_at_any_moment_it_goes_on(tmp_path: Path) -> None:
    """A real process is killed while pages come in, again and again, until one call gets to the end."""
    many = [{"id": f"{URL}W{i}", "title": f"Title {i}"} for i in range(40)]

    def answer(request: Request) -> Answer:
        time.sleep(0.01)
        start = 0 if request.params["cursor"] == "*" else int(request.params["cursor"])
        return Answer({"meta": {"count": 40, "next_cursor": str(start + 1)}, "results": many[start : start + 1]})

    out = tmp_path / "out.jsonl.zst"
    with serving(answer) as api:
        settings = os.environ | {"BYLINE_OPENALEX_URL": api.url, "BYLINE_OPENALEX_PAUSE": "0"}
        command = [
            sys.executable,
            "-m",
            "byline",
            "fetch",
            "openalex",
            "--filter",
            "x:1",
            "--out",
            str(out),
        ]
        kills = 0
        for goal in (5, 20, 10_000):
            process = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            while process.poll() is None and len(api.requests) < goal:
                time.sleep(0.002)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            output, _ = process.communicate()
        assert kills == 2
        assert process.returncode == 0
        assert "40 objects" in output
        assert "from an earlier call" in output
        assert len(api.requests) < 50, "a kill costs the page that was on its way, not those before"
        assert [each.params["cursor"] for each in api.requests].count("*") == 1, "none begins anew"
    assert read(out) == many


def scholar_api(request: Request) -> Answer:
    offset = int(request.params.get("offset", 0))
    ann = {"authorId": "7", "name": "Ann Roe"}
    papers = [{"paperId": f"{i:040x}", "title": f"Title {i}", "authors": [ann]} for i in range(4)]
    page: Json = {"offset": offset} | ({"next": offset + 2} if offset < 2 else {})
    match request.path.split("/")[1:]:
        case ["author", "7"]:
            return Answer(ann | {"hIndex": 3})
        case ["author", "7", "papers"]:
            return Answer(page | {"data": papers[offset : offset + 2]})
        case ["paper", "DOI:10.1", "x"] | ["paper", "DOI:10.1%2Fx"]:
            return Answer(papers[0])
        case [*_, "references"]:
            return Answer(page | {"data": [{"citedPaper": each} for each in papers[1:][offset : offset + 2]]})
        case [*_, "citations"]:
            return Answer(
                {"offset": 0, "data": [{"citingPaper": papers[3]}, {"citingPaper": {"paperId": None, "title": "Lost"}}]}
            )
        case ["paper", "search", "bulk"]:
            token = request.params.get("token")
            return Answer({"total": 4, "token": None if token else "T", "data": papers[2:] if token else papers[:2]})
    return Answer({"error": "Not found"}, 404)


def settle(monkeypatch: pytest.MonkeyPatch, api: Api) -> None:
    for name, value in {
        "S2_URL": api.url,
        "S2_PAUSE": "0",
        "OPENALEX_URL": api.url,
        "OPENALEX_PAUSE": "0",
        "S2_KEY": "secret",
    }.items():
        monkeypatch.setenv(f"BYLINE_{name}", value)


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["fetch", *arguments])
    return int(str(ended.value.code))


def test_semantic_scholar_from_the_command_line_into_a_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    monkeypatch.chdir(tmp_path)
    with serving(scholar_api) as api:
        settle(monkeypatch, api)
        assert command("semantic-scholar", "--author", "7", "--ingest", "--store", store) == 0
        assert command("semantic-scholar", "--search", "title", "--out", "search.jsonl") == 0
        assert command("semantic-scholar", "--paper", "DOI:10.1/x", "--ingest", "--store", store) == 0
        assert all(each.headers["x-api-key"] == "secret" for each in api.requests)
    captured = capsys.readouterr()
    assert "semantic-scholar-7.jsonl.zst: 5 objects" in captured.out
    assert "authors 1," in captured.out
    assert "papers 4," in captured.out
    assert "citations[1].paperId: is null" in captured.err
    assert [each.get("paperId", "")[-1:] for each in read(tmp_path / "search.jsonl")] == ["0", "1", "2", "3"]
    paper = read(tmp_path / "semantic-scholar-DOI-10-1-x.jsonl.zst")
    assert [next((name for name in ("references", "citations") if name in each), "title") for each in paper] == [
        "title", "references", "references", "citations",
    ]  # fmt: skip
    assert " citations 4" in captured.out


def test_an_ingest_of_what_was_fetched_keeps_as_many_snapshots_as_are_set(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch, api)
    monkeypatch.setenv("BYLINE_KEEP_SNAPSHOTS", "1")
    store = tmp_path / "store"
    ingest(store, "seed_page", [SAMPLE], options={"captured": "2026"})
    assert command("openalex", "--author", "A1", "--out", str(tmp_path / "o.jsonl"), "--ingest", "--store", str(store)) == 0
    assert len(list((store / "snapshots").iterdir())) == 1


def test_nothing_found_is_nothing_to_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(lambda request: Answer({"meta": {"count": 0, "next_cursor": None}, "results": []})) as api:
        settle(monkeypatch, api)
        for name in ("a.jsonl", "a.jsonl.zst"):
            options = ("--out", str(tmp_path / name), "--ingest", "--store", str(tmp_path / "store"))
            assert command("openalex", "--filter", "x:1", *options) == 0
    assert "nothing was found, so nothing is added" in capsys.readouterr().out
    assert not (tmp_path / "store").exists()


def test_openalex_from_the_command_line(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, api)
    out, store = str(tmp_path / "out.jsonl.zst"), str(tmp_path / "store")
    assert command("openalex", "--author", "A1", "--out", out, "--ingest", "--store", store) == 0
    assert "papers 5," in capsys.readouterr().out
    assert command("openalex") == 2
    assert command("openalex", "--author", "A404", "--out", str(tmp_path / "none.jsonl")) == 3
    assert "404 Not found: nothing at /authors/A404" in capsys.readouterr().err
