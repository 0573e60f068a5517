"""Works of an author, of an institution, or of a filter, from OpenAlex, with the author and the institution themselves."""

import re
from typing import Any

from byline.data.fetch.client import Client, Json
from byline.data.fetch.job import Job, Page
from byline.graph.errors import FetchFailed, WrongUse

_PER_PAGE = "100"
_KEY = {"author": r"A\d+", "institution": r"I\d+"}
_OTHER = {"author": ("orcid", r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"), "institution": ("ror", r"0[a-z0-9]{8}")}
_FILTER = {"author": "authorships.author.id", "institution": "authorships.institutions.lineage"}


def job(*, author: str | None = None, institution: str | None = None, filter: str | None = None) -> Job:
    """The fetch of works that fit all that is given: OpenAlex ids, ORCID or ROR, and OpenAlex's own filter.

    Raises WrongUse where nothing is given, or no id.
    """
    options = {"author": author, "institution": institution, "filter": filter}
    question = {
        name: _id(name, value) if name in _KEY else value.strip() for name, value in options.items() if value and value.strip()
    }
    if not question:
        raise WrongUse("nothing is asked for", "give --author, --institution or --filter")
    return Job("openalex", question, _step([name for name in _KEY if name in question], {}), _page(question))


def headers(key: str, mail: str) -> dict[str, str]:
    """What OpenAlex is told: the key, and whom to write to."""
    return {"User-Agent": agent(mail)} | ({"Authorization": f"Bearer {key}"} if key else {})


def agent(mail: str) -> str:
    """How Byline calls itself."""
    return f"byline/0.1 (mailto:{mail})" if mail else "byline/0.1"


def _id(name: str, value: str) -> str:
    short = value.strip().rstrip("/").rpartition("/")[2]
    if re.fullmatch(_KEY[name], short, re.I):
        return short.upper()
    scheme, pattern = _OTHER[name]
    bare = short.lower().removeprefix(f"{scheme}:")
    if re.fullmatch(pattern, bare, re.I):
        return f"{scheme}:{bare.upper() if scheme == 'orcid' else bare}"
    raise WrongUse(
        f"{value!r} is no id of an {name}", f"an id of OpenAlex such as {_KEY[name][0]}5023888391, or {scheme.upper()}"
    )


def _step(left: list[str], keys: Json) -> Json:
    """The place that comes next: the things to look up first, then the works."""
    return {"look": left, "known": keys} if left else {"known": keys, "cursor": "*"}


def _page(question: dict[str, str]) -> Any:
    def page(client: Client, place: Json) -> Page:
        if place.get("look"):
            return _thing(client, question, place)
        filters = [f"{_FILTER[name]}:{key}" for name, key in place["known"].items()]
        filters += [question["filter"]] if "filter" in question else []
        params = {"filter": ",".join(filters), "per_page": _PER_PAGE, "cursor": place["cursor"]}
        answer = client.get("works", params)
        results, meta = _listed(answer, "results"), answer.get("meta") or {}
        cursor = meta.get("next_cursor")
        after = {"known": place["known"], "cursor": cursor} if cursor and results else None
        return Page([_whole(client, each) for each in results], after, meta.get("count"))

    return page


def _thing(client: Client, question: dict[str, str], place: Json) -> Page:
    """An author or institution: its object, and the id under which its works are (another one where it was merged)."""
    name, *left = place["look"]
    entity = client.get(f"{name}s/{question[name]}", {})
    key = str(entity.get("id") if isinstance(entity, dict) else "").rpartition("/")[2]
    if not re.fullmatch(_KEY[name], key):
        raise FetchFailed(f"OpenAlex answered no {name} for {question[name]}")
    return Page([entity], _step(left, place["known"] | {name: key}))


def _whole(client: Client, work: Json) -> Json:
    """A work with all its authors: lists give 100 of them at most, the work by itself gives all."""
    if not work.get("is_authors_truncated"):
        return work
    full = client.get(f"works/{str(work.get('id')).rpartition('/')[2]}", {})
    return full if isinstance(full, dict) else work


def _listed(answer: Any, member: str) -> list[Json]:
    entries = answer.get(member) if isinstance(answer, dict) else None
    if not isinstance(entries, list):
        raise FetchFailed(f"the API answered no page: there is no list {member!r} in it")
    return [each for each in entries if isinstance(each, dict)]
