"""Graphs for paging: one person with many papers and many coauthors, the papers of any part of a year's list."""

from collections.abc import Iterable
from datetime import date, timedelta

from byline.graph.model import Facts, Kind
from byline.graph.store.contract.draft import Draft


def many(numbers: Iterable[int]) -> Facts:
    """Papers by their numbers, all of one person, each with a coauthor of its own. Whatever else is there, a number's
    paper has the same title, year, day and id."""
    draft = Draft()
    draft.author("hub", name="Hub")
    for number in numbers:
        year = None if number % 50 == 49 else 1980 + number % 40
        dated = year is not None and number % 3 != 0
        draft.paper(
            f"p{number}",
            ["hub", f"other {number}"],
            title=f"Title {number % 700:03d}",
            year=year,
            published_on=date(year, 1, 1) + timedelta(number % 365) if year and dated else None,
            author_count=2,
            listed=number if number % 7 else None,
        )
    return draft.facts()


def ids(facts: Facts, kind: Kind) -> set[str]:
    return set(facts.nodes[kind]["id"].to_pylist())
