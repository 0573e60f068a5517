"""Plans: the roots of a query, and how many slots there are to fill."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph.query.closures import Bound, ClosureCompiler, Unclosable
from byline.graph.query.cost import NOTHING, ONE, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Json
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.store.protocol import Store
from byline.graph.store.small import SmallReads


@dataclass(frozen=True)
class Plan(Operator):
    """The roots of a query in the order of the answer, and how many slots there are to fill."""

    roots: tuple[Operator, ...]
    slots: int

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "query"

    def cost(self, at: Estimator) -> Cost:
        """The whole query."""
        return sum((self.root_cost(at, root) for root in self.roots), NOTHING)

    def root_cost(self, at: Estimator, root: Operator) -> Cost:
        """One field of the query."""
        return root.cost(at) if root.leads else ONE

    async def read(self, run: Run, level: None = None) -> dict[str, Any]:
        """What the roots lead to by response key, one after the other."""
        return await read_members(run, self.roots, None)

    async def write(self, out: Emitter, read: dict[str, Any]) -> Json:
        """The value of `data` as JSON."""
        level = Level(1, read)
        return out.encoder.write([root.key for root in self.roots], [await root.emit(out, level) for root in self.roots])

    def bound(self, store: Store, direct: SmallReads) -> Callable[[Bound], dict[str, Any]] | None:
        """The plan as a function from the values of its slots to `data`, None where it has none; it raises
        TooLargeForClosures."""
        small = ClosureCompiler(store, direct)
        try:
            roots = [(root.key, root.closure(small)) for root in self.roots]
        except Unclosable:
            return None
        if len(roots) == 1:
            ((key, only),) = roots
            return lambda bound: {key: only(None, bound)[0]}
        return lambda bound: {key: make(None, bound)[0] for key, make in roots}


def slot_sizes(plan: Plan) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What of the bound values the cost of a plan depends on: two bindings that are alike in this cost the same."""
    readers = list(_sizes(plan))
    return lambda bound: tuple([read(bound[at]) for at, read in readers])


def _sizes(part: Operator) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    yield from part.sizes()
    for inner in part.children():
        yield from _sizes(inner)
