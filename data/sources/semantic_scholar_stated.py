"""What Semantic Scholar states of a paper beside title, date and authors: venue, type, volume, pages, open access."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from byline.data.reference.paper_types import paper_type
from byline.data.sources.read.objects import inner
from byline.data.sources.read.unplaced import Shape, shape

Json: TypeAlias = Mapping[str, Any]
Members: TypeAlias = dict[str, Any]

READ: Shape = {
    # `url` is the paper's page at Semantic Scholar, which its id leads to.
    **shape("venue", "publicationvenueid", "publicationtypes", "isopenaccess", "url"),
    "publicationvenue": shape("id", "name", "type", "issn", "alternate_issns"),
    "journal": shape("name", "volume", "pages"),
    "openaccesspdf": shape("url", "license"),
}
_TYPES = ("journal", "conference")
# The name under which Semantic Scholar has what arXiv holds, in two spellings.
_ARXIV = ("arxiv", "arxiv.org")


def stated(value: Json) -> Members:
    """The members of the record; the members of `value` are in lower case. What a paper does not state is not there."""
    journal, text = inner(value, "journal"), inner(value, "openaccesspdf")
    in_arxiv = str(journal.get("name") or "").strip().lower() in _ARXIV
    access, url = value.get("isopenaccess"), _text(text.get("url"))
    members: Members = {
        "venue": _venue(value),
        "paper_type": _type(value.get("publicationtypes")),
        # Of arXiv it is "abs/" and the id again.
        "volume": None if in_arxiv else _text(journal.get("volume")),
        "pages": None if in_arxiv else _text(journal.get("pages")),
        "open_access": access if isinstance(access, bool) else None,
        "license": _text(text.get("license")),
        "urls": [{"kind": "PDF", "url": url}] if url else None,
    }
    return {name: each for name, each in members.items() if each is not None}


def _venue(value: Json) -> Members | None:
    """The venue with its id where there is one, else by the name that is printed of the journal, else of whatever it is."""
    place = inner(value, "publicationvenue")
    name = _text(place.get("name")) or _text(value.get("venue")) or _text(inner(value, "journal").get("name"))
    if not name:
        return None
    identifier = _text(place.get("id")) or _text(value.get("publicationvenueid"))
    issns = [place.get("issn"), *_listed(place.get("alternate_issns"))]
    kind = str(place.get("type") or "").strip().lower()
    members = {
        "name": name,
        "id": f"s2:{identifier}" if identifier else None,
        "issns": [each for each in issns if _text(each)] or None,
        "venue_type": "repository" if name.lower() in _ARXIV else kind if kind in _TYPES else None,
    }
    return {name: each for name, each in members.items() if each is not None}


def _type(types: Any) -> str | None:
    """The one type that the words mean: several that exclude each other say nothing for sure."""
    known = {kind for each in _listed(types) if (kind := paper_type(str(each)))}
    return known.pop() if len(known) == 1 else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
