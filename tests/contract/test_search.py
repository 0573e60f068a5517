"""What `Store.search` and `Store.complete` must do, clause by clause."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.model import LETTERS, Kind
from byline.graph.request import (
    EVERYTHING,
    All,
    Compare,
    Complete,
    Facet,
    HitFacet,
    InCategory,
    Not,
    Op,
    Page,
    Search,
    SearchCursor,
    Where,
)
from byline.graph.request import Any as AnyOf
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import SearchPage, Store
from tests.contract.graphs import drafts, texts
from tests.contract.stores import STORES, answer

AUTHOR, PAPER, INSTITUTION, CATEGORY = Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY
KINDS = tuple(LETTERS)


def shelf() -> Draft:
    """People, papers and places with names that are easily confused."""
    draft = Draft()
    draft.category("cs.CL", name="Computation and Language", parent="cs")
    draft.category("cs", name="Computer Science")
    draft.author("ada", name="Ada Lovelace", names=["Ada Lovelace", "A. King"])
    draft.author("adam", name="Adam Lovelace")
    draft.author("a", name="A. Lovelace")
    draft.author("li", name="李明", names=["李明", "Ming Li"])
    draft.author("pat", name="Pat O'Brien")
    draft.author("jean", name="Jean-Luc Æther-Łukasz")
    draft.institution("mpi", name="Max-Planck-Institut", names=["Max-Planck-Institut", "MPI"])
    draft.paper("p1", ["adam", "ada"], ["cs.CL"], title="Notes on the Engine", abstract="Of loops and lovelace.", year=2020)
    draft.paper("p2", ["adam"], ["cs"], ["p1"], title="The Engine: Notes", abstract=None, year=2021)
    draft.paper("p3", ["li"], [], ["p1"], title="Engines of State-of-the-Art", abstract="notes", year=None)
    return draft


def keys(draft: Draft, page: SearchPage) -> list[str]:
    return [draft.key(kind, row) for kind, row in zip(page.kinds, page.rows.tolist(), strict=True)]


def search(make, text: str, kinds=KINDS, **options) -> list[str]:
    draft = shelf()
    return keys(draft, answer(make(draft.facts()).search([Search(text, tuple(kinds), **options)]))[0])


def suggest(make, text: str, kinds=KINDS, first: int = 10) -> list[tuple[str, str]]:
    draft = shelf()
    (completions,) = answer(make(draft.facts()).complete([Complete(text, tuple(kinds), first)]))
    return list(
        zip(
            [draft.key(k, r) for k, r in zip(completions.kinds, completions.rows.tolist(), strict=True)],
            completions.texts,
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The name as a whole in any order, before those that have the words among others, before those that begin so.
        ("lovelace, ada", ["ada", "adam", "a"]),
        ("A. Lovelace", ["a", "ada", "adam"]),
        ("lovelace", ["adam", "ada", "a"]),
        ("king ada", ["ada"]),
        ("ada kin", ["ada"]),
        ("李 明", ["li"]),
        ("ming LI", ["li"]),
        ("o'brien", ["pat"]),
        ("O’BRIEN p", ["pat"]),
        ("o brien", ["pat"]),
        ("jeanluc", ["jean"]),
        ("aether lukasz", ["jean"]),
        # One slip: a letter added, left out, replaced, swapped; only where nothing else fits, in one word of four letters.
        ("lovelacee", ["adam", "ada", "a"]),
        ("lovelcae ad", ["adam", "ada", "a"]),
        # An initial stands for a word beside one that is there, and not for all that was asked: a name that lacks no word
        # in full comes first.
        ("alexandra lovelace", ["a", "ada"]),
        ("alexandra", []),
        ("alexandra anders", []),
        ("adaa", ["adam", "ada"]),
        ("lovelaxx", []),
        ("lovelacee bdamm", []),
        ("kng", ["ada"]),
        ("kg", []),
        ("jean lac", []),
    ],
)
def test_people_by_name(make, text: str, expected: list[str]) -> None:
    assert search(make, text, [AUTHOR]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the engine notes", ["p2", "p1"]),
        ("notes engine", ["p1", "p2"]),
        ("engine", ["p1", "p2", "p3"]),
        # The words as typed, in the abstract too, before those of which one has a slip.
        ("notes engines", ["p3", "p1", "p2"]),
        ("loops engine", ["p1"]),
        ("stateoftheart", ["p3"]),
        ("state art", ["p3"]),
        ("the engine notes on the engine and so on", []),
        ("nonsense", []),
    ],
)
def test_papers_by_title_and_abstract(make, text: str, expected: list[str]) -> None:
    assert search(make, text, [PAPER]) == expected


def test_institutions_and_categories_by_any_name(make) -> None:
    assert search(make, "mpi") == ["mpi"] == search(make, "planck max")
    assert search(make, "cs.CL") == ["cs.CL"]
    assert search(make, "comput") == ["cs", "cs.CL"]


def test_kinds_stand_in_one_order_by_level_then_citations_then_papers_then_kind_then_id(make) -> None:
    # The title has the word as a whole word, the abstract less; ada and adam share p1 with two citations.
    assert search(make, "lovelace") == ["adam", "ada", "a", "p1"]
    draft = Draft()
    for key in ("x", "y"):
        draft.author(key, name="Same")
        draft.institution(key, name="Same")
        draft.category(key, name="Same")
        draft.venue(key, name="Same")
        draft.paper(key, title="Same")
    page = answer(make(draft.facts()).search([Search("same", KINDS)]))[0]
    assert page.kinds == [kind for kind in LETTERS for _ in range(2)]
    assert page.rows.tolist() == [0, 1] * 5


def of_papers(*parts: Where) -> tuple[tuple[Kind, Where], ...]:
    return ((PAPER, All(parts)),)


def test_conditions_leave_only_what_they_are_true_of(make) -> None:
    def papers(text: str, *parts: Where) -> list[str]:
        found = search(make, text, [PAPER], where=of_papers(*parts))
        assert search(make, text, where=of_papers(*parts)) == found
        return found

    since, until = (lambda year: Compare("year", Op.GTE, year)), (lambda year: Compare("year", Op.LTE, year))
    code = lambda text: InCategory(Op.EQ, text)  # noqa: E731
    assert papers("engine", since(2021)) == papers("engine", Compare("year", Op.GT, 2020)) == ["p2"]
    assert papers("engine", until(2020)) == papers("engine", Compare("year", Op.LT, 2021)) == ["p1"]
    assert papers("engine", since(2020), until(2021)) == ["p1", "p2"]
    assert papers("engine", Compare("year", Op.EQ, 2021)) == ["p2"]
    assert papers("engine", Compare("year", Op.EXISTS, False)) == ["p3"]
    assert papers("engine", Not(since(2021))) == ["p1"]
    assert papers("engine", code("cs")) == ["p1", "p2"]
    assert papers("engine", code("cs.CL")) == papers("engine", code("cl")) == papers("engine", code("CS.cl")) == ["p1"]
    assert papers("engine", code("zz")) == []
    assert papers("engine", code("cs"), Compare("title", Op.CONTAINS, ":")) == ["p2"]
    # A slip is looked for where nothing fits the conditions.
    assert papers("engine", since(2021), until(2021), code("cs.CL")) == []
    assert papers("enginw", since(2021), until(2021)) == ["p2"]


def test_a_condition_is_on_its_kind_alone(make) -> None:
    assert search(make, "lovelace", where=((PAPER, AnyOf()),)) == ["adam", "ada", "a"]
    assert search(make, "lovelace", where=((AUTHOR, Compare("name", Op.STARTS_WITH, "ada")), (INSTITUTION, AnyOf()))) == [
        "adam",
        "ada",
        "p1",
    ]
    assert search(make, "lovelace", [AUTHOR], where=((PAPER, AnyOf()),)) == ["adam", "ada", "a"]
    assert search(make, "engine", where=((AUTHOR, AnyOf()),)) == ["p1", "p2", "p3"]


@pytest.mark.parametrize("text", ["", "   ", "\0", "?!*", '"', "🙂", "\u202e", "()[]{}^~:\\/+-&|", "_"])
def test_nothing_where_there_are_no_words(make, text: str) -> None:
    assert search(make, text) == []
    assert suggest(make, text) == []


@pytest.mark.parametrize(
    "text", ["ada AND", "title:engine", "engine*", '"engine" OR 1=1', "engine~2", "e.*", "[a TO z]", "a" * 10_000, "ß ı ﬁ \0 x"]
)
def test_what_a_query_language_would_read_is_words(make, text: str) -> None:
    draft = shelf()
    pages_by_store = {name: answer(store(draft.facts()).search([Search(text, KINDS)]))[0] for name, store in STORES.items()}
    assert keys(draft, pages_by_store["networkx"]) == keys(draft, pages_by_store["columnar"])


def test_suggestions_are_begun_words_in_any_order_the_whole_name_first(make) -> None:
    assert suggest(make, "lov ad", [AUTHOR]) == [("adam", "Adam Lovelace"), ("ada", "Ada Lovelace")]
    assert suggest(make, "ada lovelace", [AUTHOR]) == [("ada", "Ada Lovelace"), ("adam", "Adam Lovelace")]
    assert suggest(make, "l", [AUTHOR], 2) == [("adam", "Adam Lovelace"), ("ada", "Ada Lovelace")]
    assert suggest(make, "l", [AUTHOR], 0) == []
    assert suggest(make, "ada lov", []) == []


def test_suggestions_show_the_name_that_fits(make) -> None:
    assert suggest(make, "mi li") == [("li", "Ming Li")]
    assert suggest(make, "李") == [("li", "李明")]
    assert suggest(make, "king a") == [("ada", "A. King")]
    assert suggest(make, "king ada") == [("ada", "Ada Lovelace")]
    assert suggest(make, "cs.cl") == [("cs.CL", "cs.CL")]
    assert suggest(make, "langu") == [("cs.CL", "Computation and Language")]


def test_a_page_for_each_search_with_totals_where_asked(make) -> None:
    draft = shelf()
    store = make(draft.facts())
    searches = [Search("engine", (PAPER,), first=2, total=True), Search("nobody", KINDS, total=True), Search("engine", (PAPER,))]
    first, none, whole = answer(store.search(searches))
    assert (keys(draft, first), first.total, first.has_next, first.has_previous) == (["p1", "p2"], 3, True, False)
    assert (keys(draft, none), none.total, none.has_next) == ([], 0, False)
    assert (keys(draft, whole), whole.total, whole.has_next) == (["p1", "p2", "p3"], None, False)
    assert answer(store.search([])) == []
    assert answer(store.complete([])) == []


def hall() -> Draft:
    """People whose names hide one another where initials or slips are taken for more than they are, and papers with ids."""
    draft = Draft()
    draft.author("muller", name="Thomas Müller")
    draft.author("mueller", name="Greta Mueller")
    draft.author("hamill", name="Thomas M. Hamill", names=["Thomas M. Hamill", "T. Hamill"])
    draft.author("wang", name="Jing Wang")
    draft.author("wangchuk", name="Jing Wangchuk")
    draft.author(
        "lund", name="J. R. Lund", orcid="0000-0002-1825-0097", external_ids=[{"scheme": "orcid", "value": "0000-0002-1825-0097"}]
    )
    draft.author("adam", name="Adam J. Lund")
    draft.author("aase", name="Åse Bjørn Đurić")
    draft.paper(
        "p",
        ["hamill"],
        title="Tides",
        year=2020,
        external_ids=[{"scheme": "doi", "value": "10.5555/tides.1"}, {"scheme": "arxiv", "value": "2001.00001"}],
    )
    draft.paper("q", ["hamill"], title="doi 10 5555 tides 1", year=2021)
    return draft


def in_hall(make, text: str, kinds=KINDS, **options) -> list[str]:
    draft = hall()
    return keys(draft, answer(make(draft.facts()).search([Search(text, tuple(kinds), **options)]))[0])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Thomas Mueller", ["muller"]),
        ("Thomas Muller", ["muller"]),
        ("Thomas Müller", ["muller"]),
        ("Thomas Mu\u0308ller", ["muller"]),
        ("Greta Müller", ["mueller"]),
        ("Thomas Muelller", ["muller"]),
        ("Thomas Mülelr", ["muller"]),
        ("Thomas Hamil", ["hamill"]),
        ("Tohmas Mueller", ["muller"]),
        ("Jing Wag", ["wang"]),
        ("Jing Wagn", ["wang"]),
        ("Jing Wangg", ["wang"]),
        ("john lund", ["lund"]),
        ("john robert lund", ["lund"]),
        ("Aase Bjoern Djuric", ["aase"]),
        ("Ase Bjorn Duric", ["aase"]),
    ],
)
def test_a_slip_or_another_spelling_is_not_hidden(make, text: str, first: list[str]) -> None:
    assert in_hall(make, text, [AUTHOR])[:1] == first
    assert in_hall(make, text)[:1] == first


def test_suggestions_know_both_spellings(make) -> None:
    draft = hall()
    for begun in ("thomas mue", "thomas mu", "tho mül", "muell t"):
        (completions,) = answer(make(draft.facts()).complete([Complete(begun, KINDS, 5)]))
        assert "Thomas Müller" in completions.texts, begun


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("10.5555/tides.1", "p"),
        ("doi:10.5555/TIDES.1", "p"),
        ("DOI: 10.5555/tides.1", "p"),
        ("https://doi.org/10.5555/Tides.1", "p"),
        ("http://dx.doi.org/10.5555/tides.1.", "p"),
        ("2001.00001", "p"),
        ("arXiv:2001.00001v3", "p"),
        ("https://arxiv.org/abs/2001.00001v2", "p"),
        ("0000-0002-1825-0097", "lund"),
        ("https://orcid.org/0000-0002-1825-0097", "lund"),
    ],
)
def test_an_identifier_typed_whole_comes_first(make, text: str, key: str) -> None:
    draft = hall()
    (page,) = answer(make(draft.facts()).search([Search(text, KINDS, total=True)]))
    assert (keys(draft, page)[0], page.places[0][0]) == (key, 8)
    assert page.total == len(page.rows) == len(set(keys(draft, page)))
    assert in_hall(make, text, [INSTITUTION]) == []
    assert key not in in_hall(make, text, where=((PAPER, Compare("year", Op.GTE, 2021)), (AUTHOR, AnyOf())))


def test_a_public_id_names_its_node(make) -> None:
    draft = hall()
    identifier = draft.nodes[AUTHOR]["wang"]["id"]
    assert in_hall(make, f" {identifier} ") == ["wang"]


def place(draft: Draft, page: SearchPage, at: int) -> SearchCursor:
    kind = page.kinds[at]
    return (*page.places[at], draft.nodes[kind][draft.key(kind, int(page.rows[at]))]["id"])


def pages(store: Store, draft: Draft, text: str, first: int) -> Iterator[SearchPage]:
    after: SearchCursor | None = None
    while True:
        (page,) = answer(store.search([Search(text, KINDS, first=first, after=after)]))
        yield page
        if not page.has_next:
            return
        after = place(draft, page, -1)


def pages_from_the_end(store: Store, draft: Draft, text: str, last: int) -> Iterator[SearchPage]:
    before: SearchCursor | None = None
    while True:
        (page,) = answer(store.search([Search(text, KINDS, last=last, before=before)]))
        yield page
        if not page.has_previous:
            return
        before = place(draft, page, 0)


def entries(page: SearchPage) -> list[tuple[Kind, int]]:
    return list(zip(page.kinds, page.rows.tolist(), strict=True))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts(), texts(), st.integers(1, 3))
def test_pages_add_up_to_the_whole(draft: Draft, text: str, size: int) -> None:
    for make in STORES.values():
        store = make(draft.facts())
        (whole,) = answer(store.search([Search(text, KINDS, total=True)]))
        assert [entry for page in pages(store, draft, text, size) for entry in entries(page)] == entries(whole)
        backwards = list(pages_from_the_end(store, draft, text, size))[::-1]
        assert [entry for page in backwards for entry in entries(page)] == entries(whole)
        assert len(whole.rows) == whole.total


def test_pages_are_cut_by_both_cursors_then_to_the_first_then_to_the_last(make) -> None:
    draft = shelf()
    store = make(draft.facts())
    (whole,) = answer(store.search([Search("lovelace", KINDS)]))
    assert keys(draft, whole) == ["adam", "ada", "a", "p1"]
    adam, p1 = place(draft, whole, 0), place(draft, whole, 3)

    def page(**options) -> tuple[list[str], bool, bool]:
        (found,) = answer(store.search([Search("lovelace", KINDS, **options)]))
        return keys(draft, found), found.has_previous, found.has_next

    assert page(after=adam, before=p1) == (["ada", "a"], True, True)
    assert page(after=adam, before=p1, first=1) == (["ada"], True, True)
    assert page(after=adam, last=1) == (["p1"], True, False)
    assert page(after=adam, first=2, last=1) == (["a"], True, True)
    assert page(before=p1, last=5) == (["adam", "ada", "a"], False, True)
    assert page(before=adam, last=5) == ([], False, True)
    assert page(after=p1, before=adam) == ([], True, True)
    assert page(last=0) == ([], True, False)


def test_facets_of_a_search_count_all_that_it_finds(make) -> None:
    draft = shelf()
    store, nobody = make(draft.facts()), np.zeros(0, np.int32)

    def counted(by: Facet | HitFacet, text: str = "lovelace", cut: Page = Page(), **options) -> tuple[dict[str, int], int, int]:  # noqa: B008
        counts = answer(store.facet(Search(text, KINDS, **options), nobody, EVERYTHING, by, cut))
        return dict(zip(counts.keys, counts.counts.tolist(), strict=True)), int(counts.totals[0]), int(counts.unknown[0])

    assert counted(HitFacet.KIND) == ({"AUTHOR": 3, "PAPER": 1}, 2, 0)
    assert counted(HitFacet.KIND, cut=Page(first=1)) == ({"AUTHOR": 3}, 2, 0)
    assert counted(HitFacet.KIND, where=((AUTHOR, AnyOf()),)) == ({"PAPER": 1}, 1, 0)
    assert counted(HitFacet.KIND, "nobody") == ({}, 0, 0)
    # The papers alone, whatever the page of the search.
    assert counted(Facet.YEAR) == ({"2020": 1}, 1, 0)
    assert counted(Facet.YEAR, "engine", first=1) == ({"2020": 1, "2021": 1}, 2, 1)
    assert counted(Facet.CATEGORY, "engine") == ({"cs.CL": 1, "cs": 1}, 2, 1)
    assert counted(Facet.AUTHOR, "engine", where=of_papers(Compare("year", Op.EXISTS, True)))[1:] == (2, 0)
