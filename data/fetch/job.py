"""What a fetch is: a question with a first place, and how one page is got from a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from byline.data.fetch.client import Client, Json


@dataclass(frozen=True)
class Page:
    """Objects in the API's own shape, the place of the next page (null: that was the last), and the number of all if known."""

    items: list[Json]
    next: Json | None
    total: int | None = None


@dataclass(frozen=True)
class Job:
    """`question` tells one fetch from another; `first` is the place of the first page. A place is a JSON object."""

    source: str
    question: Mapping[str, str]
    first: Json
    page: Callable[[Client, Json], Page]

    def name(self) -> str:
        """A name for the file, made of the question."""
        joined = "-".join(self.question.values())
        return f"{self.source}-{''.join(each if each.isalnum() else '-' for each in joined).strip('-')[:60]}"
