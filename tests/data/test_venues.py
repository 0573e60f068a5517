"""Venues of a build: which mentions are one, what is kept of them, and which one a paper has."""

from collections.abc import Callable

import pytest

from byline.data.record import Paper
from byline.data.sources.read.salvage import salvaged
from byline.data.text.venue_name import series_name
from byline.graph.model import Kind
from tests.data.views import Json, View, paper

Graph = Callable[..., View]


def of_paper(view: View, title: str) -> Json | None:
    row = view.paper(title)["venue"]
    return None if row is None else view.facts.nodes[Kind.VENUE].to_pylist()[row]


def said(name: str, **members: object) -> Json:
    return {"name": name, **members}


def test_venues_are_one_by_issn_and_by_name(graph: Graph) -> None:
    view = graph(
        paper("one", venue=said("J. Tides", issns=["1550-7998", "2049-3630"], venue_type="journal")),
        paper("two", venue=said("Journal of Tides", issns=["2049-3630"], venue_type="journal")),
        paper("three", venue=said("JOURNAL of tides.")),
        paper("other", venue=said("Tides")),
        paper("none"),
    )
    names = {title: of_paper(view, title) for title in ("one", "two", "three", "other", "none")}
    assert names["one"] == names["two"] == names["three"]
    assert names["one"] is not None
    assert (names["one"]["names"], names["one"]["issns"]) == (
        ["JOURNAL of tides.", "J. Tides", "Journal of Tides"],
        ["1550-7998", "2049-3630"],
    )
    assert (names["one"]["venue_type"], names["one"]["issn_l"]) == ("journal", None)
    assert names["other"] is not None
    assert names["other"]["name"] == "Tides"
    assert names["none"] is None
    assert view.facts.nodes[Kind.VENUE].num_rows == 2


def test_other_ids_of_one_catalogue_are_other_venues(graph: Graph) -> None:
    view = graph(
        paper("one", venue=said("Letters", issns=["1550-7998"])),
        paper("two", venue=said("Letters", issns=["2049-3630"])),
        paper("which", venue=said("Letters")),
    )
    found = [of_paper(view, title) for title in ("one", "two", "which")]
    assert len({each["id"] for each in found if each}) == 3


def test_a_record_of_a_venue_says_more_than_papers_do(graph: Graph) -> None:
    record = {"type": "venue", "name": "Journal of Tides", "id": "x:v1", "issn_l": "1550-7998", "venue_type": "journal"}
    view = graph(
        paper("one", venue=said("Tides J.", issns=["1550-7998"], venue_type="book")),
        paper("two", venue=said("Tides J.", issns=["1550-7998"], venue_type="book")),
        {**record, "aliases": ["JoT"]},
    )
    venue = of_paper(view, "two")
    assert venue is not None
    assert (venue["name"], venue["venue_type"], venue["issn_l"]) == ("Journal of Tides", "journal", "1550-7998")
    assert sorted(venue["names"]) == ["JoT", "Journal of Tides", "Tides J."]
    assert {each["scheme"] for each in venue["external_ids"]} == {"issn", "x"}


def test_ids_declared_the_same_are_one_venue(graph: Graph) -> None:
    same = {"type": "same", "kind": "venue", "ids": ["dblp:journals/a", "dblp:journals/b"]}
    view = graph(paper("one", venue=said("A", id="dblp:journals/a")), paper("two", venue=said("B", id="dblp:journals/b")), same)
    assert view.facts.nodes[Kind.VENUE].num_rows == 1
    assert of_paper(view, "one") == of_paper(view, "two")


def test_the_published_version_says_where(graph: Graph) -> None:
    view = graph(
        paper("published", id="doi:10.1/x", venue=said("Journal of Tides")),
        paper("preprint", id="arxiv:2001.00001", doi="10.1/x", venue=said("arXiv", venue_type="repository")),
    )
    venue = of_paper(view, "published")
    assert venue is not None
    assert venue["name"] == "Journal of Tides"
    assert view.facts.nodes[Kind.VENUE].num_rows == 2


def test_proceedings_of_all_years_are_one_series(graph: Graph) -> None:
    view = graph(
        paper("one", venue=said("Proceedings of the 54th Annual Conference on Tides (TIDES 2016)", venue_type="conference")),
        paper("two", venue=said("Proceedings of the 2017 Conference on Tides")),
        paper("three", venue=said("Annual Conference on Tides")),
    )
    one, two, three = (of_paper(view, title) for title in ("one", "two", "three"))
    assert one == three != two
    assert one is not None
    assert one["name"] == "Annual Conference on Tides"
    assert "Proceedings of the 54th Annual Conference on Tides (TIDES 2016)" in one["names"]


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("Proceedings of the 2016 Conference on Empirical Methods", "Conference on Empirical Methods"),
        ("Proceedings of the Twenty-First International Workshop on Words (WoW'21)", "International Workshop on Words"),
        ("Proc. 3rd Symposium on Sound, Volume 2", "Symposium on Sound"),
        ("The 12th Meeting on Ebb (Volume 1: Long Papers)", "Meeting on Ebb"),
        ("Conference on Words 1999", "Conference on Words"),
        ("Proceedings of the National Academy of Sciences", "Proceedings of the National Academy of Sciences"),
        ("Proceedings of EMNLP 2016", "EMNLP"),
        ("Journal of the 21st Century", "Journal of the 21st Century"),
        ("Nature 2000", "Nature 2000"),
        ("Proceedings 2016", "Proceedings 2016"),
        ("Workshop 2016", "Workshop 2016"),
        ("Third World Quarterly", "Third World Quarterly"),
        ("First Conference", "First Conference"),
    ],
)
def test_what_tells_a_year_is_taken_away_where_that_is_certain(name: str, series: str) -> None:
    assert series_name(name) == series


def test_a_name_in_place_of_a_venue_is_mended() -> None:
    record, notice = salvaged({"type": "paper", "title": "t", "venue": "Journal of Tides"}, "f", 1)
    assert isinstance(record, Paper)
    assert record.venue is not None
    assert record.venue.name == "Journal of Tides"
    assert str(notice).startswith("f:1: venue: must be an object, not 'Journal of Tides'")
