"""Autocomplete: names of nodes that begin as the text does."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.read_then_emit import of_root
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.request import Complete
from byline.graph.store.protocol import Completed


@dataclass
class CompletionsRead(Read):
    """Completions, and their nodes by output key."""

    completed: Completed
    inner: dict[str, Any]


@dataclass(frozen=True)
class Completions(Operator):
    """Completions; fields are named text, kind, node."""

    key: str
    args: Complete | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"autocomplete {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        first = at.value(self.args).first
        return at.leading(self.fields, ONE).times(first, first) + ONE

    async def read(self, run: Run, level: None) -> CompletionsRead:
        """See Operator."""
        (completed,) = await run.store.complete([run.value(self.args)])
        run.requires_rows = True
        run.objects += len(completed.rows)
        return CompletionsRead(completed, await read_members(run, self.fields, completed))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: CompletionsRead = level.inner[self.key]
        count = len(read.completed.rows)
        named = {"text": (read.completed.texts, TEXT), "kind": ([kind.name for kind in read.completed.kinds], TEXT)}
        return out.encoder.lists(np.array([0, count]), await out.records(self.fields, named, count, read.inner))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_root(self, small)
