"""Category nodes: the codes that records use, what lies above them, and their names."""

from dataclasses import dataclass

import pyarrow as pa

from data import taxonomy
from data.gather import Gathered
from data.identify.keys import Keys
from data.number import Numbered, number
from graph.model import Kind, given


@dataclass(frozen=True)
class Categories:
    """The category table, and the row of each code of `Gathered.codes` by its number."""

    table: pa.Table
    numbered: Numbered


def categories(gathered: Gathered) -> Categories:
    """Nodes for all codes seen and all above them. A record says more than the taxonomy; a parent that would close a
    circle is left out."""
    keys = Keys()
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    records = {code: gathered.category.get(i, {}) for code, i in gathered.codes.items()}
    waiting = list(records)
    for code in waiting:
        if code in keys.index:
            continue
        keys.add(code)
        record = records.get(code, {})
        names[code] = record.get("name") or taxonomy.name_of(code) or code
        parent = record.get("parent") or taxonomy.parent_of(code)
        if parent and not _below(parent, code, parents):
            parents[code] = parent
            waiting.append(parent)
    numbered = number(Kind.CATEGORY, keys)
    codes = [keys.keys[nodes[0]] for nodes in numbered.nodes()]
    columns = [
        pa.array(numbered.ids, pa.string()),
        pa.array(codes, pa.string()),
        pa.array([names[code] for code in codes], pa.string()),
        pa.array([numbered.find(parents[code]) if code in parents else None for code in codes], pa.int32()),
    ]
    return Categories(pa.Table.from_arrays(columns, schema=given(Kind.CATEGORY)), numbered)


def _below(code: str, top: str, parents: dict[str, str]) -> bool:
    """Whether `code` is `top` or lies below it."""
    step: str | None = code
    while step is not None and step != top:
        step = parents.get(step)
    return step is not None
