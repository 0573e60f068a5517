"""Citations that the graph does not keep, and lists: of a paper by itself, and among works of which neither has a record."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

import numpy as np

from byline.data.notices import Outcome, quoted
from byline.data.ragged import Ints
from byline.data.segments.lists import blocks
from byline.data.segments.load import RecordColumns, single

# Self-citations that are listed one by one; the others are counted together.
LISTED = 1000
_ITSELF = "a paper never cites itself"
_UNKNOWN = "neither the citing nor the cited work has a record"


# The table and the row of the record that states a citation, the member, why it is left out.
_SelfCitation: TypeAlias = tuple[str, int, str, str]


def note_left_out(gathered: RecordColumns, papers: Ints, of_key: Ints) -> None:
    """Note each reference and citation record that leads from a paper to itself, be it under another of its ids or because two
    records turned out to be one paper; and the citation records neither end of which has a record, as one.

    `papers[r]` is the paper of a record, `of_key[k]` that of a key, -1 where it has no record.
    """
    _note(gathered, _references(gathered, papers, of_key))
    citing, cited = (single(gathered.texts, "citation", end, "paper_key") for end in ("citing", "cited"))
    if not len(citing):
        return
    itself = np.flatnonzero((of_key[citing] >= 0) & (of_key[citing] == of_key[cited])).tolist()
    _note(gathered, (("citation", row, "to", _reason(gathered, citing[row], cited[row])) for row in itself))
    if unknown := np.flatnonzero((of_key[citing] < 0) & (of_key[cited] < 0)).tolist():
        gathered.notes.add("citation", unknown[0], "", _UNKNOWN, Outcome.LEFT_OUT, len(unknown))


def _references(gathered: RecordColumns, papers: Ints, of_key: Ints) -> Iterator[_SelfCitation]:
    lists, first = gathered.records.references, gathered.records.first
    for low, high in blocks(lists.offsets):
        record = np.repeat(np.arange(low, high), np.diff(lists.offsets[low : high + 1]))
        cited = lists.targets[lists.offsets[low] : lists.offsets[high]]
        for at in np.flatnonzero(of_key[cited] == papers[record]).tolist():
            row = int(record[at])
            place = int(lists.offsets[low] + at - lists.offsets[row])
            yield "paper", row, f"references[{place}]", _reason(gathered, first[row], cited[at])


def _reason(gathered: RecordColumns, citing: np.integer, cited: np.integer) -> str:
    keys = gathered.texts.distinct("paper_key")
    one, other = (quoted(str(keys[int(key)])) for key in (citing, cited))
    return f"{one} cites {'itself' if citing == cited else f'{other}, which is the same paper'}; {_ITSELF}"


def _note(gathered: RecordColumns, self_citations: Iterator[_SelfCitation]) -> None:
    """The first ones as they are, the others as one."""
    for each in islice(self_citations, LISTED):
        gathered.notes.add(*each, Outcome.LEFT_OUT)
    if others := list(self_citations):
        table, row, member, _ = others[0]
        gathered.notes.add(table, row, member, f"further papers cite themselves; {_ITSELF}", Outcome.LEFT_OUT, len(others))
