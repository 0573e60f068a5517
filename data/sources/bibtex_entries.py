"""The entries of a BibTeX file, one at a time, with the line on which each begins.

The syntax is read by pybtex. What it leaves to its caller is done here: a file is read in pieces of bounded size, a broken
entry costs only itself, and slips of which the mending is certain (no comma between two members, a key with a blank, one
closing brace too many) are mended and listed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, month_names
from pybtex.scanner import Pattern, PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from byline.data.limits import limits, too_deep, too_long, too_many
from byline.data.notices import Notice, Outcome, quoted
from byline.data.sources.read.encoding import Decoder
from byline.data.sources.read.lines import Overlong, lines

# A line on which an entry begins. Where one stands inside of an entry, that entry was never closed.
_FIRST_LINE = re.compile(r"[ \t]*@[ \t]*[A-Za-z]\w*[ \t]*[{(]")
_COMMAND = re.compile(r"@\s*[A-Za-z]\w*\s*[{(]")
_KEY = re.compile(r"\s*([^\s,={}\"][^,={}\n]*?)?\s*(?:,|(?=[})]))")
_BRACE = re.compile(r"[{}]")
_NEXT_MEMBER = re.compile(r"\s*,?\s*[A-Za-z][\w:.+/-]*\s*=\s*(?=[{\"\w])")
# Characters that the strings named by one entry may stand for: strings made of strings can grow twofold with each line.
_MOST_EXPANDED = 10_000
# Characters of an entry that is refused unread, from which its message quotes.
_SHOWN = 200
# Members in which a word that is no string is a word.
_WORDS = frozenset(("year", "month", "day", "date"))


@dataclass(frozen=True)
class Entry:
    """An entry: its type in lower case, its key, and its members by their names in lower case, TeX and braces kept."""

    line: int
    type: str
    key: str
    members: dict[str, str] = field(default_factory=dict)


@dataclass
class _Slip:
    """What is wrong with a piece of an entry."""

    member: str
    reason: str
    outcome: Outcome


class _Parser(LowLevelParser):  # type: ignore[misc]
    """pybtex's reader of the syntax, one command at a time, which goes on where it can."""

    # Outside of values the rest of a line behind % is a comment, as biber reads it.
    WHITESPACE = Pattern(r"(?:\s+|%[^\n]*)+", "whitespace")

    def __init__(self, text: str, macros: CaseInsensitiveDict) -> None:
        super().__init__(text, macros=macros, handle_error=self._note)
        self.pos: int = 0
        self.slips: list[_Slip] = []
        self.failed = False
        self.expanded = 0

    def command(self, start: int) -> tuple[str, Sequence[Any]] | None:
        """The command whose "@" stands at `start`: its name and what is in it; None for a comment."""
        self.update_lineno(self.text[self.pos : start])
        self.command_start, self.pos = start, start + 1
        self.slips, self.failed, self.expanded = [], False, 0
        try:
            name, body = self.parse_command()
        except SkipEntry:
            self._skip_comment()
            return None
        return name.lower(), body

    def parse_entry_body(self, body_end: Any) -> None:
        """The key, with blanks where it has some, and the members; a key may be missing altogether."""
        self.current_entry_key = ""
        if match := _KEY.match(self.text, self.pos):
            self.current_entry_key = " ".join((match[1] or "").split())
            self._go_to(match.end())
        self._members()
        # A brace too many ends the entry before its members end.
        while self.text.startswith("}", self.pos) and (match := _NEXT_MEMBER.match(self.text, self.pos + 1)):
            self._slip("has a closing brace too many behind it, which was left out", Outcome.MENDED, self.current_field_name)
            self._go_to(self.pos + 1)
            self._members()

    def _members(self) -> None:
        while True:
            self.parse_entry_fields()
            self.eat_whitespace()
            if not _NEXT_MEMBER.match(self.text, self.pos):
                return
            self._slip("has no comma behind it; one was put there", Outcome.MENDED, self.current_field_name)

    def parse_entry_fields(self) -> None:
        """pybtex's loop over the members; the name of the last one is kept for messages."""
        last = ""
        while True:
            self.current_field_name = None
            self.current_value: list[str] = []
            self.parse_field()
            if self.current_field_name:
                last = self.current_field_name.lower()
                self.current_fields.append((last, self.current_value))
            if not self.optional([self.COMMA]):
                self.current_field_name = last
                return

    def substitute_macro(self, name: str) -> str:
        """What a string stands for. One that is not defined is a word where a date is expected, else nothing."""
        member = (self.current_field_name or "").lower()
        if name in self.macros:
            self.expanded += len(text := str(self.macros[name]))
            if self.expanded <= _MOST_EXPANDED:
                return text
            self._slip(f"names strings that stand for too much text; left out was {quoted(name)}", Outcome.LEFT_OUT, member)
            return ""
        if member in _WORDS:
            return name
        self._slip(f"names a string that is not defined and was left out: {quoted(name)}", Outcome.LEFT_OUT, member)
        return ""

    def _slip(self, reason: str, outcome: Outcome, member: str | None) -> None:
        self.slips.append(_Slip(member or "", reason, outcome))

    def _note(self, error: PybtexSyntaxError) -> None:
        self.failed = True
        member = (self.current_field_name or "").lower()
        reason = f"is not closed or not separated from what follows ({error.args[0]}); it and what is behind it were left out"
        self._slip(reason, Outcome.LEFT_OUT, member)

    def _skip_comment(self) -> None:
        try:
            for _ in self.parse_string(self.RBRACE):
                pass
        except PybtexSyntaxError:
            self.pos = self.end_pos

    def _go_to(self, end: int) -> None:
        self.update_lineno(self.text[self.pos : end])
        self.pos = end


def entries(path: Path, decoder: Decoder) -> Iterator[Entry | Notice]:
    """Each entry in the order of the file, and a notice for all that is in none or had to be mended.

    Strings (`@string`) are put in, pieces with "#" between them joined. Of a member given twice the first counts.
    Raises SourceFailed for an unreadable file.
    """
    macros = CaseInsensitiveDict(month_names)
    for line, text in _pieces(path, decoder):
        if reason := _beyond(text):
            yield Notice(path.name, line, "", f"{reason}: {quoted(' '.join(text[:_SHOWN].split()))}")
            continue
        yield from _parsed(_Parser(text, macros), path.name, line)


def _pieces(path: Path, decoder: Decoder) -> Iterator[tuple[int, str]]:
    """The file cut at the lines on which an entry begins, with the number of the first line of each piece. Of one that is longer
    than an entry may be as much comes as tells so."""
    held, begin, most = StringIO(), 1, limits().max_record_bytes
    for number, raw in enumerate(lines(path), start=1):
        # Of a line that is too long as much is kept as tells which entry it belongs to, and that it is too long.
        decoded = decoder.line(raw.beginning if isinstance(raw, Overlong) else raw, number)
        line = decoded.ljust(most + 1) if isinstance(raw, Overlong) else decoded
        if _FIRST_LINE.match(line) and held.tell():
            yield begin, held.getvalue()
            held, begin = StringIO(), number
        if held.tell() <= most:
            held.write(line)
            held.write("\n")
    if held.tell():
        yield begin, held.getvalue()


def _beyond(text: str) -> str | None:
    """Why a piece is refused unread: it is too long, has too many members or is nested too deep."""
    if len(text) > limits().max_record_bytes + 1:
        return too_long("entry")
    if text.count("=") > limits().max_record_members:
        return too_many()
    if text.count("{") <= limits().max_record_depth:
        return None
    deepest = max(accumulate(1 if brace == "{" else -1 for brace in _BRACE.findall(text)), default=0)
    return too_deep() if deepest > limits().max_record_depth else None


def _parsed(parser: _Parser, file: str, begin: int) -> Iterator[Entry | Notice]:
    """What one piece of a file holds: mostly one entry, more where several begin on one line."""
    while match := _next_command(parser.text, parser.pos):
        yield from _between(parser, match.start(), file, begin)
        line = begin + parser.lineno - 1 + parser.text.count("\n", parser.pos, match.start())
        try:
            command = parser.command(match.start())
        except PybtexSyntaxError as error:
            raw = " ".join(parser.text[match.start() :].split())
            yield Notice(file, line, "", f"is no whole entry ({error.args[0]}): {quoted(raw)}")
            return
        if command is not None and command[0] not in ("string", "preamble"):
            yield from _entry(command[0], command[1], parser, file, line)
        elif command is not None and parser.failed:
            yield Notice(file, line, f"@{command[0]}", "is not closed and was left out", Outcome.LEFT_OUT)
        if parser.failed:
            # Where the rest of the piece belongs to nobody can tell.
            return
    yield from _between(parser, len(parser.text), file, begin)


def _next_command(text: str, start: int) -> "re.Match[str] | None":
    """The next "@type{" that does not stand behind a % on its line."""
    for match in _COMMAND.finditer(text, start):
        if "%" not in text[max(text.rfind("\n", start, match.start()) + 1, start) : match.start()]:
            return match
    return None


def _between(parser: _Parser, end: int, file: str, begin: int) -> Iterator[Notice]:
    """Text between entries is a comment, but members that stand there fell out of one."""
    if match := _NEXT_MEMBER.match(parser.text, parser.pos, end):
        line = begin + parser.lineno - 1
        member = match[0].strip(" \t\n,").partition("=")[0].strip().lower()
        yield Notice(file, line, member, "stands behind the end of its entry and was left out", Outcome.LEFT_OUT)


def _entry(kind: str, body: Sequence[Any], parser: _Parser, file: str, line: int) -> Iterator[Entry | Notice]:
    key, fields = body
    members: dict[str, str] = {}
    twice: dict[str, None] = {}
    for name, pieces in fields:
        value = "".join(pieces)
        if name in members:
            twice[name] = None
        else:
            members[name] = value
    if parser.failed and "title" not in members:
        raw = " ".join(parser.text[parser.command_start :].split())
        yield Notice(file, line, "", f"is no whole entry: {quoted(raw)}")
        return
    yield Entry(line, kind, key or "", members)
    for slip in parser.slips:
        yield Notice(file, line, slip.member, slip.reason, slip.outcome)
    for name in twice:
        yield Notice(file, line, name, "is given more than once; the first one counts", Outcome.LEFT_OUT)
