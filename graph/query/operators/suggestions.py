"""Suggested coauthors: for each person those who are likely to become one, as a connection."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from byline.graph.model import BETWEEN, COLLABORATORS, Kind
from byline.graph.query import visit_costs
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import FLOAT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import SuggestionArgs
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members, shown_by
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.price import Cost
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.scored import chosen, encode, needed, pages_of
from byline.graph.query.slots import Slot
from byline.graph.request import Hop, Prediction
from byline.graph.store.protocol import Degree, Rows, Scores, Store


@dataclass
class SuggestionsRead(PagedRead):
    """Likely coauthors of each row, by what they are scored, and the two ends of each entry."""

    method: Prediction
    scores: Scores
    hop: Hop
    pairs: Rows

    @property
    def rows(self) -> Rows:
        """Who is suggested, as EntryRows have it."""
        return self.scores.rows

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        at = np.arange(self.count) if places is None else places
        (ids,) = await store.values(Kind.AUTHOR, self.rows[at], ["id"])
        scores = self.scores.scores[at].tolist()
        return [encode(self.method, score, identifier) for score, identifier in zip(scores, ids, strict=True)]

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead: the score."""
        return out.encoder.leaf(self.scores.scores, FLOAT)


@dataclass(frozen=True)
class Suggestions(Operator):
    """Likely coauthors of each row; `args` is neighbourhood.SuggestionArgs, parts are those of a connection."""

    key: str
    args: SuggestionArgs | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"suggested coauthors {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        args = at.value(self.args)
        length = args.page.longest
        each = replace(at, kind=Kind.AUTHOR, length=Degree(length, length)).leading(self.parts, ONE)
        return each + visit_costs.search(at, Hop(COLLABORATORS, args.window))

    async def read(self, run: Run, level: NodeRows) -> SuggestionsRead:
        """See Operator."""
        args: SuggestionArgs = run.value(self.args)
        upto = needed(args.page, shown_by(self.parts).total)
        found = await run.store.suggest(level.rows, args.window, args.method, upto)
        pages = await pages_of(run.store, Kind.AUTHOR, found, args.page)
        scores = chosen(found, pages)
        pairs = np.stack([np.repeat(level.rows, np.diff(pages.offsets)), scores.rows], axis=1).astype(np.int32)
        ends = pages.offsets, pages.totals, pages.has_next, pages.has_previous
        read = SuggestionsRead(*ends, {}, args.method, scores, Hop(BETWEEN, args.window), pairs)
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: SuggestionsRead = level.inner[self.key]
        return await out.struct(self.parts, Level(len(read.totals), read.inner, read=read))
