import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.graph.identifiers import normal
from byline.graph.ids import kind_of, public_id, url
from byline.graph.model import LETTERS, Kind

KINDS = st.sampled_from(list(LETTERS))


@given(KINDS, st.text(st.characters(exclude_categories=["Cs"])))
def test_public_ids_say_their_kind(kind: Kind, key: str) -> None:
    identifier = public_id(kind, key)
    assert len(identifier) == 13
    assert kind_of(identifier) is kind
    assert public_id(kind, key) == identifier


def test_public_ids_stay_what_they_are() -> None:
    """They are in bookmarks: another hash or another alphabet would break them."""
    assert public_id(Kind.AUTHOR, "acl:ada") == PINNED
    assert public_id(Kind.PAPER, "acl:ada")[1:] != PINNED[1:]


PINNED = "Ac6wpxact7h1h"


@pytest.mark.parametrize(
    "text", ["", "A", "a00000000000", "A0000000000000", "X000000000000", "A00000000000u", "A00000000000 ", "A00000000000\n"]
)
def test_no_ids(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    ("scheme", "value", "form"),
    [
        ("doi", "https://doi.org/10.1162/TACL_a_00094", "10.1162/tacl_a_00094"),
        ("DOI", " doi: 10.1/X ", "10.1/x"),
        ("doi", "http://dx.doi.org/10.1/x", "10.1/x"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/29456894", "29456894"),
        ("arxiv", "arXiv:1603.01234v12", "1603.01234"),
        ("arxiv", "https://arxiv.org/pdf/hep-th/9901001v2.pdf", "hep-th/9901001"),
        ("orcid", "https://orcid.org/0000-0002-1825-009x", "0000-0002-1825-009X"),
        ("ror", "https://ror.org/01HHN8329", "01hhn8329"),
        ("openalex", "https://openalex.org/a123", "A123"),
        ("acl", " Q16-1016 ", "Q16-1016"),
        ("dblp", "12/3v2", "12/3v2"),
    ],
)
def test_normal_forms(scheme: str, value: str, form: str) -> None:
    assert normal(scheme, value) == form
    assert normal(scheme, form) == form


def test_where_ids_lead() -> None:
    assert url(Kind.PAPER, "doi", "10.1/x") == "https://doi.org/10.1/x"
    assert url(Kind.PAPER, "acl", "Q16-1") == "https://aclanthology.org/Q16-1"
    assert url(Kind.AUTHOR, "acl", "ada") == "https://aclanthology.org/people/ada/"
    assert url(Kind.AUTHOR, "s2", "1") != url(Kind.PAPER, "s2", "1")
    assert url(Kind.PAPER, "dblp", "journals/x/Y1") == "https://dblp.org/rec/journals/x/Y1"
    assert url(Kind.AUTHOR, "dblp", "1/2") == "https://dblp.org/pid/1/2"
    assert url(Kind.PAPER, "unheard-of", "1") is None
