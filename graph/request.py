"""Requests to a store: hops, predicates, orders, pages. Plain frozen values that every store understands.

Conditions are three-valued, as in SQL (Kleene 1938, "On notation for ordinal numbers"): true, false, or unknown where they
rest on something that no source says. `Not` of unknown is unknown, `All` is false where a part is false and `Any` true where a
part is true, whatever else is unknown. A list keeps what its condition is true of.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeAlias

from byline.graph.facets import Facet as Facet
from byline.graph.facets import HitFacet as HitFacet
from byline.graph.model import Edge, Kind

Scalar: TypeAlias = str | int | float | date | None


class Op(StrEnum):
    """Comparisons. Those of `text_columns.FOLDING` compare folded texts. EXISTS asks whether there is a value, as the flag that
    it is compared with says, and is never unknown. The others compare values as they are."""

    EQ = "eq"
    IN = "in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    EQ_IGNORE_CASE = "eq_ignore_case"
    IN_IGNORE_CASE = "in_ignore_case"
    EXISTS = "exists"


@dataclass(frozen=True)
class Compare:
    """A column of the node against a value, or a tuple for IN and its kin. Unknown where the column is null, EXISTS aside."""

    column: str
    op: Op
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class Identified:
    """An identifier under which another catalogue knows the node, of a scheme: EQ and IN (a tuple) compare as keys do, in normal
    form. EXISTS asks whether there is one of the scheme, of any scheme where that is empty. Unknown where there is none of the
    scheme, EXISTS aside."""

    scheme: str
    op: Op
    value: str | bool | tuple[str, ...]


@dataclass(frozen=True)
class InCategory:
    """A paper one of whose categories, or an ancestor of one, has a code that fits. Unknown for papers without categories."""

    op: Op
    value: str | bool | tuple[str, ...]


@dataclass(frozen=True)
class InCountry:
    """A paper or a person one of whose countries has a code that fits: the countries of its institutions, and those that its
    authorships state. Unknown where none fits and another institution or the country of one is unknown; EXISTS asks whether any
    country is known, and is never unknown."""

    op: Op
    value: str | bool | tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Every part holds; true without parts."""

    parts: tuple["Where", ...] = ()


@dataclass(frozen=True)
class Any:
    """At least one part holds; false without parts."""

    parts: tuple["Where", ...] = ()


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Where"


@dataclass(frozen=True)
class Quantifier:
    """How many distinct far ends of `edge` fit `where` lies between `least` and `most` (both included, null: no bound).

    Far ends of which `where` is unknown, and those that the graph does not know (`Unlisted`), may fit or not: the condition is
    true or false only where it is so whichever of them do.
    """

    edge: Edge
    where: "Where"
    least: int | None = 1
    most: int | None = None


@dataclass(frozen=True)
class Unlisted:
    """Far ends of one list of an edge that the graph does not know: `number` of them there are for certain, and where `open`
    there may be any number more.

    - paper_authors: those behind "et al."; of a stated number of authors those who are not known here.
    - references: the unresolved ones; open unless a source states the whole list.
    - cited_by: works outside the graph; open where the graph knows no citation at all.
    - paper_institutions, affiliations: open where an authorship names no institution; of a paper also where its author list is
      cut, and not where a source states the institutions of the paper as a whole.
    - author_papers, institution_papers, paper_venue: open where there are none.
    - other edges are what this graph makes of those: none.
    """

    number: int = 0
    open: bool = False

    def __bool__(self) -> bool:
        return self.open or self.number > 0


@dataclass(frozen=True)
class OnEdge:
    """A condition on the entries of a hop rather than on its far ends: what `part` compares are values of the hop. It stands
    among the conditions of a list, alone or in `All` and `Not`, and in no quantifier."""

    part: "Where"


Where: TypeAlias = Compare | Identified | InCategory | InCountry | All | Any | Not | Quantifier | OnEdge
EVERYTHING = All()
NOTHING = Any()


def both(one: "Where", other: "Where") -> "Where":
    """What fits two conditions, one of which may ask nothing."""
    parts = tuple(part for part in (one, other) if part != EVERYTHING)
    return parts[0] if len(parts) == 1 else All(parts)


@dataclass(frozen=True)
class Order:
    """One key of an order: a column of the target, or of the hop itself where `on_edge`. Nulls come last either way."""

    column: str
    descending: bool = False
    on_edge: bool = False


# Newest first, papers of which only the year is known behind the dated ones of that year.
NEWEST = (Order("year", descending=True), Order("published_on", descending=True))

# A place in an ordered list: the values of the order's keys and then the id of the node. For a list that may hold a node
# twice (a printed author list) the keys tell the two apart.
Cursor: TypeAlias = tuple[Scalar, ...]


@dataclass(frozen=True)
class Page:
    """A stretch of an ordered list as Relay defines it: cut by `after` and `before`, then to `first`, then to `last`."""

    first: int | None = None
    after: Cursor | None = None
    last: int | None = None
    before: Cursor | None = None

    @property
    def longest(self) -> int:
        """How many entries it has at most. Either `first` or `last` is given."""
        return min(size for size in (self.first, self.last) if size is not None)


@dataclass(frozen=True)
class Select:
    """What to keep of each list, in which order; `order` never names the id, which always breaks the tie, ascending.

    `values` are the hop's own columns that the caller wants back; `total` asks for the length before paging; without `edges`
    a store may leave out the rows of the edges.
    """

    where: Where = EVERYTHING
    order: tuple[Order, ...] = ()
    page: Page = field(default_factory=Page)
    values: tuple[str, ...] = ()
    total: bool = False
    edges: bool = True


@dataclass(frozen=True)
class Window:
    """Which papers make an edge: years with both ends included (a paper of unknown year fits no bound), and an upper
    bound on the number of authors (as reported, else as known)."""

    first_year: int | None = None
    last_year: int | None = None
    max_authors: int | None = None


@dataclass(frozen=True)
class Hop:
    """An edge, through the papers of a window. `distance` is read by the edges of so many steps: collaborators, between."""

    edge: Edge
    window: Window | None = None
    distance: int = 2


class Prediction(StrEnum):
    """How likely two people who share no paper are to share one, told from the coauthors z that both have, each with deg(z)
    coauthors."""

    ADAMIC_ADAR = "adamic_adar"
    RESOURCE_ALLOCATION = "resource_allocation"
    COMMON_COAUTHORS = "common_coauthors"


@dataclass(frozen=True)
class Route:
    """Which paths between two people are looked for: through the papers of a window, the `limit` shortest ones by steps or,
    where `weighted`, by the sum of 1/weight; each search looks at no more than `budget` people."""

    window: Window | None = None
    weighted: bool = False
    limit: int = 1
    budget: int = 1_000_000


class Key(NamedTuple):
    """One way to name a node: by `id`, `external` (scheme and value), `name` or `code`."""

    by: str
    value: str
    scheme: str = ""


class Level(IntEnum):
    """How well a node fits the words of a search: the best that any of its names, or its title, allows. See docs/search.md."""

    INITIALS = 1
    FUZZY = 2
    EXACT_FUZZY = 3
    TEXT = 4
    PREFIX = 5
    WORDS = 6
    EXACT = 7
    IDENTIFIER = 8


# A place in the answer to a search: level, citations and papers, the more the earlier, then kind and id: the id says its kind.
SearchCursor: TypeAlias = tuple[int, int, int, str]


def score(level: int, citations: int) -> float:
    """A number that never grows down the answer to a search: the level, and a share below 1 that citations bring."""
    return level + citations / (citations + 10)


@dataclass(frozen=True)
class Search:
    """Nodes of some kinds by words, cut to a page as `Page` says. Of a kind with a condition in `where` only those are found that
    it is true of."""

    text: str
    kinds: tuple[Kind, ...]
    where: tuple[tuple[Kind, Where], ...] | None = None
    first: int | None = None
    after: SearchCursor | None = None
    last: int | None = None
    before: SearchCursor | None = None
    total: bool = False

    def condition(self, kind: Kind) -> Where:
        """The condition on nodes of a kind."""
        return dict(self.where or ()).get(kind, EVERYTHING)


@dataclass(frozen=True)
class Complete:
    """The best `first` nodes of some kinds whose names have a word for each begun word of `text`."""

    text: str
    kinds: tuple[Kind, ...]
    first: int
