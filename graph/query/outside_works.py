"""Works outside the graph that papers cite or that cite them: pages of their ids in order. A cursor names the id of a work."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.errors import BadCursor
from byline.graph.model import Kind
from byline.graph.query.opaque import opened, sealed
from byline.graph.query.scored import ScoredPages, pages_between
from byline.graph.request import Page
from byline.graph.store.lists import offsets
from byline.graph.store.protocol import Offsets, Rows, Store

_HINT = "use a cursor returned by this field"


def encode(column: str, work: str) -> str:
    """The cursor of a work in the lists of a column of papers."""
    return sealed([column, work])


def decode(column: str, text: str) -> tuple[str]:
    """The work that a cursor names. Raises BadCursor."""
    name, work = opened(text, 2, "of a work outside the graph", _HINT)
    if name != column or not isinstance(work, str):
        raise BadCursor(f"{text[:40]!r} is a cursor of another list", _HINT)
    return (work,)


@dataclass(frozen=True)
class OutsideWorks:
    """The works of the pages, laid end to end."""

    works: pa.Array
    pages: ScoredPages


async def outside_works(store: Store, rows: Rows, column: str, page: Page) -> OutsideWorks:
    """A page of the list that each paper has in a column."""
    (lists,) = await store.columns(Kind.PAPER, rows, [column])
    bounds = offsets(lists.value_lengths().fill_null(0).to_pylist())
    owner, works = np.repeat(np.arange(len(rows)), np.diff(bounds)), lists.flatten()
    by = [("owner", "ascending"), ("work", "ascending")]
    works = works.take(pc.sort_indices(pa.table({"owner": owner, "work": works}), sort_keys=by))

    def reached(cut: pa.Array) -> Offsets:
        places: Offsets = bounds[:-1] + np.bincount(owner[np.asarray(cut)], minlength=len(rows))
        return places

    starts, stops = bounds[:-1], bounds[1:]
    behind = starts if page.after is None else reached(pc.less_equal(works, pa.scalar(page.after[0])))
    before = stops if page.before is None else reached(pc.less(works, pa.scalar(page.before[0])))
    pages = pages_between(starts, stops, behind, before, page)
    return OutsideWorks(works.take(pa.array(pages.places)), pages)
