"""Lists of citations: two ids a line, the citing paper first unless the names of the columns say otherwise.

Lines are split at the first of tab, comma, semicolon that the first line of data has, else at spaces; `#` and `%` begin a
comment, and a first line of column names is taken for one. Files of SNAP have the same shape; those of collaborations,
which list every pair both ways, are no citations and are refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from byline.data.notices import Notice, quoted
from byline.data.record import Record
from byline.data.sources.citation_columns import arranged, order
from byline.data.sources.read.head import Head
from byline.data.sources.read.lines import Overlong, lines
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.source import Source
from byline.graph.errors import SourceFailed, WrongUse

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")
_HEAD = re.compile(r"(?i)\W*(?:(?:from|to|source|target|src|dst|citing|cited|cites?|paper|node|merge|date|id)[\W_]*)+")
_SIGNED = re.compile(r"(?i)(?:doi|arxiv|acl|openalex|s2|dblp|openreview|pmid|mag):.+")
_NUMBER = re.compile(r"[\d.,:/+-]+")
# What can be no id: something with spaces, signs of JSON or of TeX in it, a tag, an entry, a day.
_NO_ID = re.compile(r'.*[\s{}"].*|[<@\[].*|\d{4}-\d\d-\d\d(?:T.*)?', re.S)
# How many of the first edges are looked at to tell a list of collaborations from one of citations.
_LOOKED_AT = 20_000
_GLANCED_AT = 100

# A field of a record of Web of Science, RIS or MEDLINE.
_TAGGED = re.compile(r"(?:[A-Z][A-Z0-9](?: |  - )|[A-Z]{2,4} *- )\S")
# Two ids, and what may stand behind them, have no more characters.
_LONGEST = 10_000
# Of fewer lines than these, one that is no pair may be a slip.
_FEW = 10


@dataclass(frozen=True)
class _Schemes:
    citing: str
    cited: str


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """A citation a line, or why the line is none.

    Raises SourceFailed for an unreadable file, for one whose lines are something else, and for a list of undirected pairs,
    WrongUse where the ids have no scheme.
    """
    schemes = _schemes(options)
    places = _places(lines(path))
    _refuse_others(path, places)
    cut: str | None = None
    columns: list[str] = []
    unplaced = Unplaced(path.name)
    for number, line in _data(lines(path)):
        if isinstance(line, Overlong):
            yield line.notice(path.name, number)
            continue
        parts = _parts(line, cut or _separator(line), places)
        if not cut:
            cut = _separator(line)
            if _is_head(parts):
                columns = parts
                continue
            _refuse_bare(path, parts, schemes)
        if not _is_pair(parts, cut):
            yield Notice(path.name, number, "", f"must be two ids, citing and cited: {quoted(line)}")
            continue
        for place in (at for at in range(2, len(parts)) if parts[at]):
            unplaced.add(columns[place] if place < len(columns) else f"column {place + 1}", number)
        record = {"type": "citation", "from": _id(parts[0], schemes.citing), "to": _id(parts[1], schemes.cited)}
        yield from salvaged(record, path.name, number)
    yield from unplaced.notices()


def _schemes(options: Mapping[str, str]) -> _Schemes:
    both = options.get("scheme", "")
    schemes = _Schemes(options.get("scheme-from", both), options.get("scheme-to", both))
    for scheme in (schemes.citing, schemes.cited):
        if scheme and not _SCHEME.fullmatch(scheme):
            raise WrongUse(f"a scheme is a word, not {scheme!r}", "such as acl, arxiv or doi")
    return schemes


def _data(raw: Iterable[bytes | Overlong]) -> Iterator[tuple[int, str | Overlong]]:
    """Number and text of each line that is neither blank nor a comment; bytes that are no UTF-8 are kept as escapes."""
    for number, line in enumerate(raw, start=1):
        if isinstance(line, Overlong):
            yield number, line
            continue
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "backslashreplace").strip()
        if text and text[0] not in "#%":
            yield number, text


def _separator(line: str) -> str:
    return next((sign for sign in "\t,;" if sign in line), " ")


def _cells(line: str, cut: str) -> list[str]:
    return line.split() if cut == " " else [cell.strip().strip('"') for cell in line.split(cut)]


def _parts(line: str, cut: str, places: tuple[int, int] | None) -> list[str]:
    return arranged(_cells(line, cut), places)


def _is_head(parts: list[str]) -> bool:
    return len(parts) >= 2 and (order(parts) is not None or _HEAD.fullmatch(" ".join(parts[:2])) is not None)


def _places(raw: Iterable[bytes | Overlong]) -> tuple[int, int] | None:
    """Where the two ids stand, by the first line of data, or by the last comment before it if that names as many columns."""
    comment = ""
    for at, line in enumerate(raw):
        text = "" if isinstance(line, Overlong) else line.decode("utf-8-sig" if at == 0 else "utf-8", "replace").strip()
        if len(text) > _LONGEST or isinstance(line, Overlong):
            return None
        if text and text[0] not in "#%":
            cells = _cells(text, _separator(text))
            named = _cells(header := comment.lstrip("#% "), _separator(header))
            return order(cells) or (order(named) if len(named) == len(cells) else None)
        comment = text or comment
    return None


def _beginning(raw: Iterable[bytes | Overlong], most: int) -> Iterator[str]:
    """The first lines, as much of each as two ids may take; "" for one that is too long."""
    for _, line in islice(_data(raw), most):
        yield "" if isinstance(line, Overlong) or len(line) > _LONGEST else line


def _is_pair(parts: list[str], cut: str) -> bool:
    """Whether a line is two ids, be they good or bad, and no prose, JSON, XML or TeX. Behind them may stand anything where there
    are columns, and numbers where there are only spaces."""
    more = parts[2:] if cut == " " else []
    return len(parts) >= 2 and not any(map(_NO_ID.fullmatch, parts[:2])) and all(map(_NUMBER.fullmatch, more))


def _pairs(raw: Iterable[bytes | Overlong], most: int, places: tuple[int, int] | None = None) -> Iterator[tuple[str, ...] | None]:
    """The first lines as pairs; None for one that is no pair."""
    cut: str | None = None
    for line in _beginning(raw, most):
        cut = cut or (_separator(line) if line else None)
        parts = _parts(line, cut or " ", places)
        yield tuple(parts[:2]) if _is_pair(parts, cut or " ") else None


def _is_of_fields(raw: Iterable[bytes | Overlong], pairs: Sequence[tuple[str, ...] | None]) -> bool:
    """Whether lines are the tagged fields that databases export: words between spaces, of which some are pairs by chance. Words
    may be ids, but then of a list of hardly anything else."""
    seen = list(_beginning(raw, len(pairs)))
    if not seen or _separator(seen[0]) != " " or _mostly_signed(pairs):
        return False
    tagged = sum(_TAGGED.match(line) is not None for line in seen)
    return 2 * tagged > len(seen) > 2 or (len(seen) >= _FEW and 5 * pairs.count(None) >= len(seen))


def _mostly_signed(pairs: Sequence[tuple[str, ...] | None]) -> bool:
    """Whether most lines are pairs of what has the look of an id: digits, or a scheme."""
    return 2 * sum(pair is not None and all(re.search(r"[\d:]", each) for each in pair) for pair in pairs) >= len(pairs)


def _id(text: str, scheme: str) -> str:
    signed = _SIGNED.fullmatch(text) and text.lower().startswith(f"{scheme.lower()}:")
    return text if not scheme or signed else f"{scheme}:{text}"


def _refuse_bare(path: Path, parts: list[str], schemes: _Schemes) -> None:
    for part, scheme in zip(parts, (schemes.citing, schemes.cited), strict=False):
        if not scheme and ":" not in part:
            raise WrongUse(f"{path}: nobody says what {quoted(part)} is an id of", "give the option scheme, such as acl")


def _refuse_others(path: Path, places: tuple[int, int] | None) -> None:
    """Raise SourceFailed where most lines of the beginning are no pairs, or where nearly every pair stands both ways there, as
    far as both have a list of their own: nobody cites like that."""
    pairs = list(_pairs(lines(path), _LOOKED_AT, places))
    seen = set(filter(None, pairs))
    if pairs.count(None) * 2 > len(pairs):
        raise SourceFailed(
            f"{path} is no list of citations: of its first {len(pairs):,} lines {len(pairs) - pairs.count(None):,} are two ids",
            "a line is two ids, citing and cited, with a tab, a comma, a semicolon or spaces between",
        )
    if _is_of_fields(lines(path), pairs):
        raise SourceFailed(
            f"{path} is no list of citations: its lines are fields of records, as `PT J`, not two ids",
            "a line is two ids, citing and cited, with a tab, a comma, a semicolon or spaces between",
        )
    listed = {pair[0] for pair in seen}
    answered = [pair[::-1] in seen for pair in seen if pair[-1] in listed]
    if len(answered) >= 10 and sum(answered) > len(answered) * 0.8:
        raise SourceFailed(
            f"{path} lists nearly every pair both ways, so it tells who belongs together and not who cites whom",
            "give a list of citations",
        )


def _recognises(head: Head) -> bool:
    """Words are ids for whoever calls them so; by themselves only those with digits or a scheme have the look of some."""
    raw = [line.encode() for line in head.text.split("\n")]
    pairs = list(_pairs(raw, _GLANCED_AT, _places(raw)))
    return bool(pairs) and _mostly_signed(pairs)


SOURCE = Source(
    name="citations",
    about="Lists of citations, two ids a line: citing, cited (.tsv, .csv, .txt with tabs, commas, semicolons or spaces; "
    "SNAP's lists of citations; .gz and .zst).",
    licence="that of the list",
    says="which paper cites which",
    silent="everything else; the papers themselves come from another source under the same ids",
    read=read,
    recognises=_recognises,
    options={
        "scheme": "What the ids are ids of, where the file does not say: acl, arxiv, doi, …",
        "scheme-from": "The same for the citing ids alone.",
        "scheme-to": "The same for the cited ids alone.",
    },
)
