"""One id on several people of one author list: it says of none of them who they are, and is set aside there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from byline.data.notices import Notice, Outcome, quoted
from byline.data.record import AuthorName, Paper, Record, line_of
from byline.graph.names import agree

_SHOWN = 3


def doubled(record: Record, file: str, line: int, native_name: Callable[[str], str]) -> Iterable[Record | Notice]:
    """The record, of a paper without the ids that several of its authors bear under names that do not agree, and a notice for
    each. An author who is listed twice keeps the id. `native_name` names a member as its source does."""
    if not isinstance(record, Paper) or not record.authors or len(record.authors) < 2:
        return (record,)
    stated = [each.id for each in record.authors if each.id] + [each.orcid for each in record.authors if each.orcid]
    return (record,) if len(stated) == len(set(stated)) else _told_apart(record, record.authors, file, line, native_name)


def _told_apart(
    record: Paper, listed: tuple[AuthorName, ...], file: str, line: int, native_name: Callable[[str], str]
) -> Iterator[Record | Notice]:
    doubted = _doubted(listed)
    authors = tuple(_without(each, doubted) for each in listed)
    cleaned = record.model_copy(update={"authors": authors}) if doubted else record
    object.__setattr__(cleaned, "line", line_of(record))
    yield cleaned
    for key, places in doubted.items():
        names = ", ".join(quoted(listed[place].name) for place in places[:_SHOWN])
        for place in places:
            name = "orcid" if listed[place].orcid and key == f"orcid:{listed[place].orcid}" else "id"
            reason = f"{key} is stated of {len(places)} authors of one list, {names}; it is set aside"
            yield Notice(file, line, native_name(f"authors[{place}].{name}"), reason, Outcome.DOUBTED)


def _keys(author: AuthorName) -> set[str]:
    keys = {author.id} if author.id else set()
    return keys | {f"orcid:{author.orcid}"} if author.orcid else keys


def _doubted(authors: tuple[AuthorName, ...]) -> dict[str, list[int]]:
    """The places of those who bear an id that somebody of another name bears too."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for place, author in enumerate(authors):
        for key in _keys(author):
            bearers[key].append(place)
    return {
        key: places
        for key, places in sorted(bearers.items())
        if any(not agree(authors[places[0]].name, authors[other].name) for other in places[1:])
    }


def _without(author: AuthorName, doubted: dict[str, list[int]]) -> AuthorName:
    gone = _keys(author) & doubted.keys()
    if not gone:
        return author
    identifier = None if author.id in gone else author.id
    orcid = None if author.orcid and f"orcid:{author.orcid}" in gone else author.orcid
    return author.model_copy(update={"id": identifier, "orcid": orcid})
