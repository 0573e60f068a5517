"""The snapshot: what is being served, and from which sources."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, columns_of
from byline.graph.query.operators.read_then_emit import of_root
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.store.protocol import SnapshotInfo

# What the snapshot counts, by the names of its columns.
_COUNTS = {
    "author_count": "authors",
    "paper_count": "papers",
    "institution_count": "institutions",
    "category_count": "categories",
    "venue_count": "venues",
    "authorship_count": "authorships",
    "citation_count": "citations",
    "outside_citation_count": "outside_citations",
    "unresolved_reference_count": "unresolved_references",
}


@dataclass(frozen=True)
class Info(Operator):
    """What is being served; fields are named as in the store's account."""

    key: str
    fields: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "snapshot"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return ONE

    async def read(self, run: Run, level: None) -> SnapshotInfo:
        """See Operator."""
        return await run.store.snapshot()

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        info: SnapshotInfo = level.inner[self.key]
        named: dict[str, Any] = {name: ([getattr(info, name)], TEXT) for name in ("version", "built_at")}
        named |= {name: ([info.counts[counted]], INT) for name, counted in _COUNTS.items()}
        return await out.struct(self.fields, Level(1, {}, out.named(named), info))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_root(self, small)


@dataclass(frozen=True)
class Sources(Operator):
    """The sources of the snapshot; fields are named as the members of graph.model.Source."""

    key: str
    fields: tuple[Operator, ...]

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "sources"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        sources, names = level.read.sources, columns_of(self.fields)
        named = {name: ([getattr(source, name) for source in sources], TEXT if name == "name" else INT) for name in names}
        return out.encoder.lists(np.array([0, len(sources)]), await out.records(self.fields, named, len(sources)))
