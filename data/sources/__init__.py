"""The sources that can be ingested, each in a file of its own: add one here and in `SOURCES`."""

from byline.data.sources import (
    acl,
    arxiv,
    bibtex,
    citations,
    csl,
    dblp,
    openalex,
    paperlists,
    records,
    ror,
    seed_page,
    semantic_scholar,
)
from byline.data.sources.source import Read, Source

__all__ = ["SOURCES", "Read", "Source"]

_ALL = (
    seed_page.SOURCE,
    records.SOURCE,
    acl.SOURCE,
    arxiv.SOURCE,
    bibtex.SOURCE,
    citations.SOURCE,
    csl.SOURCE,
    dblp.SOURCE,
    openalex.SOURCE,
    paperlists.SOURCE,
    ror.SOURCE,
    semantic_scholar.SOURCE,
)
SOURCES: dict[str, Source] = {source.name: source for source in _ALL}
