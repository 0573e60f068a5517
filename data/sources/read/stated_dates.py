"""Years and days of papers in another form than a record has: read by the one rule of `byline.data.text.dates`, else left out."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from byline.data.notices import Outcome, shown
from byline.data.text.dates import NO_DATE, PublicationDate, from_list, from_text, unreadable

# A member, what is wrong with it, and what became of it.
Told: TypeAlias = tuple[str, str, Outcome]
MEMBERS = (("year",), ("date",))


def redated(value: dict[str, Any]) -> Iterator[Told]:
    """Put the year and the day that are stated, in whatever form, in the place of `year` and `date`; what was changed.

    Where both contradict each other the year stands and the day stays open.
    """
    year, day = value.get("year"), value.get("date")
    by_year, by_day = _read(year), _read(day)
    if by_year.year is not None and by_day.year not in (None, by_year.year):
        yield "date", f"is {by_day.day or by_day.year}, but year is {by_year.year}; it is left out", Outcome.LEFT_OUT
        by_day = NO_DATE
    else:
        yield from _changed("date", day, by_day, by_day.day.isoformat() if by_day.day else None)
    yield from _changed("year", year, by_year, by_year.year)
    whole = by_day.day or by_year.day
    value["year"] = by_day.year if by_year.year is None else by_year.year
    value["date"] = whole.isoformat() if whole else None


def _read(given: Any) -> PublicationDate:
    if given is None or (isinstance(given, str) and not given.strip()):
        return NO_DATE
    if isinstance(given, str):
        return from_text(given)
    if isinstance(given, list) and not any(isinstance(part, list | dict | bool) for part in given):
        found = from_list(given)
    else:
        found = from_list([given]) if isinstance(given, int | float) and not isinstance(given, bool) else NO_DATE
    return unreadable(given) if found == NO_DATE else found


def _changed(member: str, given: Any, found: PublicationDate, kept: Any) -> Iterator[Told]:
    if found.reason:
        yield member, f"{found.reason}; it is left out" if found.year is None else found.reason, found.outcome
    elif found.year is not None and kept is None:
        yield member, f"states no whole day, of which the year is kept: {shown(given)}; {found.year} is taken", Outcome.MENDED
    elif found.year is not None and (given != kept or type(given) is not type(kept)):
        yield member, f"is written as {shown(given)}; {kept} is taken", Outcome.MENDED
