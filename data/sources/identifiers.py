"""DOIs and arXiv ids as sources write them: as a link, several in one field, or something else altogether."""

import re

_DOI = re.compile(r"10\.\d{3,9}/[^\s\"<>]+")

_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf)/|arxiv:\s*|10\.48550/arxiv\.)((?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)", re.I
)


def arxiv_in(text: str | None) -> str | None:
    """The first id of arXiv in a text that says that it is one: a link, "arXiv:…", or arXiv's own DOI."""
    match = _ARXIV.search(text) if text else None
    return match[1] if match else None


def doi_in(text: str | None) -> str | None:
    """The first DOI in a text, without the punctuation behind it; None where there is none."""
    if not text or not (match := _DOI.search(text)):
        return None
    doi = match[0].rstrip(".,;")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return doi
