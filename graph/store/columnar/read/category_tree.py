"""Categories that a condition names, with all below them, and what that says of papers."""

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import InCategory, Op
from byline.graph.store.codes import typed_codes
from byline.graph.store.columnar.edges.unlisted import Counts
from byline.graph.store.columnar.files.csr import NULL
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.comparisons import fits_text, flags_of
from byline.graph.store.protocol import Flags


def in_categories(where: InCategory, fitting: Counts, listed: Counts, holds: bool) -> Flags:
    """Of papers with so many categories, so many of them `fitting`: a paper without categories is of unknown ones."""
    if where.op is Op.EXISTS:
        there: Flags = listed > 0 if where.value == holds else listed == 0
        return there
    fits: Flags = fitting > 0 if holds else (fitting == 0) & (listed > 0)
    return fits


def fitting_categories(snapshot: Snapshot, where: InCategory) -> Flags:
    """The categories that a code names or whose code fits, and all below them."""
    size = snapshot.size(Kind.CATEGORY)
    if where.op is Op.EXISTS:
        return np.ones(size, np.bool_)
    if where.op in (Op.EQ, Op.IN):
        chosen = np.zeros(size, np.bool_)
        chosen[[row for code in typed_codes(where) if (row := snapshot.category_row(code)) >= 0]] = True
        return below(snapshot, chosen)
    return below(snapshot, flags_of(fits_text(snapshot.column(Kind.CATEGORY, "code"), where.op, where.value, refold=True)))


def below(snapshot: Snapshot, chosen: Flags) -> Flags:
    """The chosen categories and all below them."""
    parent = snapshot.numbers(Kind.CATEGORY, "parent")
    has_parent = parent != NULL
    above = np.where(has_parent, parent, 0)
    while True:
        wider = chosen | (has_parent & chosen[above]) if len(chosen) else chosen
        if (wider == chosen).all():
            return wider
        chosen = wider
