"""References and citation records, resolved to rows where both papers are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.gather import Gathered
from data.number import Numbered
from graph.model import LINKS

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Citations:
    """`table` is the link table, sorted by citing row and then by order in the sources; `unresolved[row]` are the cited
    ids that lead nowhere; `unknown_citing` counts citation records whose citing paper is not known."""

    table: pa.Table
    unresolved: dict[int, list[str]]
    unknown_citing: int


def resolve(gathered: Gathered, papers: Numbered) -> Citations:
    """Every citation once, self-citations included. An id may have been cited before its paper was read."""
    keys = list(gathered.outside)
    row = np.asarray([-1 if (found := papers.find(key)) is None else found for key in keys], np.int64)
    citing = papers.row[_numbers(gathered.references[0])].astype(np.int64)
    stated = row[_numbers(gathered.citations[0])]
    citing = np.concatenate([citing, stated])
    cited = np.concatenate([_numbers(gathered.references[1]), _numbers(gathered.citations[1])])
    known = citing >= 0
    citing, cited = citing[known], cited[known]
    resolved = row[cited] >= 0
    first = _first_of_each(citing[resolved], row[cited[resolved]])
    left, right = citing[resolved][first], row[cited[resolved]][first]
    table = pa.Table.from_arrays([pa.array(left, pa.int32()), pa.array(right, pa.int32())], schema=LINKS["citation"])
    unresolved: dict[int, list[str]] = {}
    open_citing, open_cited = citing[~resolved], cited[~resolved]
    kept = _first_of_each(open_citing, open_cited)
    for paper, key in zip(open_citing[kept].tolist(), open_cited[kept].tolist(), strict=True):
        unresolved.setdefault(paper, []).append(keys[key])
    return Citations(table, unresolved, int((~known).sum()))


def _numbers(values: Sequence[int]) -> Numbers:
    return np.asarray(values, np.int64)


def _first_of_each(left: Numbers, right: Numbers) -> Numbers:
    """Where each pair is met first, sorted by `left` and then by place."""
    _, first = np.unique(left << 32 | right, return_index=True)
    order: Numbers = first[np.lexsort((first, left[first]))]
    return order
