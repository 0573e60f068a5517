"""Years and days of papers in another form than a record has: read by the one rule of `byline.data.text.dates`, else left out."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from byline.data.notices import Outcome, shown
from byline.data.text.dates import NO_DATE, PublicationDate, from_list, from_text, unreadable

# A member, what is wrong with it, and what became of it.
DateRemark: TypeAlias = tuple[str, str, Outcome]
MEMBERS = (("year",), ("date",))


def redated(value: dict[str, Any]) -> Iterator[DateRemark]:
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


def _read(stated: Any) -> PublicationDate:
    if stated is None or (isinstance(stated, str) and not stated.strip()):
        return NO_DATE
    if isinstance(stated, str):
        return from_text(stated)
    if isinstance(stated, list) and not any(isinstance(part, list | dict | bool) for part in stated):
        published = from_list(stated)
    else:
        published = from_list([stated]) if isinstance(stated, int | float) and not isinstance(stated, bool) else NO_DATE
    return unreadable(stated) if published == NO_DATE else published


def _changed(member: str, stated: Any, published: PublicationDate, taken: Any) -> Iterator[DateRemark]:
    if published.reason:
        yield member, f"{published.reason}; it is left out" if published.year is None else published.reason, published.outcome
    elif published.year is not None and taken is None:
        yield (
            member,
            f"states no whole day, of which the year is kept: {shown(stated)}; {published.year} is taken",
            Outcome.MENDED,
        )
    elif published.year is not None and (stated != taken or type(stated) is not type(taken)):
        yield member, f"is written as {shown(stated)}; {taken} is taken", Outcome.MENDED
