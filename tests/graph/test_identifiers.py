"""Identifiers as people and databases write them: each printed form leads back to the one normal form."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.identifiers import PLAIN, Identifier, identify, in_normal_form, normal
from byline.graph.identifiers.arxiv import ARCHIVES, finds, of_number
from byline.graph.identifiers.doi import finds as dois

SICI = "10.5432/(sici)1097-0012(199901)12:3<45::aid-xyz7>3.0.co;2-k"


@pytest.mark.parametrize(
    ("written", "value", "mended"),
    [
        (SICI.upper().replace("10.5432", "10.5432"), SICI, None),
        (SICI.replace("<", "%3C").replace(">", "%3E"), SICI, None),
        (SICI.replace("<", "%253C").replace(">", "%253E"), SICI, None),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI, None),
        (SICI.replace("<", "&amp;lt;").replace(">", "&#62;"), SICI, None),
        (SICI.replace("<", "$<$").replace(">", "$>$"), SICI, None),
        (SICI.replace("<", "{\\textless}").replace(">", "\\textgreater{}"), SICI, None),
        (r"10.5432/w\_7", "10.5432/w_7", None),
        (r"10.5432/w{\_}7", "10.5432/w_7", None),
        (r"10.5432/w$_7$", "10.5432/w_7", None),
        (r"10.5432/p\%q\#r\&s", "10.5432/p%q#r&s", None),
        ("{{10.5432/wos.1}}", "10.5432/wos.1", None),
        (r"\url{https://doi.org/10.5432/u}", "10.5432/u", None),
        ("https://doi-org.proxy.example.edu/10.5432/x?via=lib", "10.5432/x", None),
        ("https://proxy.example.edu/login?url=https://doi.org/10.5432/x", "10.5432/x", None),
        ("http://dx.doi.org/doi:10.5432/X", "10.5432/x", None),
        ("info:doi/10.5432/x", "10.5432/x", None),
        ("DOI: https://www.doi.org/10.5432/x", "10.5432/x", None),
        ("https://doi.org/10.5432%2Fx", "10.5432/x", None),
        ("https://publisher.example/doi/full/10.5432/x.7/pdf", "10.5432/x.7", None),
        ("(10.5432/x(1)).", "10.5432/x(1)", None),
        ("10.5432/x\u200b.1\ufeff", "10.5432/x.1", None),
        ('<a href="https://doi.org/10.5432/x">10.5432/x</a>', "10.5432/x", "other text stood before it"),
        ("10.5432%2Fx", "10.5432/x", "its slash was escaped"),
        ("0.5432/x", "10.5432/x", "its first digit was missing"),
        ("https://doi.org/0.5432/x", "10.5432/x", "its first digit was missing"),
        ("10.5432/x\u2013y", "10.5432/x-y", "its hyphens were dashes"),
        ("10.5432/x, 10.5432/y", "10.5432/x", "of several the first is taken"),
        ("10.5432/x (erratum)", "10.5432/x", "other text stood behind it"),
    ],
)
def test_a_doi_in_its_wrappings(written: str, value: str, mended: str | None) -> None:
    identified = identify("doi", written)
    assert (identified.value, identified.problem, identified.mended) == (value, None, mended)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "is empty"),
        ("none", "does not begin with 10."),
        ("10.5432", "has nothing behind its prefix"),
        ("10.5432/", "has nothing behind 10.5432/"),
        ("110.5432/x", "does not begin with 10."),
        ("10.5432/(SICI)12:3<45", "is cut within angle brackets"),
        ("10.5432/nnnnnnn.nnnnnnn", "stands in a template for a DOI"),
        ("10.5432/(" + "x" * 3000, "is longer than 2000 signs"),
    ],
)
def test_no_doi(written: str, problem: str) -> None:
    assert identify("doi", written).problem == problem


@pytest.mark.parametrize(
    ("scheme", "written", "value", "mended"),
    [
        ("arxiv", "math.GT/0309136v2", "math/0309136", None),
        ("arxiv", "cond-mat.mes-hall/0001001", "cond-mat/0001001", None),
        ("arxiv", "https://www.arxiv.org/pdf/2011.04321v3.pdf", "2011.04321", None),
        ("arxiv", "https://doi.org/10.48550/arXiv.2011.04321", "2011.04321", None),
        ("arxiv", "arXiv preprint arXiv:2011.04321", "2011.04321", None),
        ("arxiv", "http://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001", None),
        ("arxiv", "math%2F0309136", "math/0309136", None),
        ("arxiv", "arXiv:1305.00042", "1305.0042", "a zero too many stood before its number"),
        ("arxiv", "1305.00042", "1305.0042", "a zero too many stood before its number"),
        ("arxiv", "2011.04321v2 [cs.LG]", "2011.04321", "its class stood behind it"),
        ("orcid", "http://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X", None),
        ("orcid", "000000021694233X", "0000-0002-1694-233X", "its groups were not parted by hyphens"),
        ("ror", "https://ror.org/05GQ02987", "05gq02987", None),
        ("issn", "ISSN: 0138-9130", "0138-9130", None),
        ("pmid", "PMID: 0031234567", "31234567", None),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/31234567/?from=x", "31234567", None),
        ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/", "PMC123456", None),
        ("openalex", "https://api.openalex.org/works/w123", "W123", None),
        ("s2", "https://www.semanticscholar.org/paper/A-Title/00ff", "00ff", None),
        ("dblp", "https://dblp.uni-trier.de/rec/conf/x/Roe20.html", "conf/x/Roe20", None),
        ("acl", "https://aclanthology.org/2020.acl-main.1.pdf", "2020.acl-main.1", None),
        ("openreview", "https://openreview.net/profile?id=%7EAnn_Roe1", "~Ann_Roe1", None),
    ],
)
def test_other_identifiers(scheme: str, written: str, value: str, mended: str | None) -> None:
    identified = identify(scheme, written)
    assert (identified.value, identified.problem, identified.mended) == (value, None, mended)


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("arxiv", "2013.00001"),
        ("arxiv", "0703.0001"),
        ("arxiv", "1501.0001"),
        ("arxiv", "1305.10042"),
        ("arxiv", "9901.0001"),
        ("arxiv", "hep-th/9913001"),
        ("arxiv", "hep-th/0704001"),
        ("arxiv", "nowhere/9901001"),
        ("orcid", "0000-0002-1694-2331"),
        ("orcid", "0000-0000-0000-0001"),
        ("ror", "05gq02986"),
        ("issn", "0138-9131"),
        ("pmid", "PM31234567"),
    ],
)
def test_what_cannot_be_right(scheme: str, written: str) -> None:
    identified = identify(scheme, written)
    assert identified.value is None
    assert identified.problem


def test_ids_in_texts() -> None:
    assert dois("see 10.5432/a, 10.5432/b; and https://doi.org/10.5432/A.") == ["10.5432/a", "10.5432/b"]
    assert finds("CoRR abs/2011.04321, 2020") == "2011.04321"
    assert finds("pages 2011.04321") is None
    assert of_number("0309138", "math.GT") == "math/0309138"
    assert of_number("0309138", "nowhere") is None


# DOIs as registrants make them: letters, digits and the signs that they use, balanced brackets, no sign of a sentence at the end.
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6)
_PIECES = st.lists(
    st.one_of(_LETTERS, _LETTERS.map("({})".format), _LETTERS.map("<{}::aid>".format), _LETTERS.map("[{}]".format)),
    min_size=1,
    max_size=5,
)
_REGISTRANTS = st.integers(1000, 99999).map("10.{}".format)
DOIS = st.builds(
    lambda head, sign, pieces, end: f"{head}/{sign.join(pieces)}{sign}{end}",
    _REGISTRANTS,
    st.sampled_from(["-", ".", "_", ":", ";", "/", "&", "#"]),
    _PIECES,
    st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True).filter(lambda end: not {"pdf", "full", "html"} & {end}),
)


def _percent(doi: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "<>[]#&;%" else sign for sign in doi)


def _tex(doi: str) -> str:
    for sign, macro in (("&", r"\&"), ("_", r"\_"), ("#", r"\#"), ("<", r"{\textless}"), (">", "$>$")):
        doi = doi.replace(sign, macro)
    return doi


_WRITTEN: list[Callable[[str], str]] = [
    str,
    str.upper,
    lambda doi: f"  {doi}. ",
    lambda doi: f"doi:{doi}",
    lambda doi: f"DOI {doi}",
    lambda doi: f"https://doi.org/{_percent(doi)}",
    lambda doi: f"https://dx.doi.org/{_percent(doi)}",
    lambda doi: doi.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    _tex,
    lambda doi: f"{{{{{_tex(doi)}}}}}",
    lambda doi: f"{doi[:9]}\u200b{doi[9:]}",
    lambda doi: f"({doi})",
]


@settings(deadline=None)
@given(DOIS, st.sampled_from(_WRITTEN))
def test_a_doi_is_read_as_it_was_meant(doi: str, write: Callable[[str], str]) -> None:
    identified = identify("doi", write(doi))
    assert (identified.value, identified.mended) == (doi, None), write(doi)


_ARXIV = st.one_of(
    st.builds(lambda y, m, n: f"{y:02}{m:02}.{n:05}", st.integers(15, 40), st.integers(1, 12), st.integers(1, 99999)),
    st.builds(lambda y, m, n: f"{y:02}{m:02}.{n:04}", st.integers(8, 14), st.integers(1, 12), st.integers(1, 9999)),
    st.builds(
        lambda a, y, m, n: f"{a}/{y:02}{m:02}{n:03}",
        st.sampled_from(sorted(ARCHIVES)),
        st.integers(92, 99),
        st.integers(1, 12),
        st.integers(1, 999),
    ),
)


@settings(deadline=None)
@given(
    _ARXIV,
    st.sampled_from(["{}", "{}v3", "arXiv:{}", "https://arxiv.org/abs/{}v1", "http://arxiv.org/pdf/{}.pdf", " {} ", "ARXIV: {}"]),
)
def test_an_arxiv_id_is_read_as_it_was_meant(value: str, form: str) -> None:
    assert identify("arxiv", form.format(value)).value == value


@settings(deadline=None)
@given(st.sampled_from(sorted(PLAIN)), st.text(max_size=30))
def test_the_normal_form_is_its_own_normal_form(scheme: str, text: str) -> None:
    identified = identify(scheme, text)
    if identified.value is not None:
        again = identify(scheme, identified.value)
        assert (again.value, again.mended) == (identified.value, None)
    assert normal(scheme, normal(scheme, text)) == normal(scheme, text)


_SCHEMES = st.sampled_from([*PLAIN, "pmc", "s2cid", "eissn", "bench", "x.y-z", "DOI", ""])
_VALUES = st.one_of(
    st.from_regex(r"[!-~ ]{1,12}", fullmatch=True), *(st.from_regex(each) for each in PLAIN.values()), st.text(max_size=8)
)


@given(_SCHEMES, _VALUES)
def test_what_is_taken_unread_would_be_read_as_it_is(scheme: str, value: str) -> None:
    if in_normal_form(f"{scheme}:{value}"):
        assert identify(scheme, value) == Identifier(value)


@pytest.mark.parametrize("key", ["acl:Q16-1016", "bench:p7", "synth:P0", "pmid:31234567", "openalex:W7", "s2:0a", "a.b+c:~!"])
def test_what_is_taken_unread(key: str) -> None:
    assert in_normal_form(key)


@pytest.mark.parametrize(
    "key",
    [
        "doi:10.5432/x",
        "arxiv:2001.00001",
        "ORCID:0",
        "s2cid:7",
        "pmid:0",
        "acl:",
        "bench: 7",
        "bench:7 ",
        "b:7\n",
        "7",
        "\u00fc:7",
    ],
)
def test_what_is_read(key: str) -> None:
    assert not in_normal_form(key)
