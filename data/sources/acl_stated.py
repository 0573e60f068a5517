"""What the Anthology states beside title, date and authors: venue, type, pages, language, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from byline.data.reference.languages import language_code
from byline.data.sources.read.elements import text_of
from byline.data.sources.read.web_address import WEB_ADDRESS

READ = ("pages", "language", "url", "video", "attachment", "pwccode", "retracted")
_SITE = "https://aclanthology.org/"
# What attachments are, by their type; all others are supplements.
_ATTACHED = {
    "software": "CODE",
    "code": "CODE",
    "dataset": "DATA",
    "data": "DATA",
    "video": "VIDEO",
    "presentation": "SUPPLEMENT",
}


@dataclass(frozen=True)
class Volume:
    """Of a volume the year and what its papers share."""

    year: str | None = None
    members: tuple[tuple[str, Any], ...] = ()


def volume(meta: Element, attributes: Mapping[str, str]) -> Volume:
    """What the `meta` of a volume states."""
    journal = text_of(meta.find("journal-title"))
    is_journal = journal is not None or attributes.get("type") == "journal"
    name, key = journal or text_of(meta.find("booktitle")), text_of(meta.find("venue"))
    members: dict[str, Any] = {"paper_type": "journal-article" if is_journal else "proceedings-article"}
    if name:
        members["venue"] = {"name": name, "venue_type": "journal" if is_journal else "conference"}
        members["venue"] |= {"id": f"acl:{key}"} if key else {}
    for member, element in (("volume", "journal-volume"), ("issue", "journal-issue")):
        if stated := text_of(meta.find(element)):
            members[member] = stated
    return Volume(text_of(meta.find("year")), tuple(members.items()))


def stated(paper: Element, identifier: str, of: Volume) -> dict[str, Any]:
    """The members of the record of a paper; what is not stated is not there."""
    language = text_of(paper.find("language"))
    members = {
        **dict(of.members),
        "pages": text_of(paper.find("pages")),
        "language": language_code(language) if language else None,
        "retracted": True if paper.find("retracted") is not None else None,
        "urls": list(_urls(paper, identifier)) or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def _urls(paper: Element, identifier: str) -> Any:
    if address := text_of(paper.find("url")):
        yield {"url": f"{_SITE}{identifier}/"}
        yield {"kind": "PDF", "url": address if WEB_ADDRESS.fullmatch(address) else f"{_SITE}{address}.pdf"}
    for code in paper.findall("pwccode"):
        if WEB_ADDRESS.fullmatch(address := code.get("url", "")):
            yield {"kind": "CODE", "url": address}
    for video in paper.findall("video"):
        if WEB_ADDRESS.fullmatch(address := video.get("href", "")):
            yield {"kind": "VIDEO", "url": address}
    for attached in paper.findall("attachment"):
        if WEB_ADDRESS.fullmatch(address := text_of(attached) or ""):
            yield {"kind": _ATTACHED.get(attached.get("type", "").lower(), "SUPPLEMENT"), "url": address}
