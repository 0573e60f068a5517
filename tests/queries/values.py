"""Argument values for generated documents: what the graph has, what it has not, and what lies at the edges of a type."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
    is_required_input_field,
)  # fmt: skip
from hypothesis import strategies as st

from byline.graph.ids import public_id
from byline.graph.model import KINDS, LETTERS, Kind
from byline.graph.query.cursors import encode
from byline.graph.query.facet_cursors import encode as encode_facet_cursor
from byline.graph.query.search_cursors import encode as encode_search_cursor
from byline.graph.request import Facet, HitFacet, Order
from tests.queries.pools import Pools

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
_EDGES = [0, -1, 1, 2**31 - 1, -(2**31)]
_WORDS = ["", "a", "AN", "é", "STRASSE", "李", "no such thing", '"', "\\", "\u2028", "%", "🦉", "0000"]
_DAYS = ["0001-01-01", "9999-12-31", "2000-02-29", "2010-12-31"]


class Choices:
    """Draws spelled as questions."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def below(self, number: int) -> int:
        drawn: int = self.draw(st.integers(0, number - 1))
        return drawn

    def maybe(self, percent: int) -> bool:
        """True in about `percent` of a hundred draws; shrinks to false."""
        return self.below(100) >= 100 - percent

    def one(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def some(self, among: Sequence[T], least: int, most: int) -> list[T]:
        """Between `least` and `most` different ones, in any order."""
        left = list(among)
        count = min(len(left), least + self.below(most - least + 1))
        return [left.pop(self.below(len(left))) for _ in range(count)]


@dataclass(frozen=True)
class Name:
    """An enum value: written without quotes in a document, as a string in variables."""

    value: str


class Values:
    """Values by the type and the place of an input. `place` is the nearest member or argument with a meaning: "year"."""

    def __init__(self, choices: Choices, pools: Pools) -> None:
        self._choose, self._pools = choices, pools

    def of(self, type_: GraphQLInputType, place: str, hops: int) -> Any:
        """A value of a type; `hops` is how many quantifiers a filter may still go through."""
        if isinstance(type_, GraphQLNonNull):
            return self.of(type_.of_type, place, hops)
        if isinstance(type_, GraphQLList):
            if self._choose.maybe(5):
                return self.of(type_.of_type, place, hops)
            return [self.of(type_.of_type, place, hops) for _ in range(self._choose.below(4))]
        if isinstance(type_, GraphQLEnumType):
            return Name(self._choose.one(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_, place, hops)
        assert isinstance(type_, GraphQLScalarType)
        return self._scalar(type_.name, place)

    def _object(self, type_: GraphQLInputObjectType, place: str, hops: int) -> dict[str, Any]:
        if type_.name == "ExternalIdInput":
            return self._external()
        if type_.name == "YearRange":
            return self._years()
        if type_.name.endswith("Quantifier"):
            return self._quantifier(type_, place, hops)
        members = [name for name, member in type_.fields.items() if hops or not _far(get_named_type(member.type))]
        required = [name for name, member in type_.fields.items() if is_required_input_field(member)]
        chosen = (
            [self._choose.one(members)] if one_of(type_) else [*required, *self._choose.some(members, 0 if required else 1, 2)]
        )
        return {
            name: self.of(
                type_.fields[name].type, _place(type_, name, place), hops - _far(get_named_type(type_.fields[name].type))
            )
            for name in dict.fromkeys(chosen)
        }

    def _quantifier(self, type_: GraphQLInputObjectType, place: str, hops: int) -> dict[str, Any]:
        """Mostly one quantifier; `where` with `count`, save for a few that must be refused."""
        chosen = self._choose.some(list(type_.fields), 1, 2)
        if "where" in chosen and not self._choose.maybe(3):
            chosen.append("count")
        return {
            name: self.of(type_.fields[name].type, "count" if name == "count" else place, hops) for name in dict.fromkeys(chosen)
        }

    def _external(self) -> dict[str, Any]:
        id_lists = self._pools.values(self._choose.one([Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.VENUE]), "external_ids")
        if not id_lists or self._choose.maybe(10):
            return {"scheme": self._choose.one(["doi", "ACL", ""]), "value": self._choose.one(_WORDS)}
        return dict(self._choose.one(self._choose.one(id_lists)))

    def _years(self) -> dict[str, Any]:
        ends = sorted(1995 + self._choose.below(32) for _ in range(2))
        if self._choose.maybe(3):
            ends.reverse()
        years = {"from": ends[0], "to": ends[1]}
        return {name: years[name] for name in self._choose.some(list(years), 0, 2)}

    def _scalar(self, name: str, place: str) -> Any:
        match name:
            case "ID":
                return self._id(place)
            case "Boolean":
                return self._choose.maybe(50)
            case "Date":
                days = [day.isoformat() for day in self._pools.values(Kind.PAPER, "published_on")]
                return self._choose.one([*_DAYS, *days[:50]])
            case "Int":
                return self._number(place)
            case "Float":
                return self._choose.one([0, 0.5, 1.0, 0.004, 1 / 3, -1.5, 2])
        return self._text(place)

    def _id(self, place: str) -> str:
        meant = [kind for kind in LETTERS if place == f"{kind.capitalize()}.name" and not self._choose.maybe(15)]
        kind = self._choose.one(meant or list(LETTERS))
        nodes = self._pools.nodes[kind]
        if not nodes or self._choose.maybe(12):
            return self._choose.one([public_id(kind, "nobody"), "", "P12", "Ä", "x" * 60, public_id(kind, "a-merged-away")])
        identifier: str = self._choose.one(nodes)["id"]
        return identifier

    def _number(self, place: str) -> int:
        if self._choose.maybe(4):
            return self._choose.one(_EDGES)
        most = {"count": 6, "paperCount": 40, "citationCount": 30, "authorCount": 8, "maxAuthorsPerPaper": 9}
        most |= {"position": 6, "sharedCount": 4, "uncountedPapers": 3}
        most |= {"core": 30, "component": 3, "componentSize": 110, "community": 6, "window": 12}
        if place in _FROM_ONE:
            return self._choose.below(_FROM_ONE[place]) + (not self._choose.maybe(5))
        return (
            self._choose.below(most[place]) + 2 * (place == "maxAuthorsPerPaper")
            if place in most
            else 1995 + self._choose.below(32)
        )

    def searched(self) -> str:
        """What somebody may search for: parts of names and titles, turned, cut short, with a slip."""
        kind = self._choose.one(list(LETTERS))
        texts = self._pools.values(kind, "title" if kind is Kind.PAPER else "name")
        if not texts or self._choose.maybe(15):
            return self._choose.one([*_WORDS, "a", "x" * 301])
        words = self._choose.some(self._choose.one(texts).split(), 1, 3)
        at = self._choose.below(len(words))
        match self._choose.below(4):
            case 0:
                words[at] = words[at][: 1 + self._choose.below(4)]
            case 1:
                words[at] = words[at][1:] + words[at][:1]
        return " ".join(words)

    def search_cursor(self) -> str:
        """A place in the answer to a search, or what is none."""
        if self._choose.maybe(4):
            return self._choose.one(["", "abc", encode([Order("code")], ["cs"], "C000000000000")])
        kind = self._choose.one(list(LETTERS))
        node = self._choose.one(self._pools.nodes[kind])
        place = (1 + self._choose.below(5), node.get("citation_count", 0), node.get("paper_count", 0))
        return encode_search_cursor(place, node["id"])

    def _text(self, place: str) -> str:
        if place in ("query", "prefix"):
            return self.searched()
        kind, column = _TEXTS.get(place, (Kind.PAPER, "title"))
        texts = self._pools.values(kind, column)
        if not texts or self._choose.maybe(15):
            return self._choose.one(_WORDS)
        chosen = self._choose.one(texts)
        text: str = self._choose.one(chosen) if isinstance(chosen, list) else chosen
        match self._choose.below(5):
            case 0:
                return text[: 1 + self._choose.below(4)]
            case 1:
                return text[len(text) // 2 :]
            case 2:
                return text.upper()
        return text

    def page(self, room: int) -> int:
        """A length for first or last that fits what is left of the budget; rarely one that must be refused."""
        if self._choose.maybe(3):
            return self._choose.one([-1, 101, 2**31 - 1])
        return self._choose.below(max(min(room, 6), 1) + 1)

    def cursor(self, kind: Kind, order: Sequence[Order]) -> str:
        """A place in an order: of a node, beside one, of no node, or of another order."""
        if self._choose.maybe(4):
            return self._choose.one(["", "abc", "ü", encode([Order("code")], ["cs"], "C000000000000")])
        nodes = self._pools.nodes[kind]
        node = self._choose.one(nodes) if nodes else {}
        keys = [self._key(key, node) for key in order]
        return encode(order, keys, node["id"] if node and self._choose.maybe(80) else public_id(kind, "nobody"))

    def facet_cursor(self, by: "Name") -> str:
        """A place in a facet: of a value or beside one, or of another list."""
        if self._choose.maybe(5):
            return self._choose.one(["", "abc", encode([Order("code")], ["cs"], "C000000000000")])
        facet = Facet[by.value] if by.value in Facet.__members__ else HitFacet[by.value]
        if facet.kind is None:
            label = key = self._choose.one(["2001", "en", "NL", "m", "tides", "book"])
        else:
            node = self._choose.one(self._pools.nodes[facet.kind] or [{}])
            label, key = (str(node.get(column)) for column in (KINDS[facet.kind].label, KINDS[facet.kind].key))
        return encode_facet_cursor(facet, self._choose.below(5), label, key)

    def _key(self, key: Order, node: dict[str, Any]) -> Any:
        if self._choose.maybe(5):
            return None
        if key.on_edge:
            return (
                self._choose.one([0.5, 1.0, 0.0, 1.3333333333333333]) if key.column == "weight" else self._edge_number(key.column)
            )
        value = node.get(key.column)
        if self._choose.maybe(10) and value is not None:
            return value + (" " if isinstance(value, str) else 1) if not isinstance(value, date) else "2001-01-01"
        return value.isoformat() if isinstance(value, date) else value

    def _edge_number(self, column: str) -> int:
        return self._choose.below(4) + (2000 if column.endswith("year") else 0)


_LEAVES = (
    "IntFilter",
    "FloatFilter",
    "StringFilter",
    "DateFilter",
    "BooleanFilter",
    "IdFilter",
    "IdentifierFilter",
    "ExternalIdFilter",
)
# Numbers that must not be 0, and rarely are, with the most that a small graph has a use for.
_FROM_ONE = {"distance": 4, "radius": 3, "limit": 5}
_TEXTS: dict[str, tuple[Kind, str]] = {
    "language": (Kind.PAPER, "language"),
    "type": (Kind.PAPER, "paper_type"),
    "license": (Kind.PAPER, "license"),
    "keywords": (Kind.PAPER, "keywords"),
    "Author.name": (Kind.AUTHOR, "name"),
    "Institution.name": (Kind.INSTITUTION, "name"),
    "Venue.name": (Kind.VENUE, "name"),
    "Venue.type": (Kind.VENUE, "venue_type"),
    "issn": (Kind.VENUE, "issn_l"),
    "issnL": (Kind.VENUE, "issn_l"),
    "orcid": (Kind.AUTHOR, "orcid"),
    "nameAsPrinted": (Kind.AUTHOR, "name"),
    "doi": (Kind.PAPER, "doi"),
    "arxivId": (Kind.PAPER, "arxiv_id"),
    "ror": (Kind.INSTITUTION, "ror"),
    "countryCode": (Kind.INSTITUTION, "country_code"),
    "country": (Kind.INSTITUTION, "country"),
    "region": (Kind.INSTITUTION, "region"),
    "city": (Kind.INSTITUTION, "city"),
    "countryCodes": (Kind.INSTITUTION, "country_code"),
    "code": (Kind.CATEGORY, "code"),
    "category": (Kind.CATEGORY, "code"),
}


def one_of(type_: GraphQLInputObjectType) -> bool:
    """Whether exactly one member must be given; Strawberry keeps this in its own definition."""
    return bool(type_.extensions["strawberry-definition"].is_one_of)


def _place(owner: GraphQLInputObjectType, member: str, place: str) -> str:
    """What a member is about: that of the filter around it for eq, in and the like, else its own name."""
    if member in ("name", "id"):
        return f"{owner.name.removesuffix('Filter').removesuffix('Key')}.name"
    return place if owner.name in _LEAVES else member


def _far(type_: Any) -> bool:
    """Whether a member leads across a hop, or on into the same filter: what a bound on depth must count."""
    return bool(type_.name.endswith(("Quantifier", "Filter")) and type_.name not in _LEAVES)
