"""People between two: the first coauthors of one end of an entry that are one step nearer to the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import BY_PAPERS, nearer
from byline.graph.query.operators import text
from byline.graph.query.operators.many import ManyRead, read_many
from byline.graph.query.operators.operator import Operator, sized
from byline.graph.query.operators.shape import Shape
from byline.graph.query.price import Cost
from byline.graph.query.run import EntryRows, Run
from byline.graph.query.slots import Slot
from byline.graph.request import Page, Select


@dataclass(frozen=True)
class EntryBetween(Operator):
    """The first people between the source of a list and an entry of it, by the papers they share with the entry, then by id: one
    step nearer than the entry, `first` of them."""

    key: str
    first: int | Slot
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"people between first {text.value(self.first, values)}"

    def sizes(self) -> Iterator[tuple[int, Callable[[Any], Any]]]:
        """See Operator."""
        return sized(self.first)

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        first = at.value(self.first)
        return self.shape.cost(at).times(first, first)

    async def read(self, run: Run, level: EntryRows) -> ManyRead:
        """See Operator."""
        assert level.hop is not None
        select = Select(order=BY_PAPERS, page=Page(first=run.value(self.first)))
        return await read_many(run, nearer(level.hop), select, self.shape, level.pairs)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: ManyRead = level.inner[self.key]
        return await read.emit(out)
