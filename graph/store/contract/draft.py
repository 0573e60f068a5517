"""Draft: facts put together by hand. Nodes are named by short keys, `facts()` turns them into sorted rows."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from byline.graph.ids import public_id
from byline.graph.model import KINDS, LETTERS, LINKS, Facts, Kind, Source, facts_schema

# Columns that name a node by its key in a draft, by its row in the facts.
_ROWS = {"parent": Kind.CATEGORY, "stated_category": Kind.CATEGORY, "venue": Kind.VENUE}


def node_id(kind: Kind, key: str) -> str:
    """The public id that a drafted node has."""
    return public_id(kind, key)


def _title(kind: Kind, key: str) -> dict[str, Any]:
    match kind:
        case Kind.AUTHOR | Kind.INSTITUTION | Kind.VENUE:
            return {"name": key, "names": [key], "external_ids": []}
        case Kind.PAPER:
            return {
                "title": key,
                "external_ids": [],
                "author_list_complete": True,
                "unresolved_references": [],
                "references_complete": True,
                "unresolved_citations": [],
            }
        case _:
            return {"code": key, "name": key}


@dataclass
class Draft:
    """A small graph in the making. Keys are remembered in the order in which they come."""

    nodes: dict[Kind, dict[str, dict[str, Any]]] = field(default_factory=lambda: {kind: {} for kind in LETTERS})
    authorships: list[dict[str, Any]] = field(default_factory=list)
    paper_institutions: list[tuple[str, str]] = field(default_factory=list)
    paper_categories: list[tuple[str, str]] = field(default_factory=list)
    citations: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[tuple[Kind, str, str]] = field(default_factory=list)

    def node(self, kind: Kind, key: str, **columns: Any) -> str:
        """Add or amend a node; others are named by key: a category in `parent` and `stated_category`, a venue in `venue`."""
        node_columns = self.nodes[kind].setdefault(key, {"id": node_id(kind, key), "reported": [], **_title(kind, key)})
        node_columns.update(columns)
        if "name" in columns and "names" in KINDS[kind].names and "names" not in columns:
            node_columns["names"] = [columns["name"]]
        return key

    def author(self, key: str, **columns: Any) -> str:
        """A person, named by the key unless a name is given."""
        return self.node(Kind.AUTHOR, key, **columns)

    def institution(self, key: str, **columns: Any) -> str:
        """An institution, named by the key unless a name is given."""
        return self.node(Kind.INSTITUTION, key, **columns)

    def venue(self, key: str, **columns: Any) -> str:
        """A venue, named by the key unless a name is given."""
        return self.node(Kind.VENUE, key, **columns)

    def category(self, key: str, **columns: Any) -> str:
        """A category, whose code is the key; `parent` is the key of another."""
        if columns.get("parent") is not None:
            self.node(Kind.CATEGORY, columns["parent"])
        return self.node(Kind.CATEGORY, key, **columns)

    def paper(
        self,
        key: str,
        authors: list[str] | None = None,
        categories: list[str] | None = None,
        cites: list[str] | None = None,
        institutions: list[str] | None = None,
        **columns: Any,
    ) -> str:
        """A paper; its authors are given in printed order, "name@institution+institution" where the source says so."""
        self.node(Kind.PAPER, key, **columns)
        if columns.get("venue") is not None:
            self.venue(columns["venue"])
        for position, entry in enumerate(authors or [], 1):
            author, _, places = entry.partition("@")
            self.printed(key, self.author(author), position, author, [p for p in places.split("+") if p])
        for category in categories or []:
            self.paper_categories.append((key, self.category(category)))
        for cited in cites or []:
            self.citations.append((key, self.node(Kind.PAPER, cited)))
        for institution in institutions or []:
            self.paper_institutions.append((key, self.institution(institution)))
        return key

    def printed(
        self,
        paper: str,
        author: str,
        position: int | None,
        name: str | None,
        institutions: list[str] | None = None,
        corresponding: bool | None = None,
        country_codes: list[str | None] | None = None,
    ) -> None:
        """A name on a paper; no position where the printed list stops before it."""
        self.author(author)
        for institution in institutions or []:
            self.institution(institution)
        self.authorships.append(
            {
                "paper": paper,
                "author": author,
                "position": position,
                "name": name,
                "institutions": institutions or [],
                "corresponding": corresponding,
                "country_codes": country_codes or [],
            }
        )

    def row(self, kind: Kind, key: str) -> int:
        """The row that a node has in the facts."""
        return sorted(node["id"] for node in self.nodes[kind].values()).index(self.nodes[kind][key]["id"])

    def rows(self, kind: Kind, *keys: str) -> list[int]:
        """The rows of several nodes."""
        return [self.row(kind, key) for key in keys]

    def key(self, kind: Kind, row: int) -> str:
        """The key of the node at a row."""
        return sorted(self.nodes[kind], key=lambda key: self.nodes[kind][key]["id"])[row]

    def facts(self) -> Facts:
        """What stores are made from."""
        at = {
            kind: {key: row for row, key in enumerate(sorted(named, key=lambda key: named[key]["id"]))}
            for kind, named in self.nodes.items()
        }
        tables = {kind: self._table(kind, at) for kind in LETTERS}
        printed = sorted(
            self.authorships,
            key=lambda one: (
                at[Kind.PAPER][one["paper"]],
                one["position"] is None,
                one["position"] or 0,
                at[Kind.AUTHOR][one["author"]],
            ),
        )
        tables[Kind.AUTHORSHIP] = pa.Table.from_pylist(
            [
                {
                    "paper": at[Kind.PAPER][one["paper"]],
                    "author": at[Kind.AUTHOR][one["author"]],
                    "position": one["position"],
                    "name_as_printed": one["name"],
                    "corresponding": one["corresponding"],
                    "country_codes": one["country_codes"],
                }
                for one in printed
            ],
            facts_schema(Kind.AUTHORSHIP),
        )
        return Facts(tables, self._links(at, printed), (Source("draft", 1, 0),))

    def _table(self, kind: Kind, at: dict[Kind, dict[str, int]]) -> pa.Table:
        rows = []
        for columns in sorted(self.nodes[kind].values(), key=lambda columns: str(columns["id"])):
            named = {name: at[far][columns[name]] for name, far in _ROWS.items() if columns.get(name) is not None}
            rows.append({**columns, **named})
        return pa.Table.from_pylist(rows, facts_schema(kind))

    def _links(self, at: dict[Kind, dict[str, int]], printed: list[dict[str, Any]]) -> dict[str, pa.Table]:
        def table(name: str, pairs: list[tuple[Any, Any]]) -> pa.Table:
            columns = LINKS[name].names
            return pa.Table.from_pylist([dict(zip(columns, pair, strict=True)) for pair in pairs], LINKS[name])

        papers, institutions, categories = at[Kind.PAPER], at[Kind.INSTITUTION], at[Kind.CATEGORY]
        named = [(row, institutions[place]) for row, one in enumerate(printed) for place in one["institutions"]]
        whole = sorted(((papers[p], institutions[i]) for p, i in self.paper_institutions), key=lambda pair: pair[0])
        sorted_under = sorted(((papers[p], categories[c]) for p, c in self.paper_categories), key=lambda pair: pair[0])
        cited = sorted(((papers[a], papers[b]) for a, b in self.citations), key=lambda pair: pair[0])
        aliases = sorted((node_id(kind, old), at[kind][key]) for kind, old, key in self.aliases)
        return {
            "authorship_institution": table("authorship_institution", named),
            "paper_institution": table("paper_institution", whole),
            "paper_category": table("paper_category", sorted_under),
            "citation": table("citation", cited),
            "alias": table("alias", aliases),
            "decision": LINKS["decision"].empty_table(),
        }
