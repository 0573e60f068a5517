"""DOIs as sources write them: as a link, several in one field, or something else altogether."""

import re

_DOI = re.compile(r"10\.\d{3,9}/[^\s\"<>]+")


def doi_in(text: str | None) -> str | None:
    """The first DOI in a text, without the punctuation behind it; None where there is none."""
    if not text or not (match := _DOI.search(text)):
        return None
    doi = match[0].rstrip(".,;")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return doi
