"""Conditions on identifiers of other catalogues: looked up in the index; what is known at all is read from the columns."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.deadline import checkpoint
from byline.graph.model import COLUMNS, Kind
from byline.graph.request import Identified, Key, Op
from byline.graph.store.columnar.files.indexes import OWN
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.lookups import candidates
from byline.graph.store.identified import wanted_ids
from byline.graph.store.protocol import Flags, Rows


def bearers(snapshot: Snapshot, kind: Kind, where: Identified) -> Rows:
    """The rows that have one of the identifiers that a condition names, ascending."""
    rows: set[int] = set()
    for value in wanted_ids(where):
        checkpoint()
        rows.update(candidates(snapshot, kind, Key("external", value, where.scheme)))
    return np.array(sorted(rows), np.int32)


def identified(snapshot: Snapshot, kind: Kind, where: Identified, rows: Rows | None, holds: bool) -> Flags:
    """Which rows, all of the kind without `rows`, a condition is true of; without `holds`, which it is false of."""
    if where.op is Op.EXISTS:
        known = _known(snapshot, kind, where.scheme.lower(), rows)
        return known if where.value == holds else ~known
    everything = np.arange(snapshot.size(kind), dtype=np.int32) if rows is None else rows
    bears: Flags = np.isin(everything, bearers(snapshot, kind, where))
    return bears if holds else ~bears & _known(snapshot, kind, where.scheme.lower(), rows)


def _known(snapshot: Snapshot, kind: Kind, scheme: str, rows: Rows | None) -> Flags:
    """Which rows have an identifier of a scheme, of any scheme where it is empty."""
    known = np.zeros(snapshot.size(kind) if rows is None else len(rows), np.bool_)
    for column, own in OWN.get(kind, {}).items():
        if scheme in ("", own):
            known |= _column(snapshot, kind, column, rows).is_valid().to_numpy(zero_copy_only=False)
    if any(column.name == "external_ids" for column in COLUMNS[kind]):
        listed = _column(snapshot, kind, "external_ids", rows)
        owners = pc.list_parent_indices(listed).to_numpy()
        if scheme:
            schemes, _ = listed.flatten().flatten()
            of_scheme = pc.equal(pc.utf8_lower(schemes), scheme).to_numpy(zero_copy_only=False)
            owners = owners[of_scheme]
        known[owners] = True
    return known


def _column(snapshot: Snapshot, kind: Kind, name: str, rows: Rows | None) -> pa.Array:
    column = snapshot.column(kind, name)
    return column if rows is None else column.take(pa.array(rows))
