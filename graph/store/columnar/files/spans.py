"""Where a column's bytes lie in its file, for those who read them one slice at a time."""

import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Spans:
    """A mapped file, and where in it the bytes of one column begin."""

    bytes: mmap.mmap
    base: int


def spans(path: Path) -> Mapping[str, Spans]:
    """The text columns of a mapped Arrow file, by name. The map shares its pages with every other map of the file."""
    with pa.memory_map(str(path)) as whole:
        first = whole.read_buffer().address
        whole.seek(0)
        table = pa.ipc.open_file(whole).read_all()
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    by_name = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if column.num_chunks and (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            data = column.chunk(0).buffers()[2]
            if data is not None and data.size:
                by_name[name] = Spans(mapped, data.address - first)
    return by_name
