"""The authorship table and its institutions, from author lists that stand and the people who are on them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.build.authorship_countries import StatedCountries
from byline.data.build.merge import Merged
from byline.data.build.number import Numbered
from byline.data.ragged import Ints, Lists, Longs
from byline.data.segments.lists import blocks, once, picked, take, tally
from byline.data.segments.spool import Scratch
from byline.graph.model import LINKS, Kind, facts_schema


class Authorships:
    """Author lists of papers, resolved to rows, in the order of the table: paper, printed position, hidden ones by author.

    Entries that do not stand are authors known behind "et al." who turned out to be printed, or known twice.
    """

    def __init__(self, merged: Merged, papers: Numbered, author: Ints, scratch: Scratch) -> None:
        """`author[e]` is the row of the author of entry e."""
        self._merged, self._count, self._scratch = merged, len(papers), scratch
        bounds = np.concatenate([[0], np.cumsum(tally(merged.paper, self._count))]).astype(np.int64)
        every = (np.arange(low, min(low + _AT_ONCE, bounds[-1])) for low in range(0, int(bounds[-1]), _AT_ONCE))
        # Entries in the order of the rows of their papers.
        rows = take(Lists(bounds, scratch.column(every, np.int32)), papers.cluster, scratch)
        self.entry: Ints = rows.targets
        self.author: Ints = picked(author, self.entry, scratch)
        self.paper, self.position = self._places(rows.offsets)
        self._settle(rows.offsets)

    def _places(self, bounds: Longs) -> tuple[Ints, Ints]:
        """The paper of each entry, and its position from 1 on."""
        paper, position = self._scratch.growing(np.int32), self._scratch.growing(np.int32)
        for low, high in blocks(bounds):
            lengths = np.diff(bounds[low : high + 1])
            paper.add(np.repeat(np.arange(low, high, dtype=np.int32), lengths))
            position.add(np.arange(bounds[low], bounds[high]) + 1 - np.repeat(bounds[low:high], lengths))
        return paper.done(), position.done()

    def _settle(self, bounds: Longs) -> None:
        """Drop hidden entries of people who are there already, and put the other hidden ones in the order of their rows."""
        printed = self._merged.printed[self.entry]
        if printed.all():
            return
        touched = np.unique(self.paper[~printed])
        keep = np.ones(len(self.entry), np.bool_)
        order: Longs = np.arange(len(self.entry))
        for paper in touched.tolist():
            low, high = int(bounds[paper]), int(bounds[paper + 1])
            seen = set(self.author[low:high][printed[low:high]].tolist())
            hidden = [at for at in range(low, high) if not printed[at]]
            for at in hidden:
                keep[at] = int(self.author[at]) not in seen
                seen.add(int(self.author[at]))
            order[hidden] = sorted(hidden, key=lambda at: int(self.author[at]))
        order = order[keep[order]]
        self.entry, self.paper = self.entry[order], self.paper[order]
        self.author, self.position = self.author[order], self.position[order]
        self.position[~printed[order]] = 0

    def counts(self) -> tuple[Longs, Longs]:
        """For each paper row: entries of its list, and distinct people among them."""
        entries = tally(self.paper, self._count)
        bounds = np.concatenate([[0], np.cumsum(entries)]).astype(np.int64)
        people = once(Lists(bounds, self.author), self._scratch)
        return entries, np.diff(people.offsets)

    def table(self, forms: pa.Array, form: Ints, countries: StatedCountries, scratch: Scratch) -> pa.Table:
        """The table. `form[e]` is the name on entry e, `countries` has what the authorships state."""
        spool = scratch.spool(facts_schema(Kind.AUTHORSHIP))
        for start in range(0, len(self.entry), _AT_ONCE):
            stretch = slice(start, start + _AT_ONCE)
            hidden = self.position[stretch] == 0
            entry = self.entry[stretch]
            corresponding = self._merged.corresponding[entry]
            spool.add_named(
                {
                    "paper": pa.array(self.paper[stretch]),
                    "author": pa.array(self.author[stretch]),
                    "position": pa.array(self.position[stretch], mask=hidden),
                    "name_as_printed": forms.take(pa.array(form[entry], mask=hidden)).cast(pa.string()),
                    "corresponding": pa.array(corresponding == 1, mask=corresponding < 0),
                    "country_codes": countries.of(entry),
                }
            )
        return spool.table() if len(self.entry) else facts_schema(Kind.AUTHORSHIP).empty_table()

    def institutions(self, of_entry: Lists, scratch: Scratch) -> pa.Table:
        """Authorship and institution rows, in the order of the table and, within one authorship, of the source."""
        return link("authorship_institution", once(take(of_entry, self.entry, scratch), scratch), scratch)


def link(name: str, lists: Lists, scratch: Scratch) -> pa.Table:
    """A table of LINKS from lists by row."""
    spool = scratch.spool(LINKS[name])
    for low, high in blocks(lists.offsets):
        part = Lists(lists.offsets[low : high + 1], lists.targets)
        start, end = part.offsets[0], part.offsets[-1]
        rows: npt.NDArray[np.int32] = part.sources() + np.int32(low)
        spool.add([pa.array(rows), pa.array(lists.targets[start:end])])
    return spool.table()


_AT_ONCE = 1 << 20
