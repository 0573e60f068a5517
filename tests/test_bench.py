"""Measurements that need what is not there: a line, and no trace of the program."""

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import acl_records, identity_scenes, machine, search, sources
from bench.connection import Connection
from bench.identity_s2and import papers_of, sample, signatures
from bench.identity_scenes import Paper, Papers
from bench.report import compared


@pytest.mark.parametrize("arguments", [["sources"], ["sources", "dblp"], ["identity"], ["identity", "people"], ["search"]])
def test_without_the_corpora(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "corpora"
    for module in (command, sources, search):
        monkeypatch.setattr(module, "CORPORA", nowhere)
    monkeypatch.setattr("sys.argv", ["bench", *arguments])
    with pytest.raises(SystemExit, match=rf"^python -m bench: {nowhere} is not there"):
        command.main()


def test_without_one_of_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for read in (acl_records.records, identity_scenes.acl, identity_scenes.paperlists):
        with pytest.raises(SystemExit, match="is not there"):
            list(read(tmp_path))  # type: ignore[call-overload]
    monkeypatch.setattr(sources, "CORPORA", tmp_path)
    with pytest.raises(SystemExit, match=rf"{tmp_path / 'misc'}/.*dblp\.xml\.gz is not there"):
        sources.files(sources.Claim("dblp", ("misc/alexandria3k/dblp.xml.gz",)))


def test_the_sample_for_s2and_draws_whole_people_and_no_entry_without_an_id() -> None:
    names = ["Ann Roe", "Ann Lund", "A. Lund", "Bo Roe", "Bo Roe", "Cy Dahl"]
    papers = Papers([Paper(f"p:{name}", "", None, [], [(name, [])]) for name in names], ["ann", "ann", "ann", "bo", None, "cy"])
    assert sample(papers, 10, 1) == [True, True, True, True, False, True]
    # Ann's three entries stand in two blocks, which come together; a draw ends at the first group that holds a pair.
    ann, bo, cy = [True, True, True, False, False, False], [False, False, False, True, False, False], [False] * 5 + [True]
    one = [ann, bo, [*ann[:5], True], [*bo[:5], True]]
    drawn = [sample(papers, 1, seed) for seed in range(40)]
    assert [each for each in one if each not in drawn] == []
    assert [each for each in drawn if each not in one] == []
    assert cy not in drawn


def test_names_and_papers_are_cut_for_s2and_as_it_wants_them() -> None:
    papers = Papers(
        [Paper("p:1", "On Ants", 2001, ["mesh:ants"], [("Ann B. van Roe, Jr.", ["Oslo"]), ("Plato", [])])], [None, None]
    )
    first, second = signatures(papers).values()
    assert first["author_info"] == {
        "position": 0,
        "first": "Ann",
        "middle": "B. van",
        "last": "Roe",
        "suffix": "Jr.",
        "email": None,
        "affiliations": ["Oslo"],
    }
    assert (second["signature_id"], second["paper_id"], second["author_info"]["first"]) == ("1", 0, "")
    assert second["author_info"]["last"] == "Plato"
    paper = papers_of(papers)["0"]
    assert (paper["venue"], [each["author_name"] for each in paper["authors"]]) == (None, ["Ann B. van Roe, Jr.", "Plato"])


def test_two_revisions_are_told_by_the_median_of_the_starts_and_where_half_of_them_lie() -> None:
    runs = [
        {"start": number, "query": "Q1", "old": 1.0, "new": 1.0 / ratio, "ratio": ratio}
        for number, ratio in enumerate((0.8, 1.0, 1.02, 1.04, 1.5))
    ]
    servers = {"old": "HEAD~1 (1a2b3c)", "new": "work (4d5e6f)"}
    page = compared({"servers": servers, "starts": 5, "differences": [], "runs": runs})
    assert "HEAD~1 (1a2b3c) and work (4d5e6f); 5 starts" in page
    assert "| Q1 | 1.00 | 0.980 | 1.020 | 1.000–1.040 |" in page


def test_an_answer_is_read_whole_however_it_comes() -> None:
    pieces = [b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: 5\r\n\r\nab", b"cde", b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"]
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor() as pool:
        port = listening.getsockname()[1]
        with Connection(port) as connection, listening.accept()[0] as other:

            def answer(*parts: bytes) -> None:
                assert other.recv(100) == b"ask"
                for part in parts:
                    other.sendall(part)

            for parts in (pieces[:3], pieces[3:]):
                answered = pool.submit(answer, *parts)
                connection.ask(b"ask")
                answered.result()
            refused = pool.submit(answer, b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n")
            with pytest.raises(RuntimeError, match="503"):
                connection.ask(b"ask")
            refused.result()


def test_the_clock_of_a_process_is_that_of_its_own_cpu() -> None:
    before = time.process_time()
    cpu = machine.exact_cpu_of(os.getpid())
    assert before <= cpu <= time.process_time()
