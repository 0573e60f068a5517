"""The fenced examples of the guides: which block runs on which store, and what it must answer.

    ```graphql [STORE]          a query; a ```json block right behind it is its answer
    ```http [STORE]             a request: line, headers, an empty line, the body; a ```json STATUS block is its answer
    ```jsonl NAME               records, all kept, that make the store NAME for the blocks of the same guide
    ```jsonl rejected           records that are refused; the ```text block behind it lists why
    ```python                   a script about `store`, a folder with the sample; the ```text block behind it is its output

Without STORE it is the sample. The stores empty, damaged and newer are there for every guide.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from byline.data.ingest.ingest import ensure_sample, ingest
from byline.data.notices import Outcome
from byline.graph.store.columnar.files.layout import MANIFEST, current

_BLOCK = re.compile(r"^```(\w+)(?: ([\w-]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BUILT_IN = ("sample", "empty", "damaged", "newer")


@dataclass(frozen=True)
class Example:
    """A block: its guide and line, its language, what stands behind the language, its text, and the block right behind it."""

    guide: str
    line: int
    language: str
    info: str
    text: str
    answer: str | None
    answer_info: str

    def __str__(self) -> str:
        return f"{self.guide}:{self.line}"


def examples(guide: Path) -> list[Example]:
    """The blocks of a guide, in order, without those that are answers."""
    text = guide.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    listed = []
    behind: re.Match[str] | None = None
    for i, block in enumerate(blocks):
        if block is behind:
            continue
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        adjacent = following is not None and not text[block.end() : following.start()].strip()
        behind = following if adjacent and following and following[1] in ("json", "text") else None
        line = text.count("\n", 0, block.start()) + 1
        answer, info = (behind[3], behind[2] or "") if behind else (None, "")
        listed.append(Example(guide.name, line, block[1], block[2] or "", block[3], answer, info))
    return listed


def built_in(name: str, folder: Path) -> Path:
    """A store of the kind that the name says."""
    if name == "empty":
        return folder
    ensure_sample(folder)
    if name == "damaged":
        (current(folder) / "paper.arrow").unlink()
    if name == "newer":
        path = current(folder) / MANIFEST
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 10**6}))
    return folder


def of_records(text: str, folder: Path) -> Iterator[str]:
    """Ingest the records of a block into a store; answers what it reports of them, in words."""
    path = folder / "papers.jsonl"
    path.write_text(text, encoding="utf-8")
    report = ingest(folder / "store", "records", [path])
    return (f"{outcome}: {notice}" for outcome in Outcome for notice in report.first(outcome))
