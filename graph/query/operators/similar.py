"""Similar papers: for each paper those most like it as a connection, and what speaks for each of them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import Kind
from byline.graph.query import metric_costs
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import FLOAT, INT, TEXT, Emitter, Level, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.evidence import Evidence
from byline.graph.query.operators.operator import Operator, columns_of, read_members, shown_by
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.operators.pages import PagesRead, narrowed
from byline.graph.query.price import Cost
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.scored import encode
from byline.graph.query.similar import METHODS, By, shared_by, shared_outside, shared_words
from byline.graph.query.similar import Similar as Lists
from byline.graph.query.similar import similar as find_similar
from byline.graph.query.slots import Slot
from byline.graph.store.protocol import Degree, Rows, Store

# What finding the papers like one counts for, in objects of an answer.
_FOUND = 100.0
# Members that list texts: what they are by, and what finds them.
_TEXTS = {"shared_words": (By.TEXT, shared_words), "shared_outside": (By.BIBLIOGRAPHIC_COUPLING, shared_outside)}


@dataclass
class SimilarRead(PagedRead):
    """The pages, how they were made, and texts of their entries by column."""

    lists: Lists
    by: By
    texts: dict[str, list[list[str]]]

    @property
    def rows(self) -> Rows:
        """The similar papers, as EntryRows have them."""
        return self.lists.rows

    @property
    def pairs(self) -> Rows:
        """Both papers of each entry, whose shared papers are the evidence."""
        return np.stack([self.lists.sources, self.lists.rows], axis=1)

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        at = np.arange(self.count) if places is None else places
        (ids,) = await store.values(Kind.PAPER, self.rows[at], ["id"])
        scores = self.lists.scores[at].tolist()
        return [encode(self.by, score, identifier) for score, identifier in zip(scores, ids, strict=True)]

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead."""
        if name in _TEXTS:
            texts = self.texts[name]
            return out.encoder.lists(offsets_of(texts), out.encoder.leaf([each for some in texts for each in some], TEXT))
        if name == "method":
            return out.encoder.const(METHODS[self.by], self.count)
        return out.encoder.leaf(self.lists.scores, FLOAT) if name == "score" else out.encoder.leaf(self.lists.shared, INT)


@dataclass(frozen=True)
class Similar(Operator):
    """Papers like the row; `args` says by what and which page, cells of the edges are named as members of SimilarPaperEdge."""

    key: str
    args: Any | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"similar papers {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: finding similar papers follows many links whatever is shown of them."""
        args = at.value(self.args)
        length = args.page.longest
        each = replace(at, kind=Kind.PAPER, length=Degree(length, length)).leading(self.parts, ONE)
        return Cost(_FOUND, 1.0) + metric_costs.SIMILAR[args.method].of(at) + each

    async def read(self, run: Run, level: NodeRows) -> SimilarRead:
        """See Operator."""
        args = run.value(self.args)
        lists = await find_similar(run.store, level.rows, args, shown_by(self.parts).total)
        pages = lists.pages
        read = SimilarRead(pages.offsets, pages.totals, pages.has_next, pages.has_previous, {}, lists, args.method, {})
        read.inner = await read_members(run, self.parts, read)
        shown = {name for part in self.parts for name in columns_of(tuple(part.children()))}
        for column in filter(shown.__contains__, _TEXTS):
            only, find = _TEXTS[column]
            texts = await find(run.store, lists.sources, lists.rows) if args.method is only else [[] for _ in lists.rows]
            read.texts[column] = texts
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: SimilarRead = level.inner[self.key]
        return await out.struct(self.parts, Level(len(read.totals), read.inner, read=read))


@dataclass(frozen=True)
class SharedPapers(Evidence):
    """The papers that speak for an entry of a list of similar papers."""

    async def read(self, run: Run, level: SimilarRead) -> PagesRead:
        """See Operator."""
        args = shared_by(level.by, run.value(self.args).select)
        assert args.hop is not None
        ragged = await run.store.expand(args.hop, level.pairs, narrowed(args.select, self.needs))
        return await self.read_pages(run, args, ragged, level.pairs)
