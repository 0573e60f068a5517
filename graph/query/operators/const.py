"""Constants: the same value in every object."""

from dataclasses import dataclass
from typing import Any

from byline.graph.query.closures import Bound, Closure, ClosureCompiler
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator
from byline.graph.query.price import Cost


@dataclass(frozen=True)
class Const(Operator):
    """The same text in every object: __typename."""

    key: str
    value: str

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"constant {self.value}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return Cost(bytes=len(self.value))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.const(self.value, level.count)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        value, count = self.value, small.count

        def values(level: Any, bound: Bound) -> list[Any]:
            return [value] * count(level)

        return values


@dataclass(frozen=True)
class Introspected(Const):
    """A value that the schema gives of itself, at the root: any JSON."""

    value: Any

    @property
    def requires_rows(self) -> bool:
        """See Operator."""
        return True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "introspection of the schema"
