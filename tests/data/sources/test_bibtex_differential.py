"""The reader of BibTeX against bibtexparser, written independently of pybtex, and against the truth that was printed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import bibtexparser
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.notices import Notice
from byline.data.record import dump
from byline.data.sources import SOURCES
from byline.data.sources.bibtex_entries import Entry, entries
from byline.data.sources.read.encoding import Decoder
from tests.generated import examples

# Letters as they are, and in every way in which BibTeX writes them.
LETTERS = {
    "é": ["é", r"\'e", r"\'{e}", r"{\'e}", r"{\'{e}}"],
    "ñ": ["ñ", r"\~n", r"\~{n}", r"{\~n}", r"{\~{n}}"],
    "ö": ["ö", r"\"o", r"\"{o}", r"{\"o}", r"{\"{o}}"],
    "ø": ["ø", r"{\o}", r"\o{}"],
    "ł": ["ł", r"{\l}", r"\l{}"],
    "Ø": ["Ø", r"{\O}", r"\O{}"],
    "Ł": ["Ł", r"{\L}", r"\L{}"],
    "Š": ["Š", r"\v{S}", r"{\v S}", r"{\v{S}}"],
    "ç": ["ç", r"\c{c}", r"{\c c}", r"{\c{c}}"],
    "í": ["í", r"\'{\i}", r"{\'\i}", r"\'i"],
    "å": ["å", r"{\aa}", r"\aa{}", r"\r{a}"],
    "ß": ["ß", r"{\ss}", r"\ss{}"],
    "ą": ["ą", r"\k{a}", r"{\k a}"],
    "ő": ["ő", r"\H{o}", r"{\H o}"],
}
PLAIN = "abdeglmnrstu"


def word(draw: st.DrawFn, first: str) -> str:
    return draw(st.sampled_from(first)) + draw(st.text(st.sampled_from(PLAIN + "éñöøłçíåßąő"), min_size=2, max_size=6)) + "a"


def printed(draw: st.DrawFn, text: str) -> str:
    """A text with each letter in one of the ways to write it."""
    return "".join(draw(st.sampled_from(LETTERS.get(letter, [letter]))) for letter in text)


@dataclass
class Truth:
    """What an entry says, however it is printed."""

    title: str
    names: list[str]
    year: int
    doi: str
    complete: bool


@st.composite
def papers(draw: st.DrawFn) -> tuple[Truth, str]:
    """A paper and an entry that states it, in a layout with the known defects."""
    names = [(word(draw, "KLMŁŠØ"), word(draw, "ABDÉ".replace("É", "E"))) for _ in range(draw(st.integers(1, 4)))]
    forms = [
        f"{printed(draw, given)} {printed(draw, family)}"
        if draw(st.booleans())
        else f"{printed(draw, family)}, {printed(draw, given)}"
        for family, given in names
    ]
    complete = draw(st.booleans())
    ending = [] if complete else [draw(st.sampled_from(["others", "Others", "et al.", "{others}", "others,"]))]
    authors = draw(st.sampled_from([" and ", " AND ", "\n  and ", "\tand\n"])).join(forms + ending)
    words = [word(draw, "RST") for _ in range(draw(st.integers(2, 5)))]
    year = draw(st.integers(1500, 2030))
    stem = draw(st.text(st.sampled_from("abc_%#&<>()123.-"), min_size=1, max_size=12)) + "x1"
    doi = f"10.5555/{stem}"
    members = {
        "title": " ".join(printed(draw, each) for each in words),
        "author": authors,
        "year": draw(st.sampled_from(["{}", "{}a", "c{}", "[{}]", "{{\\noopsort{{1900a}}{}}}", "{}, in press"])).format(year),
        "doi": "".join(f"\\{sign}" if sign in "_%#&" and draw(st.booleans()) else sign for sign in doi),
    }
    lines = []
    for name, value in draw(st.permutations(list(members.items()))):
        opening, closing = draw(st.sampled_from([("{", "}"), ("{{", "}}"), ('"', '"')])) if name != "author" else ("{", "}")
        if opening == '"' and '"' in value:
            opening, closing = "{", "}"
        lines.append(f"  {draw(st.sampled_from([name, name.upper(), name.title()]))} = {opening}{value}{closing}")
    key, comma = draw(st.sampled_from(["k", "a:b/c", "key 2020", ""])), draw(st.sampled_from([",", ""]))
    text = f"@{draw(st.sampled_from(['article', 'MISC', 'InProceedings']))}{{{key},\n" + ",\n".join(lines) + f"{comma}\n}}\n"
    return Truth(" ".join(words), [f"{given} {family}" for family, given in names], year, doi, complete), text


def written(text: str, read: Callable[[Path], Any], encoding: str = "utf-8") -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.bib")
        path.write_bytes(text.encode(encoding))
        return read(path)


def records(path: Path) -> list[dict[str, Any]]:
    return [dump(each) for each in SOURCES["bibtex"].read(path, {}) if not isinstance(each, Notice)]


@settings(deadline=None, max_examples=examples(150))
@given(st.lists(papers(), min_size=1, max_size=3), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_printed_is_read(written_papers: list[tuple[Truth, str]], encoding: str) -> None:
    ours = written("\n".join(text for _, text in written_papers), records, encoding)
    assert [each["title"] for each in ours] == [truth.title for truth, _ in written_papers]
    for each, (truth, text) in zip(ours, written_papers, strict=True):
        assert [author["name"] for author in each["authors"]] == truth.names, text
        assert (each["year"], each["authors_complete"]) == (truth.year, truth.complete), text


@settings(deadline=None, max_examples=examples(100))
@given(papers(), st.sampled_from(["@misc{broken, title = {x", "@misc{broken, year = 1, title = }", "@misc broken", "x = {y},"]))
def test_a_broken_entry_costs_only_itself(written_paper: tuple[Truth, str], broken: str) -> None:
    truth, text = written_paper
    ours = written(f"{text}\n{broken}\n{text}", records)
    assert [each["title"] for each in ours] == [truth.title] * 2


NAMES = st.text(st.sampled_from("abcxyz"), min_size=1, max_size=4)
PIECES = [*"abc ,=#@%'", r"\'e", "{D}", "{a {b} c}", r"\&"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join).map(str.strip)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A well-formed file: strings first, then entries with values in braces, quotes, numbers and strings."""
    strings = draw(st.lists(NAMES.map(lambda name: f"s{name}"), unique=True, max_size=3))
    lines = [f"@string{{{name} = {{{draw(TEXT)}}}}}" for name in strings]

    def value() -> str:
        kinds = [f"{{{draw(TEXT)}}}", f'"{draw(TEXT)}"', str(draw(st.integers(0, 3000))), *strings]
        return draw(st.sampled_from(kinds))

    for number in range(draw(st.integers(1, 4))):
        members = draw(st.lists(NAMES, unique=True, min_size=1, max_size=4))
        body = ",\n  ".join(f"{name} = {value()}" for name in members)
        lines.append(f"@article{{key{number},\n  {body}\n}}")
    return "\n".join(lines) + "\n"


def second_reader(text: str) -> list[tuple[str, dict[str, str]]]:
    library = bibtexparser.parse_string(text)
    return [(each.key, {field.key: str(field.value) for field in each.fields}) for each in library.entries]


@settings(deadline=None, max_examples=examples(150))
@given(files())
def test_a_second_reader_reads_the_same(text: str) -> None:
    read_entries = written(text, lambda path: [each for each in entries(path, Decoder()) if isinstance(each, Entry)])
    ours = [(each.key, {name: " ".join(value.split()) for name, value in each.members.items()}) for each in read_entries]
    theirs = [(key, {name: " ".join(value.split()) for name, value in members.items()}) for key, members in second_reader(text)]
    assert ours == theirs


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.tuples(TEXT, st.sampled_from(["{%s}", '"%s"', "string"])), min_size=1, max_size=4))
def test_pieces_are_joined(pieces: list[tuple[str, str]]) -> None:
    """bibtexparser leaves pieces apart, so the truth is what was printed."""
    strings = {f"s{place}": text for place, (text, layout) in enumerate(pieces) if layout == "string"}
    value = " # ".join(f"S{place}" if layout == "string" else layout % text for place, (text, layout) in enumerate(pieces))
    text = "".join(f"@string{{{name} = {{{each}}}}}\n" for name, each in strings.items()) + f"@misc{{k, title = {value}}}"
    (entry,) = written(text, lambda path: list(entries(path, Decoder())))
    assert entry.members == {"title": "".join(text for text, _ in pieces)}
