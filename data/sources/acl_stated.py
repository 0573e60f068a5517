"""What the Anthology states beside title, date and authors: venue, type, pages, language, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from byline.data.sources.read.elements import text_of

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
    members = {
        **dict(of.members),
        "pages": text_of(paper.find("pages")),
        "language": text_of(paper.find("language")),
        "retracted": True if paper.find("retracted") is not None else None,
        "urls": list(_urls(paper, identifier)) or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def _urls(paper: Element, identifier: str) -> Any:
    if address := text_of(paper.find("url")):
        yield {"url": f"{_SITE}{identifier}/"}
        yield {"kind": "PDF", "url": _on_site(address, "", ".pdf")}
    for code in paper.findall("pwccode"):
        if address := code.get("url", "").strip():
            yield {"kind": "CODE", "url": address}
    for video in paper.findall("video"):
        if address := video.get("href", "").strip():
            yield {"kind": "VIDEO", "url": _on_site(address)}
    for attached in paper.findall("attachment"):
        if address := text_of(attached):
            yield {
                "kind": _ATTACHED.get(attached.get("type", "").lower(), "SUPPLEMENT"),
                "url": _on_site(address, "attachments/"),
            }


def _on_site(address: str, folder: str = "", ending: str = "") -> str:
    """The Anthology names its own files without their place."""
    return address if ":" in address else f"{_SITE}{folder}{address}{ending}"
