"""Pages of scored lists: the highest score first, then by id. A cursor names the score and the id of an entry."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.errors import BadCursor
from byline.graph.model import Kind
from byline.graph.query.opaque import opened, sealed
from byline.graph.request import Page
from byline.graph.store.facet_page import between
from byline.graph.store.lists import offsets
from byline.graph.store.protocol import Flags, Offsets, Rows, Scores, Store

_HINT = "use a cursor returned by this field with the same `method`"
# As many entries as there are.
ALL = 2**31 - 1


def encode(method: str, score: float, identifier: str) -> str:
    """The cursor of an entry of a list that is scored by a method."""
    return sealed([f"score {method}", score, identifier])


def decode(method: str, text: str) -> tuple[float, str]:
    """The place that a cursor names. Raises BadCursor."""
    name, score, identifier = opened(text, 3, "of a scored list", _HINT)
    if name != f"score {method}" or type(score) not in (int, float) or not isinstance(identifier, str):
        raise BadCursor(f"{text[:40]!r} is a cursor of another list or method", _HINT)
    return float(score), identifier


def needed(page: Page, total: bool) -> int:
    """How many entries of each list have to be known for a page, and for how long the list is where that is shown."""
    headed = page.after is None and page.before is None and page.last is None and page.first is not None
    return page.first + 1 if headed and not total and page.first is not None else ALL


@dataclass(frozen=True)
class ScoredPages:
    """Which entries of lists are on their pages, how long each list is as far as it was asked for, and whether there are more."""

    places: npt.NDArray[np.int64]
    offsets: Offsets
    totals: Offsets
    has_next: Flags
    has_previous: Flags


async def pages_of(store: Store, kind: Kind, scores: Scores, page: Page) -> ScoredPages:
    """The page of each list."""
    starts, stops = scores.offsets[:-1].astype(np.int64), scores.offsets[1:].astype(np.int64)
    behind = starts if page.after is None else await _sides(store, kind, scores, page.after, True)
    before = stops if page.before is None else await _sides(store, kind, scores, page.before, False)
    return pages_between(starts, stops, behind, before, page)


def pages_between(starts: Offsets, stops: Offsets, behind: Offsets, before: Offsets, page: Page) -> ScoredPages:
    """The same of lists from `starts` to `stops`, where what lies behind a cursor begins and what lies before one ends."""
    cuts = [between(*ends, page) for ends in zip(starts.tolist(), stops.tolist(), behind.tolist(), before.tolist(), strict=True)]
    places = [np.arange(cut.start, cut.stop, dtype=np.int64) for cut in cuts]
    return ScoredPages(
        np.concatenate([np.zeros(0, np.int64), *places]),
        offsets([cut.stop - cut.start for cut in cuts]),
        stops - starts,
        np.array([cut.has_next for cut in cuts], np.bool_),
        np.array([cut.has_previous for cut in cuts], np.bool_),
    )


async def _sides(store: Store, kind: Kind, scores: Scores, cursor: Any, behind: bool) -> Offsets:
    """Where in each list what lies behind a cursor begins, or else what lies before it ends. Entries of the very score are told
    apart by their ids, read for all lists at once."""
    score, identifier = cursor
    groups = np.repeat(np.arange(len(scores.offsets) - 1), np.diff(scores.offsets))
    same = np.flatnonzero(scores.scores == score)
    (ids,) = await store.values(kind, scores.rows[same], ["id"])
    earlier = scores.scores > score
    earlier[same] = [each <= identifier if behind else each < identifier for each in ids]
    return scores.offsets[:-1] + np.bincount(groups[earlier], minlength=len(scores.offsets) - 1)


def chosen(scores: Scores, pages: ScoredPages) -> Scores:
    """The entries of the pages."""
    rows: Rows = scores.rows[pages.places]
    return Scores(pages.offsets, rows, scores.scores[pages.places])
