"""Papers of an author, a paper with its references and citations, or the papers of a search, from Semantic Scholar."""

from typing import Any
from urllib.parse import quote

from byline.data.fetch.client import Client, Json
from byline.data.fetch.job import Job, Page
from byline.data.fetch.openalex import agent
from byline.graph.errors import FetchFailed, WrongUse

_PER_PAGE = 100
# The API gives no more than this of a list that is paged by offset.
_MOST = 9999
_PAPER = "corpusId,externalIds,title,abstract,year,publicationDate,citationCount,fieldsOfStudy,s2FieldsOfStudy,authors"
_AUTHOR = "name,externalIds,affiliations,paperCount,citationCount,hIndex"
_INNER = {"references": "citedPaper", "citations": "citingPaper"}


def job(*, author: str | None = None, paper: str | None = None, search: str | None = None) -> Job:
    """The fetch of one of these: an author's number, a paper's id (of Semantic Scholar, DOI:…, ARXIV:…), words to search.

    Raises WrongUse where none or several are given.
    """
    options = {"author": author, "paper": paper, "search": search}
    question = {name: value.strip() for name, value in options.items() if value and value.strip()}
    if len(question) != 1:
        raise WrongUse("ask for one thing", "give one of --author, --paper, --search")
    if author and not author.strip().isdigit():
        raise WrongUse(f"{author!r} is no id of an author", "a number such as 2262347")
    (name,) = question
    return Job("semantic-scholar", question, {"look": name} if name != "search" else {"token": None}, _page(name, question[name]))


def headers(key: str, mail: str) -> dict[str, str]:
    """What Semantic Scholar is told: the key, and whom to write to."""
    return {"User-Agent": agent(mail)} | ({"x-api-key": key} if key else {})


def _page(name: str, value: str) -> Any:
    path = f"{name}/{quote(value, safe=':')}"

    def page(client: Client, place: Json) -> Page:
        if name == "search":
            return _search(client, value, place)
        if "look" in place:
            entity = client.get(path, {"fields": _AUTHOR if name == "author" else _PAPER})
            if not isinstance(entity, dict):
                raise FetchFailed(f"Semantic Scholar answered no {name} for {value}")
            own = entity.get("paperId") or value
            return Page([entity], {"list": "papers" if name == "author" else "references", "id": own, "offset": 0})
        if name == "author":
            return _listed(client, f"{path}/papers", place, None, lambda each: each)
        inner = _INNER[place["list"]]
        after = {"list": "citations", "id": place["id"], "offset": 0} if place["list"] == "references" else None
        return _listed(client, f"{path}/{place['list']}", place, after, lambda each: each.get(inner))

    return page


def _listed(client: Client, path: str, place: Json, after: Json | None, inner: Any) -> Page:
    """One page by offset. Papers inside a paper are written as the API nests them, below the id of the one that has them."""
    offset = place["offset"]
    limit = min(_PER_PAGE, _MOST - offset)
    answer = client.get(path, {"fields": _PAPER, "offset": str(offset), "limit": str(limit)})
    data = answer.get("data") if isinstance(answer, dict) else None
    if data is None and isinstance(answer, dict) and "offset" in answer:
        data = []
    if not isinstance(data, list):
        raise FetchFailed("Semantic Scholar answered no page: there is no list 'data' in it")
    papers = [paper for each in data if isinstance(each, dict) and isinstance(paper := inner(each), dict)]
    following = answer.get("next")
    more = isinstance(following, int) and following > offset and following < _MOST
    items = papers if place["list"] == "papers" else [{"paperId": place["id"], place["list"]: papers}] if papers else []
    return Page(items, place | {"offset": following} if more else after)


def _search(client: Client, words: str, place: Json) -> Page:
    params = {"query": words, "fields": _PAPER} | ({"token": place["token"]} if place["token"] else {})
    answer = client.get("paper/search/bulk", params)
    if not isinstance(answer, dict) or not isinstance(data := answer.get("data", []), list):
        raise FetchFailed("Semantic Scholar answered no page: there is no list 'data' in it")
    token = answer.get("token")
    return Page(
        [each for each in data if isinstance(each, dict)], {"token": token} if token and data else None, answer.get("total")
    )
