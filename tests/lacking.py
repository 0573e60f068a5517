"""Snapshots without a column, as they were before it came or as something damaged them; the manifest agrees with the files."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pyarrow as pa

from byline.graph.store.columnar.files.disk import seal
from byline.graph.store.columnar.files.layout import MANIFEST
from byline.graph.store.columnar.files.load import table


def drop(folder: Path, file: str, columns: Iterable[str]) -> None:
    """Write a table of a snapshot anew, without some columns. Who has mapped it keeps what it was."""
    change(folder, file, lambda stored: stored.drop_columns(list(columns)))


def change(folder: Path, file: str, changed: Callable[[pa.Table], pa.Table]) -> None:
    """Write a table of a snapshot anew, changed."""
    path, about = folder / file, json.loads((folder / MANIFEST).read_bytes())
    left = changed(table(path))
    path.unlink()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, left.schema) as written:
        written.write_table(left)
    about["files"][file] = seal(path)
    (folder / MANIFEST).write_bytes(orjson.dumps(about))


@contextmanager
def lacking(folder: Path, file: str, column: str) -> Iterator[None]:
    """The snapshot without one column, for as long as this lasts."""
    path, about = folder / file, (folder / MANIFEST).read_bytes()
    aside = path.rename(path.with_suffix(".aside"))
    try:
        path.hardlink_to(aside)
        drop(folder, file, [column])
        yield
    finally:
        aside.replace(path)
        (folder / MANIFEST).write_bytes(about)
