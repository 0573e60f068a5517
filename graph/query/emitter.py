"""The batched path, second half: operators turn what was read into columns, level by level, with one of the two encoders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.query.encoders import Col, Encoder
from byline.graph.store.protocol import Store

TEXT, INT, FLOAT, BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()
# Values by the name of a column, each with its type.
Named = Mapping[str, tuple[Any, pa.DataType]]


def no_cells(name: str) -> Col:
    """The columns of a level that has none."""
    raise KeyError(name)


@dataclass(frozen=True)
class Level:
    """Objects of one level of an answer: how many there are, what their members read, by response key, how a column of them is
    come by, and what was read for the level as a whole."""

    count: int
    inner: Mapping[str, Any]
    cell: Callable[[str], Col] = no_cells
    read: Any = None


class _Emits(Protocol):
    """What a member of an object is, as far as putting it together goes."""

    is_cell: ClassVar[bool]

    @property
    def key(self) -> str:
        """The response key."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its level that it shows as they are."""

    async def emit(self, out: "Emitter", level: Level) -> Col:
        """The member's column."""


@dataclass(frozen=True)
class Emitter:
    """A store, for columns that are read now, and an encoder."""

    store: Store
    encoder: Encoder

    async def struct(self, members: Sequence[_Emits], level: Level) -> Col:
        """Objects with a member for each of these."""
        # Most members are columns as they are, and a coroutine for each costs more than the column.
        columns = [level.cell(member.columns[0]) if member.is_cell else await member.emit(self, level) for member in members]
        return self.encoder.struct([member.key for member in members], columns, level.count)

    def named(self, values: Named) -> Callable[[str], Col]:
        """Columns by name, each made where it is shown."""
        return lambda name: self.encoder.leaf(*values[name])

    async def records(self, members: Sequence[_Emits], values: Named, count: int, inner: Mapping[str, Any] | None = None) -> Col:
        """Objects whose columns have names."""
        return await self.struct(members, Level(count, inner or {}, self.named(values)))


def offsets_of(lists: Sequence[Sequence[Any] | None]) -> npt.NDArray[np.int64]:
    """Where each of some lists begins once they are laid end to end."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum([len(entries or ()) for entries in lists], dtype=np.int64)])
