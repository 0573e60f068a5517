"""Filters as conditions: what each member says, and which filters are refused."""

from datetime import date
from typing import Any

import pytest
from strawberry import ID

from byline.graph.errors import BadFilter
from byline.graph.model import (
    AFFILIATIONS,
    AUTHOR_PAPERS,
    CITED_BY,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    PAPER_INSTITUTIONS,
    REFERENCES,
)
from byline.graph.request import EVERYTHING, All, Compare, Identified, InCategory, Not, Op, Quantifier
from byline.graph.request import Any as AnyOf
from byline.schema.build import make_schema
from byline.schema.context import Limits
from byline.schema.inputs.filters import (
    AuthorFilter,
    AuthorQuantifier,
    BooleanFilter,
    DateFilter,
    FloatFilter,
    IdFilter,
    InstitutionFilter,
    InstitutionQuantifier,
    IntFilter,
    PaperFilter,
    PaperQuantifier,
    StringFilter,
    where_of,
)  # fmt: skip
from byline.schema.inputs.identifiers import ExternalIdFilter, ExternalIdInput, IdentifierFilter

LIMITS = Limits()
ACL = ExternalIdInput(scheme="acl", value="P1")
NEW = PaperFilter(year=IntFilter(gte=2020))
IS_NEW = Compare("year", Op.GTE, 2020)


@pytest.mark.parametrize(
    "condition", [None, PaperFilter(), PaperFilter(year=None), PaperFilter(year=IntFilter()), PaperFilter(and_=[])]
)
def test_nothing_asked_is_everything(condition: Any) -> None:
    assert where_of(condition, LIMITS) == EVERYTHING


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (IntFilter(eq=1), Compare("year", Op.EQ, 1)),
        (IntFilter(in_=[1, 2]), Compare("year", Op.IN, (1, 2))),
        (IntFilter(in_=[]), Compare("year", Op.IN, ())),
        (IntFilter(gt=0), Compare("year", Op.GT, 0)),
        (IntFilter(gte=1, lt=5), All((Compare("year", Op.GTE, 1), Compare("year", Op.LT, 5)))),
        (IntFilter(lte=1, eq=None), Compare("year", Op.LTE, 1)),
    ],
)
def test_numbers(condition: IntFilter, says: Any) -> None:
    assert where_of(PaperFilter(year=condition), LIMITS) == says


def test_members_of_each_kind() -> None:
    condition = PaperFilter(
        id=IdFilter(in_=[ID("P1")]),
        title=StringFilter(contains="x", starts_with="y", ends_with="z", eq_ignore_case="v", in_ignore_case=["u", "w"]),
        published_on=DateFilter(eq=date(2020, 1, 2), in_=[date(2020, 1, 3)], gt=date(2020, 1, 4), lt=date(2020, 1, 5)),
        citation_count=IntFilter(eq=0),
        author_count=IntFilter(gt=1),
        category=StringFilter(in_=["cs"]),
        pagerank=FloatFilter(eq=0.5, in_=[0.25]),
        retracted=BooleanFilter(eq=False),
    )
    assert where_of(condition, LIMITS) == All(
        (
            Compare("id", Op.IN, ("P1",)),
            Compare("title", Op.CONTAINS, "x"),
            Compare("title", Op.STARTS_WITH, "y"),
            Compare("title", Op.ENDS_WITH, "z"),
            Compare("title", Op.EQ_IGNORE_CASE, "v"),
            Compare("title", Op.IN_IGNORE_CASE, ("u", "w")),
            Compare("published_on", Op.EQ, date(2020, 1, 2)),
            Compare("published_on", Op.IN, (date(2020, 1, 3),)),
            Compare("published_on", Op.GT, date(2020, 1, 4)),
            Compare("published_on", Op.LT, date(2020, 1, 5)),
            Compare("citation_count", Op.EQ, 0),
            Compare("author_count", Op.GT, 1),
            Compare("retracted", Op.EQ, False),
            InCategory(Op.IN, ("cs",)),
            Compare("pagerank", Op.EQ, 0.5),
            Compare("pagerank", Op.IN, (0.25,)),
        )
    )


@pytest.mark.parametrize(
    ("condition", "edge"),
    [
        (PaperFilter(authors=AuthorQuantifier(some=AuthorFilter())), PAPER_AUTHORS),
        (PaperFilter(institutions=InstitutionQuantifier(some=InstitutionFilter())), PAPER_INSTITUTIONS),
        (PaperFilter(references=PaperQuantifier(some=PaperFilter())), REFERENCES),
        (PaperFilter(cited_by=PaperQuantifier(some=PaperFilter())), CITED_BY),
        (AuthorFilter(papers=PaperQuantifier(some=PaperFilter())), AUTHOR_PAPERS),
        (AuthorFilter(institutions=InstitutionQuantifier(some=InstitutionFilter())), AFFILIATIONS),
        (InstitutionFilter(papers=PaperQuantifier(some=PaperFilter())), INSTITUTION_PAPERS),
    ],
)
def test_each_hop(condition: Any, edge: Any) -> None:
    assert where_of(condition, LIMITS) == Quantifier(edge, EVERYTHING)


@pytest.mark.parametrize(
    ("quantifier", "says"),
    [
        (PaperQuantifier(some=NEW), Quantifier(AUTHOR_PAPERS, IS_NEW)),
        (PaperQuantifier(none=NEW), Quantifier(AUTHOR_PAPERS, IS_NEW, 0, 0)),
        (PaperQuantifier(every=NEW), Quantifier(AUTHOR_PAPERS, Not(IS_NEW), 0, 0)),
        (PaperQuantifier(every=PaperFilter()), EVERYTHING),
        (PaperQuantifier(count=IntFilter(eq=2)), Quantifier(AUTHOR_PAPERS, EVERYTHING, 2, 2)),
        (PaperQuantifier(where=NEW, count=IntFilter(gt=2)), Quantifier(AUTHOR_PAPERS, IS_NEW, 3, None)),
        (PaperQuantifier(where=NEW, count=IntFilter(gte=2)), Quantifier(AUTHOR_PAPERS, IS_NEW, 2, None)),
        (PaperQuantifier(where=NEW, count=IntFilter(lt=2)), Quantifier(AUTHOR_PAPERS, IS_NEW, None, 1)),
        (PaperQuantifier(where=NEW, count=IntFilter(lte=2)), Quantifier(AUTHOR_PAPERS, IS_NEW, None, 2)),
        (
            PaperQuantifier(count=IntFilter(in_=[0, 3])),
            AnyOf((Quantifier(AUTHOR_PAPERS, EVERYTHING, 0, 0), Quantifier(AUTHOR_PAPERS, EVERYTHING, 3, 3))),
        ),
    ],
)
def test_quantifiers(quantifier: PaperQuantifier, says: Any) -> None:
    assert where_of(AuthorFilter(papers=quantifier), LIMITS) == says


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (PaperFilter(doi=IdentifierFilter(eq="10.1/A")), Identified("doi", Op.EQ, "10.1/A")),
        (PaperFilter(arxiv_id=IdentifierFilter(in_=["a", "b"])), Identified("arxiv", Op.IN, ("a", "b"))),
        (AuthorFilter(orcid=IdentifierFilter(exists=False)), Identified("orcid", Op.EXISTS, False)),
        (InstitutionFilter(ror=IdentifierFilter(in_=[])), Identified("ror", Op.IN, ())),
        (PaperFilter(external_id=ExternalIdFilter(eq=ACL)), Identified("acl", Op.EQ, "P1")),
        (PaperFilter(external_id=ExternalIdFilter(in_=[ACL, ACL])), Identified("acl", Op.IN, ("P1", "P1"))),
        (
            AuthorFilter(external_id=ExternalIdFilter(in_=[ACL, ExternalIdInput(scheme="S2", value="7")])),
            AnyOf((Identified("acl", Op.IN, ("P1",)), Identified("s2", Op.IN, ("7",)))),
        ),
        (AuthorFilter(external_id=ExternalIdFilter(in_=[])), AnyOf(())),
        (AuthorFilter(external_id=ExternalIdFilter(exists=True)), Identified("", Op.EXISTS, True)),
    ],
)
def test_identifiers(condition: Any, says: Any) -> None:
    assert where_of(condition, LIMITS) == says


@pytest.mark.parametrize(
    ("filter_type", "operators"),
    [
        ("IntFilter", "eq in gt gte lt lte exists"),
        ("FloatFilter", "eq in gt gte lt lte exists"),
        ("DateFilter", "eq in gt gte lt lte exists"),
        ("StringFilter", "eq in contains startsWith endsWith eqIgnoreCase inIgnoreCase exists"),
        ("BooleanFilter", "eq exists"),
        ("IdentifierFilter", "eq in exists"),
        ("ExternalIdFilter", "eq in exists"),
    ],
)
def test_operators_are_complete(filter_type: str, operators: str) -> None:
    assert list(make_schema()._schema.type_map[filter_type].fields) == operators.split()  # type: ignore[attr-defined]


def test_connectives() -> None:
    condition = PaperFilter(and_=[NEW, PaperFilter()], or_=[NEW], not_=NEW)
    assert where_of(condition, LIMITS) == All((All((IS_NEW, EVERYTHING)), AnyOf((IS_NEW,)), Not(IS_NEW)))
    assert where_of(PaperFilter(or_=[]), LIMITS) == AnyOf(())


def test_where_needs_count() -> None:
    with pytest.raises(BadFilter, match="count"):
        where_of(AuthorFilter(papers=PaperQuantifier(where=NEW)), LIMITS)


@pytest.mark.parametrize("around", [lambda f: PaperFilter(not_=f), lambda f: PaperFilter(cited_by=PaperQuantifier(every=f))])
def test_depth_is_bounded(around: Any) -> None:
    condition = NEW
    for _ in range(LIMITS.max_filter_depth - 1):
        condition = around(condition)
    where_of(condition, LIMITS)
    with pytest.raises(BadFilter, match="deep"):
        where_of(around(condition), LIMITS)


@pytest.mark.parametrize(
    "condition",
    [
        lambda n: PaperFilter(year=IntFilter(in_=[1] * n)),
        lambda n: PaperFilter(title=StringFilter(in_=["a"] * n)),
        lambda n: PaperFilter(title=StringFilter(in_ignore_case=["a"] * n)),
        lambda n: PaperFilter(pagerank=FloatFilter(in_=[0.5] * n)),
        lambda n: PaperFilter(published_on=DateFilter(in_=[date(2020, 1, 2)] * n)),
        lambda n: PaperFilter(and_=[NEW] * n),
        lambda n: PaperFilter(or_=[NEW] * n),
        lambda n: PaperFilter(authors=AuthorQuantifier(count=IntFilter(in_=[1] * n))),
    ],
)
def test_length_is_bounded(condition: Any) -> None:
    limits = Limits(max_filter_values=5)
    where_of(condition(5), limits)
    with pytest.raises(BadFilter, match="entries"):
        where_of(condition(6), limits)
