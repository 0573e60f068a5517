"""Rights of the files that an ingest writes: those that the umask leaves, so that a service user of the group can read them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import os, sys
from pathlib import Path
from byline.data.ingest.ingest import ingest
os.umask(int(sys.argv[2], 8))
ingest(Path(sys.argv[1]) / "store", "records", [Path(sys.argv[1]) / "a.jsonl"])
"""


@pytest.mark.parametrize("umask", ["022", "027", "077"])
def test_files_of_a_store_obey_the_umask(tmp_path: Path, umask: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"type": "paper", "title": "A title", "authors": [{"name": "Ada Holm"}]}')
    subprocess.run([sys.executable, "-c", RUN, str(tmp_path), umask], check=True, timeout=120)
    modes = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "store").rglob("*")}
    left = 0o777 & ~int(umask, 8)
    wrong = {path: oct(mode) for path, mode in modes.items() if mode != (left if path.is_dir() else left & 0o666)}
    assert wrong == {}
    assert any(path.name == "meta.json" and os.path.getsize(path) for path in modes)
