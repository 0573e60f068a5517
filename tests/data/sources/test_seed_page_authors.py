"""Lines of names on an author's page follow the one rule for author lists."""

from collections.abc import Callable
from typing import Any

import pytest

from byline.data.sources.seed_page_authors import authors

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("line", "people", "institutions", "complete", "count"),
    [
        ("Ida Holm, Per Ek · Xanten Labs, Ypern", ["Ida Holm", "Per Ek"], ["Xanten Labs", "Ypern"], True, None),
        ("Ida Holm, Per Ek et al. · Xanten Labs", ["Ida Holm", "Per Ek"], ["Xanten Labs"], False, None),
        ("Ida Holm, Ek P, P. Berg and 12 others", ["Ida Holm", "Ek P", "P. Berg"], [], False, 15),
        ("Ida Holm, Per Ek and 1,012 others", ["Ida Holm", "Per Ek"], [], False, 1014),
        ("Ida Holm, Per Ek et al. (40 authors)", ["Ida Holm", "Per Ek"], [], False, 40),
        ("Ida Holm, Per Ek, Jr., The QRS Collaboration et al. · Ypern",
         ["Ida Holm", "Per Ek, Jr."], ["Ypern", "QRS Collaboration"], False, None),
        ("Ida Holm and Per Ek", ["Ida Holm", "Per Ek"], [], True, None),
    ],
)  # fmt: skip
def test_lines_of_names(line: str, people: list[str], institutions: list[str], complete: bool, count: int | None) -> None:
    listing = authors("Ida Holm", line)
    assert listing is not None
    assert [each["name"] for each in listing.members["authors"]] == people
    assert [each["name"] for each in listing.members["institutions"]] == institutions
    assert (listing.members["authors_complete"], listing.members.get("author_count")) == (complete, count)


def test_the_owner_is_added_where_the_line_does_not_name_them() -> None:
    listing = authors("Ida Holm", "Per Ek, The QRS Collaboration and 1 others")
    assert listing is not None
    assert listing.members["authors"] == [{"name": "Per Ek"}, {"name": "Ida Holm", "printed": False}]
    assert not listing.members["authors_complete"]
    alone = authors("Ida Holm", "The QRS Collaboration")
    assert alone is not None
    assert alone.members["authors"] == [{"name": "Ida Holm", "printed": False}]


@pytest.mark.parametrize("line", ["We show that frost forms slowly. It then melts in spring.", "What is frost?", "et al."])
def test_an_abstract_is_no_line_of_names(line: str) -> None:
    assert authors("Ida Holm", line) is None


def test_what_is_mended_is_listed_with_the_line_of_names(read: Read) -> None:
    page = "Ida Holm\nCL\n\n1 Papers\n\nLGMay 28, 2024\nOn Frost\n\nIda Holm, Per Ek and Cy Berg, Li Au†\n\nFrost forms slowly.\n"
    entries = read("seed_page", page)
    (paper,) = (each for each in entries if isinstance(each, dict) and "title" in each)
    assert [each["name"] for each in paper["authors"]] == ["Ida Holm", "Per Ek", "Cy Berg", "Li Au"]
    notices = [each for each in entries if not isinstance(each, dict)]
    assert [(line, member) for line, member, _ in notices] == [(9, "authors[1]"), (9, "authors[2]")]
