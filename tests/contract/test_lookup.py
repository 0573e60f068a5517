"""What `Store.lookup` must do, clause by clause."""

import pytest

from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import AMBIGUOUS, MISSING
from tests.contract.stores import answer

AUTHOR, PAPER, INSTITUTION, CATEGORY = Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY


def people() -> Draft:
    draft = Draft()
    draft.author("ada", name="Ada Lovelace", names=["Ada Lovelace", "A. A. Lovelace"], orcid="0000-0002-1825-009X")
    draft.author("zoe", name="Zoë", external_ids=[{"scheme": "dblp", "value": "12/3"}])
    draft.author("zoe 2", name="Zoe")
    draft.institution("mpi", name="Max-Planck-Institut", names=["Max-Planck-Institut", "MPI"], ror="01hhn8329")
    draft.paper("one", doi="10.1162/tacl_a_00094", arxiv_id="hep-th/9901001", external_ids=[{"scheme": "acl", "value": "Q16-1"}])
    return draft


def lookup(make, draft: Draft, kind: Kind, *keys: Key) -> list[int]:
    return answer(make(draft.facts()).lookup(kind, keys)).tolist()


def test_answers_as_many_rows_as_keys_in_their_order(make) -> None:
    draft = people()
    keys = [Key("id", draft.nodes[AUTHOR][name]["id"]) for name in ("zoe 2", "ada", "ada", "zoe")]
    keys.insert(1, Key("name", "nobody"))
    zoe2, ada, zoe = draft.rows(AUTHOR, "zoe 2", "ada", "zoe")
    assert lookup(make, draft, AUTHOR, *keys) == [zoe2, MISSING, ada, ada, zoe]
    assert lookup(make, draft, AUTHOR) == []


@pytest.mark.parametrize(
    "identifier", ["", "A", "nonsense", "A" + "u" * 12, public_id(AUTHOR, "never"), public_id(PAPER, "one"), "\0"]
)
def test_missing_for_what_is_not_there_a_malformed_id_included(make, identifier: str) -> None:
    assert lookup(make, people(), AUTHOR, Key("id", identifier)) == [MISSING]


def test_missing_in_an_empty_store(make) -> None:
    for kind in (AUTHOR, PAPER, INSTITUTION):
        keys = [Key("id", public_id(kind, "x")), Key("external", "x", "doi")]
        assert lookup(make, Draft(), kind, *keys) == [MISSING, MISSING]
    assert lookup(make, Draft(), CATEGORY, Key("code", "cs")) == [MISSING]


def test_ambiguous_for_a_name_that_several_nodes_bear(make) -> None:
    assert lookup(make, people(), AUTHOR, Key("name", "ZOE")) == [AMBIGUOUS]


def test_follows_ids_that_were_merged_away(make) -> None:
    draft = people()
    draft.aliases = [(AUTHOR, "old ada", "ada"), (PAPER, "old one", "one")]
    assert lookup(make, draft, AUTHOR, Key("id", public_id(AUTHOR, "old ada"))) == [draft.row(AUTHOR, "ada")]
    assert lookup(make, draft, PAPER, Key("id", public_id(PAPER, "old one"))) == [draft.row(PAPER, "one")]
    assert lookup(make, draft, PAPER, Key("id", public_id(AUTHOR, "old ada"))) == [MISSING]


def test_compares_names_by_compact_over_every_printed_form(make) -> None:
    draft = people()
    ada, mpi = draft.row(AUTHOR, "ada"), draft.row(INSTITUTION, "mpi")
    assert lookup(make, draft, AUTHOR, *(Key("name", name) for name in ("ada lovelace", "AA Lovelace", "Lovelace"))) == [
        ada,
        ada,
        MISSING,
    ]
    assert lookup(make, draft, INSTITUTION, *(Key("name", name) for name in ("max planck institut", "m.p.i."))) == [mpi, mpi]


def test_compares_external_ids_in_their_normal_form(make) -> None:
    draft = people()
    doi, arxiv = (
        Key("external", "https://doi.org/10.1162/TACL_a_00094", "DOI"),
        Key("external", "arXiv:hep-th/9901001v2", "arxiv"),
    )
    assert lookup(make, draft, PAPER, doi, arxiv, Key("external", "Q16-1", "ACL")) == draft.rows(PAPER, "one", "one", "one")
    orcid, dblp = Key("external", "https://orcid.org/0000-0002-1825-009x", "orcid"), Key("external", "12/3", "dblp")
    assert lookup(make, draft, AUTHOR, orcid, dblp, Key("external", "12/4", "dblp")) == [
        *draft.rows(AUTHOR, "ada", "zoe"),
        MISSING,
    ]
    rors = [
        Key("external", text, "ror") for text in ("ror.org/01HHN8329", "https://ror.org/01HHN8329", "https://ror.org/01HHN8320")
    ]
    assert lookup(make, draft, INSTITUTION, *rors) == [*draft.rows(INSTITUTION, "mpi", "mpi"), MISSING]


def test_the_last_part_of_a_code_names_the_category_in_computer_science_first(make) -> None:
    draft = Draft()
    for code in ("cs.CL", "math.CL", "stat.ML", "a.x", "b.x"):
        draft.category(code, parent=code.split(".")[0])
    keys = [Key("code", code) for code in ("cs.CL", "CL", "cl", "CS.cl", "ML", "x", "cs", "q")]
    rows = draft.rows(CATEGORY, "cs.CL", "cs.CL", "cs.CL", "cs.CL", "stat.ML")
    assert lookup(make, draft, CATEGORY, *keys) == [*rows, AMBIGUOUS, draft.row(CATEGORY, "cs"), MISSING]


# `Store.candidates`.


def candidates(make, draft: Draft, kind: Kind, *keys: Key) -> list[list[int]]:
    return [rows.tolist() for rows in answer(make(draft.facts()).candidates(kind, keys))]


def test_candidates_are_all_who_bear_a_name_and_the_row_of_any_other_key(make) -> None:
    draft = people()
    draft.author("zoe 3", name="Z. Other", names=["Z. Other", "Z-o-e"])
    keys = [Key("name", "ZOE"), Key("name", "aa lovelace"), Key("id", "nonsense"), Key("id", draft.nodes[AUTHOR]["ada"]["id"])]
    (ada,) = draft.rows(AUTHOR, "ada")
    assert candidates(make, draft, AUTHOR, *keys) == [sorted(draft.rows(AUTHOR, "zoe", "zoe 2", "zoe 3")), [ada], [], [ada]]
    assert candidates(make, draft, AUTHOR) == []
    assert candidates(make, Draft(), CATEGORY, Key("code", "cs")) == [[]]


def test_candidates_share_an_external_id_in_any_of_its_forms(make) -> None:
    draft = people()
    draft.paper("other", doi="10.1162/TACL_A_00094")
    draft.paper("listed", external_ids=[{"scheme": "DOI", "value": "10.1162/tacl_a_00094"}])
    keys = [Key("external", "https://doi.org/10.1162/tacl_a_00094", "DOI"), Key("external", "Q16-1", "acl")]
    shared = sorted(draft.rows(PAPER, "one", "other", "listed"))
    assert candidates(make, draft, PAPER, *keys) == [shared, draft.rows(PAPER, "one")]


def test_candidates_are_the_categories_that_a_code_as_typed_may_name(make) -> None:
    draft = Draft()
    for code in ("cs.CL", "math.CL", "a.x", "b.x"):
        draft.category(code, parent=code.split(".")[0])
    keys = [Key("code", code) for code in ("CL", "x", "q")]
    assert candidates(make, draft, CATEGORY, *keys) == [
        draft.rows(CATEGORY, "cs.CL"),
        sorted(draft.rows(CATEGORY, "a.x", "b.x")),
        [],
    ]
