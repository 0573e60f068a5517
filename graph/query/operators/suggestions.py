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
    """Likely coauthors of each row; `args` is neighbourhood.SuggestionArgs, fields of the outputs are named score."""

    key: str
    args: SuggestionArgs | Slot
    outputs: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"suggested coauthors {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        args = at.value(self.args)
        each = at.leading(self.outputs, Cost(1.0, 1.0))
        return each.times(args.first, args.first) + visit_costs.search(at, Hop(COLLABORATORS, args.window))

    async def read(self, run: Run, level: NodeRows) -> SuggestionsRead:
        """See Operator."""
        args: SuggestionArgs = run.value(self.args)
        scores = await run.store.suggest(level.rows, args.window, args.method, args.first)
        run.objects += len(scores.rows)
        entries = EntryRows(scores.rows, scores.offsets, level.rows, Hop(BETWEEN, args.window))
        return SuggestionsRead(scores, await read_members(run, self.outputs, entries))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: SuggestionsRead = level.inner[self.key]
        named = {"score": (read.scores.scores, FLOAT)}
        return out.encoder.lists(read.scores.offsets, await out.records(self.outputs, named, len(read.scores.rows), read.inner))
