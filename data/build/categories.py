"""Category nodes: the codes that records use, what lies above them, and their names."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from byline.data.build.institutions import number_nodes
from byline.data.build.number import Numbered
from byline.data.identify.keys import Keys
from byline.data.ragged import Ints
from byline.data.reference import taxonomy
from byline.data.segments.load import RecordColumns, rows
from byline.graph.model import Kind, facts_schema


@dataclass(frozen=True)
class Categories:
    """The category table, the row of each code of the dictionary by its number, and the ids."""

    table: pa.Table
    row: Ints
    numbered: Numbered


def categories(gathered: RecordColumns) -> Categories:
    """Nodes for all codes seen and all above them. A record says more than the taxonomy; a parent that would close a
    circle is left out."""
    keys = Keys()
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    codes = gathered.texts.distinct("code").to_pylist()
    records = _records(gathered, codes)
    waiting = list(codes)
    for code in waiting:
        if code in keys.index:
            continue
        keys.add(code)
        name, above = records.get(code, (None, None))
        names[code] = name or taxonomy.name_of(code) or code
        parent = above or taxonomy.parent_of(code)
        if parent and not _below(parent, code, parents):
            parents[code] = parent
            waiting.append(parent)
    numbered = number_nodes(Kind.CATEGORY, keys)
    by_row = [keys.keys[node] for node in np.argsort(numbered.row).tolist()]
    row = {code: at for at, code in enumerate(by_row)}
    columns = [
        numbered.ids.cast(pa.string()),
        pa.array(by_row, pa.string()),
        pa.array([names[code] for code in by_row], pa.string()),
        pa.array([row[parents[code]] if code in parents else None for code in by_row], pa.int32()),
    ]
    table = pa.Table.from_arrays(columns, schema=facts_schema(Kind.CATEGORY))
    return Categories(table, np.array([row[code] for code in codes], np.int32), numbered)


def _records(gathered: RecordColumns, codes: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """Name and parent that records give to a code; what is said last counts."""
    by_code: dict[str, tuple[str | None, str | None]] = {}
    for segment, _, record in rows(gathered.contents, "category"):
        code, parent = gathered.texts.of("code", segment, np.array([record["code"], record["parent"]], np.int32)).tolist()
        name, above = by_code.get(codes[code], (None, None))
        by_code[codes[code]] = (str(record["name"]) if record["name"] else name, codes[parent] if parent >= 0 else above)
    return by_code


def _below(code: str, top: str, parents: dict[str, str]) -> bool:
    """Whether `code` is `top` or lies below it."""
    step: str | None = code
    while step is not None and step != top:
        step = parents.get(step)
    return step is not None
