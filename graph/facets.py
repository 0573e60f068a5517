"""Facets: what papers can be counted by. A new one is a line here: every store, plan, enum value and test of them reads this."""

from enum import StrEnum

from byline.graph.model import PAPER_AUTHORS, PAPER_CATEGORIES, PAPER_INSTITUTIONS, PAPER_VENUE, Edge, Kind


class Facet(StrEnum):
    """Each with what it counts by and a sentence: `of` is a column of papers that holds a number, a text or a list of texts, an
    edge to nodes, or None for countries, which stand beside two edges."""

    of: str | Edge | None
    about: str

    YEAR = "year", "year", "Year of publication."
    CATEGORY = "category", PAPER_CATEGORIES, "Each category of the paper, not only the primary one."
    INSTITUTION = "institution", PAPER_INSTITUTIONS, "Each institution of the paper."
    COUNTRY = (
        "country",
        None,
        "Each country of the paper, ISO 3166-1 alpha-2: those of its institutions, and those that its authorships state.",
    )
    AUTHOR = "author", PAPER_AUTHORS, "Each known author of the paper."
    VENUE = "venue", PAPER_VENUE, "Venue of the paper."
    LANGUAGE = "language", "language", "Language of the paper, as stated."
    TYPE = "type", "paper_type", "Type of the paper, as stated, such as `journal-article`."
    KEYWORD = "keyword", "keywords", "Each keyword of the paper, as stated: spellings count apart."

    def __new__(cls, name: str, of: str | Edge | None, about: str) -> "Facet":
        """A member by its name alone."""
        member = str.__new__(cls, name)
        member._value_, member.of, member.about = name, of, about
        return member

    @property
    def kind(self) -> Kind | None:
        """The kind of the nodes that papers are counted by, where it is nodes."""
        return self.of.target if isinstance(self.of, Edge) else None


class HitFacet(StrEnum):
    """What all results of a search can be counted by, and not its papers alone."""

    KIND = "kind"

    @property
    def about(self) -> str:
        """The sentence."""
        return "Type of the result: all results are counted, and the key is a `NodeKind`."

    @property
    def kind(self) -> None:
        """See Facet: the values are no nodes."""
        return None
