"""Authors and institutions of OpenAlex, in the members of 2023 and of 2026."""

from collections.abc import Iterator
from typing import Any

from byline.data.sources.names.marks import without_marks
from byline.data.sources.names.printed import natural, related
from byline.data.sources.openalex_terms import Json, Members, concept_key, day, full, key, last, nobody
from byline.data.sources.openalex_works import printed, strange
from byline.data.sources.read.objects import inner, objects
from byline.graph.text import compact

_MOST_NAMED = 500_000


def author(identifier: str, value: Json) -> Members:
    """The members of an author record; `identifier` is the key of the author."""
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
        "id": full(identifier),
        "ids": _further(ids, ("mag",)) + _scopus(ids.get("scopus")),
        "name": name,
        "orcid": value.get("orcid") or ids.get("orcid"),
        "aliases": _aliases([*_texts(value.get("display_name_alternatives")), *_international(value)], name),
        "categories": [full(each) for each in _categories(value)],
        "reported": figures | {"as_of": day(value.get("updated_date"))}
        if any(each is not None for each in figures.values())
        else None,
    }


def institution(identifier: str, value: Json) -> Members:
    """The members of an institution record; `identifier` is the key of the institution."""
    ids = inner(value, "ids")
    name = value.get("display_name")
    wikidata = last(ids.get("wikidata"))
    return {
        "type": "institution",
        "id": full(identifier),
        "ids": _further(ids, ("mag", "grid")) + ([f"wikidata:{wikidata}"] if wikidata else []),
        "name": name,
        "ror": value.get("ror") or ids.get("ror"),
        "country": value.get("country_code"),
        "aliases": [
            each
            for each in dict.fromkeys([*_texts(value.get("display_name_alternatives")), *_international(value)])
            if each != name
        ],
        "types": [value["type"]] if value.get("type") else None,
        "homepage": value.get("homepage_url"),
        "city": inner(value, "geo").get("city"),
        "region": inner(value, "geo").get("region"),
    }


def names(work: Json, named: dict[str, str]) -> Iterator[Members]:
    """The preferred names of authors whom a work prints under other names; `named` has those that the file gave before."""
    for each in objects(work.get("authorships")):
        person = inner(each, "author")
        identifier, name, shown = key(person.get("id")), person.get("display_name"), printed(each)
        if identifier is None or nobody(identifier, name) or not isinstance(name, str) or shown is None:
            continue
        if named.get(identifier) == name:
            continue
        preferred = without_marks(name) or name
        if compact(preferred) != compact(without_marks(shown)) and not strange(each):
            if len(named) >= _MOST_NAMED:
                named.clear()
            named[identifier] = name
            yield {"type": "author", "id": full(identifier), "name": preferred}


def _categories(value: Json) -> list[str]:
    topics = [identifier for each in objects(value.get("topics")) if (identifier := key(each.get("id")))]
    concepts = sorted(objects(value.get("x_concepts")), key=lambda each: -float(each.get("score") or 0))
    return topics or [identifier for each in concepts if (identifier := concept_key(each.get("id")))]


def _aliases(value: Any, name: Any) -> list[str]:
    """Other names in natural order. OpenAlex collects them from what papers print, and those of coauthors get in: what
    shares no word with the preferred name is left out."""
    forms = dict.fromkeys(natural(each) for each in _texts(value))
    return [each for each in forms if each != name and (not isinstance(name, str) or related(each, name))]


def _international(value: Json) -> list[str]:
    """Names in other languages."""
    return _texts(list(inner(inner(value, "international"), "display_name").values()))


def _further(ids: Json, schemes: tuple[str, ...]) -> list[str]:
    return [f"{scheme}:{value}" for scheme in schemes if (value := last(ids.get(scheme)))]


def _scopus(value: Any) -> list[str]:
    """Scopus' number of an author out of its URL."""
    _, mark, rest = value.partition("authorID=") if isinstance(value, str) else ("", "", "")
    number = rest.partition("&")[0]
    return [f"scopus:{number}"] if mark and number.isdigit() else []


def _texts(value: Any) -> list[str]:
    return (
        list(dict.fromkeys(each for each in value if isinstance(each, str) and each.strip())) if isinstance(value, list) else []
    )
