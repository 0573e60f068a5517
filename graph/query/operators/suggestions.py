"""Suggested coauthors: for each person those who are likely to become one."""

from dataclasses import dataclass
from typing import Any

from byline.graph.model import BETWEEN, COLLABORATORS
from byline.graph.query import visit_costs
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import FLOAT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import SuggestionArgs
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import EntryRows, NodeRows, Run
from byline.graph.query.slots import Slot
from byline.graph.request import Hop
from byline.graph.store.protocol import Scores


@dataclass
class SuggestionsRead(Read):
    """Likely coauthors of each row, and by key what the outputs lead to."""

    scores: Scores
    inner: dict[str, Any]


@dataclass(frozen=True)
class Suggestions(Operator):
    """Likely coauthors of each row; `asked` is neighbourhood.SuggestionArgs, fields of the outputs are named score."""

    key: str
    asked: SuggestionArgs | Slot
    outputs: tuple[Operator, ...]
    leads = True
    priced_by = "asked"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"suggested coauthors {text.value(self.asked, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        asked = at.value(self.asked)
        each = at.leading(self.outputs, Cost(1.0, 1.0))
        return each.times(asked.first, asked.first) + visit_costs.search(at, Hop(COLLABORATORS, asked.window))

    async def read(self, run: Run, level: NodeRows) -> SuggestionsRead:
        """See Operator."""
        asked: SuggestionArgs = run.value(self.asked)
        scores = await run.store.suggest(level.rows, asked.window, asked.method, asked.first)
        run.objects += len(scores.rows)
        entries = EntryRows(scores.rows, scores.offsets, level.rows, Hop(BETWEEN, asked.window))
        return SuggestionsRead(scores, await read_members(run, self.outputs, entries))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: SuggestionsRead = level.inner[self.key]
        named = {"score": (read.scores.scores, FLOAT)}
        return out.encoder.lists(read.scores.offsets, await out.records(self.outputs, named, len(read.scores.rows), read.inner))
