"""The commands: exit codes, what is printed where, and a server that starts from nothing and stops when told."""

import json
import os
import platform
import signal
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from byline.api.cli.main import main
from byline.data.ingest.ingest import SAMPLE
from byline.graph.ids import public_id
from byline.graph.model import Kind
from tests.patience import PATIENCE
from tests.server import ready

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return int(left.value.code or 0)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "some.jsonl"
    path.write_text('{"type":"paper","title":"One","year":2020,"authors":[{"name":"A. Turing"}]}\n')
    return path


def test_lists_of_citations_say_what_their_ids_are(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "edges.tsv"
    path.write_text("A00-1001\tJ82-3002\n")
    assert run("ingest", "citations", path, "--store", store) == 2
    assert "nobody says what 'A00-1001' is an id of" in capsys.readouterr().err
    assert run("ingest", "citations", path, "--scheme", "acl", "--dry-run", "--store", store) == 0
    assert run("ingest", "citations", path, "--scheme-from", "acl", "--scheme-to", "doi", "--dry-run", "--store", store) == 1
    assert "is no DOI" in capsys.readouterr().err


def test_an_ingest_is_summed_up_and_the_graph_described(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", "records", records, "--store", store) == 0
    printed = capsys.readouterr()
    assert "read 1, kept 1 in " in printed.out
    assert printed.err == ""
    assert run("describe", "--store", store) == 0
    printed = capsys.readouterr().out
    for words in ("from records: 1 records, 0 rejected", "some.jsonl, 1 records", "title 100%", "doi 0%", "on the disk: "):
        assert words in printed
    assert "built by an ingest of records: some.jsonl\n  read                               1\n" in printed
    # The report is written before the snapshot is in place: what it says of that is not what came of it.
    assert "{" not in printed
    assert "changed" not in printed
    assert run("describe", "--json", "--store", store) == 0
    description = json.loads(capsys.readouterr().out)
    assert (description["counts"]["papers"], description["report"]["ingest"]["kept"], description["known"]["paper"]["title"]) == (
        1,
        1,
        1,
    )
    assert description["segments"][0]["bytes"] > 0
    assert run("check", "--store", store) == 0


def test_rejected_lines_are_listed_and_the_rest_is_kept(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with records.open("a") as file:
        file.write('{"type":"paper"}\nnonsense\n')
    assert run("ingest", "records", records, "--store", store) == 1
    printed = capsys.readouterr()
    assert "read 3, kept 1, refused 2 in " in printed.out
    assert [line.split(": ")[:2] for line in printed.err.splitlines()] == [
        ["refused", "some.jsonl:2"],
        ["refused", "some.jsonl:3"],
    ]
    assert "title" in printed.err


def test_what_is_wrong_is_told_once_for_each_reason(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with records.open("a") as file:
        file.write('{"type":"paper","title":" "}\n' * 7)
        for end in "08":
            file.write(f'{{"type":"author","name":"Ann","orcid":"0000-0002-1825-009{end}"}}\n')
    assert run("ingest", "records", records, "--store", store) == 1
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "refused: some.jsonl:2: title: is empty (6 more like it: some.jsonl:3, some.jsonl:4, some.jsonl:5, …)",
        "left out: some.jsonl:9: orcid: is no ORCID: '0000-0002-1825-0090' should end with 7, if its other digits are right; "
        "it is left out (1 more like it: some.jsonl:10)",
    ]
    assert "read 10, kept 3, refused 7, left out 2 in " in printed.out


def test_members_left_out_alone_are_no_failure(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records.write_text('{"type":"author","name":"Ann","orcid":"0000-0002-1825-0090"}\n')
    assert run("ingest", "records", records, "--store", store) == 0
    printed = capsys.readouterr()
    assert "read 1, kept 1, left out 1 in " in printed.out
    assert "it is left out" in printed.err


def test_a_dry_run_writes_nothing(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", "records", records, "--dry-run", "--store", store) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert run("describe", "--store", store) == 3


def test_options_reach_the_source(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", "seed_page", SAMPLE, "--captured", "2026", "--store", store) == 0
    assert "papers 15" in capsys.readouterr().out
    assert run("ingest", "seed_page", SAMPLE, "--option", "captured=2026", "--store", store) == 0
    assert "was ingested before" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ingest"],
        ["ingest", "nonsense", "file"],
        ["serve", "--port", "high"],
        ["serve", "--port", "70000"],
        ["serve", "--store", "postgresql://somewhere"],
        ["ingest", "records", "file", "--option", "novalue"],
        ["describe", "--nonsense"],
    ],
)
def test_wrong_use_is_one_line_and_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("byline: ")
    assert printed.err.count("\n") == 1


def test_what_fails_is_one_line_and_code_3(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["describe"], ["check"], ["ingest", "records", "nowhere.jsonl"]):
        assert run(*arguments, "--store", store) == 3
        printed = capsys.readouterr().err
        assert printed.startswith("byline: ")
        assert printed.count("\n") == 1


def test_what_the_system_says_is_told_in_words(
    store: Path, records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (store / "decisions.txt").mkdir(parents=True)
    for arguments, message in (
        (["ingest", "records", records, "--store", store], f"{store / 'decisions.txt'} cannot be read: is a directory"),
        (["ingest", "--manifest", tmp_path], f"{tmp_path}: is a directory"),
        (["explain-query", tmp_path / "none.graphql"], f"{tmp_path / 'none.graphql'} cannot be read: no such file or directory"),
    ):
        assert run(*arguments) == 3
        assert capsys.readouterr().err == f"byline: {message}\n"


@pytest.mark.parametrize("command", [["describe"], ["ingest", "records", "FILE"], ["check"]])
@pytest.mark.parametrize("within", ["", "deep/er"])
def test_a_store_that_is_a_file_is_a_wrong_use(
    records: Path, command: list[str], within: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = records / within
    assert run(*[records if part == "FILE" else part for part in command], "--store", place) == 2
    told = f"byline: BYLINE_STORE is {str(place)!r}: {records} is not a folder (give the folder of a graph)\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid"])
def test_an_address_that_cannot_be_is_told_before_anything_is_built(
    store: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("serve", "--host", host, "--port", port, "--store", store) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"byline: nothing can listen on {host}:{port}: ")
    assert "Errno" not in captured.err
    assert (captured.out, captured.err.count("\n"), store.exists()) == ("", 1, False)


def test_a_changed_file_is_found(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("ingest", "records", records, "--store", store)
    changed = next(store.glob("snapshots/*/paper.arrow"))
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    assert run("check", "--store", store) == 3
    assert "paper.arrow has another checksum" in capsys.readouterr().err


def test_a_changed_segment_is_found(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("ingest", "records", records, "--store", store)
    with next(store.glob("segments/*/name.arrow")).open("ab") as file:
        file.write(b"x")
    assert run("check", "--store", store) == 3
    assert "is not what was written: name.arrow differs" in capsys.readouterr().err


def test_the_sources_and_the_schema_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sources") == 0
    assert "seed_page: " in capsys.readouterr().out
    assert run("schema") == 0
    assert "type Query {" in capsys.readouterr().out


def test_a_slip_in_a_variables_name_is_pointed_out(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BYLINE_PROT", "9000")
    run("sources")
    assert "BYLINE_PROT is no setting" in capsys.readouterr().err


def test_a_store_that_does_not_exist_is_not_served(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("serve", "--port", 0, "--store", store) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(
        f"byline: there is no store at {store} (`byline ingest SOURCE FILE… --store …` makes one, --sample "
    )
    assert not store.exists()


@pytest.mark.slow
def test_port_0_is_a_free_one_and_printed(store: Path) -> None:
    command = [sys.executable, "-m", "byline", "serve", "--port", "0", "--sample", "--store", str(store)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            first = server.stderr.readline()
            port = int(first.removeprefix("Byline on http://127.0.0.1:").split("/")[0])
            assert port > 0
            assert ready(f"http://127.0.0.1:{port}", server)["counts"]["papers"] == 15
        finally:
            server.terminate()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_serve_starts_with_the_sample_sees_an_ingest_and_stops(store: Path, records: Path, workers: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "byline",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--sample",
        "--store",
        str(store),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert ready(f"http://127.0.0.1:{port}", server)["counts"]["papers"] == 15
        assert run("ingest", "records", records, "--store", store) == 0
        assert all(ready(f"http://127.0.0.1:{port}", server)["counts"]["papers"] == 16 for _ in range(4))
    finally:
        server.send_signal(signal.SIGINT)
        _, output = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0, output
    assert "Traceback" not in output


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"byline {metadata.version('byline-graph')}, Python {platform.python_version()}\n"


def test_what_is_stopped_has_a_code_of_its_own(
    store: Path, records: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*args: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("byline.data.ingest.ingest.ingest", stopped)
    assert run("ingest", "records", records, "--store", store) == 130
    assert capsys.readouterr().err == "byline: stopped\n"


def test_reasons_of_rejections_are_described(
    store: Path, records: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with records.open("a") as file:
        file.write('{"type":"paper","title":""}\n' * 2 + '{"type":"paper"}\nnonsense\n')
    assert run("ingest", "records", records, "--store", store) == 1
    monkeypatch.setattr("byline.api.cli.snapshots._REASONS", 1)
    capsys.readouterr()
    assert run("describe", "--store", store) == 0
    printed = capsys.readouterr().out
    assert (
        "  refused                            4\n           2 times title: is empty\n    2 more reasons: --json has them"
        in printed
    )


def test_what_changed_between_two_snapshots(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i in range(2):
        path = tmp_path / f"{i}.jsonl"
        path.write_text(json.dumps({"type": "paper", "title": f"t{i}", "id": f"x:{i}", "authors": [{"name": "Ann Roe"}]}) + "\n")
        assert run("ingest", "records", path, "--store", store) == 0
    about = json.loads((store / "snapshots" / (store / "CURRENT").read_text().strip() / "manifest.json").read_bytes())
    capsys.readouterr()
    assert run("diff", about["previous"], about["version"][:8], "--store", store) == 0
    printed = capsys.readouterr().out
    assert "paper: 1 added, 0 removed, 0 changed\n  added: P" in printed
    assert "authorships: 1 -> 2" in printed
    assert "paper_authors" not in printed
    assert run("diff", about["previous"], about["version"], "--limit", "0", "--store", store) == 0
    printed = capsys.readouterr().out
    assert "  added: 1 more, which --all lists" in printed
    assert run("diff", about["previous"], about["version"], "--limit", "0", "--all", "--store", store) == 0
    assert capsys.readouterr().out.count("  added: P") == 1
    assert run("diff", about["previous"], about["version"], "--json", "--store", store) == 0
    changes = json.loads(capsys.readouterr().out)
    assert (changes["nodes"]["paper"]["added"], changes["links"]["paper_authors"]) == (1, [1, 2])
    assert run("diff", store, store / "snapshots" / about["version"]) == 0
    assert "paper: 0 added, 0 removed, 0 changed" in capsys.readouterr().out
    assert run("diff", "nowhere", about["version"], "--store", store) == 2
    assert about["version"] in capsys.readouterr().err


def test_a_rebuild_obeys_the_decisions(store: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rebuild", "--store", store) == 3
    records.write_text('{"type":"paper","title":"One","id":"x:1","authors":[{"name":"Ann Roe"},{"name":"Ann Poe"}]}\n')
    assert run("ingest", "records", records, "--store", store) == 0
    assert run("rebuild", "--store", store) == 0
    assert "nothing was written" in capsys.readouterr().out
    decisions = store / "decisions.txt"
    decisions.write_text("merge nonsense\n")
    assert run("rebuild", "--store", store) == 3
    assert capsys.readouterr().err.startswith("byline: decisions.txt:1: ")
    decisions.write_text("# one\nmerge papers x:1 x:1\n")
    assert run("rebuild", "--store", store) == 3
    assert capsys.readouterr().err.startswith(
        "byline: decisions.txt:2: names one paper twice: 'merge papers x:1 x:1' (a merge takes"
    )
    ids = [public_id(Kind.AUTHOR, f"name:{name}") for name in ("annroe", "annpoe")]
    decisions.write_text(f"merge {' '.join(ids)}\n")
    assert run("rebuild", "--store", store) == 0
    printed = capsys.readouterr().out
    assert "merged by author: decision: 1" in printed
    assert "authors 1," in printed
    assert run("check", "--store", store) == 0
