"""The members of Semantic Scholar's objects that are read, in lower case: all others are counted, see `unplaced`."""

from byline.data.sources.read.unplaced import Shape, shape
from byline.data.sources.semantic_scholar_members import Json
from byline.data.sources.semantic_scholar_stated import READ

_EXTERNAL = shape("doi", "arxiv", "acl", "dblp", "mag", "pubmed", "pubmedcentral", "corpusid", "orcid")
_FIELDS = shape("category")
_PAPER: dict[str, Shape | None] = {
    **shape("paperid", "corpusid", "title", "abstract", "year", "publicationdate", "citationcount", "referencecount"),
    **shape("fieldsofstudy"),
    **READ,
    "externalids": _EXTERNAL,
    "s2fieldsofstudy": _FIELDS,
    "authors": shape("name", "authorid"),
}
# Papers stand within papers.
_PAPER |= {"references": _PAPER, "citations": _PAPER}
_AUTHOR: Shape = {
    **shape("authorid", "name", "aliases", "hindex", "papercount", "citationcount"),
    "externalids": _EXTERNAL,
    "papers": _PAPER,
}
_CITED: Shape = {"citedpaper": _PAPER, "citingpaper": _PAPER}
_SNIPPET: Shape = {"paper": _PAPER}
_CITATION = shape("citingcorpusid", "citedcorpusid")
_SAME = shape("sha", "corpusid")
_ROW: Shape = {
    **shape("paper_id", "acl_id", "mag_id", "pubmed_id", "pmc_id", "title", "abstract", "year", "doi", "arxiv_id"),
    **shape("mag_field_of_study", "inbound_citations", "outbound_citations"),
    "authors": shape("first", "middle", "last", "suffix"),
}


def of(value: Json, is_row: bool) -> Shape | None:
    """What is read of an object whose members are in lower case; None for pages, errors and what is none of theirs."""
    if any(isinstance(value.get(name), dict) for name in _CITED):
        return _CITED
    if "snippet" in value:
        return _SNIPPET
    if "citingcorpusid" in value or "citedcorpusid" in value:
        return _CITATION
    if value.get("sha") and value.get("corpusid"):
        return _SAME
    if is_row:
        return _ROW
    if value.get("authorid"):
        return _AUTHOR
    return _PAPER if "paperid" in value or "corpusid" in value or "externalids" in value else None
