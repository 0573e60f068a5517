"""Inheritance between entries of a BibTeX file: `crossref` and `xdata`, as biber resolves them.

An entry takes members that it lacks from its data containers (`xdata`) and then from its parent (`crossref`), and these
from theirs, wherever in the file they stand. What identifies the parent (title, DOI, links, arXiv id) is not inherited over
`crossref`; the parent of a chapter in a book by one author is the author's; a date is inherited as a whole or not at all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from byline.data.notices import Notice, Outcome, quoted
from byline.data.sources.bibtex_entries import Entry
from byline.data.sources.read.encoding import WINDOWS
from byline.data.sources.read.lines import Overlong, lines

_REFERRING = re.compile(rb"\b(?:crossref|xdata)\b[\"\s]*=\s*[{\"\s]*([^{}\"\n]*)", re.I)
_RELATION = re.compile(rb"\b(?:crossref|xdata)\b", re.I)
_LONGEST = 10_000
_DATE = frozenset(("date", "year", "month", "day"))
# What a child takes from its parent among the members that are read; all else names the parent itself.
_INHERITED = _DATE | {"author"}
# Members of an entry that say how it is related, and are never inherited.
_RELATIONS = frozenset(("crossref", "xdata", "xref", "entryset", "ids", "related"))


def referred_keys(path: Path) -> frozenset[str]:
    """The keys, in lower case, of all entries that others of the file inherit from: only these need to be kept.

    Raises SourceFailed for an unreadable file.
    """
    keys: set[str] = set()
    open_value = b""
    for line in lines(path):
        if isinstance(line, Overlong):
            # It belongs to an entry that is refused.
            open_value = b""
            continue
        if not open_value and not _RELATION.search(line):
            continue
        open_value += line + b" "
        # A list of keys may go on over some lines.
        if open_value.rstrip().endswith((b",", b"=", b"{")) and b"}" not in line and len(open_value) < _LONGEST:
            continue
        for match in _REFERRING.finditer(open_value):
            keys.update(_keys(match[1].decode("utf-8", WINDOWS)))
        open_value = b""
    return frozenset(keys)


def _keys(value: str) -> list[str]:
    return [key for each in value.split(",") if (key := each.strip().lower())]


class Family:
    """The entries of a file that others inherit from, and who waits for them."""

    def __init__(self, keys: frozenset[str]) -> None:
        self._keys = keys
        self._read: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Remember an entry if others refer to it; of several with one key the first."""
        if entry.key.lower() in self._keys:
            self._read.setdefault(entry.key.lower(), entry)

    def waits(self, entry: Entry) -> bool:
        """Whether something that the entry inherits from, over any number of levels, has not been read yet."""
        return any(isinstance(ancestor, str) for _, ancestor in self._ancestors(entry))

    def whole(self, entry: Entry, file: str) -> tuple[Entry, list[Notice]]:
        """The entry with all that it inherits, and a notice for each parent that is not in the file or is its own child."""
        members = dict(entry.members)
        notices: list[Notice] = []
        for relation, ancestor in self._ancestors(entry):
            if isinstance(ancestor, Entry):
                _inherit(members, ancestor, relation, entry.type)
            else:
                reason = f"names an entry that {ancestor}"
                notices.append(Notice(file, entry.line, relation, reason, Outcome.LEFT_OUT))
        return replace(entry, members=members), notices

    def _ancestors(self, entry: Entry) -> Iterator[tuple[str, Entry | str]]:
        """The entries to inherit from, each once and the nearest first, by the relation over which it is reached; in the place
        of one that is missing or is the entry itself, why it cannot be."""
        seen = {entry.key.lower()} if entry.key else set()
        waiting = _parents(entry, "")
        while waiting:
            relation, key = waiting.pop()
            parent = self._read.get(key)
            if parent is None:
                yield relation, f"is not in the file: {quoted(key)}"
            elif key in seen:
                if key == entry.key.lower():
                    yield relation, f"inherits from it: {quoted(key)}"
            else:
                seen.add(key)
                yield relation, parent
                waiting += _parents(parent, relation)


def _parents(entry: Entry, over: str) -> list[tuple[str, str]]:
    """The relations of an entry that is reached `over` one, the first to be followed last. What a parent has from its own data
    containers is the parent's."""
    relations = [(relation, key) for relation in ("xdata", "crossref") for key in _keys(entry.members.get(relation, ""))]
    return [("crossref" if over == "crossref" else relation, key) for relation, key in reversed(relations)]


def _inherit(members: dict[str, str], parent: Entry, relation: str, kind: str) -> None:
    """Put in what the parent has and the child lacks."""
    dated = not {"date", "year"}.isdisjoint(members)
    for name, value in parent.members.items():
        if name in members or name in _RELATIONS or (name in _DATE and dated):
            continue
        if relation == "xdata" or name in _INHERITED:
            members[name] = value
    own_month = not {"month", "day"}.isdisjoint(members) and "month" not in parent.members
    if not dated and own_month and "date" in members and "year" not in members:
        # A month of the child's own belongs to the parent's year, not to its day.
        members["year"] = members.pop("date")[:4]
