"""The members of OpenAlex's objects that are read, or only repeat what is: all others are counted, see `unplaced`."""

from byline.data.sources import openalex_stated
from byline.data.sources.read.unplaced import Shape, shape

_IDS = shape("openalex", "doi", "mag", "pmid", "pmcid", "orcid", "scopus", "ror", "grid", "wikidata")
_LEVEL = shape("id", "display_name")
_INSTITUTION = shape("id", "display_name", "ror", "country_code")
_CONCEPT = shape("id", "display_name", "level", "score")
_TOPIC: Shape = {**_LEVEL, "subfield": _LEVEL, "field": _LEVEL, "domain": _LEVEL}

WORK: Shape = {
    **shape("id", "doi", "title", "display_name", "publication_year", "publication_date", "updated_date"),
    **shape("abstract_inverted_index", "referenced_works", "cited_by_count", "is_authors_truncated", "authors_count"),
    "ids": _IDS,
    **openalex_stated.READ,
    "primary_location": openalex_stated.LOCATION,
    "locations": shape("landing_page_url"),
    "primary_topic": _TOPIC,
    "topics": _TOPIC,
    "concepts": _CONCEPT,
    "institutions": _INSTITUTION,
    "authorships": {
        **shape("author_position", "raw_author_name", "is_corresponding"),
        "author": shape("id", "display_name", "orcid"),
        "institutions": _INSTITUTION,
    },
}
AUTHOR: Shape = {
    **shape("id", "display_name", "display_name_alternatives", "orcid", "works_count", "cited_by_count", "updated_date"),
    "ids": _IDS,
    "summary_stats": shape("h_index"),
    "international": shape("display_name"),
    "topics": _TOPIC,
    "x_concepts": _CONCEPT,
}
INSTITUTION: Shape = {
    **shape("id", "display_name", "display_name_alternatives", "ror", "country_code", "type", "homepage_url"),
    "geo": shape("city", "region", "country_code", "country"),
    "ids": _IDS,
    "international": shape("display_name"),
}
TERM: Shape = {
    **_TOPIC,
    **shape("level"),
    "ancestors": _CONCEPT,
    "fields": _LEVEL,
    "subfields": _LEVEL,
    "topics": _LEVEL,
}
