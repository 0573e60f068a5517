"""The table of papers: of each column the record that says it last, of the published version before its preprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.build.external import External
from byline.data.build.number import Numbered
from byline.data.build.paper_nodes import SourcePriority
from byline.data.build.stated import stated_columns, valid
from byline.data.ragged import Ints, Lists, Longs
from byline.data.reference.catalogues import ARXIV_DOI
from byline.data.segments.load import RecordColumns, column
from byline.data.segments.spool import Scratch, values
from byline.data.segments.tables import STATED
from byline.graph.model import REPORTED, Kind, facts_schema

Bytes = npt.NDArray[np.uint8]
_NULL = np.iinfo(np.int32).min
# Rows of the table that are made at once at most.
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Counts:
    """What is known of the author list of each row: entries, distinct people, and whether the list is complete."""

    entries: Longs
    people: Longs
    complete: Any


def latest_numbers(gathered: RecordColumns, name: str, priority: SourcePriority) -> Ints:
    """A column of whole numbers by paper: what was said last, of the published version first; the smallest number for null."""
    values = np.concatenate([np.zeros(0, np.int32), *(column(each, "paper", name, _NULL) for each in gathered.contents)])
    pick = priority.latest(values != _NULL)
    return np.where(pick < 0, np.int32(_NULL), values[pick]) if len(values) else np.full(priority.count, _NULL, np.int32)


def days(gathered: RecordColumns, priority: SourcePriority, year: Ints) -> Ints:
    """The day of each paper. A day of another year than the one that was said last is an older statement."""
    values = np.concatenate([np.zeros(0, np.int32), *(column(each, "paper", "date", _NULL) for each in gathered.contents)])
    own = gathered.records.year
    pick = priority.latest((values != _NULL) & (own == np.where(year == _NULL, 0, year)[priority.of]))
    return np.where(pick < 0, np.int32(_NULL), values[pick]) if len(values) else np.full(len(year), _NULL, np.int32)


def paper_table(
    gathered: RecordColumns,
    priority: SourcePriority,
    numbered: Numbered,
    external: External,
    counts: Counts,
    unresolved: Lists,
    citing: Lists,
    venue: Ints,
    scratch: Scratch,
) -> pa.Table:
    """The table; `unresolved` are keys (of the papers' dictionary) that each row cites and nobody knows, `citing` those that cite
    it, `venue` the row of the venue of each paper."""
    count, order = len(numbered), numbered.cluster
    if not count:
        return facts_schema(Kind.PAPER).empty_table()
    everything = np.ones(len(priority.of), np.bool_)
    year = latest_numbers(gathered, "year", priority)
    number = {
        "year": year,
        "published_on": days(gathered, priority, year),
        "listed": latest_numbers(gathered, "listed", priority),
    }
    number = {name: values[order] for name, values in number.items()}
    author_count, complete = _author_counts(latest_numbers(gathered, "count", priority)[order], counts)
    cuts = _cuts(gathered, count, scratch)
    title = values(gathered.contents, "title", priority.latest(everything)[order], cuts, scratch)
    abstract = values(gathered.contents, "abstract", priority.latest(valid(gathered, "abstract"))[order], cuts, scratch)
    own = {name: _own(gathered, name, priority, order) for name in ("doi", "arxiv")}
    stated = stated_columns(gathered, priority, order, cuts, scratch)
    reported = _Reported(gathered, priority.of, count)
    references = _reference_lists(gathered, priority)[order]
    keys = gathered.texts.distinct("paper_key")
    spool = scratch.spool(facts_schema(Kind.PAPER))
    for (low, high), titles, abstracts, others in zip(cuts, title, abstract, stated, strict=True):
        stretch = slice(low, high)
        spool.add_named(
            {
                "id": numbered.ids.slice(low, high - low).cast(pa.string()),
                "title": titles,
                "abstract": abstracts,
                "year": _nullable(number["year"][stretch]),
                "published_on": _nullable(number["published_on"][stretch]).cast(pa.date32()),
                "doi": _first(own["doi"], external.first("doi", low, high), low),
                "arxiv_id": _first(own["arxiv"], external.first("arxiv", low, high), low),
                "external_ids": external.column(low, high),
                "author_count": _nullable(author_count[stretch]),
                "author_list_complete": pa.array(complete[stretch]),
                "listed": _nullable(number["listed"][stretch]),
                "unresolved_references": _open(keys, unresolved, low, high),
                "references_complete": pa.array(references[stretch] == _WHOLE, mask=references[stretch] == _UNSTATED),
                "unresolved_citations": _open(keys, citing, low, high),
                "venue": pa.array(venue[order[stretch]], mask=venue[order[stretch]] < 0),
                "reported": reported.column(order[stretch]),
                **others,
            }
        )
    return spool.table()


# What records say of the list of references of a paper.
_UNSTATED, _PART, _WHOLE = 0, 1, 2


def _reference_lists(gathered: RecordColumns, priority: SourcePriority) -> Bytes:
    """Whether records of each paper state its references: the whole list where any of them does, for all that they state is
    brought together."""
    stated = np.zeros(priority.count, np.uint8)
    start = 0
    for content in gathered.contents:
        for chunk in content.chunks("paper", "references_complete"):
            of = priority.of[start : start + len(chunk)]
            completeness = chunk.cast(pa.int8()).fill_null(-1).to_numpy(zero_copy_only=False) + 1
            np.maximum.at(stated, of, completeness.astype(np.uint8))
            start += len(chunk)
    return stated


def _author_counts(stated: Ints, counts: Counts) -> tuple[Longs, Any]:
    known = stated != _NULL
    number = np.where(known, stated, np.where(counts.complete, counts.entries, _NULL))
    number = np.where(number == _NULL, _NULL, np.maximum(number, counts.people))
    return number, counts.complete & (~known | (stated <= counts.entries))


def _cuts(gathered: RecordColumns, count: int, scratch: Scratch) -> list[tuple[int, int]]:
    """Stretches of rows whose texts fit into memory together."""
    size = 0
    for content in gathered.contents:
        for name in ("title", "abstract", *STATED):
            size += sum(chunk.nbytes for chunk in content.chunks("paper", name))
    parts = 1 if scratch.folder is None else 1 + max(8 * size // scratch.memory, count // _AT_ONCE)
    edges = np.unique(np.linspace(0, count, int(min(parts, 512, max(count, 1))) + 1).astype(np.int64)).tolist()
    return list(pairwise(edges))


def _own(gathered: RecordColumns, name: str, priority: SourcePriority, order: Longs) -> pa.Array | None:
    """An id that records have a member for, by row; None where no record has it. A DOI of arXiv gives way to any other."""
    chunks = [chunk for content in gathered.contents for chunk in content.chunks("paper", name)]
    said = valid(gathered, name) & ~priority.foreign
    if not said.any():
        return None
    of_arxiv = [pc.fill_null(pc.starts_with(chunk, ARXIV_DOI), False).to_numpy(zero_copy_only=False) for chunk in chunks]
    pick = priority.latest(said & ~np.concatenate(of_arxiv))
    pick = np.where(pick < 0, priority.latest(said), pick)[order]
    return pa.chunked_array(chunks, pa.large_string()).combine_chunks().take(pa.array(pick, mask=pick < 0)).cast(pa.string())


def _first(own: pa.Array | None, among_ids: pa.Array, low: int) -> pa.Array:
    return among_ids if own is None else pa.compute.coalesce(own.slice(low, len(among_ids)), among_ids)


def _nullable(values: Any) -> pa.Array:
    return pa.array(values.astype(np.int32, copy=False), pa.int32(), mask=values == _NULL)


def _open(keys: pa.Array, lists: Lists, low: int, high: int) -> pa.Array:
    start, end = lists.offsets[low], lists.offsets[high]
    offsets = (lists.offsets[low : high + 1] - start).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), keys.take(pa.array(lists.targets[start:end])).cast(pa.string()))


class _Reported:
    """Figures that sources state of papers: one report for each source and day, the one that came last."""

    def __init__(self, gathered: RecordColumns, papers: Ints, count: int) -> None:
        chunks = [chunk for content in gathered.contents for chunk in content.chunks("paper", "reported")]
        self._column = pa.chunked_array(chunks, REPORTED)
        said = np.flatnonzero(valid(gathered, "reported"))
        order = said[np.argsort(papers[said], kind="stable")]
        self._records = order
        self._bounds = np.searchsorted(papers[order], np.arange(count + 1))

    def column(self, papers: Longs) -> pa.Array:
        """The reports of papers as lists."""
        lengths = self._bounds[papers + 1] - self._bounds[papers]
        ends = np.cumsum(lengths)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self._bounds[papers] - (ends - lengths), lengths)
        taken = self._column.take(pa.array(self._records[at])).combine_chunks()
        if (lengths > 1).any():
            return _latest_reports(taken.to_pylist(), lengths.tolist())
        offsets = np.concatenate([[0], ends]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), taken)


def _latest_reports(reports: Sequence[dict[str, Any]], lengths: Sequence[int]) -> pa.Array:
    rows, start = [], 0
    for length in lengths:
        stretch = reports[start : start + length]
        rows.append(list({(each["source"], each["as_of"]): each for each in stretch}.values()))
        start += length
    return pa.array(rows, pa.list_(REPORTED))
