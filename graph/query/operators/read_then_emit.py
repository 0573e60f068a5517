"""The batched path as a closure: read and put together as rows, for light operators that have no closure of their own."""

from typing import Any

import numpy as np

from byline.graph.query.closures import Bound, Closure, ClosureCompiler, TooLargeForClosures, Unclosable, run_sync
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import RowEncoder
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.run import Run

ROWS = RowEncoder()


def of_nodes(operator: Operator, small: ClosureCompiler) -> Closure:
    """Of a member of nodes."""
    if small.kind is None:
        raise Unclosable
    shape, out = Shape(small.kind, (operator,)), Emitter(small.store, ROWS)

    def values(rows: Any, bound: Bound) -> list[Any]:
        if not rows:
            return []
        read: NodesRead = run_sync(shape.read(Run(small.store, bound), np.array(rows, np.int32)))
        column: list[Any] = run_sync(operator.emit(out, read.level({})))
        return column

    return values


def of_root(operator: Operator, small: ClosureCompiler) -> Closure:
    """Of a field of the query."""
    out = Emitter(small.store, ROWS)

    def value(level: Any, bound: Bound) -> list[Any]:
        run = Run(small.store, bound)
        inner = {operator.key: run_sync(operator.read(run, None))}
        if run.unresolved:
            raise TooLargeForClosures
        column: list[Any] = run_sync(operator.emit(out, Level(1, inner)))
        return column

    return value
