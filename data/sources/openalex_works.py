"""A work of OpenAlex as a paper, in the members of 2023 and of 2026."""

import re
from collections.abc import Iterator
from typing import Any

from byline.data.notices import quoted
from byline.data.sources.names.printed import natural, related
from byline.data.sources.openalex_stated import stated
from byline.data.sources.openalex_terms import Json, Members, concept_key, day, full, key, last, nobody
from byline.data.sources.read.markup import plain
from byline.data.sources.read.objects import inner, objects
from byline.data.sources.read.salvage import renames

NATIVE = renames(
    (r"^authors\[(\d+)\]\.orcid$", r"authorships[\1].author.orcid"),
    (r"^authors\[(\d+)\]\.id$", r"authorships[\1].author.id"),
    (r"^authors\[(\d+)\]\.name$", r"authorships[\1].raw_author_name"),
    (r"^authors\[(.*)\.country$", r"authorships[\1.country_code"),
    (r"^authors\[", "authorships["),
    (r"\.country$", ".country_code"),
    (r"^author_count$", "authors_count"),
    (r"^(?:date)$", "publication_date"),
    (r"^(?:year)$", "publication_year"),
    (r"^abstract$", "abstract_inverted_index"),
    (r"^references\[", "referenced_works["),
    (r"^reported\.citation_count$", "cited_by_count"),
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_ARXIV_PAGE = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/([^\s?#]+)", re.I)


def paper(identifier: str, value: Json) -> Members:
    """The members of a paper record; `identifier` is the key of the work."""
    doi = value.get("doi") or inner(value, "ids").get("doi")
    arxiv, *more = _arxiv(value, doi) or (None,)
    return {
        "type": "paper",
        "id": full(identifier),
        "ids": _ids(value) + [f"arxiv:{each}" for each in more],
        "title": _title(value),
        "abstract": abstract(value.get("abstract_inverted_index")),
        "year": value.get("publication_year"),
        "date": value.get("publication_date") or None,
        "doi": doi,
        "arxiv": arxiv,
        "categories": [full(each) for each in _categories(value)],
        **stated(value),
        **_authors(value),
        # Those that OpenAlex could match to a work of its own: a part of them, and an empty list says nothing.
        "references": [full(each) for each in map(key, value.get("referenced_works") or ()) if each] or None,
        "references_complete": False,
        "reported": {"citation_count": value.get("cited_by_count"), "as_of": day(value.get("updated_date"))}
        if value.get("cited_by_count") is not None
        else None,
    }


def abstract(index: Any) -> str | None:
    """The text of an inverted index, word -> places; its words in the order of their places. Null where there is none.

    The first snapshots wrap the index into another object, as Microsoft's did.
    """
    if isinstance(index, dict) and isinstance(index.get("InvertedIndex"), dict):
        index = index["InvertedIndex"]
    if not isinstance(index, dict):
        return None
    # Sorted, not laid out by place: one wrong place must not ask for all the memory there is.
    places = [
        (place, word) for word, where in index.items() if isinstance(where, list) for place in where if isinstance(place, int)
    ]
    return plain(" ".join(word for _, word in sorted(places))) or None


def _title(value: Json) -> Any:
    title = value.get("title") or value.get("display_name")
    return plain(title) if isinstance(title, str) else title


def _ids(value: Json) -> list[str]:
    given = inner(value, "ids")
    identifiers = [f"{scheme}:{each}" for scheme in ("mag", "pmid") if (each := last(given.get(scheme)))]
    if pmc := last(given.get("pmcid")):
        identifiers.append(f"pmcid:PMC{pmc.upper().removeprefix('PMC')}")
    return identifiers


def _arxiv(value: Json, doi: Any) -> list[str]:
    mentions = []
    if isinstance(doi, str) and (match := _ARXIV_DOI.search(doi)):
        mentions.append(match[1])
    for place in (inner(value, "primary_location"), *objects(value.get("locations"))):
        page = place.get("landing_page_url")
        if isinstance(page, str) and (match := _ARXIV_PAGE.match(page)):
            mentions.append(match[1])
    normal = (re.sub(r"v\d+$", "", each.lower().removesuffix(".pdf")) for each in mentions)
    return list(dict.fromkeys(normal))


def _categories(value: Json) -> list[str]:
    """Keys of topics, the primary one first; of concepts by their score where the work has no topics."""
    primary = value.get("primary_topic")
    topics = [*([primary] if isinstance(primary, dict) else []), *objects(value.get("topics"))]
    if topic_keys := [each for topic in topics if (each := key(topic.get("id")))]:
        return list(dict.fromkeys(topic_keys))
    concepts = sorted(objects(value.get("concepts")), key=lambda each: -_score(each))
    return list(dict.fromkeys(each for concept in concepts if (each := concept_key(concept.get("id")))))


def _score(value: Json) -> float:
    score = value.get("score")
    return float(score) if isinstance(score, int | float) else 0.0


def _authors(value: Json) -> Members:
    """Members about the authors. An empty list says nothing: OpenAlex has one too where it does not know them."""
    authorships = objects(value.get("authorships"))
    if not authorships:
        return {"institutions": institutions(value.get("institutions"))}
    given = value.get("authors_count")
    count = given if isinstance(given, int) and given >= len(authorships) else None
    whole = not value.get("is_authors_truncated") and count in (None, len(authorships))
    marked = any(each.get("is_corresponding") for each in authorships)
    authors: list[Members] = []
    gap = False
    for entry in (_author(each, marked) for each in authorships):
        if entry["name"] is None:
            gap = True
        else:
            # Behind somebody who is not named, the others keep their paper, but get no place that would be wrong.
            authors.append(entry | {"printed": not gap})
    if gap:
        count, whole = count or (len(authorships) if whole else None), False
    of_authors = {each["id"] for entry in authors for each in entry["institutions"] if each["id"]}
    return {
        "authors": authors,
        "authors_complete": whole,
        "author_count": count,
        "institutions": [each for each in institutions(value.get("institutions")) if each["id"] not in of_authors],
    }


def _author(value: Json, marked: bool) -> Members:
    person = inner(value, "author")
    identifier = key(person.get("id"))
    is_person = not nobody(identifier, person.get("display_name"))
    name = printed(value)
    own = is_person and not strange(value)
    return {
        "name": name,
        "id": full(identifier) if identifier and own else None,
        "orcid": person.get("orcid") if own else None,
        "institutions": institutions(value.get("institutions")),
        # Where nobody of a paper is marked, OpenAlex does not know.
        "corresponding": bool(value.get("is_corresponding")) if marked else None,
    }


def printed(authorship: Json) -> str | None:
    """The name of an authorship: the printed one in natural order, else the preferred one; null where nobody is named."""
    person = inner(authorship, "author")
    name = authorship.get("raw_author_name")
    if not isinstance(name, str) or not name.strip():
        name = person.get("display_name")
        if nobody(key(person.get("id")), name) or not isinstance(name, str) or not name.strip():
            return None
    return natural(plain(name))


def strange(authorship: Json) -> bool:
    """Whether the printed name cannot be that of the person to whom OpenAlex gives the authorship."""
    name, printed_name = inner(authorship, "author").get("display_name"), printed(authorship)
    return isinstance(name, str) and printed_name is not None and not related(name, printed_name)


def strangers(work: Json) -> Iterator[tuple[int, str]]:
    """The authorships whose person is left out, by their number from 0, and why."""
    for i, each in enumerate(objects(work.get("authorships"))):
        if strange(each):
            person = inner(each, "author")
            who = f"{key(person.get('id'))} is {quoted(person['display_name'])}"
            yield i, f"{who}, but the paper prints {quoted(printed(each) or '')}: the person is left out, the name is kept"


def institutions(value: Any) -> list[Members]:
    """The institutions of a list, as author lists name them; one without a name is not known to anybody."""
    entries = []
    for each in objects(value):
        if isinstance(name := each.get("display_name"), str) and name.strip():
            own = key(each.get("id"))
            entries.append(
                {"name": name, "id": full(own) if own else None, "ror": each.get("ror"), "country": each.get("country_code")}
            )
    return entries
