"""Random graphs and random questions about them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from graph.model import EDGES, LETTERS, Edge, Kind
from graph.where import (
    EVERYTHING,
    All,
    Compare,
    InCategory,
    Not,
    Op,
    Order,
    Page,
    Reaches,
    Select,
    Where,
    Window,
)  # fmt: skip
from graph.where import Any as AnyOf
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
    Kind.PAPER: ["year", "citation_count", "reference_count", "author_count", "listed", "impact_sample"],
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


def keys(kind: Kind) -> list[str]:
    return [f"{kind}-{i}" for i in range(6)]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Up to six nodes a kind: equal names, lonely nodes, circles of citations and of categories, nulls wherever they may be."""
    draft = Draft()
    size = st.integers(0, 6)
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=5))
    for code in codes:
        draft.category(code, name=draw(st.sampled_from(NAMES)))
    for code in codes:
        draft.category(code, parent=draw(st.one_of(st.none(), st.sampled_from(codes))))
    people, papers, places = (keys(kind)[: draw(size)] for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION))
    for i, key in enumerate(people):
        _person(draw, draft, key, i, codes)
    for i, key in enumerate(places):
        name, ror = draw(st.sampled_from(NAMES)), draw(st.sampled_from([None, f"0abc{i}"]))
        draft.institution(key, name=name, ror=ror, country_code=draw(st.sampled_from(COUNTRIES)))
    for i, key in enumerate(papers):
        _paper(draw, draft, key, i)
    _edges(draw, draft, people, papers, places, codes)
    for kind, known in ((Kind.AUTHOR, people), (Kind.PAPER, papers), (Kind.INSTITUTION, places)):
        draft.aliases += [(kind, f"old {key}", key) for key in known if draw(st.integers(0, 4)) == 0]
    return draft


def _person(draw: st.DrawFn, draft: Draft, key: str, number: int, codes: list[str]) -> None:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=3))
    draft.author(
        key,
        name=names[0],
        names=names,
        orcid=draw(st.sampled_from([None, f"0000-0000-0000-000{number}"])),
        external_ids=draw(st.sampled_from([[], [{"scheme": "dblp", "value": f"1/{number}"}]])),
        stated_category=draw(st.sampled_from([None, None, *codes])),
        reported=draw(st.sampled_from([[], [{"source": "page", "novelty": 0.52, "h_index": 28}]])),
    )


def _paper(draw: st.DrawFn, draft: Draft, key: str, number: int) -> None:
    draft.paper(
        key,
        title=draw(st.sampled_from(NAMES)),
        abstract=draw(st.sampled_from([None, "Whole."])),
        year=draw(YEARS),
        published_on=draw(DAYS),
        doi=draw(st.sampled_from([None, f"10.1/{number}"])),
        arxiv_id=draw(st.sampled_from([None, f"2001.0000{number}"])),
        author_count=draw(st.one_of(st.none(), st.integers(0, 9))),
        author_list_complete=draw(st.booleans()),
        listed=draw(st.one_of(st.none(), st.integers(-3, 3))),
        unresolved_references=draw(st.sampled_from([[], ["doi:10.9/x", "acl:P00-1"]])),
    )


def _edges(draw: st.DrawFn, draft: Draft, people: list[str], papers: list[str], places: list[str], codes: list[str]) -> None:
    def pairs(left: list[str], right: list[str], most: int) -> list[tuple[str, str]]:
        if not left or not right:
            return []
        return draw(st.lists(st.tuples(st.sampled_from(left), st.sampled_from(right)), unique=True, max_size=most))

    some_places = st.lists(st.sampled_from(places), unique=True, max_size=3) if places else st.just([])
    for paper, author in pairs(papers, people, 14):
        # A person may be printed twice on a paper, once where the list had stopped.
        for position in draw(st.lists(st.one_of(st.none(), st.integers(1, 4)), unique=True, min_size=1, max_size=2)):
            name = None if position is None else draw(st.sampled_from(NAMES))
            draft.printed(paper, author, position, name, draw(some_places), draw(st.sampled_from([None, True, False])))
    draft.citations = pairs(papers, papers, 14)
    draft.paper_categories = pairs(papers, codes, 10)
    draft.paper_institutions = pairs(papers, places, 8)


def ids(kind: Kind) -> st.SearchStrategy[str]:
    """Ids of nodes that are there, that were merged away, that never were."""
    here = [node_id(kind, key) for key in keys(kind)] if kind is not Kind.CATEGORY else [node_id(kind, code) for code in CODES]
    gone = [node_id(kind, f"old {key}") for key in keys(kind)[:2]]
    return st.sampled_from([*here, *gone, node_id(kind, "never"), "nonsense"])


NUMBERS = st.one_of(st.integers(-1, 4), st.integers(2018, 2024))
_EXACT = (Op.EQ, Op.GT, Op.GTE, Op.LT, Op.LTE)
_PARTS = ["", "a", "ADA", "é", "lov", " ", "z", "明", "ss", "fi", "cs", "10.1", "D"]


def _texts(column: str) -> list[str]:
    given = {"code": CODES, "country_code": ["DE"], "doi": ["10.1/0", "10.1/1"], "orcid": ["0000-0000-0000-0001"]}
    return given.get(column, NAMES)


@st.composite
def compares(draw: st.DrawFn, kind: Kind) -> Where:
    which = draw(
        st.sampled_from(
            [
                "id",
                "text",
                *(["number"] if NUMBER_COLUMNS[kind] else []),
                *(["float"] if FLOAT_COLUMNS[kind] else []),
                *(["day"] if kind is Kind.PAPER else []),
            ]
        )
    )
    if which == "id":
        several = draw(st.lists(ids(kind), max_size=3))
        return Compare("id", Op.IN, tuple(several)) if draw(st.booleans()) else Compare("id", Op.EQ, draw(ids(kind)))
    if which == "text":
        column = draw(st.sampled_from(TEXT_COLUMNS[kind]))
        texts = st.sampled_from(_texts(column))
        op = draw(st.sampled_from([Op.EQ, Op.IN, Op.CONTAINS, Op.STARTS_WITH]))
        if op is Op.IN:
            return Compare(column, op, tuple(draw(st.lists(texts, max_size=3))))
        return Compare(column, op, draw(texts if op is Op.EQ else st.one_of(texts, st.sampled_from(_PARTS))))
    if which == "float":
        bound = draw(st.sampled_from([0, 0.0, 1.0, 0.25, -1, 1 / 3, 0.5]))
        return Compare(draw(st.sampled_from(FLOAT_COLUMNS[kind])), draw(st.sampled_from(_EXACT)), bound)
    column = "published_on" if which == "day" else draw(st.sampled_from(NUMBER_COLUMNS[kind]))
    values: st.SearchStrategy[Any] = DAYS.filter(bool) if which == "day" else NUMBERS
    if draw(st.booleans()):
        return Compare(column, Op.IN, tuple(draw(st.lists(values, max_size=3))))
    return Compare(column, draw(st.sampled_from(_EXACT)), draw(values))


@st.composite
def wheres(draw: st.DrawFn, kind: Kind, depth: int = 2) -> Where:
    """Conditions, nested at most `depth` deep."""
    shapes = ["everything", "compare", "compare"] + (["category"] if kind is Kind.PAPER else [])
    if depth:
        shapes += ["all", "any", "not", "reaches", "reaches"]
    match draw(st.sampled_from(shapes)):
        case "compare":
            return draw(compares(kind))
        case "category":
            op = draw(st.sampled_from([Op.EQ, Op.IN, Op.CONTAINS, Op.STARTS_WITH]))
            codes = st.sampled_from([*CODES, "CL", "stat.", "never"])
            return InCategory(op, tuple(draw(st.lists(codes, max_size=2))) if op is Op.IN else draw(codes))
        case "all":
            return All(tuple(draw(st.lists(wheres(kind, depth - 1), max_size=3))))
        case "any":
            return AnyOf(tuple(draw(st.lists(wheres(kind, depth - 1), max_size=3))))
        case "not":
            return Not(draw(wheres(kind, depth - 1)))
        case "reaches":
            edges = [edge for edge in EDGES.values() if edge.source is kind and not edge.pair]
            edge = draw(st.sampled_from(edges))
            bound = st.one_of(st.none(), st.integers(0, 3))
            return Reaches(edge, draw(wheres(edge.target, depth - 1)), draw(bound), draw(bound))
    return EVERYTHING


@st.composite
def orders(draw: st.DrawFn, kind: Kind, edge: Edge | None) -> tuple[Order, ...]:
    if kind is Kind.PAPER and draw(st.integers(0, 3)) == 0:
        return NEWEST
    columns = [(column, False) for column in ORDER_COLUMNS[kind]]
    columns += [(column, True) for column in (edge.values if edge else ()) if column not in ("name_as_printed", "corresponding")]
    chosen = draw(st.lists(st.sampled_from(columns), unique=True, max_size=2))
    return tuple(Order(column, draw(st.booleans()), on_edge) for column, on_edge in chosen)


@st.composite
def cursors(draw: st.DrawFn, kind: Kind, order: tuple[Order, ...]) -> tuple[Any, ...]:
    """A place that need not be anybody's."""

    def value(key: Order) -> Any:
        if key.column == "published_on":
            return draw(DAYS)
        if key.column in ("name_fold", "title_fold", "code", "name"):
            return draw(st.sampled_from(["", "ada lovelace", "zoe", "m", "cs", "李 明", "𝔘", "\uffff"]))
        if key.column == "weight":
            return draw(st.sampled_from([0.0, 0.5, 1 / 3, 1.0, 0.5 + 1 / 3]))
        return draw(st.one_of(st.none(), NUMBERS))

    return (*(value(key) for key in order), draw(ids(kind)))


@st.composite
def selects(draw: st.DrawFn, kind: Kind, edge: Edge | None = None) -> Select:
    order = draw(orders(kind, edge))
    if edge and edge.name == "paper_authors" and draw(st.booleans()):
        order = (Order("position", on_edge=True),)
    paged = not edge or edge.name not in UNPAGED
    if edge and edge.name == "paper_authors":
        paged = order[:1] == (Order("position", on_edge=True),) and len(order) == 1
    bound = st.one_of(st.none(), st.integers(0, 4))
    place = st.one_of(st.none(), cursors(kind, order)) if paged else st.none()
    page = Page(draw(bound), draw(place), draw(bound), draw(place))
    values = tuple(draw(st.lists(st.sampled_from(edge.values), unique=True))) if edge and edge.values else ()
    where = draw(st.one_of(st.just(EVERYTHING), wheres(kind)))
    return Select(where, order, page, values, draw(st.booleans()))


@st.composite
def windows(draw: st.DrawFn, edge: Edge) -> Window | None:
    if not edge.windowed or draw(st.booleans()):
        return None
    year = st.one_of(st.none(), st.integers(2018, 2024))
    return Window(draw(year), draw(year), draw(st.one_of(st.none(), st.integers(0, 9))))


def sizes(draft: Draft) -> dict[Kind, int]:
    return {kind: len(draft.nodes[kind]) for kind in LETTERS} | {Kind.AUTHORSHIP: len(draft.authorships)}


@st.composite
def rows(draw: st.DrawFn, size: int, pair: bool = False) -> list[Any]:
    """A batch, with repeated rows in it."""
    if not size:
        return []
    one = st.integers(0, size - 1)
    return draw(st.lists(st.tuples(one, one) if pair else one, max_size=8))
