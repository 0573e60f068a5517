"""TeX in sources that do not say that they hold any, and what looks like TeX there and is none."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from byline.data.sources.read.tex_stated import named, titled

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Jos\'e Mu{\~n}oz", "José Muñoz"),
        (r"Micha\l Nowak", "Michał Nowak"),
        (r"Ho\v{s}ek, Ji\v r\'i", "Hošek, Jiří"),
        (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"Stra\ss{}er", "Straßer"),
        (r"JOS\'E", "JOSÉ"),
        (r"Ann~Roe", "Ann~Roe"),
        (r"O\'Brien", r"O\'Brien"),
        (r"D\'Angelo", r"D\'Angelo"),
        (r"{Roe}", "{Roe}"),
    ],
)
def test_names(text: str, read: str) -> None:
    assert named(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"The Schr\"odinger $x^2$", "The Schrödinger x²"),
        (r"Decay of $^4$He in La$_2$CuO$_4$", "Decay of ⁴He in La₂CuO₄"),
        ("Every $k$-core", "Every k-core"),
        ("It costs $5 for $x^2$", "It costs $5 for x²"),
        (r"On \textit{frost} and \alpha-decay", "On frost and α-decay"),
    ],
)
def test_titles(text: str, read: str) -> None:
    assert titled(text) == read


@pytest.mark.parametrize(
    "title",
    [
        r"What C:\Users\alpha\new holds",
        r"Shares on \\server\alpha",
        r"Either\or, AC\DC and docs\to\read\in",
        r"The \"Frost\" effect",
        "It costs $5",
        "It costs $5, $10 or $20",
        "US$5–US$10 a day",
        "A$AP, Ke$ha and $GME",
        "a_b ~ c^d {set}",
    ],
)
def test_titles_without_tex(title: str) -> None:
    assert titled(title) == title


def test_sources_that_do_not_speak_of_tex(read: Read) -> None:
    title, name = r"The Schr\"odinger $x^2$", r"Jos\'e~Mu{\~n}oz"
    person = {"family": r"Mu{\~n}oz", "given": r"Jos\'e"}
    values: dict[str, Any] = {
        "csl": {"type": "article", "title": title, "author": [person]},
        "records": {"type": "paper", "title": title, "authors": [{"name": name}]},
        "semantic-scholar": {"paperId": "a" * 40, "title": title, "authors": [{"authorId": "1", "name": name}]},
        "openalex": {
            "id": "https://openalex.org/W1",
            "title": title,
            "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": name}, "raw_author_name": name}],
        },
    }
    for source, value in values.items():
        paper = next(each for each in read(source, orjson.dumps(value)) if isinstance(each, dict) and each["type"] == "paper")
        assert (source, paper["title"]) == (source, "The Schrödinger x²")
        assert (source, paper["authors"][0]["name"]) == (source, "José Muñoz")


def test_a_person_of_their_own(read: Read) -> None:
    (person,) = read("records", orjson.dumps({"type": "author", "id": "x:1", "name": r"Jos\'e", "aliases": [r"J. Mu\~noz"]}))
    assert (person["name"], person["aliases"]) == ("José", ["J. Muñoz"])
