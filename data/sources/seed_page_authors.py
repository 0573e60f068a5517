"""The line of names of a paper on an author's page: "First Author, Second Author et al. · institute, university"."""

import re

from byline.data.sources.names.author_lists import AuthorList, author_list
from byline.data.sources.names.cut_lists import cut
from byline.data.sources.names.printed import SUFFIX
from byline.graph.names import agree

# The comma of "and 1,012 others" parts nobody.
_COMMA = re.compile(r",(?!(?<=\d,)\d{3}\s)")


def authors(owner: str, line: str) -> AuthorList | None:
    """The authors and institutions of a paper; None where the line is none of names, such as an abstract.

    The owner wrote every paper of the page: where the printed list does not name the owner, it is not the whole list.
    """
    printed, _, places = line.partition(" · ")
    named = _names(cut(printed).text)
    if not named or not all(map(_is_name, named)):
        return None
    listing = author_list([{"name": name} for name in _names(printed)])
    members = listing.members
    people = members.setdefault("authors", [])
    if not any(agree(owner, person["name"]) for person in people):
        people.append({"name": owner, "printed": False})
        members["authors_complete"] = False
    if "author_count" in members:
        members["author_count"] = max(members["author_count"], len(people))
    stated = [{"name": name.strip()} for name in places.split(",") if name.strip()]
    members["institutions"] = stated + [each for each in members.get("institutions", ()) if each not in stated]
    return listing


def _names(printed: str) -> list[str]:
    names: list[str] = []
    for name in filter(None, (part.strip() for part in _COMMA.split(printed))):
        if names and SUFFIX.fullmatch(name):
            names[-1] += f", {name}"
        else:
            names.append(name)
    return names


def _is_name(text: str) -> bool:
    return len(text) <= 60 and len(text.split()) <= 7 and not re.search(r"[?!:;]|\w{4,}\.$|\.\s\w{4,}.*\s\w+\s", text)
