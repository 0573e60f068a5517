"""What CSL-JSON and Crossref state beside title, date and authors: venue, type, pages, licence, funders."""

import re
from collections.abc import Mapping
from typing import Any

from byline.data.reference.paper_types import paper_type
from byline.data.sources.read import markup
from byline.data.sources.read.identifiers import arxiv_alone, arxiv_in, doi_in
from byline.data.sources.read.objects import objects
from byline.data.sources.read.unplaced import Shape, shape

READ: Shape = {
    **shape("type", "container-title", "ISSN", "volume", "issue", "page", "language"),
    "license": shape("URL"),
    "funder": shape("name", "DOI", "award"),
    "link": shape("URL", "content-type"),
}
# Types of what holds an item, by the type of the item.
_HOLDERS = {"journal-article": "journal", "proceedings-article": "conference", "book-chapter": "book"}


def stated(item: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the record; what an item does not state is not there."""
    known = paper_type(str(item.get("type") or ""))
    funders = [each for entry in objects(item.get("funder")) for each in _funding(entry)]
    members = {
        "paper_type": known,
        "venue": _venue(item, known),
        **{name: _words(item.get(name)) for name in ("volume", "issue", "language")},
        "pages": _words(item.get("page")),
        "license": next((str(each["URL"]) for each in objects(item.get("license")) if each.get("URL")), None),
        "funding": funders or None,
        "urls": _urls(item) or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def _venue(item: Mapping[str, Any], known: str | None) -> dict[str, Any] | None:
    title = first(item.get("container-title"))
    if not isinstance(title, str) or not (name := markup.plain(title).strip()):
        return None
    if arxiv_alone(name):
        return {"name": "arXiv", "venue_type": "repository"}
    issns = item.get("ISSN")
    listed = issns if isinstance(issns, list) else re.split(r"[\s,;]+", str(issns or ""))
    venue_type = _HOLDERS.get(known or "")
    return {"name": name, "issns": [str(each) for each in listed if each]} | ({"venue_type": venue_type} if venue_type else {})


def _urls(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    page = item.get("URL")
    # A link of a DOI or an arXiv id repeats that.
    own = isinstance(page, str) and page.strip() and not doi_in(page) and not arxiv_in(page)
    urls = [{"url": page}] if own else []
    pdfs = (each.get("URL") for each in objects(item.get("link")) if each.get("content-type") == "application/pdf")
    return urls + [{"kind": "PDF", "url": pdf} for pdf in pdfs if isinstance(pdf, str) and pdf.strip()]


def _funding(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not isinstance(name := entry.get("name"), str) or not name.strip():
        return []
    doi, awards = entry.get("DOI"), entry.get("award")
    funder = {"funder": markup.plain(name)} | ({"funder_id": f"doi:{doi}"} if isinstance(doi, str) and doi.strip() else {})
    numbers = [str(each) for each in awards if each] if isinstance(awards, list) else []
    return [funder | {"award": number} for number in numbers] or [funder]


def first(value: Any) -> Any:
    """Crossref has titles as lists, of which the first is the title."""
    return (value[0] if value else None) if isinstance(value, list) else value


def _words(value: Any) -> str | None:
    return markup.plain(str(value)).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None
