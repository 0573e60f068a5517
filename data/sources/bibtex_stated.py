"""What a BibTeX entry states beside title, date and authors: where it was published, type, volume, pages, language, keywords."""

import re
from collections.abc import Mapping
from typing import Any

from byline.data.reference.paper_types import paper_type
from byline.data.sources.read.identifiers import arxiv_in
from byline.data.sources.read.tex import plain, unescaped

READ = (
    *("journal", "journaltitle", "booktitle", "issn", "volume", "number", "issue", "pages"),
    *("language", "langid", "keywords"),
)
_CORR = re.compile(r"\s*(?:corr\b|arxiv\b|computing research repository)", re.I)
_LISTED = re.compile(r"\s*[,;]\s*")
# Links of DOIs, of arXiv and of the Anthology, which are ids.
_REPEATS = re.compile(r"doi\.org/|arxiv\.org/|aclanthology\.org/|aclweb\.org/anthology", re.I)


def stated(entry_type: str, members: Mapping[str, str]) -> dict[str, Any]:
    """The members of the record; what an entry does not state is not there."""
    of_arxiv = bool(_CORR.match(_words(members, "journal") or _words(members, "journaltitle") or ""))
    known = "posted-content" if of_arxiv else "journal-article" if entry_type == "article" else paper_type(entry_type)
    address = unescaped(members.get("url", "")).strip()
    found = {
        "paper_type": known,
        "venue": _venue(members, of_arxiv),
        # Of a preprint these hold its arXiv id.
        **({} if of_arxiv else {name: _number(members, *names) for name, names in _NUMBERS.items()}),
        "language": _words(members, "language") or _words(members, "langid"),
        "keywords": list(filter(None, _LISTED.split(_words(members, "keywords") or ""))) or None,
        "urls": [{"url": address}] if address and not _REPEATS.search(address) else None,
    }
    return {name: value for name, value in found.items() if value is not None}


_NUMBERS = {"volume": ("volume",), "issue": ("issue", "number"), "pages": ("pages",)}


def _number(members: Mapping[str, str], *names: str) -> str | None:
    texts = (_words(members, name) for name in names)
    return next((text for text in texts if text and not arxiv_in(text)), None)


def _venue(members: Mapping[str, str], of_arxiv: bool) -> dict[str, Any] | None:
    journal = _words(members, "journal") or _words(members, "journaltitle")
    if of_arxiv:
        return {"name": "arXiv", "venue_type": "repository"}
    if not (name := journal or _words(members, "booktitle")):
        return None
    # Words such as "print" stand beside them.
    issns = [each for each in re.split(r"[\s,;()]+", _words(members, "issn") or "") if any(map(str.isdigit, each))]
    return {"name": name, "issns": issns} | ({"venue_type": "journal"} if journal else {})


def _words(members: Mapping[str, str], name: str) -> str | None:
    return " ".join(plain(members.get(name, "")).split()) or None
