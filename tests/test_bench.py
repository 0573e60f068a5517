"""Measurements that need what is not there: a line, and no trace of the program."""

from pathlib import Path

import pytest

from bench import __main__ as command
from bench import acl_records, identity_scenes, search, sources


@pytest.mark.parametrize("asked", [["sources"], ["sources", "dblp"], ["identity"], ["identity", "people"], ["search"]])
def test_without_the_corpora(asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "corpora"
    for module in (command, sources, search):
        monkeypatch.setattr(module, "CORPORA", nowhere)
    monkeypatch.setattr("sys.argv", ["bench", *asked])
    with pytest.raises(SystemExit, match=rf"^python -m bench: {nowhere} is not there"):
        command.main()


def test_without_one_of_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for read in (acl_records.records, identity_scenes.acl, identity_scenes.paperlists):
        with pytest.raises(SystemExit, match="is not there"):
            list(read(tmp_path))  # type: ignore[call-overload]
    monkeypatch.setattr(sources, "CORPORA", tmp_path)
    with pytest.raises(SystemExit, match=rf"{tmp_path / 'misc'}/.*dblp\.xml\.gz is not there"):
        sources.files(sources.Claim("dblp", ("misc/alexandria3k/dblp.xml.gz",)))
