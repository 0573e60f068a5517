"""Conflicts of interest at the root: a page of the pairs of people in conflict, and what each is made of."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import AFFILIATIONS, COAUTHORS, PAPER_AUTHORS, Kind
from byline.graph.query.completeness import why_sparser
from byline.graph.query.conflicts import Conflicts as Found
from byline.graph.query.conflicts import conflicts, cursors, shared_institutions
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import BOOL, INT, TEXT, Emitter, Level, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.many import ManyRead
from byline.graph.query.operators.one import OneRead, read_distinct
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.operators.shape import Shape
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.request import Hop
from byline.graph.store.protocol import Degree, Rows, Store

# Rows that count as scanned for each pair that is held against each other, and for each step.
_PAIR, _STEP = 0.3, 50_000.0


@dataclass
class ConflictsRead(PagedRead):
    """A page of pairs: one list."""

    found: Found

    @property
    def rows(self) -> Rows:
        """The far end of each entry."""
        return self.found.against

    @property
    def pairs(self) -> Rows:
        """Both ends of each entry, whose shared papers are the evidence."""
        return np.stack([self.found.people, self.found.against], axis=1)

    @property
    def hop(self) -> Hop:
        """In which window papers are looked for."""
        return self.found.hop

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        return await cursors(store, self.found, None if places is None else places.tolist())

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead."""
        if name == "distance":
            return out.encoder.leaf(self.found.steps, INT)
        reasons = self.found.reasons
        return out.encoder.lists(offsets_of(reasons), out.encoder.leaf([each for some in reasons for each in some], TEXT))


@dataclass(frozen=True)
class ConflictEnd(Operator):
    """One of the two people of a pair: the first, or the one held against."""

    key: str
    end: int
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return ("person", "against")[self.end]

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at)

    async def read(self, run: Run, level: ConflictsRead) -> OneRead:
        """See Operator."""
        return await read_distinct(run, self.shape, level.pairs[:, self.end])


@dataclass(frozen=True)
class ConflictInstitutions(Operator):
    """The institutions that both of a pair name."""

    key: str
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "shared institutions"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        shared = at.mean(AFFILIATIONS)
        return self.shape.cost(at).times(shared, shared)

    async def read(self, run: Run, level: ConflictsRead) -> ManyRead:
        """See Operator."""
        shared = await shared_institutions(run.store, level.found)
        return ManyRead(shared.offsets, await self.shape.read(run, shared.rows))


@dataclass(frozen=True)
class Conflicts(Operator):
    """Pairs in conflict; `args` is a ConflictArgs, among the parts cells are named is_lower_bound and reason."""

    key: str
    args: Any | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"conflicts {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: circles are read whole, whatever of the pairs is shown."""
        args = at.value(self.args)
        people, against = len(args.people), len(args.against) + len(args.papers) * at.mean(PAPER_AUTHORS)
        circles = sum(people * at.mean(COAUTHORS) ** steps for steps in range(1, args.distance + 1))
        scanned = min(circles, people * at.size(Kind.AUTHOR) * args.distance) + _PAIR * people * against
        length = args.page.longest
        page = replace(at, kind=None, length=Degree(length, length)).leading(self.parts, ONE)
        return page + Cost(rows_scanned=scanned, once=_STEP * (args.distance + args.institutions))

    async def read(self, run: Run, level: None) -> ConflictsRead:
        """See Operator."""
        found = await conflicts(run.store, run.value(self.args))
        more, before = np.array([found.has_next]), np.array([found.has_previous])
        read = ConflictsRead(np.array([0, len(found.people)]), np.array([found.total]), more, before, {}, found)
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: ConflictsRead = level.inner[self.key]
        reason = await why_sparser(out.store, read.found.window)
        cells = out.named({"is_lower_bound": ([reason is not None], BOOL), "reason": ([reason], TEXT)})
        return await out.struct(self.parts, Level(1, read.inner, cells, read))
