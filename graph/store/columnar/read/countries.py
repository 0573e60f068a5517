"""Countries of papers and people: those of their institutions, and those that their authorships state."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from byline.graph.model import OWN_INSTITUTIONS, Kind
from byline.graph.request import Compare, InCountry, Op, Quantifier
from byline.graph.store.columnar.files.csr import groups_of
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.comparisons import fits_text, flags_of
from byline.graph.store.columnar.read.list_counts import STRETCH
from byline.graph.store.protocol import Flags, Rows
from byline.graph.store.text_columns import FOLDING

# The authorships of papers, of which the entries are the authorships in their order, and of people.
_AUTHORSHIPS = {Kind.PAPER: "paper_authors", Kind.AUTHOR: "author_authorships"}


def in_country(
    snapshot: Snapshot,
    kind: Kind,
    where: InCountry,
    rows: Rows | None,
    holds: bool,
    mask: Callable[[Quantifier, bool], Flags],
) -> Flags:
    """Which of the rows (None: all of the kind) the condition is true of; without `holds`, which it is false of. `mask` answers
    the same of a condition on their institutions."""
    if where.op is Op.EXISTS:
        known = _either(snapshot, kind, Compare("country_code", Op.EXISTS, True), rows, mask)
        return known if where.value == holds else ~known
    compared = Compare("country_code", where.op, where.value)
    if holds:
        return _either(snapshot, kind, compared, rows, mask)
    return mask(Quantifier(OWN_INSTITUTIONS[kind], compared), False) & ~_stated(snapshot, kind, compared, rows)


def _either(
    snapshot: Snapshot, kind: Kind, compared: Compare, rows: Rows | None, mask: Callable[[Quantifier, bool], Flags]
) -> Flags:
    own = mask(Quantifier(OWN_INSTITUTIONS[kind], compared), True)
    return own | _stated(snapshot, kind, compared, rows)


def _stated(snapshot: Snapshot, kind: Kind, compared: Compare, rows: Rows | None) -> Flags:
    """Of which rows an authorship states a country that fits; a stretch of rows at a time."""
    size = snapshot.size(kind) if rows is None else len(rows)
    flags = np.zeros(size, np.bool_)
    stated = snapshot.column(Kind.AUTHORSHIP, "country_codes")
    if not len(stated.flatten()):
        return flags
    for start in range(0, size, STRETCH):
        stop = min(start + STRETCH, size)
        here = np.arange(start, stop, dtype=np.int32) if rows is None else rows[start:stop]
        offsets, places = snapshot.csr[_AUTHORSHIPS[kind]].gather(here)
        authorships = places if kind is Kind.PAPER else snapshot.csr[_AUTHORSHIPS[kind]].targets[places]
        codes = stated.take(pa.array(authorships))
        lengths = codes.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        fits = flags_of(fits_text(codes.flatten(), compared.op, compared.value, compared.op in FOLDING))
        flags[start:stop][np.repeat(groups_of(offsets), lengths)[fits]] = True
    return flags
