"""Homonyms: printed names of which a source says that several people bear them, as DBLP's disambiguation pages do.

Such a name tells nobody apart: ids that only repeat it are set aside before people are joined by ids, and identity takes it for
a common one (data/identify/naming.py), wherever in the files the source says so.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from byline.data.segments.dictionary import find
from byline.data.segments.load import RecordColumns, rows
from byline.data.segments.segments import Content

KIND = "homonym"


def homonyms(contents: Sequence[Content]) -> list[list[str]]:
    """Of each homonym the compact name, then ids that say no more than the name."""
    return [list(map(str, row["ids"])) for _, _, row in rows(contents, "same") if row["kind"] == KIND]  # type: ignore[call-overload]


def without_homonyms(gathered: RecordColumns) -> RecordColumns:
    """The author lists without ids that are nothing but such a name; nothing is joined by them either."""
    ids = sorted({each for _, *further in homonyms(gathered.contents) for each in further})
    keys = find(pa.array(ids, pa.large_string()), gathered.texts.distinct("person_key")) if ids else np.zeros(0, np.int32)
    keys = keys[keys >= 0]
    if not len(keys):
        return gathered
    entries, (first, other) = gathered.entries, gathered.person_also
    person = np.where(np.isin(entries.person, keys), np.int32(-1), entries.person)
    unambiguous = ~(np.isin(first, keys) | np.isin(other, keys))
    return replace(gathered, entries=replace(entries, person=person), person_also=(first[unambiguous], other[unambiguous]))
