"""Publication dates: the year and, where it is stated whole, the day, from every way in which sources write them.

One normaliser for all sources. Accepted are ISO 8601 and the levels of EDTF that biblatex and CSL use (ranges, open ranges,
`~`, `?`, seasons), years with a letter or "c" beside them, dates in words, and parts given one by one. Of a range the
beginning counts. What cannot be read is never guessed: the year stays unknown and the result says why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from byline.data.notices import Notice, Outcome, shown
from byline.data.reference.months import is_season, month_named
from byline.data.remembered import remembered

# Numbers that stand for seasons where a month is expected: citeproc's, and those of EDTF.
_SEASONS = frozenset((*range(13, 17), *range(21, 42)))
_MONTHS = 12
_EARLIEST, _LATEST = 1, 9998
# Years of so few digits are short for others, unless zeros are written before them.
_SHORT = 100
_DASHES = re.compile(r"[‐‑‒–—−]|-{2,}")
_ISO = re.compile(r"(?P<year>\d{4})(?![\d])(?:[-/.](?P<month>\d{1,2})(?!\d)(?:[-/.](?P<day>\d{1,2})(?!\d))?)?(?P<rest>.*)", re.S)
_BEFORE_CHRIST = re.compile(r"-\d{3,}|.*\d\s*(?:b\.?\s*c\.?(?:\s*e\.?)?)\b", re.I | re.S)
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-(?!00)[0-9]{2}").fullmatch
_COMPACT = re.compile(r"([12]\d{3})(\d\d)(\d\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
# A year in a text: four digits, with "c" or a sign before and one letter behind at most.
_YEAR = re.compile(r"(?<![\d.])(?<![^\W\d_]{2})([12]\d{3})(?![\dX]|s\b|[^\W\d_]{2})")
# A decade or century with its last digits left open: 199X, 19XX, 199?, 19--.
_OPEN_YEAR = re.compile(r"\d{2,3}(?:[Xxu]{1,2}|\?|_+)(?![^\W\d_])|\d{4}s\b")
_WORD = re.compile(r"[^\W\d_]{3,}\.?")
_DAY = re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?![\d:])")
_RANGE = re.compile(r"\s*(?:[-/&,]|and|to|or)?\s*", re.I)


@dataclass(frozen=True)
class PublicationDate:
    """A publication date: `year`, and `day` where year, month and day are stated and exist.

    `reason` says, where it is not empty, what of the statement is not kept or is doubtful, `outcome` which of both.
    """

    year: int | None = None
    day: date | None = None
    reason: str = ""
    outcome: Outcome = Outcome.LEFT_OUT

    def members(self) -> dict[str, Any]:
        """The member of a neutral record: `date` where the day is known, else `year`, else none."""
        if self.day is not None:
            return {"date": self.day.isoformat()}
        return {} if self.year is None else {"year": self.year}

    def notices(self, file: str, line: int, member: str) -> Iterator[Notice]:
        """The notice about what is not kept, if anything is."""
        if self.reason:
            yield Notice(file, line, member, self.reason, self.outcome)


NO_DATE = PublicationDate()


def unreadable(stated: Any) -> PublicationDate:
    """A statement from which no year can be read."""
    return PublicationDate(reason=f"states no year that can be read: {shown(stated)}")


def from_parts(year: int, month: int | None = None, day: int | None = None, *, stated: Any = None) -> PublicationDate:
    """A date by its numbers. A day that does not exist leaves the year, and is said; `stated` is shown in the message.

    A zero or a missing number is not stated, and a number of a season is no month.
    """
    written = str(year if stated is None else stated)
    if not _EARLIEST <= year <= _LATEST or (year < _SHORT and not written.startswith("0")):
        return unreadable(year if stated is None else stated)
    if not month or (month in _SEASONS and not day):
        return PublicationDate(year)
    try:
        first = date(year, month, day or 1)
    except ValueError:
        what = stated if stated is not None else "-".join(str(part) for part in (year, month, day) if part is not None)
        return PublicationDate(year, reason=f"is a day that does not exist; the year is kept: {shown(what)}")
    return PublicationDate(year, first if day else None)


@remembered(4096)
def from_text(text: str) -> PublicationDate:
    """A date as it is written. Raises nothing: text without a year gives an unknown year and the reason."""
    if _WHOLE_DAY(text):
        return from_parts(int(text[:4]), int(text[5:7]), int(text[8:]), stated=text)
    plain = _DASHES.sub("-", " ".join(text.split())).strip(" ,.;")
    if not plain:
        return NO_DATE
    if _BEFORE_CHRIST.match(plain):
        return PublicationDate(reason=f"is before the year 1, which the graph cannot hold: {shown(text)}")
    published = _iso(plain, text) or _written(plain, text)
    return published or _year_alone(plain, text)


def _iso(plain: str, text: str) -> PublicationDate | None:
    """ISO 8601 and EDTF: a date with what marks it as open or uncertain, or a range, of which the beginning counts."""
    if compact := _COMPACT.fullmatch(plain):
        return from_parts(*map(int, compact.groups()), stated=text)
    match = _ISO.fullmatch(plain.strip("[](){}"))
    if not match or not re.fullmatch(r"[~?%]?(?:[T ][\d:.,+\-Z]*)?(?:/.*)?", match["rest"]):
        return None
    month, day = (int(match[name]) if match[name] else None for name in ("month", "day"))
    # The second half of "1991-92" is a year; so is that of "1911-12", for which the year is the same.
    if month and not day and month > _MONTHS and month not in _SEASONS:
        month = None
    return from_parts(int(match["year"]), month, day, stated=text)


def _written(plain: str, text: str) -> PublicationDate | None:
    """A date in words, "3 May 2011", or in numbers of which one reading alone is a day."""
    if match := _CJK.search(plain) or _ISO_DAY.search(plain):
        return from_parts(*(int(part or 0) for part in match.groups()), stated=text)
    if numbers := _NUMBERS.search(plain):
        first, second, year = (int(part) for part in numbers.groups())
        readings = {(month, day) for month, day in ((first, second), (second, first)) if month <= _MONTHS}
        month_day = readings.pop() if len(readings) == 1 else (None, None)
        return from_parts(year, *month_day, stated=text)
    year_only = _year_alone(plain, text)
    if year_only.year is None or not (month := month_in(plain)):
        return None
    day = day_in(plain.replace(str(year_only.year), " "))
    return (
        replace(from_parts(year_only.year, month if day else None, day, stated=text), outcome=year_only.outcome)
        if day
        else year_only
    )


def _year_alone(plain: str, text: str) -> PublicationDate:
    if re.fullmatch(r"\d{3}", plain):
        return PublicationDate(int(plain))
    years = list(_YEAR.finditer(plain))
    if not years:
        return unreadable(text)
    if _OPEN_YEAR.search(plain[: years[0].start()]):
        return unreadable(text)
    first, last = years[0], years[-1]
    between = plain[first.end() : last.start()] if last is not first else ""
    if int(first[1]) == int(last[1]) or _RANGE.fullmatch(re.sub(r"[a-z]\b", "", between)):
        return _open_beginning(int(first[1]), plain, text)
    reason = f"names several years, of which the first is kept: {shown(text)}"
    return PublicationDate(int(first[1]), reason=reason, outcome=Outcome.DOUBTED)


def _open_beginning(year: int, plain: str, text: str) -> PublicationDate:
    if re.match(r"(?:\.\.)?/", plain):
        reason = f"has an open beginning; the year of its end is kept: {shown(text)}"
        return PublicationDate(year, reason=reason, outcome=Outcome.DOUBTED)
    return PublicationDate(year)


def month_in(text: str) -> int | None:
    """The first month that is named in a text; None where none is."""
    return next((month for word in _WORD.findall(text) if not is_season(word) and (month := month_named(word))), None)


def day_in(text: str) -> int | None:
    """The first number in a text that can be a day ("31st", "23-27"); None where there is none."""
    return next((int(match[1]) for match in _DAY.finditer(text) if 1 <= int(match[1]) <= 31), None)


def from_members(year: str, month: str = "", day: str = "") -> PublicationDate:
    """A date given as year, month and day apart, as BibTeX has it; the month may hold the day ("JUN 15", "23-27 May")."""
    published = from_text(year)
    if published.year is None or published.day is not None:
        return published
    # The year may stand in the month, too ("May 2020").
    words = _DASHES.sub("-", month).replace(str(published.year), " ")
    number = month_in(words)
    inside = day_in(words) if number else None
    if number is None and (match := re.match(r"\s*(\d{1,2})\b", words)):
        number = int(match[1])
    if number is None or number > _MONTHS:
        explained = not words.strip() or any(is_season(word) for word in _WORD.findall(words))
        return (
            published if explained or published.reason else replace(published, reason=f"has a month that is none: {shown(month)}")
        )
    return _with_day(published, number, day_in(day) if day.strip() else inside, " ".join(filter(None, (year, month, day))))


def _with_day(published: PublicationDate, month: int, day: int | None, stated: str) -> PublicationDate:
    assert published.year is not None
    full = from_parts(published.year, month, day, stated=stated)
    return replace(full, reason=published.reason, outcome=published.outcome) if published.reason and not full.reason else full


def agreed(first: PublicationDate, second: PublicationDate) -> PublicationDate:
    """The first statement where it has a year, else the second; a contradiction of their years is said."""
    if first.year is None:
        reason, outcome = (first.reason, first.outcome) if first.reason else (second.reason, second.outcome)
        return replace(second, reason=reason, outcome=outcome)
    if second.year in (None, first.year):
        return first
    return replace(
        first,
        reason=f"contradicts the year {second.year} that stands beside it; {first.day or first.year} is kept",
        outcome=Outcome.DOUBTED,
    )


def from_list(parts: Sequence[Any]) -> PublicationDate:
    """A date as a list of year, month and day, as numbers or texts; a null, an empty text or a zero ends it."""
    stated = "-".join(str(part) for part in parts)
    numbers: list[int] = []
    for place, part in enumerate(parts[:3]):
        number = _number(part)
        if number is None and isinstance(part, str) and part.strip():
            if not place:
                return from_text(part)
            number = month_named(part) if place == 1 else day_in(part)
        if not number:
            break
        numbers.append(number)
    if not numbers:
        return NO_DATE
    if numbers[0] < 0:
        return PublicationDate(reason=f"is before the year 1, which the graph cannot hold: {shown(stated)}")
    if len(numbers) == 1 and _COMPACT.fullmatch(str(numbers[0])):
        return from_text(str(numbers[0]))
    return from_parts(*numbers, stated=stated)


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
