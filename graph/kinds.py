"""Node kinds: what each is called, how its ids begin, and which of its columns name it, declared once.

Stores, indexes, facets, counts and the schema read this table.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row of a table stands for. Authorship is a kind of its own: it has a position, a printed name, institutions."""

    AUTHOR = "author"
    PAPER = "paper"
    INSTITUTION = "institution"
    CATEGORY = "category"
    VENUE = "venue"
    AUTHORSHIP = "authorship"


@dataclass(frozen=True)
class KindInfo:
    """One kind. `letter` begins its public ids; a kind without one has no identity. `label` is the column that people read, `key`
    the one that tells nodes apart where they are counted by, `names` those that hold its names, the preferred one first.
    `optional`: a snapshot that was written before the kind came lacks it, and has no such nodes.
    """

    plural: str
    letter: str = ""
    label: str = ""
    key: str = "id"
    names: tuple[str, ...] = ()
    optional: bool = False

    @property
    def short(self) -> str:
        """The column that names a node in few words: its key where that can be read, else its label."""
        return self.label if self.key == "id" else self.key


KINDS = {
    Kind.AUTHOR: KindInfo("authors", "A", "name", names=("name", "names")),
    Kind.PAPER: KindInfo("papers", "P", "title", names=("title",)),
    Kind.INSTITUTION: KindInfo("institutions", "I", "name", names=("name", "names")),
    Kind.CATEGORY: KindInfo("categories", "C", "name", "code", names=("name", "code")),
    Kind.VENUE: KindInfo("venues", "V", "name", names=("name", "names"), optional=True),
    Kind.AUTHORSHIP: KindInfo("authorships"),
}
# Kinds with a public identity, and the letter their ids begin with.
LETTERS = {kind: info.letter for kind, info in KINDS.items() if info.letter}
# The same in the order in which a search shows nodes that fit as well.
IDENTIFIED = tuple(LETTERS)
