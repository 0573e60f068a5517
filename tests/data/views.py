"""Plain views of built facts, and short ways to write records."""

from collections.abc import Iterable
from typing import Any

from byline.data.build.build import Built
from byline.data.notices import Notice, Outcome
from byline.data.record import Record, dump, parse
from byline.graph.ids import public_id
from byline.graph.model import Facts, Kind

Json = dict[str, Any]


def without_tallies(entries: Iterable[Record | Notice]) -> list[Record | Notice]:
    """What a source found, without the counts of members that have no place in the graph."""
    return [each for each in entries if not (isinstance(each, Notice) and each.outcome is Outcome.NO_PLACE)]


def of(kind: type[Any], entries: Iterable[Record | Notice]) -> list[Any]:
    """The records of one type among what a source found, or the notices."""
    return [each for each in entries if isinstance(each, kind)]


def refused(entries: Iterable[Record | Notice]) -> list[tuple[int, str, str]]:
    """Each notice as line, member and reason."""
    return [(each.line, each.member, each.reason) for each in of(Notice, entries)]


class View:
    """Facts with rows resolved to what people read."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.facts: Facts = built.facts
        self.nodes: dict[Kind, list[Json]] = {kind: table.to_pylist() for kind, table in built.facts.nodes.items()}
        self.links: dict[str, list[Json]] = {name: table.to_pylist() for name, table in built.facts.links.items()}

    def names(self) -> list[str]:
        return sorted(author["name"] for author in self.nodes[Kind.AUTHOR])

    def paper(self, title: str) -> Json:
        (row,) = [paper for paper in self.nodes[Kind.PAPER] if paper["title"] == title]
        return row

    def authors(self, title: str) -> list[tuple[str, int | None, str | None]]:
        people = self.nodes[Kind.AUTHOR]
        return [(people[each["author"]]["name"], each["position"], each["name_as_printed"]) for each in self.printed(title)]

    def printed(self, title: str) -> list[Json]:
        row = self.nodes[Kind.PAPER].index(self.paper(title))
        return [each for each in self.nodes[Kind.AUTHORSHIP] if each["paper"] == row]

    def far(self, link: str, kind: Kind, title: str) -> list[str]:
        """Names or codes of the far ends of a link of a paper, in their order."""
        row = self.nodes[Kind.PAPER].index(self.paper(title))
        nodes = self.nodes[kind]
        far_rows = [nodes[each[kind]] for each in self.links[link] if each["paper"] == row]
        return [each.get("code") or each["name"] for each in far_rows]

    def person(self, name: str) -> Json:
        (row,) = [author for author in self.nodes[Kind.AUTHOR] if name in author["names"]]
        return row

    def citations(self) -> list[tuple[str, str]]:
        papers = self.nodes[Kind.PAPER]
        return sorted((papers[each["citing"]]["title"], papers[each["cited"]]["title"]) for each in self.links["citation"])

    def rules(self) -> list[tuple[str, str, str]]:
        return sorted((each["left"], each["right"], each["rule"]) for each in self.links["decision"] if each["joined"])

    def resolve(self, kind: Kind, key: str) -> Json:
        """The node to which the public id of a key leads, itself or through an alias."""
        return self.follow(kind, public_id(kind, key))

    def follow(self, kind: Kind, identifier: str) -> Json:
        for node in self.nodes[kind]:
            if node["id"] == identifier:
                return node
        (row,) = [each["row"] for each in self.links["alias"] if each["id"] == identifier]
        return self.nodes[kind][row]


def normal(records: list[Json]) -> list[Json]:
    dumped = []
    for line, record in enumerate(records, start=1):
        parsed = parse(record, "test", line)
        assert not isinstance(parsed, Notice), str(parsed)
        dumped.append(dump(parsed))
    return dumped


def paper(title: str, *names: str | Json, **members: Any) -> Json:
    """A paper record; an author is a name, or a dict of members. Without names it says nothing about authors."""
    authors = [{"name": name} if isinstance(name, str) else name for name in names]
    return {"type": "paper", "title": title, "authors": authors or None, **members}


def who(name: str, identifier: str | None = None, **members: Any) -> Json:
    return {"name": name, "id": identifier, **members}
