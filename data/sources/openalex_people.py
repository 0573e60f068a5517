"""Authors and institutions of OpenAlex, in the members of 2023 and of 2026."""

from collections.abc import Iterator
from typing import Any

from byline.data.sources.names.printed import natural, related
from byline.data.sources.openalex_terms import Json, Made, concept_key, day, full, inner, key, last, listed, nobody
from byline.data.sources.openalex_works import printed, strange
from byline.graph.text import compact

_MOST_NAMED = 500_000


def author(found: str, value: Json) -> Made:
    """The members of an author record; `found` is the key of the author."""
    name = value.get("display_name")
    ids = inner(value, "ids")
    stats = inner(value, "summary_stats")
    figures = {
        "h_index": stats.get("h_index"),
        "paper_count": value.get("works_count"),
        "citation_count": value.get("cited_by_count"),
    }
    return {
        "type": "author",
        "id": full(found),
        "ids": _further(ids, ("mag",)) + _scopus(ids.get("scopus")),
        "name": name,
        "orcid": value.get("orcid") or ids.get("orcid"),
        "aliases": _aliases([*_texts(value.get("display_name_alternatives")), *_international(value)], name),
        "categories": [full(each) for each in _categories(value)],
        "reported": figures | {"as_of": day(value.get("updated_date"))}
        if any(each is not None for each in figures.values())
        else None,
    }


def institution(found: str, value: Json) -> Made:
    """The members of an institution record; `found` is the key of the institution."""
    ids = inner(value, "ids")
    name = value.get("display_name")
    wikidata = last(ids.get("wikidata"))
    return {
        "type": "institution",
        "id": full(found),
        "ids": _further(ids, ("mag", "grid")) + ([f"wikidata:{wikidata}"] if wikidata else []),
        "name": name,
        "ror": value.get("ror") or ids.get("ror"),
        "country": value.get("country_code"),
        "aliases": [
            each
            for each in dict.fromkeys([*_texts(value.get("display_name_alternatives")), *_international(value)])
            if each != name
        ],
    }


def names(work: Json, told: dict[str, str]) -> Iterator[Made]:
    """The preferred names of authors whom a work prints under other names; `told` has those that the file gave before."""
    for each in listed(work.get("authorships")):
        person = inner(each, "author")
        found, name, shown = key(person.get("id")), person.get("display_name"), printed(each)
        if found is None or nobody(found, name) or not isinstance(name, str) or shown is None or told.get(found) == name:
            continue
        if compact(name) != compact(shown) and not strange(each):
            if len(told) >= _MOST_NAMED:
                told.clear()
            told[found] = name
            yield {"type": "author", "id": full(found), "name": name}


def _categories(value: Json) -> list[str]:
    topics = [found for each in listed(value.get("topics")) if (found := key(each.get("id")))]
    concepts = sorted(listed(value.get("x_concepts")), key=lambda each: -float(each.get("score") or 0))
    return topics or [found for each in concepts if (found := concept_key(each.get("id")))]


def _aliases(value: Any, name: Any) -> list[str]:
    """Other names in natural order. OpenAlex collects them from what papers print, and those of coauthors get in: what
    shares no word with the preferred name is left out."""
    found = dict.fromkeys(natural(each) for each in _texts(value))
    return [each for each in found if each != name and (not isinstance(name, str) or related(each, name))]


def _international(value: Json) -> list[str]:
    """Names in other languages."""
    return _texts(list(inner(inner(value, "international"), "display_name").values()))


def _further(ids: Json, schemes: tuple[str, ...]) -> list[str]:
    return [f"{scheme}:{found}" for scheme in schemes if (found := last(ids.get(scheme)))]


def _scopus(value: Any) -> list[str]:
    """Scopus' number of an author out of its URL."""
    _, mark, rest = value.partition("authorID=") if isinstance(value, str) else ("", "", "")
    number = rest.partition("&")[0]
    return [f"scopus:{number}"] if mark and number.isdigit() else []


def _texts(value: Any) -> list[str]:
    return (
        list(dict.fromkeys(each for each in value if isinstance(each, str) and each.strip())) if isinstance(value, list) else []
    )
