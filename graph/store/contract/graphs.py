"""Random graphs: small worlds with everything that may be odd, webs of coauthors; and a crowd."""

from collections.abc import Sequence
from random import Random

from byline.graph.model import Kind
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.draws import keys, maybe, pairs, some, upto, whether
from byline.graph.store.contract.vocabulary import CODES, DAYS, NAMES, OUTSIDE, PLACES

_TITLE_WORDS = ("river", "River", "sea", "séa", "Li", "Li,", "a-b", "a", "b", "?", "李", "x1")


def world(draw: Random) -> Draft:
    """Up to six nodes a kind: equal names, lonely nodes, circles of citations and of categories, nulls wherever they may be."""
    draft = Draft()
    codes = some(draw, CODES, 5)
    for code in codes:
        draft.category(code, name=draw.choice(NAMES))
    for code in codes:
        draft.category(code, parent=maybe(draw, codes))
    people, papers, places = (keys(kind)[: draw.randint(0, 6)] for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION))
    venues = keys(Kind.VENUE)[: draw.randint(0, 3)]
    for number, key in enumerate(venues):
        _venue(draw, draft, key, number)
    for number, key in enumerate(people):
        _person(draw, draft, key, number, codes)
    for number, key in enumerate(places):
        ror = draw.choice((None, f"0abc{number}"))
        place = dict(zip(("country_code", "country", "region", "city"), draw.choice(PLACES), strict=True))
        types = draw.choice((None, [], ["education"], ["company", "funder"]))
        draft.institution(key, name=draw.choice(NAMES), ror=ror, institution_types=types, **place)
    for number, key in enumerate(papers):
        _paper(draw, draft, key, number)
        draft.paper(key, venue=maybe(draw, venues))
    _edges(draw, draft, people, papers, places, codes)
    for kind, node_keys in ((Kind.AUTHOR, people), (Kind.PAPER, papers), (Kind.INSTITUTION, places), (Kind.VENUE, venues)):
        draft.aliases += [(kind, f"old {key}", key) for key in node_keys if draw.randint(0, 4) == 0]
    return draft


def _person(draw: Random, draft: Draft, key: str, number: int, codes: Sequence[str]) -> None:
    names = some(draw, NAMES, 3, 1)
    draft.author(
        key,
        name=names[0],
        names=names,
        orcid=draw.choice((None, f"0000-0000-0000-000{number}")),
        external_ids=[{"scheme": "dblp", "value": f"1/{number}"}] if whether(draw) else [],
        stated_category=draw.choice((None, None, *codes)),
        reported=[{"source": "page", "novelty": 0.52, "h_index": 28}] if whether(draw) else [],
    )


def _venue(draw: Random, draft: Draft, key: str, number: int) -> None:
    names = some(draw, NAMES, 2, 1)
    issn = draw.choice((None, f"1234-567{number}"))
    draft.venue(
        key,
        name=names[0],
        names=names,
        venue_type=draw.choice((None, "journal", "conference")),
        issn_l=issn,
        issns=[issn] if issn else [],
        external_ids=[{"scheme": "dblp", "value": f"1/{number}"}] if whether(draw) else [],
    )


def _paper(draw: Random, draft: Draft, key: str, number: int) -> None:
    draft.paper(
        key,
        title=draw.choice(NAMES),
        abstract=draw.choice((None, "Whole.")),
        year=upto(draw, 2023, 2019),
        published_on=maybe(draw, DAYS),
        doi=draw.choice((None, f"10.1/{number}")),
        arxiv_id=draw.choice((None, f"2001.0000{number}")),
        author_count=upto(draw, 9),
        author_list_complete=whether(draw),
        listed=upto(draw, 3, -3),
        unresolved_references=some(draw, OUTSIDE, 3),
        unresolved_citations=some(draw, OUTSIDE, 2),
        references_complete=draw.choice((True, False, None)),
        language=draw.choice((None, "en", "fr")),
        paper_type=draw.choice((None, "journal-article")),
        license=draw.choice((None, "cc-by")),
        open_access=draw.choice((None, True, False)),
        retracted=draw.choice((None, True, False)),
        keywords=some(draw, NAMES, 2),
        urls=[{"kind": "PDF", "url": f"https://example.org/{number}"}] if whether(draw) else None,
        versions=[{"label": "v1", "published_on": maybe(draw, DAYS)}] if whether(draw) else [],
        funding=[{"funder": "Fund", "award": draw.choice((None, "7"))}] if whether(draw) else [],
        volume=draw.choice((None, "3")),
    )


def _edges(
    draw: Random, draft: Draft, people: Sequence[str], papers: Sequence[str], places: Sequence[str], codes: Sequence[str]
) -> None:
    for paper, author in pairs(draw, papers, people, 14):
        # A person may be printed twice on a paper, once where the list had stopped.
        for position in some(draw, (None, 1, 2, 3, 4), 2, 1):
            name = None if position is None else draw.choice(NAMES)
            named = some(draw, places, 3)
            countries = [draw.choice((None, "DE", "US")) for _ in named] if whether(draw) else []
            draft.printed(paper, author, position, name, named, draw.choice((None, True, False)), countries)
    draft.citations = pairs(draw, papers, papers, 14)
    draft.paper_categories = pairs(draw, papers, codes, 10)
    draft.paper_institutions = pairs(draw, papers, places, 8)


def web(draw: Random) -> Draft:
    """Up to 14 people on papers of one to four of them: isolates, papers by one, papers of several pieces. No names agree.

    Their titles have few words, so that many are shared: repeated words, accents, punctuation, no word at all.
    """
    draft = Draft()
    people = [draft.author(f"{number} {chr(97 + number)}") for number in range(draw.randint(1, 14))]
    for number in range(draw.randint(0, 24)):
        team = some(draw, people, 4, 1)
        count = draw.choice([None, len(team), len(team), len(team) + 1])
        title = " ".join(draw.choice(_TITLE_WORDS) for _ in range(draw.randint(0, 5)))
        draft.paper(f"p{number}", team, year=draw.choice([None, 2020, 2021]), author_count=count, title=title)
    return draft


def crowd(size: int = 230) -> Draft:
    """A paper of more authors than a store may keep the pairs of, beside one of two of them."""
    draft = Draft()
    draft.paper("big", [f"person {i}@lab {i % 7}" for i in range(size)], year=2020, author_count=size)
    draft.paper("small", ["person 3", "person 8@lab 1"], year=2021, author_count=3, cites=["big", "small"])
    return draft
