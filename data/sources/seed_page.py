"""An author's page saved as text: a profile, then the papers, each with header, title, authors and abstract.

    Ada Example                      the person
    CL                               main category
    h-index28 / 15papers / 279citations / Novelty52% / AI Score56
    15 Papers                        heading of the list
    LGMay 28                         category and day; without a year it is the year of capture
    A Title
    First Author, Second Author et al. · institute, university
    The abstract.

What the page does not say stays unknown; what cannot be understood is rejected with its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from byline.data.limits import bound, limits
from byline.data.notices import Notice, Outcome, quoted
from byline.data.record import Record
from byline.data.reference.taxonomy import resolve
from byline.data.sources.read.encoding import Decoder, as_utf8
from byline.data.sources.read.head import Head
from byline.data.sources.read.packed import whole
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.seed_page_authors import authors
from byline.data.sources.source import Source
from byline.data.text.dates import from_parts
from byline.graph.errors import SourceFailed, WrongUse

NAME = "seed_page"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_HEADER = re.compile(rf"([A-Za-z][A-Za-z.-]*?) ?({_MONTH}) (\d{{1,2}})(?:, (\d{{4}}))?")
# A line that stands where a header does and has the look of one, without being readable.
_LIKE_HEADER = re.compile(r"[A-Z][A-Za-z.-]{1,24}[ \d,./-]*")
_HEADING = re.compile(r"(\d[\d,]*) Papers?", re.I)
_FIGURES: dict[str, tuple[re.Pattern[str], type]] = {
    "h_index": (re.compile(r"h-index\s*(\S.*)", re.I), int),
    "paper_count": (re.compile(r"(\S+)\s*papers?", re.I), int),
    "citation_count": (re.compile(r"(\S+)\s*citations?", re.I), int),
    "novelty": (re.compile(r"novelty\s*(\S.*)%", re.I), float),
    "ai_score": (re.compile(r"ai score\s*(\S.*)", re.I), float),
}
# A figure that is none of those: its name before or behind its number.
_OTHER_FIGURE = re.compile(r"([A-Za-z][A-Za-z0-9 -]*?)[\s:]*\d[\d,.]*\s*%?|\d[\d,.]*\s*%?\s*([A-Za-z][A-Za-z -]*)")


@dataclass(frozen=True)
class _Page:
    file: str
    owner: str
    year: int
    as_of: str | None

    def notice(self, line: int, member: str, reason: str, outcome: Outcome = Outcome.REFUSED) -> Notice:
        return Notice(self.file, line, member, reason, outcome)


@dataclass(frozen=True)
class _Block:
    """Lines between two blank ones; `line` is the number of the first."""

    line: int
    texts: list[str]


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The person and the papers of a page, in page order; what cannot be understood is rejected with its line.

    Raises SourceFailed for an unreadable file, WrongUse for a `captured` that is no date.
    """
    year, as_of = _captured(options.get("captured"))
    decoder = Decoder()
    blocks = _blocks(_text(path, decoder))
    page = _Page(path.name, blocks[0].texts[0] if blocks else "", year, as_of)
    if not (start := _start(blocks)):
        yield page.notice(1, "", "is no author page: there is no name followed by a line such as '15 Papers'")
        return
    yield from _profile(page, blocks[:start])
    yield from _papers(page, blocks[start], blocks[start + 1 :])
    yield from decoder.notices(path.name)


def _captured(stated: str | None) -> tuple[int, str | None]:
    if stated is None:
        return date.today().year, None
    try:
        if re.fullmatch(r"[1-9]\d{3}", stated):
            return int(stated), None
        return date.fromisoformat(stated).year, stated
    except ValueError:
        raise WrongUse(f"captured must be a year or a date, not {stated!r}", "such as 2026 or 2026-06-01") from None


def _text(path: Path, decoder: Decoder) -> str:
    raw = b"".join(as_utf8([whole(path)]))
    if raw.count(b"\n") > limits().max_record_members:
        raise SourceFailed(f"{path} has too many lines for a page", bound("max_record_members"))
    return "\n".join(decoder.line(line, number) for number, line in enumerate(raw.split(b"\n"), start=1))


def _start(blocks: list[_Block]) -> int | None:
    """Where the heading of the list stands, behind a name; 0 or None where there is no such page."""
    return next((i for i, block in enumerate(blocks) if _HEADING.fullmatch(block.texts[0])), None)


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    fresh = True
    # Not splitlines(): an abstract may hold characters that it takes for line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if not (line := line.strip()):
            fresh = True
        elif fresh:
            blocks.append(_Block(number, [line]))
            fresh = False
        else:
            blocks[-1].texts.append(line)
    return blocks


def _profile(page: _Page, blocks: list[_Block]) -> Iterator[Record | Notice]:
    record: dict[str, Any] = {"type": "author", "name": page.owner}
    reported: dict[str, Any] = {"source": NAME, "as_of": page.as_of}
    unplaced = Unplaced(page.file)
    rows = [(block.line + i, text) for block in blocks for i, text in enumerate(block.texts)]
    for line, text in rows[1:]:
        name, value = _figure(text)
        if name and value is not None:
            reported[name] = value
        elif name:
            yield page.notice(line, name, f"is no number: {quoted(text)}", outcome=Outcome.LEFT_OUT)
        elif "categories" not in record and re.fullmatch(r"[A-Za-z][A-Za-z.-]*", text):
            record["categories"] = [resolve(text)]
        elif match := _OTHER_FIGURE.fullmatch(text):
            unplaced.add((match[1] or match[2]).strip().lower(), line)
        else:
            yield page.notice(line, "", f"is no figure that such a page shows: {quoted(text)}", outcome=Outcome.LEFT_OUT)
    yield from salvaged(record | {"reported": reported}, page.file, rows[0][0])
    yield from unplaced.notices()


def _figure(text: str) -> tuple[str | None, int | float | None]:
    for name, (pattern, number) in _FIGURES.items():
        if match := pattern.fullmatch(text):
            digits = match[1].replace(",", "").strip()
            if not re.fullmatch(r"\d+" if number is int else r"\d+(\.\d+)?", digits):
                return name, None
            return name, float(digits) / 100 if name == "novelty" else number(digits)
    return None, None


def _papers(page: _Page, heading: _Block, blocks: list[_Block]) -> Iterator[Record | Notice]:
    starts = [i for i, block in enumerate(blocks) if _begins_entry(block)]
    stray = blocks[: starts[0]] if starts else blocks
    for block in stray:
        yield page.notice(block.line, "", f"is outside of any entry: {quoted(block.texts[0])}")
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True), start=1):
        yield from _paper(page, place, blocks[start:end])
    match = _HEADING.fullmatch(heading.texts[0])
    if match and int(match[1].replace(",", "")) != len(starts):
        yield page.notice(heading.line, "", f"says {match[1]} papers, but {len(starts)} follow")


def _begins_entry(block: _Block) -> bool:
    first = block.texts[0]
    return bool(_HEADER.fullmatch(first)) or (len(block.texts) > 1 and bool(_LIKE_HEADER.fullmatch(first)))


def _paper(page: _Page, place: int, blocks: list[_Block]) -> Iterator[Record | Notice]:
    head, rest = blocks[0], blocks[1:]
    match = _HEADER.fullmatch(head.texts[0])
    if not match:
        yield page.notice(head.line, "date", f"is not a category and a day such as 'CLMay 9, 2024': {quoted(head.texts[0])}")
        return
    stated = f"{head.texts[0]} in {match[4] or page.year}"
    day = from_parts(int(match[4] or page.year), _MONTHS.index(match[2][:3].lower()) + 1, int(match[3]), stated=stated)
    if len(head.texts) == 1:
        yield page.notice(head.line, "title", "is missing")
        return
    if not rest or not (listed := authors(page.owner, " ".join(rest[0].texts))):
        yield page.notice((rest or blocks)[0].line, "authors", "is missing: no line of names follows the title")
        return
    record = {
        "type": "paper",
        "title": " ".join(head.texts[1:]),
        **day.members(),
        "categories": [resolve(match[1])],
        "abstract": "\n\n".join("\n".join(block.texts) for block in rest[1:]),
        "listed": place,
    }
    yield from salvaged(record | listed.members, page.file, head.line)
    yield from listed.notices(page.file, rest[0].line)
    yield from day.notices(page.file, head.line, "date")


def _recognises(head: Head) -> bool:
    return bool(_start(_blocks(head.text)))


SOURCE = Source(
    name=NAME,
    about="An author's page saved as text: the profile and the listed papers with their abstracts.",
    licence="that of the site; keep what you save to yourself unless it says otherwise",
    says="name, main category and the site's figures; for each paper category, day, title, first authors, "
    "institutions of the paper, abstract, place in the list",
    silent="ids of any kind, authors behind 'et al.' other than the page's owner and their number, whose institution is "
    "whose, references, citations of each paper, the year of the newest days",
    read=read,
    recognises=_recognises,
    options={
        "captured": "Day (2026-06-01) or year (2026) on which the page was saved: the year of days without one. "
        "Default: this year. A whole day also dates the site's figures."
    },
)
