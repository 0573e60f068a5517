"""Similar papers: for each paper those most like it, and what speaks for each of them."""

from dataclasses import dataclass, field
from typing import Any

from byline.graph.query import metric_costs
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import FLOAT, INT, TEXT, Emitter, Level, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.many import FirstMany, ManyRead
from byline.graph.query.operators.operator import Operator, columns_of, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.similar import METHODS, By, shared_outside, shared_papers, shared_words
from byline.graph.query.similar import Similar as Lists
from byline.graph.query.similar import similar as find_similar
from byline.graph.query.slots import Slot
from byline.graph.store.protocol import Rows

# What finding the papers like one counts for, in objects of an answer.
_FOUND = 100.0
# Members that list texts: what they are by, and what finds them.
_TEXTS = {"shared_words": (By.TEXT, shared_words), "shared_outside": (By.BIBLIOGRAPHIC_COUPLING, shared_outside)}


@dataclass
class SimilarRead(Read):
    """The lists, how they were made, and by key what their members lead to: nodes, (offsets, nodes), texts by column."""

    lists: Lists
    by: By
    inner: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, list[list[str]]] = field(default_factory=dict)

    # An entry's far end, as EntryRows have it.
    @property
    def rows(self) -> Rows:
        """The similar papers."""
        return self.lists.rows


@dataclass(frozen=True)
class Similar(Operator):
    """Papers like the row; `args` says by what and how many, cells are named as members of SimilarPaper."""

    key: str
    args: Any | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"similar papers {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: finding similar papers follows many links whatever is shown of them."""
        args = at.value(self.args)
        each = at.leading(self.fields, ONE)
        return Cost(_FOUND, 1.0) + metric_costs.SIMILAR[args.method].of(at) + each.times(args.first, args.first)

    async def read(self, run: Run, level: NodeRows) -> SimilarRead:
        """See Operator."""
        args = run.value(self.args)
        lists = await find_similar(run.store, level.rows, args)
        run.objects += len(lists.rows)
        read = SimilarRead(lists, args.method)
        read.inner = await read_members(run, self.fields, read)
        for column in filter(_TEXTS.get, columns_of(self.fields)):
            only, find = _TEXTS[column]
            texts = await find(run.store, lists.sources, lists.rows) if args.method is only else [[] for _ in lists.rows]
            read.texts[column] = texts
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: SimilarRead = level.inner[self.key]
        lists, count = read.lists, len(read.lists.rows)

        def cell(name: str) -> Col:
            if name in _TEXTS:
                texts = read.texts[name]
                return out.encoder.lists(offsets_of(texts), out.encoder.leaf([each for some in texts for each in some], TEXT))
            if name == "method":
                return out.encoder.const(METHODS[read.by], count)
            return out.encoder.leaf(lists.scores, FLOAT) if name == "score" else out.encoder.leaf(lists.shared, INT)

        return out.encoder.lists(lists.offsets, await out.struct(self.fields, Level(count, read.inner, cell)))


@dataclass(frozen=True)
class SharedPapers(FirstMany):
    """The papers that speak for an entry of a list of similar papers."""

    what = "shared papers"

    async def read(self, run: Run, level: SimilarRead) -> ManyRead:
        """See Operator."""
        offsets, papers = await shared_papers(run.store, level.lists, level.by, run.value(self.first))
        return ManyRead(offsets, await self.shape.read(run, papers))
