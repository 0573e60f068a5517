"""Random graphs and random questions about them.

Strategies are made once and kept: making one anew for each draw takes longer than drawing from it.
"""

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from byline.graph.model import EDGES, LETTERS, Edge, Kind
from byline.graph.request import (
    EVERYTHING,
    All,
    Compare,
    InCategory,
    Not,
    Op,
    Order,
    Page,
    Quantifier,
    Select,
    Where,
    Window,
)  # fmt: skip
from byline.graph.request import Any as AnyOf
from tests.contract.draft import Draft, node_id

NAMES = [
    "Ada Lovelace",
    "ada  lovelace",
    "Ádá Lovelace",
    "Zoë",
    "zoe",
    "Łukasz Ø",
    "李 明",
    "ÆON",
    "O'Neil-B",
    "ß",
    "ﬁn",
    "?",
    "𝔘na",
]
CODES = ["cs", "cs.CL", "cs.LG", "stat", "stat.ML", "math.CL", "Ünï"]
COUNTRIES = ["DE", "US", None]
YEARS = st.one_of(st.none(), st.integers(2019, 2023))
OUTSIDE = ("doi:10.9/x", "acl:P00-1", "arxiv:2001.00001")
DAYS = st.one_of(st.none(), st.dates(date(1965, 1, 1), date(2023, 12, 31)))

WHOLE_NUMBERS = ["core", "component", "component_size", "community", "community_size"]
FLOAT_COLUMNS = {
    Kind.AUTHOR: ["clustering"],
    Kind.PAPER: ["pagerank", "category_atypicality", "normalised_impact"],
    Kind.INSTITUTION: [],
    Kind.CATEGORY: [],
}
NUMBER_COLUMNS = {
    Kind.AUTHOR: ["paper_count", "citation_count", "coauthor_count", "h_index", "first_year", "last_year", *WHOLE_NUMBERS],
    Kind.PAPER: [
        "year",
        "citation_count",
        "outside_citation_count",
        "reference_count",
        "outside_reference_count",
        "author_count",
        "listed",
        "impact_sample",
    ],
    Kind.INSTITUTION: ["paper_count", "citation_count"],
    Kind.CATEGORY: [],
}
TEXT_COLUMNS = {
    Kind.AUTHOR: ["name", "orcid"],
    Kind.PAPER: ["title", "doi", "arxiv_id"],
    Kind.INSTITUTION: ["name", "ror", "country_code"],
    Kind.CATEGORY: ["code", "name"],
}
ORDER_COLUMNS = {
    Kind.AUTHOR: ["name_fold", "paper_count", "citation_count", "h_index", "core", "clustering"],
    Kind.PAPER: ["year", "published_on", "citation_count", "title_fold", "listed", "pagerank", "category_atypicality"],
    Kind.INSTITUTION: ["name_fold", "paper_count", "citation_count"],
    Kind.CATEGORY: ["code", "name"],
}
# Lists in an order of their own, which their cursors cannot name, and the printed list: its cursors name a position.
UNPAGED = {"authorship_institutions", "paper_categories"}
NEWEST = (Order("year", True), Order("published_on", True))


@cache
def one(options: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """One of them."""
    return st.sampled_from(options)


@cache
def maybe(options: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """One of them or none."""
    return st.one_of(st.none(), st.sampled_from(options))


@cache
def some(options: tuple[Any, ...], most: int, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """Several of them, each once."""
    return st.lists(st.sampled_from(options), unique=True, min_size=least, max_size=most) if options else st.just([])


@cache
def upto(most: int, least: int = 0) -> st.SearchStrategy[int | None]:
    """A number or none."""
    return st.one_of(st.none(), st.integers(least, most))


@cache
def _pairs(left: tuple[str, ...], right: tuple[str, ...], most: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.sampled_from(left), st.sampled_from(right)), unique=True, max_size=most)


A_NAME, WHETHER = one(tuple(NAMES)), st.booleans()
POSITIONS = st.lists(upto(4, 1), unique=True, min_size=1, max_size=2)


@cache
def keys(kind: Kind) -> list[str]:
    return [f"{kind}-{i}" for i in range(6)]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Up to six nodes a kind: equal names, lonely nodes, circles of citations and of categories, nulls wherever they may be."""
    draft = Draft()
    codes = draw(some(tuple(CODES), 5))
    for code in codes:
        draft.category(code, name=draw(A_NAME))
    for code in codes:
        draft.category(code, parent=draw(maybe(tuple(codes))))
    people, papers, places = (keys(kind)[: draw(st.integers(0, 6))] for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION))
    for i, key in enumerate(people):
        _person(draw, draft, key, i, codes)
    for i, key in enumerate(places):
        name, ror = draw(A_NAME), draw(one((None, f"0abc{i}")))
        draft.institution(key, name=name, ror=ror, country_code=draw(one(tuple(COUNTRIES))))
    for i, key in enumerate(papers):
        _paper(draw, draft, key, i)
    _edges(draw, draft, people, papers, places, codes)
    for kind, known in ((Kind.AUTHOR, people), (Kind.PAPER, papers), (Kind.INSTITUTION, places)):
        draft.aliases += [(kind, f"old {key}", key) for key in known if draw(st.integers(0, 4)) == 0]
    return draft


def _person(draw: st.DrawFn, draft: Draft, key: str, number: int, codes: list[str]) -> None:
    names = draw(some(tuple(NAMES), 3, 1))
    draft.author(
        key,
        name=names[0],
        names=names,
        orcid=draw(one((None, f"0000-0000-0000-000{number}"))),
        external_ids=[{"scheme": "dblp", "value": f"1/{number}"}] if draw(WHETHER) else [],
        stated_category=draw(one((None, None, *codes))),
        reported=[{"source": "page", "novelty": 0.52, "h_index": 28}] if draw(WHETHER) else [],
    )


def _paper(draw: st.DrawFn, draft: Draft, key: str, number: int) -> None:
    draft.paper(
        key,
        title=draw(A_NAME),
        abstract=draw(one((None, "Whole."))),
        year=draw(YEARS),
        published_on=draw(DAYS),
        doi=draw(one((None, f"10.1/{number}"))),
        arxiv_id=draw(one((None, f"2001.0000{number}"))),
        author_count=draw(upto(9)),
        author_list_complete=draw(WHETHER),
        listed=draw(upto(3, -3)),
        unresolved_references=draw(some(OUTSIDE, 3)),
        unresolved_citations=draw(some(OUTSIDE, 2)),
        references_complete=draw(one((True, False, None))),
    )


def _edges(draw: st.DrawFn, draft: Draft, people: list[str], papers: list[str], places: list[str], codes: list[str]) -> None:
    def pairs(left: list[str], right: list[str], most: int) -> list[tuple[str, str]]:
        if not left or not right:
            return []
        return draw(_pairs(tuple(left), tuple(right), most))

    for paper, author in pairs(papers, people, 14):
        # A person may be printed twice on a paper, once where the list had stopped.
        for position in draw(POSITIONS):
            name = None if position is None else draw(A_NAME)
            named = draw(some(tuple(places), 3))
            countries = [draw(one((None, "DE", "US"))) for _ in named] if draw(WHETHER) else []
            draft.printed(paper, author, position, name, named, draw(one((None, True, False))), countries)
    draft.citations = pairs(papers, papers, 14)
    draft.paper_categories = pairs(papers, codes, 10)
    draft.paper_institutions = pairs(papers, places, 8)


@cache
def ids(kind: Kind) -> st.SearchStrategy[str]:
    """Ids of nodes that are there, that were merged away, that never were."""
    here = [node_id(kind, key) for key in keys(kind)] if kind is not Kind.CATEGORY else [node_id(kind, code) for code in CODES]
    gone = [node_id(kind, f"old {key}") for key in keys(kind)[:2]]
    return st.sampled_from([*here, *gone, node_id(kind, "never"), "nonsense"])


NUMBERS = st.one_of(st.integers(-1, 4), st.integers(2018, 2024))
_EXACT = (Op.EQ, Op.GT, Op.GTE, Op.LT, Op.LTE)
_PARTS = ["", "a", "ADA", "é", "lov", " ", "z", "明", "ss", "fi", "cs", "10.1", "D"]


_TEXTUAL = (Op.EQ, Op.IN, Op.CONTAINS, Op.STARTS_WITH)
# 0 and 0.0 are one to a cache of strategies.
_SHARES = st.sampled_from([0, 0.0, 1.0, 0.25, -1, 1 / 3, 0.5])
_KNOWN_DAYS = DAYS.filter(bool)
_IN_CATEGORIES = one((*CODES, "CL", "stat.", "never"))


@cache
def _listed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, max_size=3)


@cache
def _text_or_part(texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.one_of(one(texts), st.sampled_from(_PARTS))


@cache
def _texts(column: str) -> tuple[str, ...]:
    given = {"code": CODES, "country_code": ["DE"], "doi": ["10.1/0", "10.1/1"], "orcid": ["0000-0000-0000-0001"]}
    return tuple(given.get(column, NAMES))


@cache
@st.composite
def compares(draw: st.DrawFn, kind: Kind) -> Where:
    held = {"number": NUMBER_COLUMNS[kind], "float": FLOAT_COLUMNS[kind], "day": kind is Kind.PAPER}
    which = draw(one(("id", "text", "exists", *(name for name, there in held.items() if there))))
    if which == "exists":
        days = ["published_on"] if kind is Kind.PAPER else []
        columns = (*TEXT_COLUMNS[kind], *NUMBER_COLUMNS[kind], *FLOAT_COLUMNS[kind], *days)
        return Compare(draw(one(columns)), Op.EXISTS, draw(WHETHER))
    if which == "id":
        several = draw(_listed(ids(kind)))
        return Compare("id", Op.IN, tuple(several)) if draw(WHETHER) else Compare("id", Op.EQ, draw(ids(kind)))
    if which == "text":
        column = draw(one(tuple(TEXT_COLUMNS[kind])))
        texts = _texts(column)
        op = draw(one(_TEXTUAL))
        if op is Op.IN:
            return Compare(column, op, tuple(draw(_listed(one(texts)))))
        return Compare(column, op, draw(one(texts) if op is Op.EQ else _text_or_part(texts)))
    if which == "float":
        bound = draw(_SHARES)
        return Compare(draw(one(tuple(FLOAT_COLUMNS[kind]))), draw(one(_EXACT)), bound)
    column = "published_on" if which == "day" else draw(one(tuple(NUMBER_COLUMNS[kind])))
    values: st.SearchStrategy[Any] = _KNOWN_DAYS if which == "day" else NUMBERS
    if draw(WHETHER):
        return Compare(column, Op.IN, tuple(draw(_listed(values))))
    return Compare(column, draw(one(_EXACT)), draw(values))


@cache
@st.composite
def wheres(draw: st.DrawFn, kind: Kind, depth: int = 2) -> Where:
    """Conditions, nested at most `depth` deep."""
    shapes = ["everything", "compare", "compare"] + (["category"] if kind is Kind.PAPER else [])
    if depth:
        shapes += ["all", "any", "not", "reaches", "reaches"]
    match draw(one(tuple(shapes))):
        case "compare":
            return draw(compares(kind))
        case "category":
            op = draw(one((*_TEXTUAL, Op.EXISTS)))
            if op is Op.EXISTS:
                return InCategory(op, draw(WHETHER))
            return InCategory(op, tuple(draw(_listed(_IN_CATEGORIES))) if op is Op.IN else draw(_IN_CATEGORIES))
        case "all":
            return All(tuple(draw(_listed(wheres(kind, depth - 1)))))
        case "any":
            return AnyOf(tuple(draw(_listed(wheres(kind, depth - 1)))))
        case "not":
            return Not(draw(wheres(kind, depth - 1)))
        case "reaches":
            edge = EDGES[draw(one(tuple(name for name, edge in EDGES.items() if edge.source is kind and not edge.pair)))]
            return Quantifier(edge, draw(wheres(edge.target, depth - 1)), draw(upto(3)), draw(upto(3)))
    return EVERYTHING


@cache
def _maybe_where(kind: Kind) -> st.SearchStrategy[Where]:
    return st.one_of(st.just(EVERYTHING), wheres(kind))


@cache
@st.composite
def orders(draw: st.DrawFn, kind: Kind, edge: Edge | None) -> tuple[Order, ...]:
    if kind is Kind.PAPER and draw(st.integers(0, 3)) == 0:
        return NEWEST
    columns = [(column, False) for column in ORDER_COLUMNS[kind]]
    columns += [
        (column, True)
        for column in (edge.values if edge else ())
        if column not in ("name_as_printed", "corresponding", "country_codes")
    ]
    chosen = draw(some(tuple(columns), 2))
    return tuple(Order(column, draw(WHETHER), on_edge) for column, on_edge in chosen)


_TEXT_PLACES = one(("", "ada lovelace", "zoe", "m", "cs", "李 明", "𝔘", "\uffff"))
_WEIGHTS = one((0.0, 0.5, 1 / 3, 1.0, 0.5 + 1 / 3))
_NUMBER_PLACES = st.one_of(st.none(), NUMBERS)


@cache
@st.composite
def cursors(draw: st.DrawFn, kind: Kind, order: tuple[Order, ...]) -> tuple[Any, ...]:
    """A place that need not be anybody's."""

    def value(key: Order) -> Any:
        if key.column == "published_on":
            return draw(DAYS)
        if key.column in ("name_fold", "title_fold", "code", "name"):
            return draw(_TEXT_PLACES)
        if key.column == "weight":
            return draw(_WEIGHTS)
        return draw(_NUMBER_PLACES)

    return (*(value(key) for key in order), draw(ids(kind)))


@cache
def _maybe_cursor(kind: Kind, order: tuple[Order, ...]) -> st.SearchStrategy[tuple[Any, ...] | None]:
    return st.one_of(st.none(), cursors(kind, order))


@cache
@st.composite
def selects(draw: st.DrawFn, kind: Kind, edge: Edge | None = None) -> Select:
    order = draw(orders(kind, edge))
    if edge and edge.name == "paper_authors" and draw(WHETHER):
        order = (Order("position", on_edge=True),)
    paged = not edge or edge.name not in UNPAGED
    if edge and edge.name == "paper_authors":
        paged = order[:1] == (Order("position", on_edge=True),) and len(order) == 1
    bound, place = upto(4), _maybe_cursor(kind, order) if paged else st.none()
    page = Page(draw(bound), draw(place), draw(bound), draw(place))
    values = tuple(draw(some(tuple(edge.values), len(edge.values)))) if edge and edge.values else ()
    where = draw(_maybe_where(kind))
    return Select(where, order, page, values, draw(WHETHER))


@cache
@st.composite
def windows(draw: st.DrawFn, edge: Edge) -> Window | None:
    if not edge.windowed or draw(WHETHER):
        return None
    year = upto(2024, 2018)
    return Window(draw(year), draw(year), draw(upto(9)))


def sizes(draft: Draft) -> dict[Kind, int]:
    return {kind: len(draft.nodes[kind]) for kind in LETTERS} | {Kind.AUTHORSHIP: len(draft.authorships)}


@cache
def rows(size: int, pair: bool = False) -> st.SearchStrategy[list[Any]]:
    """A batch, with repeated rows in it."""
    if not size:
        return st.just([])
    row = st.integers(0, size - 1)
    return st.lists(st.tuples(row, row) if pair else row, max_size=8)
