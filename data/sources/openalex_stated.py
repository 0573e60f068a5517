"""What OpenAlex states of a work beside title, date and authors: source, type, pages, access, keywords, funders."""

from typing import Any

from byline.data.reference.paper_types import paper_type
from byline.data.sources.openalex_terms import Json, Members, full, key
from byline.data.sources.read.objects import inner, objects
from byline.data.sources.read.unplaced import Shape, shape

_SOURCE = shape("id", "display_name", "issn_l", "issn", "type")
LOCATION: Shape = {**shape("landing_page_url", "pdf_url", "license"), "source": _SOURCE}
READ: Shape = {
    **shape("type", "type_crossref", "language", "is_retracted"),
    "biblio": shape("volume", "issue", "first_page", "last_page"),
    "open_access": shape("is_oa"),
    "keywords": shape("display_name"),
    "grants": shape("funder", "funder_display_name", "award_id"),
}
_TYPES = {"journal": "journal", "conference": "conference", "repository": "repository", "book series": "series"}


def stated(value: Json) -> Members:
    """The members of the record; what a work does not state is not there."""
    place, biblio = inner(value, "primary_location"), inner(value, "biblio")
    pages = [_text(biblio.get(name)) for name in ("first_page", "last_page")]
    members: Members = {
        "venue": venue(inner(place, "source")),
        "paper_type": paper_type(str(value.get("type_crossref") or "")) or paper_type(str(value.get("type") or "")),
        "language": _text(value.get("language")),
        "volume": _text(biblio.get("volume")),
        "issue": _text(biblio.get("issue")),
        "pages": "-".join(dict.fromkeys(filter(None, pages))) or None,
        "license": _text(place.get("license")),
        "open_access": _flag(inner(value, "open_access").get("is_oa")),
        "retracted": _flag(value.get("is_retracted")),
        "keywords": [each["display_name"] for each in objects(value.get("keywords")) if _text(each.get("display_name"))] or None,
        "urls": _urls(place) or None,
        "funding": [each for grant in objects(value.get("grants")) if (each := _funding(grant))] or None,
    }
    return {name: stated for name, stated in members.items() if stated is not None}


def venue(source: Json) -> Members | None:
    """A source of OpenAlex as the venue of a paper."""
    identifier, name = key(source.get("id")), _text(source.get("display_name"))
    if not identifier or not name:
        return None
    issns = source.get("issn")
    members = {
        "name": name,
        "id": full(identifier),
        "issn_l": _text(source.get("issn_l")),
        "issns": [each for each in issns if isinstance(each, str)] if isinstance(issns, list) else [],
        "venue_type": _TYPES.get(str(source.get("type") or "").lower()),
    }
    return {name: each for name, each in members.items() if each is not None}


def _urls(place: Json) -> list[Members]:
    places = (("LANDING_PAGE", place.get("landing_page_url")), ("PDF", place.get("pdf_url")))
    return [{"kind": kind, "url": url} for kind, url in places if _text(url)]


def _funding(grant: Json) -> Members | None:
    name, identifier, award = _text(grant.get("funder_display_name")), key(grant.get("funder")), _text(grant.get("award_id"))
    return {"funder": name, "funder_id": full(identifier) if identifier else None, "award": award} if name else None


def _text(value: Any) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None
