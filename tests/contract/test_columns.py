"""What `Store.columns`, `values`, `facet` and `snapshot` must do, clause by clause."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from byline.graph.model import COLUMNS, EDGES, LETTERS, Kind, Source
from byline.graph.request import EVERYTHING, Compare, Facet, Hop, InCountry, Op, Page, Select, Window
from byline.graph.store.contract.draft import Draft, node_id
from byline.graph.store.protocol import Counts
from tests.contract.graphs import drafts
from tests.contract.stores import BUILT, answer, counts
from tests.generated import examples

WHOLE = Page()
AUTHOR, PAPER, INSTITUTION, CATEGORY = Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY


def shelf() -> Draft:
    draft = Draft()
    draft.category("cs.CL", name="Language", parent="cs")
    draft.author("ann", name="Änn", stated_category="cs")
    draft.paper("p1", ["ann@lab", "bob@lab"], ["cs.CL", "cs"], year=2020, unresolved_references=["doi:10.1/x"])
    draft.paper("p2", ["bob", "bob", "cy@uni"], ["cs.CL"], cites=["p1"], institutions=["lab"], year=2021)
    draft.paper("p3", ["bob"], ["stat"], cites=["p1", "p2"], year=2020)
    draft.paper("p4", [], [], cites=["p1", "p4"])
    for paper, venue in (("p1", "letters"), ("p2", "letters"), ("p3", "workshop")):
        draft.paper(paper, venue=venue)
    return draft


def column(make, draft: Draft, kind: Kind, name: str, *keys: str) -> list[object]:
    rows = np.array(draft.rows(kind, *keys), np.int32)
    return answer(make(draft.facts()).columns(kind, rows, [name]))[0].to_pylist()


@pytest.mark.parametrize("kind", list(Kind))
def test_answers_one_array_a_name_as_long_as_rows_and_in_their_order(make, kind: Kind) -> None:
    store, names = make(shelf().facts()), [column.name for column in COLUMNS[kind]]
    one, two, both = (answer(store.columns(kind, np.array(rows, np.int32), names)) for rows in ([1], [0], [1, 0, 1]))
    for first, second, together, about in zip(one, two, both, COLUMNS[kind], strict=True):
        assert together.type == first.type == about.dtype
        assert together.to_pylist() == [*first.to_pylist(), *second.to_pylist(), *first.to_pylist()]


@pytest.mark.parametrize("kind", list(Kind))
def test_declared_types_without_a_row(make, kind: Kind) -> None:
    for draft in (shelf(), Draft()):
        columns = answer(make(draft.facts()).columns(kind, np.zeros(0, np.int32), [column.name for column in COLUMNS[kind]]))
        assert [(len(array), array.type) for array in columns] == [(0, column.dtype) for column in COLUMNS[kind]]


@pytest.mark.parametrize("kind", list(Kind))
def test_values_are_the_columns_in_python(make, kind: Kind) -> None:
    store, names = make(shelf().facts()), [column.name for column in COLUMNS[kind]]
    for batch in ([1, 0, 1], [1, 0] * 40, []):
        rows = np.array(batch, np.int32)
        arrays = answer(store.columns(kind, rows, names))
        assert answer(store.values(kind, rows, names)) == [array.to_pylist() for array in arrays]


def test_figures_of_people(make) -> None:
    figures = {
        "name_fold": ["ann", "bob", "cy"],
        "paper_count": [1, 3, 1],
        "citation_count": [3, 4, 1],
        "coauthor_count": [1, 2, 1],
        "h_index": [1, 1, 1],
        "first_year": [2020, 2020, 2021],
        "last_year": [2020, 2021, 2021],
        "primary_category": shelf().rows(CATEGORY, "cs", "cs.CL", "cs.CL"),
    }
    for name, expected in figures.items():
        assert column(make, shelf(), AUTHOR, name, "ann", "bob", "cy") == expected, name


def test_figures_of_papers_and_institutions(make) -> None:
    draft = shelf()
    assert column(make, draft, PAPER, "citation_count", "p1", "p2", "p3", "p4") == [3, 1, 0, 0]
    assert column(make, draft, PAPER, "reference_count", "p1", "p2", "p3", "p4") == [0, 1, 2, 1]
    assert column(make, draft, PAPER, "primary_category", "p1", "p3", "p4") == [*draft.rows(CATEGORY, "cs.CL", "stat"), None]
    assert column(make, draft, INSTITUTION, "paper_count", "lab", "uni") == [2, 1]
    assert column(make, draft, INSTITUTION, "citation_count", "lab", "uni") == [4, 1]
    assert column(make, draft, INSTITUTION, "h_index", "lab", "uni") == [1, 1]
    for name, expected in {"paper_count": [2, 2, 1], "citation_count": [4, 4, 0], "h_index": [1, 1, 0]}.items():
        assert column(make, draft, CATEGORY, name, "cs", "cs.CL", "stat") == expected, name
    for name, expected in {"paper_count": [2, 1], "citation_count": [4, 0], "author_count": [3, 1], "h_index": [1, 0]}.items():
        assert column(make, draft, Kind.VENUE, name, "letters", "workshop") == expected, name


def test_authors_of_institutions_and_categories_are_those_of_their_lists(make) -> None:
    draft = shelf()
    for kind, edge in ((INSTITUTION, "institution_authors"), (CATEGORY, "category_authors"), (Kind.VENUE, "venue_authors")):
        store, rows = make(draft.facts()), np.arange(len(draft.nodes[kind]), dtype=np.int32)
        (counts,) = answer(store.columns(kind, rows, ["author_count"]))
        assert counts.to_pylist() == np.diff(answer(store.expand(Hop(EDGES[edge]), rows, Select())).offsets).tolist()
        assert counts.to_pylist() != [0] * len(rows)


def test_the_most_frequent_primary_category_then_the_most_frequent_then_the_first_code(make) -> None:
    draft = Draft()
    draft.paper("p", ["ann", "bob", "cy"], ["b", "a", "c"])
    draft.paper("q", ["bob", "cy"], ["a", "d"])
    draft.paper("r", ["cy"], ["d", "b"])
    draft.paper("s", ["cy"], ["e", "d"])
    assert column(make, draft, AUTHOR, "primary_category", "ann") == draft.rows(CATEGORY, "b")
    assert column(make, draft, AUTHOR, "primary_category", "bob") == draft.rows(CATEGORY, "a"), "both primary once, a stated more"
    assert column(make, draft, AUTHOR, "primary_category", "cy") == draft.rows(CATEGORY, "d"), "of a, b, d, e the most stated"


def values(make, draft: Draft, by: Facet, page: Page = WHOLE, where=EVERYTHING) -> Counts:
    facet = answer(make(draft.facts()).facet(PAPER, np.zeros(0, np.int32), where, by, page))
    assert facet.offsets.tolist() == [0, len(facet.keys)]
    return facet


def tally(make, draft: Draft, by: Facet, page: Page = WHOLE) -> list[tuple[str, str, int]]:
    facet = values(make, draft, by, page)
    return list(zip(facet.keys, facet.labels, facet.counts.tolist(), strict=True))


def test_counts_each_paper_once_a_key_and_the_unknown_beside_them(make) -> None:
    draft = shelf()
    cs, lab, uni = "cs", node_id(INSTITUTION, "lab"), node_id(INSTITUTION, "uni")
    assert tally(make, draft, Facet.YEAR) == [("2020", "2020", 2), ("2021", "2021", 1)]
    assert tally(make, draft, Facet.CATEGORY) == [("cs.CL", "Language", 2), (cs, cs, 1), ("stat", "stat", 1)]
    assert tally(make, draft, Facet.INSTITUTION) == [(lab, "lab", 2), (uni, "uni", 1)]
    bob, cy, ann = (node_id(AUTHOR, key) for key in ("bob", "cy", "ann"))
    assert tally(make, draft, Facet.AUTHOR) == [(bob, "bob", 3), (cy, "cy", 1), (ann, "Änn", 1)]
    facets = (Facet.YEAR, Facet.CATEGORY, Facet.INSTITUTION, Facet.AUTHOR, Facet.LANGUAGE, Facet.COUNTRY)
    assert [values(make, draft, by).unknown.tolist() for by in facets] == [[1], [1], [2], [1], [4], [4]]
    assert [values(make, draft, by).totals.tolist() for by in facets] == [[2], [3], [2], [3], [0], [0]]


def test_counts_texts_of_papers(make) -> None:
    draft = Draft()
    for key, language in (("a", "en"), ("b", "fr"), ("c", None), ("d", "fr")):
        draft.paper(key, language=language)
    assert tally(make, draft, Facet.LANGUAGE) == [("fr", "fr", 2), ("en", "en", 1)]
    assert values(make, draft, Facet.LANGUAGE, where=Compare("language", Op.EQ, "en")).unknown.tolist() == [0]


def test_counts_each_keyword_of_a_paper_once_and_as_it_is_spelled(make) -> None:
    draft = Draft()
    for key, keywords in (("a", ["tides", "Moon"]), ("b", ["tides"]), ("c", []), ("d", None), ("e", ["moon", "tides"])):
        draft.paper(key, keywords=keywords, paper_type="book" if key in "ab" else None)
    assert tally(make, draft, Facet.KEYWORD) == [("tides", "tides", 3), ("Moon", "Moon", 1), ("moon", "moon", 1)]
    assert values(make, draft, Facet.KEYWORD).unknown.tolist() == [2]
    moon = values(make, draft, Facet.KEYWORD, where=Compare("keywords", Op.EQ, "Moon"))
    assert (moon.keys, moon.counts.tolist(), moon.unknown.tolist()) == (["Moon", "tides"], [1, 1], [0])
    assert tally(make, draft, Facet.TYPE) == [("book", "book", 2)]


def test_counts_the_countries_of_institutions_and_those_that_authorships_state_each_once_a_paper(make) -> None:
    draft = Draft()
    draft.node(INSTITUTION, "lab", country_code="NL")
    draft.paper("of an institution", ["ann@lab"])
    draft.paper("of the paper as a whole", institutions=["lab"])
    draft.paper("stated twice")
    draft.printed("stated twice", "bob", 1, "bob", ["uni", "lab"], country_codes=["DE", None])
    draft.printed("stated twice", "ann", 2, "ann", ["lab"], country_codes=["NL"])
    draft.paper("of nobody", ["cy@uni"])
    assert tally(make, draft, Facet.COUNTRY) == [("NL", "NL", 3), ("DE", "DE", 1)]
    assert values(make, draft, Facet.COUNTRY).unknown.tolist() == [1]


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts())
def test_countries_count_what_a_condition_on_them_finds(make, draft: Draft) -> None:
    store = make(draft.facts())
    counts = answer(store.facet(PAPER, np.zeros(1, np.int32), EVERYTHING, Facet.COUNTRY, Page()))
    for code, count in zip(counts.keys, counts.counts.tolist(), strict=True):
        assert len(answer(store.find(PAPER, Select(InCountry(Op.EQ, code)))).rows) == count
    (unknown,) = counts.unknown.tolist()
    assert len(answer(store.find(PAPER, Select(InCountry(Op.EXISTS, False)))).rows) == unknown


def test_most_frequent_first_then_by_label_then_by_key(make) -> None:
    draft = Draft()
    for key, name in (("x", "B"), ("y", "A"), ("z", "B"), ("zz", "zoo")):
        draft.author(key, name=name)
        draft.paper(f"of {key}", [key])
    draft.paper("nobody's")
    twins = sorted(node_id(AUTHOR, key) for key in ("x", "z"))
    keys = [node_id(AUTHOR, "y"), *twins, node_id(AUTHOR, "zz")]
    assert [key for key, _, _ in tally(make, draft, Facet.AUTHOR)] == keys


def test_pages_of_a_facet_are_cut_as_relay_says(make) -> None:
    whole = tally(make, shelf(), Facet.AUTHOR)
    cursors = [(count, label, key) for key, label, count in whole]
    for size in range(5):
        first, last = (values(make, shelf(), Facet.AUTHOR, page) for page in (Page(first=size), Page(last=size)))
        assert (first.keys, first.has_next.tolist()) == ([key for key, _, _ in whole[:size]], [size < 3])
        assert (last.keys, last.has_previous.tolist()) == ([key for key, _, _ in whole[max(3 - size, 0) :]], [size < 3])
        assert first.totals.tolist() == last.totals.tolist() == [3]
    for at, cursor in enumerate(cursors):
        assert tally(make, shelf(), Facet.AUTHOR, Page(after=cursor)) == whole[at + 1 :]
        assert tally(make, shelf(), Facet.AUTHOR, Page(before=cursor)) == whole[:at]
        behind, before = (values(make, shelf(), Facet.AUTHOR, page) for page in (Page(1, cursor), Page(None, None, 1, cursor)))
        assert behind.keys == [key for key, _, _ in whole[at + 1 : at + 2]]
        assert before.keys == [key for key, _, _ in whole[max(at - 1, 0) : at]]
        assert (behind.has_previous.tolist(), before.has_next.tolist()) == ([True], [True])
        assert (behind.has_next.tolist(), before.has_previous.tolist()) == ([at < 1], [at > 1])


def test_facets_count_what_fits_in_each_list(make) -> None:
    draft = shelf()
    rows = np.array(draft.rows(AUTHOR, "cy", "bob", "cy"), np.int32)
    where = Compare("year", Op.LTE, 2020)
    facet = counts(answer(make(draft.facts()).facet(Hop(EDGES["author_papers"]), rows, where, Facet.CATEGORY, WHOLE)))
    cs, language, stat = draft.rows(CATEGORY, "cs", "cs.CL", "stat")
    assert facet["offsets"][1] == [0, 0, 3, 3]
    assert (facet["keys"], facet["rows"][1]) == (["cs.CL", "cs", "stat"], [language, cs, stat])
    pair = np.array([draft.rows(AUTHOR, "ann", "bob")], np.int32)
    hop = Hop(EDGES["joint_papers"], Window(first_year=2020))
    assert answer(make(draft.facts()).facet(hop, pair, EVERYTHING, Facet.YEAR, Page(1))).keys == ["2020"]


def test_counts_everything_there_is(make) -> None:
    info = answer(make(shelf().facts()).snapshot())
    assert (info.version, info.built_at, info.sources) == ("t", BUILT, (Source("draft", 1, 0),))
    assert info.counts == {
        "authors": 3,
        "papers": 4,
        "institutions": 2,
        "categories": 3,
        "venues": 2,
        "authorships": 6,
        "citations": 4,
        "outside_citations": 0,
        "unresolved_references": 1,
        "incomplete_author_lists": 0,
        "incomplete_reference_lists": 0,
        "incomplete_institution_lists": 2,
        "uncategorised_papers": 1,
        "undated_papers": 1,
        "papers_without_venue": 1,
    }
    empty = answer(make(Draft().facts()).snapshot()).counts
    assert set(empty.values()) == {0}
    assert len(LETTERS) == 5


def test_many_rows_of_texts_whose_last_one_is_unknown(make) -> None:
    draft = Draft()
    for number in range(3):
        draft.paper(f"p{number}", [], doi=f"10.1/{number}")
    last = max(draft.nodes[PAPER], key=lambda key: draft.row(PAPER, key))
    draft.paper(last, [], doi=None)
    rows = np.arange(3, dtype=np.int32).repeat(1500)
    (dois,) = answer(make(draft.facts()).columns(PAPER, rows, ["doi"]))
    expected = [draft.nodes[PAPER][draft.key(PAPER, row)]["doi"] for row in range(3)]
    assert dois.to_pylist() == [doi for doi in expected for _ in range(1500)]
    assert expected[-1] is None
