"""Snippets of the entries of a search, and the marks in them."""

from dataclasses import dataclass

from byline.graph.model import Kind
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import INT, TEXT, Emitter, Level, Named, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.operator import Operator
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.snippets import WIDTH, Snippet, snippets
from byline.graph.request import Search
from byline.graph.store.protocol import Rows, SearchPage, Store

# Of an entry: snippets at most, and about; marks of each; rows that count as scanned for one, some 25 ns each.
_MOST, _ABOUT, _MARKS, _SCANNED = 4, 1, 3, 4_000


@dataclass
class Hits:
    """The level of the entries of a search: what was asked, and the page."""

    search: Search
    page: SearchPage
    _snippets: list[list[Snippet]] | None = None

    async def snippets(self, store: Store) -> list[list[Snippet]]:
        """The snippets of each entry, worked out once however often they are shown."""
        if self._snippets is None:
            self._snippets = await snippets(store, self.search, self.page)
        return self._snippets

    @property
    def kinds(self) -> list[Kind]:
        """The kind of each entry."""
        return self.page.kinds

    @property
    def rows(self) -> Rows:
        """The row of each entry."""
        return self.page.rows


@dataclass
class SnippetsRead(Read):
    """The snippets of each entry."""

    lists: list[list[Snippet]]


@dataclass(frozen=True)
class Snippets(Operator):
    """The snippets of an entry; fields are named field, text, offset, length, and marks."""

    key: str
    fields: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "snippets"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        each = at.leading(self.fields, ONE) + Cost(bytes=float(WIDTH))
        return each.times(_MOST, _ABOUT) + Cost(rows_scanned=_SCANNED)

    async def read(self, run: Run, level: Hits) -> SnippetsRead:
        """See Operator."""
        read = SnippetsRead(await level.snippets(run.store))
        run.objects += sum(1 + len(snippet.marks) for one in read.lists for snippet in one)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        lists = level.inner[self.key].lists
        flat = [snippet for one in lists for snippet in one]
        named: Named = {
            "field": ([snippet.field.name for snippet in flat], TEXT),
            "text": ([snippet.text for snippet in flat], TEXT),
            "offset": ([snippet.offset for snippet in flat], INT),
            "length": ([snippet.length for snippet in flat], INT),
        }
        objects = await out.struct(self.fields, Level(len(flat), {}, out.named(named), flat))
        return out.encoder.lists(offsets_of(lists), objects)


@dataclass(frozen=True)
class Marks(Operator):
    """The marks in a snippet; fields are named start, end."""

    key: str
    fields: tuple[Const | Cell, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "marks"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return ONE.times(_MARKS, _MARKS)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        lists = [snippet.marks for snippet in level.read]
        flat = [mark for marks in lists for mark in marks]
        named: Named = {"start": ([start for start, _ in flat], INT), "end": ([end for _, end in flat], INT)}
        return out.encoder.lists(offsets_of(lists), await out.records(self.fields, named, len(flat)))
