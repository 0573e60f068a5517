"""The members of a BibTeX entry as those of a neutral record: title, dates, DOI, arXiv id, category."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from byline.data.notices import Notice, Outcome, quoted
from byline.data.sources import bibtex_stated
from byline.data.sources.bibtex_entries import Entry
from byline.data.sources.bibtex_names import authors, unbraced
from byline.data.sources.read.identifiers import arxiv_alone, arxiv_in, doi_in, dois_in, mentioned
from byline.data.sources.read.tex import plain, unescaped
from byline.data.text.dates import PublicationDate, agreed, from_members, from_text
from byline.graph.identifiers import Identifier, identify

# Members that are read as what they are. All others have no place in the graph, save for the arXiv ids and DOIs in them.
READ = frozenset(
    (
        *("title", "subtitle", "author", "abstract", "date", "year", "month", "day", "doi", "url"),
        *("eprint", "eprinttype", "archiveprefix", "eprintclass", "primaryclass", "arxivid", "arxiv", "pmid", "pmcid"),
        *("crossref", "xdata", "xref", "entryset"),
        *bibtex_stated.READ,
    )
)
# Members in which exporters leave arXiv ids that say what they are.
_ARXIV_PLACES = (
    "url",
    "journal",
    "journaltitle",
    "doi",
    "note",
    "howpublished",
    "number",
    "volume",
    "eid",
    "pages",
    "ee",
    "link",
)
# Those that hold prose, which may mention another paper.
_PROSE = ("note", "howpublished")
_LINKS = ("url", "ee", "link", "howpublished", "bdsk-url-1", "bdsk-url-2")
_ARXIV_ID = re.compile(
    r"(?i)(?:arxiv:\s*|https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf)/)?"
    r"((?:[a-z-]+(?:\.[a-z]{2})?/)?\d{7}|\d{4}\.\d{4,5})(v\d+)?(?:\.pdf)?\s*(?:\[([a-z-]+(?:\.[a-z-]+)?)\])?"
)
_BARE_NUMBER = re.compile(r"\d{7}")
_CORR = re.compile(r"(?i)\s*(?:computing research repository\s*\(?)?corr\)?[\s,]*")
_VOLUME = re.compile(r"(?i)\s*abs/((?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)\s*")
_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_ANTHOLOGY = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers)?)/([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)/?(?:\.pdf)?$"
)
_ENDS_WITH_SIGN = re.compile(r"[?!:.…]$")


def record(entry: Entry, file: str) -> tuple[dict[str, Any], list[Notice]]:
    """The neutral record of an entry, and a notice for each member that was left out or is doubtful."""
    members = {name: value if name == "author" else unbraced(value) for name, value in entry.members.items()}
    doi, refused = _doi(members)
    arxiv, category = _arxiv(members)
    refused += () if arxiv else _mentions(members)
    when, stated = _date(members)
    named = authors(members.get("author", ""))
    notices = [Notice(file, entry.line, member, reason, outcome) for member, reason, outcome in refused]
    notices += named.notices(file, entry.line, "author")
    notices += when.notices(file, entry.line, stated)
    return {
        "type": "paper",
        "id": _id(entry.key, members),
        "title": _title(members),
        "abstract": plain(members["abstract"]).strip() if members.get("abstract") else None,
        "doi": doi,
        "arxiv": arxiv,
        "ids": [f"{name}:{stated}" for name in ("pmid", "pmcid") if (stated := unescaped(members.get(name, "")).strip())],
        "categories": [category] if arxiv and category else [],
        **bibtex_stated.stated(entry.type, members),
        **when.members(),
        **named.members,
    }, notices


def _title(members: Mapping[str, str]) -> str:
    """The title, with the subtitle that biblatex keeps apart."""
    title, subtitle = (" ".join(plain(members.get(name, "")).split()) for name in ("title", "subtitle"))
    if not title or not subtitle:
        return title
    return f"{title} {subtitle}" if _ENDS_WITH_SIGN.search(title) else f"{title}: {subtitle}"


def _id(key: str, members: Mapping[str, str]) -> str | None:
    if match := _ANTHOLOGY.search(unescaped(members.get("url", "")).strip()):
        return f"acl:{match[1]}"
    return f"dblp:{key[5:]}" if key.startswith("DBLP:") else None


def _doi(members: Mapping[str, str]) -> tuple[str | None, list[tuple[str, str, Outcome]]]:
    """The DOI, if need be from a link; and what the member `doi` holds beside it."""
    stated = unescaped(members.get("doi", "")).strip()
    doi = identify("doi", stated)
    if doi.value:
        return doi.value, list(_remarks(stated, doi))
    remarks = [("doi", f"is no DOI and was left out: {quoted(stated)}", Outcome.LEFT_OUT)] if stated else []
    links = (link for name in _LINKS if "doi" in (link := unescaped(members.get(name, ""))).lower())
    return next((linked for link in links if (linked := doi_in(link))), None), remarks


def _remarks(stated: str, doi: Identifier) -> Iterator[tuple[str, str, Outcome]]:
    others = [other for other in dois_in(stated) if other != doi.value]
    for other in others:
        yield "doi", f"is a second DOI and was left out: {quoted(other)}", Outcome.LEFT_OUT
    if doi.mended and not others:
        yield "doi", f"{doi.mended}: {quoted(stated)}; {quoted(str(doi.value))} is taken", Outcome.MENDED


def _arxiv(members: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The arXiv id and its primary class, from any of the members in which exporters leave them."""
    kind = (members.get("archiveprefix") or members.get("eprinttype") or "").strip().lower()
    category = (members.get("primaryclass") or members.get("eprintclass") or "").strip()
    for name in ("eprint", "arxivid", "arxiv"):
        if name == "eprint" and kind not in ("", "arxiv"):
            continue
        if match := _ARXIV_ID.fullmatch(unescaped(members.get(name, "")).strip()):
            number, archive = match[1], category.partition(".")[0].lower()
            if _BARE_NUMBER.fullmatch(number):
                # Before 2007 the archive belongs to the id; some keep it in the class alone.
                if not archive:
                    continue
                number = f"{archive}/{number}"
            return f"{number}{match[2] or ''}", _class(match[3] or category)
    if _CORR.fullmatch(plain(members.get("journal", ""))) and (match := _VOLUME.fullmatch(members.get("volume", ""))):
        return match[1], _class(category)
    places = ((name, unescaped(members[name])) for name in _ARXIV_PLACES if name in members)
    stated = (arxiv_alone(text) if name in _PROSE else arxiv_in(text) for name, text in places)
    return next(filter(None, stated), None), _class(category)


def _mentions(members: Mapping[str, str]) -> Iterator[tuple[str, str, Outcome]]:
    for name in _PROSE:
        if arxiv := arxiv_in(unescaped(members.get(name, ""))):
            yield name, mentioned(arxiv), Outcome.LEFT_OUT


def _class(stated: str) -> str | None:
    return stated if _CLASS.fullmatch(stated) else None


def _date(members: Mapping[str, str]) -> tuple[PublicationDate, str]:
    """When it was published, and the member that says so: `date` goes before `year`."""
    year, month, day, whole = (plain(members.get(name, "")) for name in ("year", "month", "day", "date"))
    return agreed(from_text(whole), from_members(year, month, day)), "date" if whole.strip() else "year"
