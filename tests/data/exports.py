"""One made-up department's papers, printed as two databases export them: Web of Science's and Scopus's BibTeX."""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PEOPLE, PAPERS = 40, 300
_GIVEN = (
    "Åsa", "Béla", "Chidi Emeka", "Dagný", "Elif", "François", "Gülşen", "Hedda", "Íris", "Jean-Luc", "Károly", "Łucja", "Mária",
    "Nuño", "Øystein", "Paweł", "Quirin", "Renée", "Søren", "Tomás", "Uğur", "Věra", "Wei-Ling", "Xóchitl", "Yıldız", "Zoë",
)  # fmt: skip
_FAMILY = (
    "Lind", "Kovács", "Okoye", "Þorsdóttir", "Yılmaz", "Lefèvre", "Öztürk", "van Deurne", "Sørli", "Beauchêne", "Szabó",
    "Wiśniewska", "Peña Ortiz", "Muñiz", "Ødegård", "Kowalczyk", "Größl", "Dubé", "Møllgaard", "de la Fuente", "Çelik", "Dvořák",
    "Chen", "Ramírez", "Şahin", "Brontë", "O'Hara", "Smith-Rowe", "Núñez", "Håkansson", "Rask", "Vahl", "Moe", "Orr", "Quist",
    "Thorn", "Brandt", "Lindqvist", "Harbour", "Castellà",
)  # fmt: skip
_TOPICS = ("Rivers", "Lakes", "Tides", "Glaciers", "Deltas", "Fjords", "Springs", "Marshes", "Estuaries", "Reservoirs")
_ASPECTS = (
    "citations",
    "gender",
    "funding & teams",
    "open access",
    "peer review",
    "CO2",
    "mobility",
    "media",
    "trust",
    "retractions",
)
_HEADS = ("Mapping {0} by their {1}", "{0} and {1}", "What {1} says of {0}", "{0}: a study of {1}", "On {1} in {0}")
_PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "đ": "d"})
# How DOIs of the publishers look whose papers the two databases print differently.
_DOIS = (
    "10.1000/s11192-020-{0:05}-x", "10.1000/978-3-642-{0:05}-2_{0}",
    "10.1000/(SICI)1097-4571(199{0}):3<{0}::AID-ASI{0}>3.0.CO;2-N",
    "10.1000/j.joi.2014.{0:02}.001", "10.1000/a#{0}%b",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Given names and surname, particle included."""

    given: str
    family: str

    @property
    def initials(self) -> list[str]:
        """The first letter of each given name, those behind hyphens included."""
        return [part[0] for part in re.split(r"[ -]", self.given)]


@dataclass(frozen=True)
class Paper:
    """What both databases know of one paper; one without DOI is known by its title, year and authors."""

    title: str
    year: int
    doi: str | None
    people: Sequence[Person]


def department(seed: int) -> list[Paper]:
    """The papers of a department of 40 people, of whom each has written some and no two share surname and initial."""
    chance = random.Random(seed)
    given = chance.choices(_GIVEN, k=PEOPLE)
    people = [Person(*names) for names in zip(given, chance.sample(_FAMILY, PEOPLE), strict=True)]
    groups = [people[at : at + 8] for at in range(0, PEOPLE, 8)]
    titles = [head.format(topic, aspect) for head in _HEADS for topic in _TOPICS for aspect in _ASPECTS]
    papers = []
    for at, title in enumerate(chance.sample(titles, PAPERS)):
        doi = chance.choice(_DOIS).format(at + 100) if at % 5 else None
        team = chance.sample(groups[at % len(groups)], chance.randint(2, 5))
        papers.append(Paper(title, chance.randint(2008, 2022), doi, team))
    return papers


def ascii_letters(text: str) -> str:
    """A text without accents, as Web of Science prints names."""
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(each for each in split if not unicodedata.combining(each))


def escaped(text: str) -> str:
    """A value with the signs that TeX takes for its own behind a backslash."""
    return re.sub(r"([&%#_])", r"\\\1", text)


def wos(papers: Sequence[Paper], seed: int) -> str:
    """Web of Science: two pairs of braces around most values, no accents, full given names or run-together initials."""
    chance = random.Random(seed)

    def name(person: Person) -> str:
        run_together = chance.random() < 0.5
        return ascii_letters(f"{person.family}, {''.join(person.initials) if run_together else person.given}")

    return "\n".join(
        _entry(f"article{{ ISI:{at:015}", [
            ("Author", f"{{{_names(paper, name)}}}"), ("Title", f"{{{{{escaped(paper.title)}}}}}"), ("Journal", "{{WATERS}}"),
            ("Year", f"{{{{{paper.year}}}}}"), ("DOI", paper.doi and f"{{{{{escaped(paper.doi)}}}}}"),
            ("Unique-ID", f"{{{{ISI:{at:015}}}}}"),
        ])
        for at, paper in enumerate(papers)
    )  # fmt: skip


def scopus(papers: Sequence[Paper], seed: int) -> str:
    """Scopus: initials with full stops and accents as printed, DOIs as they are, titles in another case."""

    def name(person: Person) -> str:
        parts = [" ".join(f"{part[0]}." for part in word.split("-")) for word in person.given.split()]
        return f"{person.family}, {' '.join(parts)}"

    return "\n".join(
        _entry(f"ARTICLE{{Entry{at}", [
            ("author", f"{{{_names(paper, name)}}}"), ("title", f"{{{escaped(paper.title.capitalize())}}}"),
            ("year", f"{{{paper.year}}}"), ("doi", paper.doi and f"{{{paper.doi}}}"), ("source", "{Scopus}"),
        ])
        for at, paper in random.Random(seed).sample(list(enumerate(papers)), len(papers))
    )  # fmt: skip


def _names(paper: Paper, printed: Callable[[Person], str]) -> str:
    return " and ".join(printed(person) for person in paper.people)


def _entry(head: str, members: Sequence[tuple[str, str | None]]) -> str:
    return "\n".join([f"@{head},", *(f"{name} = {value}," for name, value in members if value), "}\n"])
