"""People between two: the first coauthors of one end of an entry that are one step nearer to the other."""

from dataclasses import dataclass

from byline.graph.query.neighbourhood import BY_PAPERS, nearer
from byline.graph.query.operators.many import FirstMany, ManyRead, read_many
from byline.graph.query.run import EntryRows, Run
from byline.graph.request import Page, Select


@dataclass(frozen=True)
class EntryBetween(FirstMany):
    """The first people between the source of a list and an entry of it, by the papers they share with the entry, then by id: one
    step nearer than the entry, `first` of them."""

    what = "people between"

    async def read(self, run: Run, level: EntryRows) -> ManyRead:
        """See Operator."""
        assert level.hop is not None
        select = Select(order=BY_PAPERS, page=Page(first=run.value(self.first)))
        return await read_many(run, nearer(level.hop), select, self.shape, level.pairs)
