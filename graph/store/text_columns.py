"""Text columns as conditions read them: folded, and many `contains` of one column under one `or` in one pass."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.deadline import checkpoint
from byline.graph.model import Kind, columns_where
from byline.graph.request import Compare, Op, Where
from byline.graph.store.protocol import Flags
from byline.graph.text import fold

# Columns that are kept folded too, under the name with `_fold`.
FOLDED = {(kind, name) for kind in Kind for name in columns_where(kind, "folded")}


@dataclass(frozen=True)
class TextOp:
    """A comparison of folded texts: of one text with what is wanted, a text or several, and of a whole column with that."""

    fits: Callable[[str, Any], bool]
    column: Callable[[pa.Array, Any], pa.Array]


# The operators that compare folded texts. One that is added here is there in every store.
FOLDING = {
    Op.CONTAINS: TextOp(str.__contains__, pc.match_substring),
    Op.STARTS_WITH: TextOp(str.startswith, pc.starts_with),
    Op.ENDS_WITH: TextOp(str.endswith, pc.ends_with),
    Op.EQ_IGNORE_CASE: TextOp(str.__eq__, pc.equal),
    Op.IN_IGNORE_CASE: TextOp(
        lambda text, wanted: text in wanted, lambda texts, wanted: pc.is_in(texts, pa.array(wanted, texts.type))
    ),
}
# From so many texts on one pass is quicker; and so many are looked for in one: the automaton of more grows out of its memory.
_FEWEST, _MOST = 3, 64


def folded_column_name(kind: Kind, column: str) -> str | None:
    """The name under which a column is kept folded; None for one that has to be folded when it is asked."""
    return f"{column}_fold" if (kind, column) in FOLDED else None


def folded(wanted: Any) -> Any:
    """What is compared with, folded: a text, or each of several."""
    return [fold(text) for text in wanted if text is not None] if isinstance(wanted, tuple) else fold(str(wanted))


def refolded(values: pa.Array) -> pa.Array:
    """Texts that are not kept folded, folded now."""
    return pa.array([None if text is None else fold(text) for text in values.to_pylist()], values.type)


def by_column(parts: Sequence[Where]) -> tuple[list[Where], dict[str, list[str]]]:
    """The parts of an `or` without the texts that are looked for in one column, and these, by column."""
    texts_by_column: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if isinstance(part, Compare) and part.op is Op.CONTAINS:
            texts_by_column[part.column].append(str(part.value))
    many = {column: texts for column, texts in texts_by_column.items() if len(texts) >= _FEWEST}
    others = [part for part in parts if not (isinstance(part, Compare) and part.op is Op.CONTAINS and part.column in many)]
    return others, many


def holding(folded: pa.Array, texts: Sequence[str]) -> Flags:
    """Which folded texts hold at least one of others; null holds none."""
    flags = np.zeros(len(folded), np.bool_)
    for pattern in _patterns(texts):
        checkpoint()
        flags |= pc.fill_null(pc.match_substring_regex(folded, pattern), False).to_numpy(zero_copy_only=False)
    return flags


def _patterns(texts: Sequence[str]) -> Iterator[str]:
    wanted = [re.escape(fold(text)) for text in dict.fromkeys(texts)]
    for start in range(0, len(wanted), _MOST):
        yield "|".join(wanted[start : start + _MOST])
