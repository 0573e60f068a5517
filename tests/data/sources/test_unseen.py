"""Characters that nobody sees: names and titles lose them, and what holds nothing else is refused or left out, and listed."""

import json
from pathlib import Path
from typing import Any

import pytest

from byline.data.notices import Notice, Outcome
from byline.data.sources import SOURCES
from byline.data.text.mojibake import decoded
from byline.data.text.unseen import seen

NOTHING = [
    "\u200b\u200b",
    "\u202e\u202c",
    "\u3164",
    "\u3164 \u115f",
    "\u2800",
    "\U000e0041\U000e0042",
    "\x01\x02",
    "\u2066\ufeff",
]
MENDED = {
    "A\u200bda Holm": "Ada Holm",
    "\u202eAda\u202c Holm": "Ada Holm",
    "Ada\u061c Holm": "Ada Holm",
    "Ada\u3164Holm": "Ada Holm",
    "Ada\x00 Holm\x07": "Ada Holm",
    "می\u200cخواهم علی\u200b": "می\u200cخواهم علی",
}
# A record around a name, and where the name stands in what is read.
WAYS: dict[str, tuple[dict[str, Any], str]] = {
    "person": ({"type": "author", "id": "x:1", "name": "NAME"}, "name"),
    "institution": ({"type": "institution", "id": "x:1", "name": "NAME"}, "name"),
    "category": ({"type": "category", "code": "x.Y", "name": "NAME"}, "name"),
    "title": ({"type": "paper", "title": "NAME"}, "title"),
    "author": ({"type": "paper", "title": "T", "authors": [{"name": "NAME"}, {"name": "Bo Li"}]}, "authors"),
    "place": ({"type": "paper", "title": "T", "institutions": [{"name": "NAME"}]}, "institutions"),
}


def read(tmp_path: Path, way: str, name: str) -> tuple[Any, list[Notice]]:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(WAYS[way][0]).replace("NAME", json.dumps(name)[1:-1]))
    entries = list(SOURCES["records"].read(path, {}))
    member = next((each.model_dump()[WAYS[way][1]] for each in entries if not isinstance(each, Notice)), None)
    return member, [each for each in entries if isinstance(each, Notice)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NOTHING)
def test_a_name_of_nothing_is_refused_or_left_out(tmp_path: Path, way: str, name: str) -> None:
    member, notices = read(tmp_path, way, name)
    assert [each["name"] for each in member or ()] == (["Bo Li"] if way == "author" else [])
    assert {each.outcome for each in notices} == {Outcome.LEFT_OUT if way in ("author", "place") else Outcome.REFUSED}
    assert all("nothing that can be seen" in each.reason for each in notices)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", MENDED)
def test_a_name_loses_what_nobody_sees(tmp_path: Path, way: str, name: str) -> None:
    member, notices = read(tmp_path, way, name)
    assert (member if isinstance(member, str) else member[0]["name"]) == MENDED[name]
    assert [each.outcome for each in notices] == [Outcome.MENDED]
    assert seen(MENDED[name]) == MENDED[name]


def mangled(text: str) -> str:
    """A text in UTF-8 as who takes it for Latin-1 reads it."""
    return text.encode().decode("latin-1")


# Cyrillic, a combining mark, letters whose bytes are a line end or a space of Latin-1, Chinese, a quotation mark.
MANGLED = {
    "Ð\u0098Ð²Ð°Ð½Ð¾Ð²": "Иванов",
    "MuÌ\u0088ller": "Müller",
    mangled("Ольга Ѕимић"): "Ольга Ѕимић",
    mangled("Živa Şen Ünal"): "Živa Şen Ünal",
    mangled("张伟"): "张伟",
    mangled("Sinéad O’Neill"): "Sinéad O’Neill",
    mangled(mangled("Łukasz")): "Łukasz",
    mangled("Ada\u200b Źak"): "Ada Źak",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", MANGLED)
def test_mangled_letters_are_restored_before_controls_are_removed(tmp_path: Path, way: str, name: str) -> None:
    member, notices = read(tmp_path, way, name)
    assert (member if isinstance(member, str) else member[0]["name"]) == MANGLED[name]
    assert [each.outcome for each in notices] == [Outcome.MENDED]
    assert "was restored" in notices[0].reason


@pytest.mark.parametrize("name", ["Zoë\x85Ångström", "Ö\x01zil", "Ó\xa0Riain", "é\x90Roe"])
def test_controls_beside_whole_letters_restore_nothing(tmp_path: Path, name: str) -> None:
    member, _ = read(tmp_path, "person", name)
    assert member == " ".join(seen(name).split())
    assert decoded(member) == member


def test_openalex_restores_names_and_titles(tmp_path: Path) -> None:
    work = {"id": "https://openalex.org/W1", "title": mangled("Über Öl — eine Übersicht"), "authorships": [
        {"author": {"id": "https://openalex.org/A1", "display_name": mangled("Šárka Němcová")}, "institutions": []}]}  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(work))
    papers = [each.model_dump() for each in SOURCES["openalex"].read(path, {}) if not isinstance(each, Notice)]
    paper = next(each for each in papers if each["type"] == "paper")
    assert (paper["title"], paper["authors"][0]["name"]) == ("Über Öl — eine Übersicht", "Šárka Němcová")
