"""Ever new snapshots of two graphs in turn: each is a folder of its own, written anew, as an ingest leaves it.

An ingest of one more paper takes as long as one of all; that it leads to the right graph is measured by `bench/swap.py`. Here two
are made by ingests, and copied.
"""

import json
import shutil
from pathlib import Path

from byline.data.ingest.ingest import ingest
from byline.graph.store.columnar.files.layout import CURRENT, MANIFEST, SNAPSHOTS, current

# As an ingest by default keeps of them.
_KEPT = 2
BY = "Ann Roe"


class Publisher:
    """Publishes two graphs, which differ by some papers of one person, from a copy of a store."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store = folder / "store"
        self._graphs: list[Path] = []
        self._published: list[Path] = []
        shutil.copytree(store, self.store)
        for number in range(2):
            ingest(self.store, "records", [_papers(folder / f"{number}.jsonl", 5 * number, 5 * number + 5)])
            self._graphs.append(Path(shutil.copytree(current(self.store), folder / f"graph-{number}")))
        for left in (self.store / SNAPSHOTS).iterdir():
            shutil.rmtree(left)

    def publish(self) -> str:
        """One more snapshot, of the graph that was not the last; answers its version, of which there is no other."""
        number = len(self._published)
        version = f"{number:016x}"
        snapshot = Path(shutil.copytree(self._graphs[number % 2], self.store / SNAPSHOTS / version))
        about = json.loads((snapshot / MANIFEST).read_bytes())
        (snapshot / MANIFEST).write_text(json.dumps(about | {"version": version}))
        named = self.store / f"{CURRENT}.new"
        named.write_text(version + "\n")
        named.rename(self.store / CURRENT)
        self._published.append(snapshot)
        for old in self._published[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return version


def _papers(path: Path, start: int, stop: int) -> Path:
    records = (
        {"type": "paper", "id": f"x:{number}", "title": f"Paper {number}", "authors": [{"name": BY, "id": "x:ann"}]}
        for number in range(start, stop)
    )
    path.write_text("\n".join(map(json.dumps, records)) + "\n")
    return path
