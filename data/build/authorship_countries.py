"""The countries that authorships state for their institutions: facts of the authorship, whatever the institution's own is."""

import numpy as np
import pyarrow as pa

from byline.data.ragged import Ints, Lists
from byline.data.segments.lists import take

_LIST = pa.list_(pa.string())


class StatedCountries:
    """Mentions of entries, the row of the institution of each mention, the country beside it (a place in `codes`, -1: none)."""

    def __init__(self, mentions: Lists, row: Ints, country: Ints, codes: tuple[str, ...]) -> None:
        self._mentions, self._row, self._country = mentions, row, country
        self._codes = pa.array(codes, pa.string())

    def of(self, entries: Ints) -> pa.Array:
        """For each entry a list with one country for each of its institutions, in the order in which they are first named; null
        where none or several are stated for one. Empty where the entry states none at all."""
        if not len(self._codes):
            return pa.ListArray.from_arrays(pa.array(np.zeros(len(entries) + 1, np.int32)), pa.array([], pa.string()))
        taken = take(self._mentions, entries)
        entry, row, code = taken.sources().astype(np.int64), self._row[taken.targets], self._country[taken.targets]
        stating = np.zeros(len(entries), np.bool_)
        stating[entry[code >= 0]] = True
        of_stating = stating[entry]
        entry, row, code = entry[of_stating], row[of_stating], code[of_stating]
        _, first, group = np.unique(entry << 32 | row.astype(np.int64), return_index=True, return_inverse=True)
        most, least = np.full(len(first), -1, np.int32), np.full(len(first), len(self._codes), np.int32)
        np.maximum.at(most, group, code)
        np.minimum.at(least, group[code >= 0], code[code >= 0])
        order = np.argsort(first)
        agreed = np.where(most == least, most, -1)[order]
        ends = np.cumsum(np.bincount(entry[first], minlength=len(entries)))
        offsets = np.concatenate([[0], ends]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), self._codes.take(pa.array(agreed, pa.int32(), mask=agreed < 0))).cast(
            _LIST
        )
