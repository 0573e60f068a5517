"""References and citation records, resolved to rows where both papers are known, to ids of works outside where one is."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from byline.data.build.number import Numbered
from byline.data.ragged import Ints, Lists
from byline.data.segments.lists import blocks, joined, mapped, of_papers, once, take
from byline.data.segments.load import RecordColumns, single
from byline.data.segments.spool import Scratch
from byline.graph.model import LINKS


@dataclass(frozen=True)
class Citations:
    """`table` is the link table, sorted by citing row and then by order in the sources. `open` are for each row the cited keys
    that lead nowhere, `outside` the citing keys that do, each once; `unknown_citing` counts the citation records by works
    outside."""

    table: pa.Table
    open: Lists
    outside: Lists
    unknown_citing: int


def resolve(gathered: RecordColumns, papers: Ints, of_key: Ints, numbered: Numbered, scratch: Scratch) -> Citations:
    """Every citation once, less those of a paper by itself. An id may have been cited before its paper was read.

    `papers[r]` is the paper of a record, `of_key[k]` that of a key of the papers' dictionary, -1 where it is not known.
    """
    cited = of_papers(gathered.records.references, papers, len(numbered), scratch)
    by_row = take(cited, numbered.cluster, scratch)
    by_row, outside, unknown = _with_records(gathered, by_row, of_key, numbered)
    row_of_key = np.where(of_key < 0, np.int32(-1), numbered.row[of_key]) if len(numbered) else of_key
    nowhere = np.where(row_of_key < 0, np.arange(len(row_of_key), dtype=np.int32), np.int32(-1))
    resolved = mapped(by_row, row_of_key, scratch)
    open_references = once(mapped(by_row, nowhere, scratch), scratch)
    del by_row
    spool = scratch.spool(LINKS["citation"])
    for low, high in blocks(resolved.offsets):
        part = once(
            Lists(
                resolved.offsets[low : high + 1] - resolved.offsets[low],
                resolved.targets[resolved.offsets[low] : resolved.offsets[high]],
            )
        )
        citing = part.sources() + np.int32(low)
        other = citing != part.targets
        spool.add([pa.array(citing[other]), pa.array(part.targets[other])])
    return Citations(spool.table(), open_references, once(outside, scratch), unknown)


def _with_records(gathered: RecordColumns, by_row: Lists, of_key: Ints, numbered: Numbered) -> tuple[Lists, Lists, int]:
    """The references with those of citation records behind them, and for each row the citing keys of works without a record,
    with how many citation records have one."""
    nobody = Lists(np.zeros(len(numbered) + 1, np.int64), np.zeros(0, np.int32))
    citing = single(gathered.texts, "citation", "citing", "paper_key")
    if not len(citing):
        return by_row, nobody, 0
    cited = single(gathered.texts, "citation", "cited", "paper_key")
    paper, far = of_key[citing], of_key[cited]
    inside, outside = paper >= 0, (paper < 0) & (far >= 0)
    citing_outside = joined(nobody, numbered.row[far[outside]], citing[outside])
    return joined(by_row, numbered.row[paper[inside]], cited[inside]), citing_outside, int(outside.sum())
