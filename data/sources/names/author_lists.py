"""Author lists as members of a record: one way for all sources from printed entries to people, institutions and completeness."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from byline.data.notices import Notice, Outcome, quoted
from byline.data.record import Author, Paper, Record, dump, parse
from byline.data.sources.names import affiliations
from byline.data.sources.names.bylines import Byline, Remark, byline
from byline.data.sources.names.numbers import number_behind
from byline.data.sources.names.printed import card
from byline.data.sources.read.characters import clean, suspect
from byline.data.sources.read.markup import plain
from byline.data.sources.read.ordinary import ordinary
from byline.data.sources.read.tex_stated import may_be_tex, named, titled

# What an entry has that belongs to one person.
_OWN = ("id", "orcid", "corresponding")


@dataclass
class AuthorList:
    """The members of a paper's record about its authors, and what was mended or left out among them."""

    members: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def notices(self, file: str, line: int, member: str = "authors") -> Iterator[Notice]:
        """The remarks as notices; `member` is the path of the list in the file."""
        return Byline(remarks=self.remarks).notices(file, line, member) if self.remarks else iter(())


def author_list(entries: Sequence[Mapping[str, Any]], inverted: bool = False, corporate: Collection[int] = ()) -> AuthorList:
    """The authors of a paper from entries as records have them, each with the name as it is printed.

    `inverted` and `corporate` are those of `byline`. The members are `authors` and `authors_complete` where people are named, an
    `author_count` where the list says how many it leaves out, and the `institutions` of the paper: collaborations, organisations,
    and what belongs to an entry that names several people or nobody.
    """
    names = [str(entry.get("name") or "") for entry in entries]
    if not corporate and names and _plain(names, entries, inverted):
        # By far the most lists.
        stripped = list(map(str.strip, names))
        if stripped == [entry["name"] for entry in entries]:
            return AuthorList({"authors": list(entries), "authors_complete": True})
        plain_entries = [{**entry, "name": name} for entry, name in zip(entries, stripped, strict=True)]
        return AuthorList({"authors": plain_entries, "authors_complete": True})
    printed = byline(names, inverted, corporate)
    shared = Counter(place for _, place in printed.people)
    listing = AuthorList(remarks=printed.remarks)
    authors: list[dict[str, Any]] = []
    loose: list[dict[str, Any]] = []
    for name, place in printed.people:
        if shared[place] == 1:
            authors.append({**entries[place], "name": name})
        else:
            authors.append({"name": name})
    for place, entry in enumerate(entries):
        if shared[place] != 1:
            loose += entry.get("institutions") or ()
            if shared[place] and any(entry.get(member) for member in _OWN):
                reason = "has an id, which cannot be that of several people; it is left out"
                listing.remarks.append(Remark(place, Outcome.LEFT_OUT, reason))
    listing.remarks += _twice(authors)
    loose += [{"name": name} for name in dict.fromkeys([*(name for name, _ in printed.organisations), *printed.collaborations])]
    loose += _institutions(authors, printed, listing.remarks)
    if authors:
        listing.members = {"authors": authors, "authors_complete": printed.complete}
        if printed.count is not None:
            listing.members["author_count"] = printed.count
    if loose:
        listing.members["institutions"] = loose
    return listing


def _plain(names: list[str], entries: Sequence[Mapping[str, Any]], inverted: bool) -> bool:
    """Whether nothing about a list needs a closer look."""
    if not all(map(ordinary, names)) or len(set(names)) < len(names) or (inverted and all(map(card, names))):
        return False
    people: set[str] | None = None
    for entry in entries:
        for place in entry.get("institutions") or ():
            people = people or {name.casefold() for name in names}
            if affiliations.suspect(place["name"]) or place["name"].casefold() in people:
                return False
    return True


def _twice(authors: list[dict[str, Any]]) -> Iterator[Remark]:
    """A remark on whole names that stand twice without an id to tell them apart. Several people may bear one name, so all entries
    stay; of initials nothing else is to be expected."""
    names = [entry["name"] for entry in authors]
    if len(set(names)) == len(names):
        return
    counts = Counter(entry["name"] for entry in authors if not entry.get("id") and not entry.get("orcid"))
    if repeated := [name for name, count in counts.items() if count > 1 and len(name.split()[0].strip(".")) > 1]:
        reason = f"names {quoted(repeated[0])} more than once; all entries are kept, since several people may bear one name"
        yield Remark(None, Outcome.DOUBTED, reason, len(repeated))


def _institutions(authors: list[dict[str, Any]], printed: Byline, remarks: list[Remark]) -> list[dict[str, Any]]:
    """Sort the affiliations of all entries; answers the collaborations among them, which are the paper's."""
    if not any(entry.get("institutions") for entry in authors):
        return []
    people = {entry["name"].casefold() for entry in authors}
    groups: dict[str, None] = {}
    for entry, (_, place) in zip(authors, printed.people, strict=True):
        stated = entry.get("institutions")
        if not stated:
            continue
        names = [each.get("name") for each in stated]
        sorting = affiliations.sorted_out([name for name in names if isinstance(name, str)], people)
        if not (sorting.left or sorting.collaborations or sorting.hidden is not None):
            continue
        left_in = set(sorting.institutions)
        entry["institutions"] = [each for each in stated if not isinstance(each.get("name"), str) or each["name"] in left_in]
        groups |= dict.fromkeys(sorting.collaborations)
        if sorting.hidden is not None:
            printed.hidden, printed.complete = (printed.hidden or 0) + sorting.hidden, False
        reason = "has an affiliation that is no institution"
        remarks += [Remark(place, Outcome.LEFT_OUT, f"{reason}: {quoted(left)}") for left in sorting.left]
    return [{"name": name} for name in groups if name not in printed.collaborations]


def with_author_lists(
    records: Iterator[Record | Notice], file: str, line: int, inverted: bool = False, member: str = "authors"
) -> Iterator[Record | Notice]:
    """Records with their author lists and names normalised, each before the notices about it.

    For sources that read authors as they are stated; `inverted` is that of `byline`, `member` the path of the list.
    """
    for record in with_texts(records, file, line):
        if isinstance(record, Paper) and record.authors:
            if (doubts := _as_printed(record)) is None:
                yield from _read_again(record, file, line, inverted, member)
            else:
                yield record
                for place, why in doubts:
                    yield Notice(file, line, f"{member}[{place}]", why, Outcome.DOUBTED)
        elif isinstance(record, Author) and any(map(_needs_cleaning, (record.name, *record.aliases))):
            yield from _cleaned(record, file, line)
        else:
            yield record


def _needs_cleaning(name: str) -> bool:
    return "\\" in name or suspect(name)


def with_texts(records: Iterator[Record | Notice], file: str, line: int) -> Iterator[Record | Notice]:
    """Records with the titles of papers as they were meant: TeX, mojibake, character references, control characters."""
    for record in records:
        if not isinstance(record, Paper) or not (suspect(record.title) or may_be_tex(record.title)):
            yield record
            continue
        title, why = clean(titled(record.title))
        title = plain(title) if "&" in record.title else title
        if not title or title == record.title:
            yield record
            continue
        yield parse(dump(record) | {"title": title}, file, line)
        if why:
            yield Notice(file, line, "title", f"{why}: {quoted(title)}", Outcome.MENDED)


def _as_printed(paper: Paper) -> list[tuple[int, str]] | None:
    """Which names are doubted in a list of authors that stays as it is stated, and why; None for one that needs a closer look."""
    authors = paper.authors or ()
    names = [entry.name for entry in authors]
    odd = [place for place, name in enumerate(names) if not ordinary(name)]
    doubts = [(place, why) for place in odd if (why := number_behind(names[place]))]
    if len(doubts) < len(odd) or len(set(names)) < len(names):
        return None
    people: set[str] | None = None
    for entry in authors:
        for place in entry.institutions:
            people = people or {name.casefold() for name in names}
            if affiliations.suspect(place.name) or place.name.casefold() in people:
                return None
    return doubts


def _read_again(paper: Paper, file: str, line: int, inverted: bool, member: str) -> Iterator[Record | Notice]:
    stated = dump(paper)
    listing = author_list(stated["authors"], inverted)
    if (complete := listing.members.get("authors_complete")) is not None:
        listing.members["authors_complete"] = paper.authors_complete if complete else False
    if paper.author_count is not None:
        listing.members.pop("author_count", None)
    stated_names = [each["name"] for each in stated.get("institutions", ())]
    more = [each for each in listing.members.pop("institutions", ()) if each["name"] not in stated_names]
    changed = stated | {"authors": None, "authors_complete": None} | listing.members
    yield parse(changed | {"institutions": [*stated.get("institutions", ()), *more]}, file, line)
    yield from listing.notices(file, line, member)


def _cleaned(author: Author, file: str, line: int) -> Iterator[Record | Notice]:
    """A record about a person, its characters mended. Marks stay: whoever writes a record about somebody says what they are
    called, as "Wei Wang 0001", and prints no footnotes."""
    name, why = clean(named(author.name))
    aliases = list(dict.fromkeys(clean(named(each))[0] for each in author.aliases))
    if not name:
        yield author
        return
    yield parse(dump(author) | {"name": name, "aliases": aliases}, file, line)
    if why:
        yield Notice(file, line, "name", f"{why}: {quoted(name)}", Outcome.MENDED)
