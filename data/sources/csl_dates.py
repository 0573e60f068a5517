"""Dates of CSL-JSON and Crossref: `date-parts`, `raw`, `literal`, texts of EDTF, and the shapes that older exporters write."""

from collections.abc import Mapping
from typing import Any

from byline.data.text.dates import NO_DATE, PublicationDate, agreed, from_list, from_text, unreadable

_TEXTS = ("date-time", "edtf", "raw", "literal")


def csl_date(value: Any) -> PublicationDate:
    """The date that a date variable states. An empty one states none; of a range the beginning counts."""
    if isinstance(value, list):
        # A list of parts without the list around it, or one that holds the variable itself.
        if value and not isinstance(value[0], dict | list):
            return from_list(value)
        return csl_date(value[0]) if value else NO_DATE
    if isinstance(value, Mapping):
        return _variable(value)
    if value is None or value == "":
        return NO_DATE
    if isinstance(value, str):
        return from_text(value)
    return from_list([value]) if isinstance(value, int | float) and not isinstance(value, bool) else unreadable(value)


def _variable(value: Mapping[str, Any]) -> PublicationDate:
    parts = value.get("date-parts")
    published = csl_date(parts) if isinstance(parts, list) else NO_DATE
    if published == NO_DATE and "year" in value:
        published = from_list([value.get(name) for name in ("year", "month", "day")])
    for name in _TEXTS:
        if isinstance(text := value.get(name), str | int) and not isinstance(text, bool):
            published = agreed(published, from_text(str(text)))
    return published
