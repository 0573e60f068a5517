"""Inline objects: more of the same row."""

from dataclasses import dataclass

from byline.graph.query.closures import Closure, ClosureCompiler, Unclosable
from byline.graph.query.cost import BRACES, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, columns_of
from byline.graph.query.operators.shape import Shape
from byline.graph.query.price import Cost


@dataclass(frozen=True)
class Inline(Operator):
    """An object that shows more columns of the same row."""

    key: str
    outputs: tuple[Operator, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """See Operator."""
        return columns_of(self.outputs)

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "object"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return sum((at.member(output) for output in self.outputs), Cost(bytes=BRACES))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await out.struct(self.outputs, level)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if small.kind is None:
            raise Unclosable
        return Shape(small.kind, self.outputs).closure(small)
