"""Papers and authors of Semantic Scholar as records: of its API, of its data sets, of S2ORC."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from byline.data.sources.names.marks import in_order
from byline.data.sources.names.printed import natural
from byline.data.sources.read.markup import plain
from byline.data.sources.read.salvage import renames
from byline.data.sources.semantic_scholar_stated import stated

Json: TypeAlias = Mapping[str, Any]
Members: TypeAlias = dict[str, Any]

NATIVE = renames(
    (r"^doi$", "externalIds.DOI"),
    (r"^arxiv$", "externalIds.ArXiv"),
    (r"^ids\[\d+\]$", "externalIds"),
    (r"^orcid$", "externalIds.ORCID"),
    (r"^authors\[(\d+)\]\.id$", r"authors[\1].authorId"),
    (r"^date$", "publicationDate"),
    (r"^venue\.issns", "publicationVenue.issn"),
    (r"^venue\.", "publicationVenue."),
    (r"^urls\[\d+\]\.url$", "openAccessPdf.url"),
    (r"^license$", "openAccessPdf.license"),
    (r"^(volume|pages)$", r"journal.\1"),
    (r"^reported\.h_index$", "hIndex"),
    (r"^reported\.paper_count$", "paperCount"),
    (r"^reported\.citation_count$", "citationCount"),
)
# The members of S2ORC's rows.
ROWS = renames((r"^doi$", "doi"), (r"^arxiv$", "arxiv_id"), (r"^references\[", "outbound_citations["))
# Names of catalogues in `externalIds`, in lower case, and the schemes that they are in records.
_SCHEMES = {"acl": "acl", "dblp": "dblp", "mag": "mag", "pubmed": "pmid", "pubmedcentral": "pmcid", "corpusid": "corpusid"}
_ROW_IDS = (("acl_id", "acl"), ("mag_id", "mag"), ("pubmed_id", "pmid"), ("pmc_id", "pmcid"))


def lower(value: Json) -> Json:
    """An object with its members in lower case: the data sets write `corpusid` where the API writes `corpusId`."""
    return {name.lower(): each for name, each in value.items()}


def paper_id(value: Json) -> str | None:
    """The id of a paper object whose members are in lower case: Semantic Scholar's own, else the number of its corpus."""
    if isinstance(own := value.get("paperid"), str) and own.strip():
        return f"s2:{own.strip()}"
    number = value.get("corpusid") or _external(value).get("corpusid")
    return f"corpusid:{number}" if number else None


def paper(value: Json, as_of: str | None) -> Members:
    """The members of a paper record; the members of `value` are in lower case. References are the caller's."""
    external = _external(value)
    own = paper_id(value)
    number = value.get("corpusid")
    ids = [f"{scheme}:{_bare(scheme, external[name])}" for name, scheme in _SCHEMES.items() if external.get(name)]
    title, abstract = value.get("title"), value.get("abstract")
    return {
        "type": "paper",
        "id": own,
        "ids": [each for each in dict.fromkeys([*ids, *([f"corpusid:{number}"] if number else [])]) if each != own],
        "title": plain(title) if isinstance(title, str) else title,
        "abstract": plain(abstract) if isinstance(abstract, str) else None,
        "year": value.get("year"),
        "date": value.get("publicationdate") or None,
        "doi": external.get("doi"),
        "arxiv": external.get("arxiv"),
        "categories": [code(each) for each in fields(value)],
        **_authors(value.get("authors")),
        "reported": reported({"citation_count": value.get("citationcount")}, as_of),
        **stated(value),
    }


def fields(value: Json) -> list[str]:
    """The fields of study that a paper object names, each once, in their order; nobody says which is the main one."""
    categories = [each.get("category") for each in value.get("s2fieldsofstudy") or () if isinstance(each, dict)]
    categories += [each for each in value.get("fieldsofstudy") or () if isinstance(each, str)]
    return list(dict.fromkeys(each for each in categories if isinstance(each, str) and each.strip()))


def code(field: str) -> str:
    """The code of a field of study."""
    return f"s2:{field}"


def author(value: Json, as_of: str | None) -> Members:
    """The members of an author record; the members of `value` are in lower case."""
    figures = {
        "h_index": value.get("hindex"),
        "paper_count": value.get("papercount"),
        "citation_count": value.get("citationcount"),
    }
    orcid = _external(value).get("orcid")
    aliases = [natural(each) for each in value.get("aliases") or () if isinstance(each, str) and each.strip()]
    return {
        "type": "author",
        "id": f"s2:{value['authorid']}",
        "name": value.get("name"),
        "orcid": orcid[0] if isinstance(orcid, list) and orcid else orcid,
        "aliases": [each for each in dict.fromkeys(aliases) if each != value.get("name")],
        "reported": reported(figures, as_of),
    }


def row(value: Json) -> Members:
    """The members of a paper record from a row of S2ORC."""
    # A row that stands for several entries of MAG or PubMed names them all, between commas.
    ids = [f"{scheme}:{each}" for name, scheme in _ROW_IDS for each in str(value.get(name) or "").split(",") if each.strip()]
    people = [{"name": _in_order(each)} for each in value.get("authors") or () if isinstance(each, dict)]
    return {
        "type": "paper",
        "id": row_id(value["paper_id"]),
        "ids": ids,
        "title": plain(str(value["title"])) if value.get("title") else None,
        "abstract": plain(abstract) if isinstance(abstract := value.get("abstract"), str) else abstract,
        "year": value.get("year"),
        "doi": value.get("doi"),
        "arxiv": value.get("arxiv_id"),
        "categories": [code(each) for each in value.get("mag_field_of_study") or ()],
        **_named([(each["name"] or None, each) for each in people]),
        # References that S2ORC could not match to a paper are not among them.
        "references": [row_id(each) for each in value.get("outbound_citations") or () if each] or None,
        "references_complete": False,
    }


def row_id(value: Any) -> str:
    """The id of a paper of S2ORC: the number of its corpus, in the first releases Semantic Scholar's own."""
    return f"s2:{value}" if len(str(value)) == 40 else f"corpusid:{value}"


def reported(figures: Members, as_of: str | None) -> Members | None:
    """Figures with the day on which they were stated; null where there are none."""
    return figures | {"as_of": as_of} if any(each is not None for each in figures.values()) else None


def _authors(value: Any) -> Members:
    people: list[tuple[str | None, Members]] = []
    for each in value or ():
        name, own = (each, None) if isinstance(each, str) else (None, None)
        if isinstance(each, dict):
            name, own = each.get("name"), each.get("authorId") or each.get("authorid")
        stripped = name.strip() if isinstance(name, str) else ""
        people.append((stripped or None, {"name": stripped, "id": f"s2:{own}" if own else None}))
    return _named(people)


def _named(people: list[tuple[str | None, Members]]) -> Members:
    """Members about authors. An empty list says nothing; behind somebody who is not named nobody has a place."""
    if not people:
        return {}
    first = next((i for i, (name, _) in enumerate(people) if name is None), len(people))
    entries = [entry | {"printed": i < first} for i, (name, entry) in enumerate(people) if name is not None]
    whole = len(entries) == len(people)
    return {"authors": entries, "authors_complete": whole} | ({} if whole else {"author_count": len(people)})


def _external(value: Json) -> Json:
    ids = value.get("externalids")
    return lower(ids) if isinstance(ids, dict) else {}


def _bare(scheme: str, value: Any) -> str:
    return f"PMC{str(value).upper().removeprefix('PMC')}" if scheme == "pmcid" else str(value)


def _in_order(name: Json) -> str:
    middle = name.get("middle") or []
    given = [name.get("first"), *(middle if isinstance(middle, list) else [middle])]
    family, suffix = (str(name.get(part) or "") for part in ("last", "suffix"))
    return in_order(" ".join(str(each).strip() for each in given if each), family, suffix)
