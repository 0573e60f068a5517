"""Graphs under test: a rich one of 300 invented papers, and the first papers of the ACL Anthology that cite one another."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from bench.acl_records import records
from byline.data.build.build import build
from byline.graph.model import Facts, Kind, Source
from byline.graph.store.contract.draft import Draft
from tests.queries.words import (
    ABSTRACTS,
    CATEGORIES,
    FAMILY,
    GIVEN,
    INSTITUTIONS,
    PRINTED_TWICE,
    QUESTIONS,
    SCRIPTS,
    SUBJECTS,
    TITLES,
    VENUES,
)  # fmt: skip

PAPERS, PEOPLE = 300, 110
CORRESPONDING = (None, True, False)
T = TypeVar("T")


def draw(below: int, *key: object) -> int:
    """A number under `below` that depends on `key` alone: the same on every machine and Python."""
    digest = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest) % below


def pick(among: Sequence[T], *key: object) -> T:
    return among[draw(len(among), *key)]


@cache
def rich() -> Facts:
    """300 papers with every peculiarity that a source can bring; the same facts on every call."""
    draft = Draft()
    _categories(draft)
    _institutions(draft)
    _venues(draft)
    _people(draft)
    for number in range(PAPERS):
        _paper(draft, number)
    _oddities(draft)
    sources = (Source("seed_page", 15, 0), Source("records", 402, 3))
    return replace(draft.facts(), sources=sources)


def _categories(draft: Draft) -> None:
    for code, (name, parent) in CATEGORIES.items():
        draft.category(code, name=name, parent=parent)


def _institutions(draft: Draft) -> None:
    for key, (names, country, ror) in INSTITUTIONS.items():
        external = [{"scheme": "ror", "value": ror}] if ror else []
        external += [{"scheme": "openalex", "value": f"I{draw(10**8, key)}"}] if country else []
        draft.institution(key, name=names[0], names=list(names), ror=ror, external_ids=external, **_place(key, country))
    draft.aliases.append((Kind.INSTITUTION, "i-merged-away", "oslo"))


def _place(key: str, country: str | None) -> dict[str, Any]:
    if country is None:
        return {"country_code": None}
    number = draw(7, "place", key)
    return {
        "country_code": country,
        "country": {"NO": "Norway", "PL": "Poland", "JP": "Japan"}.get(country),
        "region": f"North of {country}" if number % 3 else None,
        "city": ("Łódź", "Oslo", "Lagoon")[number % 3],
        "institution_types": [["education", "funder"], ["company"], [], None][draw(4, "types", key)],
        "homepage": f"https://example.org/{key}" if number % 2 else None,
    }


def _venues(draft: Draft) -> None:
    for key, (names, venue_type, issn) in VENUES.items():
        external = [{"scheme": "issn", "value": issn}] if issn else [{"scheme": "openalex", "value": f"S{draw(10**8, key)}"}]
        stated = {"venue_type": venue_type, "issn_l": issn, "issns": [issn] if issn else [], "external_ids": external}
        draft.venue(key, name=names[0], names=list(names), **stated)
    draft.aliases.append((Kind.VENUE, "v-merged-away", "tides"))


def _people(draft: Draft) -> None:
    for number in range(PEOPLE):
        name = SCRIPTS[number] if number < len(SCRIPTS) else f"{pick(GIVEN, 'g', number)} {pick(FAMILY, 'f', number)}"
        columns: dict[str, Any] = {"name": name, "external_ids": [{"scheme": "acl", "value": f"person-{number}"}]}
        if number % 7 == 0:
            columns["orcid"] = f"0000-0001-{number:04d}-000X"
            columns["external_ids"].append({"scheme": "orcid", "value": columns["orcid"]})
        if number % 9 == 4:
            columns["names"] = [name, f"{name[0]}. {name.split()[-1]}"]
        if number % 20 == 0:
            columns["reported"] = [_reported("seed_page", number, date(2025, 9, 19)), _reported("records", number + 1, None)]
            columns["stated_category"] = "stat.ML"
        draft.author(f"a{number}", **columns)
    draft.author("namesake-1", name="Mei Lin", external_ids=[{"scheme": "dblp", "value": "12/345"}])
    draft.author("namesake-2", name="Mei  LIN", external_ids=[{"scheme": "s2", "value": "678"}])
    draft.author("alone", name="Nobody Knows")
    draft.aliases.append((Kind.AUTHOR, "a-merged-away", "a0"))


def _reported(source: str, number: int, day: date | None) -> dict[str, Any]:
    has_metrics = number % 3 != 1
    return {
        "source": source,
        "as_of": day,
        "h_index": 5 + number if has_metrics else None,
        "paper_count": 40 + number,
        "citation_count": 1000 + number if has_metrics else None,
        "novelty": 0.52 if has_metrics else None,
        "ai_score": 56.5 if number % 2 else None,
    }


def _keywords(number: int) -> list[str]:
    among = ("tides", "grammar", "Ünïcode", "word order", "Tides", "Word  order")
    return list(dict.fromkeys(pick(among, "keyword", number, i) for i in range((number % 4 == 2) * 4)))


def _paper(draft: Draft, number: int) -> None:
    key = f"p{number}"
    year = None if number % 23 == 11 else 1996 + (number * 29) // PAPERS
    columns: dict[str, Any] = {
        "title": pick(TITLES, number) if number % 12 == 5 else f"{pick(QUESTIONS, number)} {pick(SUBJECTS, 's', number)}",
        "abstract": None if number % 4 == 1 else pick(ABSTRACTS, "abstract", number),
        "year": year,
        "listed": None if number % 5 == 3 else number,
        "external_ids": [{"scheme": "acl", "value": f"X{number:03d}"}],
        "language": None if number % 5 == 1 else pick(("en", "en", "fr", "zh"), "language", number),
        "references_complete": None if number % 11 == 4 else number % 11 != 8,
        "unresolved_references": [f"doi:10.9/{number}-{i}" for i in range(draw(3, "open", number))],
    }
    columns |= _bibliographic(number)
    if year is not None and number % 3:
        columns["published_on"] = date(year, 1, 1) + timedelta(draw(365, "day", number))
    if number % 2:
        columns["doi"] = f"10.5555/byline.{number}"
        columns["external_ids"].append({"scheme": "doi", "value": columns["doi"]})
    if number % 6 == 2:
        columns["arxiv_id"] = f"{number % 6 + 15:02d}{number % 12 + 1:02d}.{number + 1:05d}"
    if number % 50 == 7:
        columns["reported"] = [_reported("records", number, date(2024, 2, 29))]
    draft.paper(key, categories=_categories_of(number), cites=_cited(number), institutions=_whole(number), **columns)
    draft.node(Kind.PAPER, key, **_authors(draft, key, number))


def _bibliographic(number: int) -> dict[str, Any]:
    """What catalogues state beside authors and references: much of it of some papers only."""
    kind = pick((None, "journal-article", "proceedings-article", "posted-content"), "type", number)
    stated: dict[str, Any] = {
        "paper_type": kind,
        "keywords": _keywords(number),
        "open_access": (None, True, False, True)[number % 4],
        "retracted": True if number % 97 == 5 else None if number % 7 == 1 else False,
        "venue": None if number % 6 == 4 else pick(list(VENUES)[:-1], "venue", number),
        "license": "cc-by" if number % 9 == 2 else None,
    }
    if kind == "journal-article":
        stated |= {"volume": str(1 + number % 40), "issue": str(1 + number % 4), "pages": f"{number + 1}-{number + 9}"}
    if number % 10 == 3:
        places = ("LANDING_PAGE", "PDF", "CODE")
        stated["urls"] = [{"kind": place, "url": f"https://papers.example/{number}/{place}"} for place in places]
    if kind == "posted-content":
        stated["versions"] = [{"label": "v1", "published_on": date(2003, 4, 1)}, {"label": "v2"}][: 1 + number % 2]
    if number % 13 == 6:
        council = {"funder": "Research Council", "funder_id": "ror:0abcdef12", "award": f"RC-{number}"}
        stated["funding"] = [council, {"funder": "Anon"}]
    return stated


def _categories_of(number: int) -> list[str]:
    codes = [code for code in CATEGORIES if code != "math.empty"]
    count = 0 if number % 29 == 6 else 1 + draw(3, "many", number)
    return list(dict.fromkeys(pick(codes, "category", number, i) for i in range(count)))


def _cited(number: int) -> list[str]:
    """Older papers mostly, the first ones more often; a few forward in time."""
    count = draw(14, "cites", number)
    older = (draw(max(number, 1), "cited", number, i) * draw(1000, "bias", number, i) // 1000 for i in range(count))
    return [f"p{other}" for other in dict.fromkeys(older) if other != number]


def _whole(number: int) -> list[str]:
    return [pick(list(INSTITUTIONS)[:-1], "whole", number)] if number % 8 == 3 else []


def _authors(draft: Draft, paper: str, number: int) -> dict[str, Any]:
    """Print the author list, and say what the paper states about it."""
    printed = _people_of(number)
    for position, person in enumerate(printed, 1):
        draft.printed(
            paper,
            f"a{person}",
            position,
            _as_printed(draft, person, number),
            named := _places(person, number),
            CORRESPONDING[position % 3],
            [(None, "NO", "US")[(place + number) % 3] for place in range(len(named))] if number % 2 else [],
        )
    if number % 15 == 9:
        hidden = next(p for p in range(PEOPLE) if p not in printed)
        draft.printed(paper, f"a{hidden}", None, None, ["oslo"] if number % 2 else [])
        return {"author_list_complete": False, "author_count": None}
    if number % 31 == 30:
        return {"author_list_complete": False, "author_count": len(set(printed)) + 40}
    return {"author_list_complete": True, "author_count": len(set(printed))}


def _people_of(number: int) -> list[int]:
    if number == 120:
        return list(range(2, 62))
    count = 0 if number % 61 == 60 else 1 + draw(6, "size", number)
    drawn = (draw(PEOPLE, "a", number, i) * (1 + draw(4, "hub", number, i)) // 4 for i in range(count))
    return list(dict.fromkeys(drawn))


def _as_printed(draft: Draft, person: int, number: int) -> str:
    name: str = draft.nodes[Kind.AUTHOR][f"a{person}"]["name"]
    return f"{name[0]}. {name.split()[-1]}" if (person + number) % 11 == 0 else name


def _places(person: int, number: int) -> list[str]:
    if draw(3, "placed", number) == 0:
        return []
    places = list(INSTITUTIONS)[:-1]
    home = pick(places, "home", person, number // 100)
    second = pick(places, "second", person, number)
    return [home, second] if second != home and draw(5, "two", person, number) == 0 else [home]


def _oddities(draft: Draft) -> None:
    """What no rule above makes: a person printed twice, papers that cite themselves and each other, shared names."""
    draft.paper("twice", title=PRINTED_TWICE, year=2012, author_count=2, categories=["cs.CL"], doi="10.5555/twice")
    draft.printed("twice", "a3", 1, "L. Wisniewski", ["oslo"])
    draft.printed("twice", "a1", 2, "O. Vetrova", [])
    draft.printed("twice", "a3", 3, "Łucja Wiśniewska", ["lagos", "oslo"])
    draft.citations += [("twice", "twice"), ("p0", "p1"), ("p1", "p0"), ("p2", "p290")]
    draft.citations = list(dict.fromkeys(draft.citations))
    _outside(draft)
    for number, namesake in enumerate(("namesake-1", "namesake-2")):
        key = draft.paper(f"namesake-paper-{number}", title=PRINTED_TWICE, year=2020, author_count=3, categories=["cs.CL.MT"])
        draft.printed(key, namesake, 1, "Mei Lin", [])
        draft.printed(key, "a1", 2, None if number else "Olga Vetrova", ["oslo"])
        draft.printed(key, "a2", None, None, [])
    draft.aliases.append((Kind.PAPER, "p-merged-away", "p5"))


def _outside(draft: Draft) -> None:
    """Works that are not in the graph: some cite papers, two of them the same; some are cited by several."""
    papers = draft.nodes[Kind.PAPER]
    for key, citing in (("p200", ["s2:9001", "arxiv:1812.00001"]), ("p201", ["s2:9001"]), ("p262", ["doi:10.9/reader"])):
        papers[key]["unresolved_citations"] = citing
    for key, cited in (("p202", ["doi:10.9/a", "acl:X99-1"]), ("p203", ["acl:X99-1", "doi:10.9/a"]), ("p204", ["doi:10.9/a"])):
        papers[key]["unresolved_references"] += cited


@cache
def acl_slice(corpora: Path, papers: int = 3000) -> Facts:
    """The first `papers` papers of the corpus that cite or are cited, and their citations, through `byline.data.build.build`."""
    citations = list(records(corpora, 0))
    linked = {citation[end] for citation in citations for end in ("from", "to")}
    linked_papers = {record["id"]: record for record in islice((r for r in records(corpora) if r.get("id") in linked), papers)}
    among = [record for record in citations if record["from"] in linked_papers and record["to"] in linked_papers]
    return build([("acl", [*linked_papers.values(), *among])], (Source("acl", len(linked_papers) + len(among), 0),)).facts
