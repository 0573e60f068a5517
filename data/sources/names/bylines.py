"""Author lists: the people of a printed list, what stands among them, and whether the list is whole.

All sources read theirs here.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

from byline.data.notices import Notice, Outcome, quoted
from byline.data.sources.names.cut_lists import cut
from byline.data.sources.names.groups import (
    COLLABORATION,
    group_of,
    led_by_colon,
    named_group,
    organisation,
    tidy,
    unmarked_group,
)
from byline.data.sources.names.marks import set_apart, unmarked, without_marks
from byline.data.sources.names.name_lists import several, trimmed
from byline.data.sources.names.numbers import LEFT_OUT, doubt, is_filed, is_report, no_name, number_behind
from byline.data.sources.names.printed import SUFFIX, bare, card, natural
from byline.data.sources.read import characters
from byline.data.sources.read.junk import NOBODY, without_junk
from byline.data.sources.read.ordinary import ordinary
from byline.data.sources.read.tex_stated import named

# What is longer is no name but a text that went astray, and not worth a closer look.
_LONGEST = 500
_MOST_WORDS = 12
_EDGES = " \t\n,;:&|*•·~#"
# An umlaut of TeX or of its package babel that lost its backslash: 'R"oser'.
_UMLAUT = re.compile(r'(?<=[^\W\d_])"([aouAOU])(?=[^\W\d_])')
_LISTED = re.compile(r"[,;&]|\band\b")
# "LNS/UConn"
_LABORATORIES = re.compile(r"[A-Z]{2,}/(?:[A-Z]{2,}|[A-Z][\w-]+)")
_ONE_WORD = re.compile(r"[^\W_][\w+-]*")
_LETTER = re.compile(r"[^\W\d_]")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


@dataclass(frozen=True)
class Remark:
    """What became of an entry, by its number from 0; without a number it is about the whole list."""

    place: int | None
    outcome: Outcome
    reason: str
    count: int = 1


@dataclass
class Byline:
    """The people of a list of authors, each with the place of its entry in the list; the collaborations and other organisations
    beside them; whether the list is whole, and how many authors it leaves out or has in all where it says so.

    A list without people says nothing about who they are.
    """

    people: list[tuple[str, int]] = field(default_factory=list)
    collaborations: list[str] = field(default_factory=list)
    organisations: list[tuple[str, int]] = field(default_factory=list)
    complete: bool = True
    hidden: int | None = None
    total: int | None = None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def count(self) -> int | None:
        """How many authors the list has with those that it leaves out; null where it does not say."""
        if self.total is not None:
            return max(self.total, len(self.people))
        return len(self.people) + self.hidden if self.hidden is not None else None

    def notices(self, file: str, line: int, member: str = "authors") -> Iterator[Notice]:
        """The remarks as notices; `member` is the path of the list."""
        for each in self.remarks:
            path = member if each.place is None else f"{member}[{each.place}]"
            yield Notice(file, line, path, each.reason, each.outcome, each.count)


def byline(names: Iterable[str], inverted: bool = False, corporate: Collection[int] = ()) -> Byline:
    """Sort the entries of a list of authors; names come out given names first.

    `inverted` says that the source may print "Surname, Given" and "Surname AB"; otherwise a comma parts people. `corporate` are
    the entries that the source gives as whole names: organisations unless their layout is a person's.

    A collaboration that signs as an author of its own stands for members who are not named, so that the list is not whole; one
    that somebody signs for ("A. Person for the X Collaboration") is named beside a whole list.
    """
    names = [named(name) if "\\" in name else name for name in names]
    reader = _Reader(inverted, len(names), corporate)
    start = _behind_colon(names, reader.printed)
    if start == 2 and _LETTER.fullmatch(names[0].strip()) and len(names) > start:
        # "L: Berg" for "L. Berg".
        reader.printed.remarks.append(Remark(start, Outcome.MENDED, f"has a colon behind an initial: {quoted(names[0])}"))
        names[start] = f"{names[0].strip()}. {names[start].strip()}"
    for place, entry in enumerate(names[start:], start):
        if place not in corporate and ordinary(entry):
            reader.printed.people.append((entry.strip(), place))
        elif place not in corporate and (reason := number_behind(entry)):
            reader.printed.people.append((entry, place))
            reader.printed.remarks.append(Remark(place, Outcome.DOUBTED, reason))
        else:
            reader.read(entry, place)
    printed = reader.printed
    if inverted and len(printed.people) > 1 and all(turned := [card(name) for name, _ in printed.people]):
        printed.people = [(name or "", place) for name, (_, place) in zip(turned, printed.people, strict=True)]
    return printed


def _behind_colon(names: list[str], printed: Byline) -> int:
    """Where the people begin: behind an entry that is a colon, before which collaborations stand."""
    at = next((i for i, name in enumerate(names) if name.strip() == ":"), 0)
    # People before it are no collaborations: then the colon is one sign too many.
    if not at or not all(COLLABORATION.search(name) or _ONE_WORD.fullmatch(name.strip()) for name in names[:at]):
        return 0
    named = [each for name in names[:at] if named_group(each := tidy(characters.clean(name)[0]))]
    printed.collaborations += named
    printed.complete = not named
    return at + 1


class _Reader:
    """Reads the entries that are not ordinary, one after the other."""

    def __init__(self, inverted: bool, entries: int, corporate: Collection[int]) -> None:
        self.printed = Byline()
        self.inverted, self.entries, self.corporate = inverted, entries, corporate

    def read(self, entry: str, place: int) -> None:
        if len(entry) > _LONGEST:
            self.printed.people.append((entry, place))
            return
        text, mended = characters.clean(entry)
        text, junk = without_junk(" ".join(text.replace("~", " ").split()))
        if (umlauts := _UMLAUT.sub(lambda match: normalize("NFC", f"{match[1]}\u0308"), text)) != text:
            text, mended = umlauts, "; ".join(filter(None, (mended, "umlauts were restored")))
        text = self._cut(self._without_marks_of_nobody(text, place))
        if not text and not junk:
            if mended:
                self._remark(place, Outcome.LEFT_OUT, f"holds nothing that can be seen: {quoted(entry)}")
            return
        if junk:
            self._remark(place, Outcome.MENDED if text else Outcome.LEFT_OUT, f"holds what is no part of a name: {quoted(junk)}")
        if mended and text:
            self._remark(place, Outcome.MENDED, f"{mended}: {quoted(text)}")
        if text := self._without_groups(text, place):
            self._people(text, place)

    def _remark(self, place: int, outcome: Outcome, reason: str) -> None:
        self.printed.remarks.append(Remark(place, outcome, reason))

    def _without_marks_of_nobody(self, text: str, place: int) -> str:
        """The text without marks and numbers behind it where it is no person's: "and others 12", "X Collaboration1".

        A number that stands apart may be part of the name of an institution or a group, "Université Paris 7", "Team 3".
        """
        core, behind = set_apart(text)
        if not behind or not any(map(str.isalpha, core)):
            return text
        if NOBODY.fullmatch(core.strip(_EDGES)):
            self._remark(place, Outcome.LEFT_OUT, f"names nobody: {quoted(text)}")
            return ""
        if cut(core).is_cut and not cut(text).is_cut:
            self._remark(place, Outcome.MENDED, f"has marks behind what is nobody's name: {quoted(text)}")
            return core
        group = group_of(core)
        if behind[0].isspace() or not (group or organisation(core)):
            core = unmarked_group(text) if group else text
        if core != text:
            self._remark(place, Outcome.MENDED, f"has marks of footnotes: {quoted(text)}")
        return core

    def _cut(self, text: str) -> str:
        """The text without "et al."; a number of authors left out is kept."""
        text, is_cut, hidden, total = cut(text)
        self.printed.complete &= not is_cut
        if total is not None:
            self.printed.total = max(self.printed.total or 0, total)
        if hidden is not None:
            self.printed.hidden = (self.printed.hidden or 0) + hidden
        return text

    def _without_groups(self, text: str, place: int) -> str:
        """The text without the collaborations in it: "" where nobody else is named."""
        if led := led_by_colon(text):
            groups, text = led
            self._groups(groups)
            self.printed.complete = False
        elif (group := group_of(text)) and not (place in self.corporate and organisation(text)):
            before, groups = group
            self._groups(groups)
            if not any(map(named_group, groups)):
                self._remark(place, Outcome.LEFT_OUT, f"names no group; the list counts as incomplete: {quoted(text)}")
            signs = before == "" and not re.match(r"\W*(?:for|on behalf|representing)\b", text, re.I)
            self.printed.complete &= not signs or not groups
            text = self._cut(before)
        return text.strip()

    def _groups(self, groups: list[str]) -> None:
        self.printed.collaborations += [each for each in groups if named_group(each) and each not in self.printed.collaborations]

    def _people(self, text: str, place: int) -> None:
        if NOBODY.fullmatch(text.strip(_EDGES)):
            if any(map(str.isalpha, text)):
                self._remark(place, Outcome.LEFT_OUT, f"names nobody: {quoted(text)}")
            return
        if place in self.corporate and not personal(text):
            self.printed.organisations.append((text.strip(), place))
            return
        if self._is_institution(text):
            self.printed.organisations.append((text, place))
            self._remark(
                place, Outcome.MENDED, f"is an institution, not a person; it is kept as one of the paper: {quoted(text)}"
            )
            return
        if len(text.split()) > _MOST_WORDS * (1 + len(re.findall("[,;]", text))):
            self.printed.complete = False
            self._remark(place, Outcome.LEFT_OUT, f"is longer than a name: {quoted(text)}")
            return
        self._several(text, place)

    def _several(self, text: str, place: int) -> None:
        printed, text = text, self._without_addresses(text, place)
        if _LISTED.search(text) and (rest := unmarked(text)) != text:
            self._remark(place, Outcome.MENDED, f"has marks of footnotes: {quoted(printed)}")
            text = rest
        parted = several(text, self.inverted)
        if len(parted.names) > 1:
            outcome = Outcome.MENDED if parted.certain else Outcome.DOUBTED
            doubt = "" if parted.certain else "; where it parts is not certain, so the list counts as incomplete"
            self._remark(place, outcome, f"names {len(parted.names)} people: {quoted(text)}{doubt}")
        elif not parted.certain and (self.entries == 1 or "," not in text):
            self._remark(place, Outcome.DOUBTED, f"may name several people; the list counts as incomplete: {quoted(text)}")
        # Among others a comma is that of "Surname, Given": it is the list itself that would part people.
        alone = len(parted.names) == 1 and self.entries > 1 and "," in text
        self.printed.complete &= parted.certain or alone
        for left in parted.left:
            self._remark(place, Outcome.LEFT_OUT, f"holds what is no person's name: {quoted(left)}")
        for name in parted.names:
            self._person(name, place)

    def _without_addresses(self, text: str, place: int) -> str:
        """The text without what is certainly an address or a report between its commas; "Xanten, MA 02139" is one as a whole."""
        parts = re.split(r"\s*[,;]\s*", text)
        filed = [part for part in parts if is_filed(part)]
        if is_report(text) and (len(parts) == 1 or (len(parts) == 2 and " " not in parts[0])):
            filed, text = [text], ""
        for part in filed:
            self._remark(place, Outcome.LEFT_OUT, f"{LEFT_OUT}: {quoted(part)}")
            text = re.sub(rf"[\s,;]*{re.escape(part)}", "", text, count=1)
        return text.strip(" ,;")

    def _is_institution(self, text: str) -> bool:
        if _LABORATORIES.fullmatch(text):
            return True
        return organisation(text) and organisation(text.split(",")[0] if "," in text else text)

    def _person(self, name: str, place: int) -> None:
        people, unmarked_name = self.printed.people, without_marks(name)
        if people and SUFFIX.fullmatch(suffix := unmarked_name.strip(" ,")):
            last, at = people[-1]
            people[-1] = (f"{last}, {suffix}", at)
            return
        if COLLABORATION.search(name) and (group := group_of(name)) and not group[0]:
            self._groups(group[1])
            self.printed.complete = False
            return
        shown = bare(_balanced(unmarked_name.strip(_EDGES)))
        if no_name(shown):
            self._remark(place, Outcome.LEFT_OUT, f"{LEFT_OUT}: {quoted(name)}")
            return
        if reason := doubt(shown):
            self._remark(place, Outcome.DOUBTED, reason)
        if shown != name.strip(_EDGES) and any(map(str.isalpha, shown)):
            self._remark(place, Outcome.MENDED, f"has marks, a title or a degree beside the name {quoted(shown)}: {quoted(name)}")
        shown = trimmed(natural(shown)).strip(_EDGES)
        if any(map(str.isalpha, shown)) and not NOBODY.fullmatch(shown):
            people.append((shown, place))


def _balanced(name: str) -> str:
    """A name without a bracket at its end that nothing opens."""
    for opening, closing in _PAIRS:
        if name.endswith(closing) and opening not in name:
            name = name[:-1].rstrip()
    return name


def personal(text: str) -> bool:
    """Whether a whole name is a person's, or several people's, by its layout: initials before or behind a surname, a comma."""
    if organisation(text):
        return False
    parted = several(text := set_apart(text)[0], inverted=True)
    if len(parted.names) > 1:
        return parted.certain and all(personal(name) or " " in name for name in parted.names)
    turned = parted.names[0]
    if turned != text and parted.certain and len(turned.split()) <= 4:
        return True
    return re.fullmatch(r"(?:[^\W\d_]\.[\s-]*)+(?:\w{2,3}\s)?[^\W\d_]+(?:[-'’][^\W\d_]+)*", text) is not None
