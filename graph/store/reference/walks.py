"""The facts as a networkx.MultiDiGraph, and the hops on it as plain loops.

paper  --authorship-->   author         row, position, name_as_printed, corresponding, country_codes; one each time printed
author --affiliation-->  institution    paper, authorship, place; one edge for each institution of each authorship
paper  --institution-->  institution    of the paper as a whole
paper  --category-->     category       in the order of the source
paper  --citation-->     paper
category --parent-->     category
paper  --venue-->        venue
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import networkx as nx

from byline.graph.metrics.similarity import MOST_LINKS
from byline.graph.model import LETTERS, PAPER_AUTHORS, Edge, Facts, Kind
from byline.graph.request import Scalar, Window
from byline.graph.store.reference.plain import End


class Walks:
    """A MultiDiGraph whose nodes are keyed by public id, and the hops of graph/model.py on it."""

    def __init__(self, facts: Facts) -> None:
        self.graph = nx.MultiDiGraph()
        self.ids: dict[Kind, list[str]] = {kind: facts.nodes[kind]["id"].to_pylist() for kind in LETTERS}
        self.authorships: list[dict[str, Any]] = facts.nodes[Kind.AUTHORSHIP].to_pylist()
        self._people: dict[str, list[str]] = {}
        self._add_nodes(facts)
        self._add_edges(facts)

    def _add_nodes(self, facts: Facts) -> None:
        for kind in LETTERS:
            for row, columns in enumerate(facts.nodes[kind].to_pylist()):
                self.graph.add_node(columns["id"], kind=kind, row=row, **columns)

    def _add_edges(self, facts: Facts) -> None:
        ids, graph = self.ids, self.graph
        for row, columns in enumerate(self.authorships):
            printed = {"row": row} | {name: columns[name] for name in PAPER_AUTHORS.values}
            paper, author = ids[Kind.PAPER][columns["paper"]], ids[Kind.AUTHOR][columns["author"]]
            graph.add_edge(paper, author, key=("authorship", row), edge="authorship", **printed)
        for place, link in enumerate(facts.links["authorship_institution"].to_pylist()):
            row, institution = link["authorship"], ids[Kind.INSTITUTION][link["institution"]]
            author = ids[Kind.AUTHOR][self.authorships[row]["author"]]
            paper = ids[Kind.PAPER][self.authorships[row]["paper"]]
            named = {"paper": paper, "authorship": row, "place": place}
            graph.add_edge(author, institution, key=("affiliation", row), edge="affiliation", **named)
        for edge, near, far, kind in (
            ("institution", "paper", "institution", Kind.INSTITUTION),
            ("category", "paper", "category", Kind.CATEGORY),
            ("citation", "citing", "cited", Kind.PAPER),
        ):
            for link in facts.links[edge if edge == "citation" else f"paper_{edge}"].to_pylist():
                graph.add_edge(ids[Kind.PAPER][link[near]], ids[kind][link[far]], key=edge, edge=edge)
        for code in ids[Kind.CATEGORY]:
            if (parent := graph.nodes[code]["parent"]) is not None:
                graph.add_edge(code, ids[Kind.CATEGORY][parent], key="parent", edge="parent")

        for paper in ids[Kind.PAPER]:
            if (venue := graph.nodes[paper]["venue"]) is not None:
                graph.add_edge(paper, ids[Kind.VENUE][venue], key="venue", edge="venue")

    def row(self, node: str) -> int:
        """The place of a node among those of its kind, in the order of their ids."""
        row: int = self.graph.nodes[node]["row"]
        return row

    def _out(self, node: str, edge: str) -> list[tuple[str, dict[str, Any]]]:
        return [(far, data) for _, far, data in self.graph.out_edges(node, data=True) if data["edge"] == edge]

    def _in(self, node: str, edge: str) -> list[tuple[str, dict[str, Any]]]:
        return [(near, data) for near, _, data in self.graph.in_edges(node, data=True) if data["edge"] == edge]

    def _once(self, nodes: Iterable[str]) -> list[str]:
        """Each node once, in the order of their rows."""
        return sorted(set(nodes))

    # Lists of nodes, each node once.

    def authors(self, paper: str) -> list[str]:
        """The people of a paper, looked up once: a hop asks for those of one paper many times."""
        if paper not in self._people:
            self._people[paper] = self._once(author for author, _ in self._out(paper, "authorship"))
        return self._people[paper]

    def papers(self, author: str) -> list[str]:
        """The papers of a person."""
        return self._once(paper for paper, _ in self._in(author, "authorship"))

    def institutions(self, paper: str) -> list[str]:
        """The institutions of a paper, through an authorship or as a whole."""
        whole = [institution for institution, _ in self._out(paper, "institution")]
        for author in self.authors(paper):
            whole += [institution for institution, data in self._out(author, "affiliation") if data["paper"] == paper]
        return self._once(whole)

    def institution_papers(self, institution: str) -> list[str]:
        """The papers with an institution, through an authorship or as a whole."""
        whole = [paper for paper, _ in self._in(institution, "institution")]
        return self._once(whole + [data["paper"] for _, data in self._in(institution, "affiliation")])

    def venue_papers(self, venue: str) -> list[str]:
        """The papers of a venue."""
        return self._once(paper for paper, _ in self._in(venue, "venue"))

    def categories(self, paper: str) -> list[str]:
        """The categories of a paper as the source has them, the primary one first."""
        return [category for category, _ in self._out(paper, "category")]

    def within(self, category: str) -> set[str]:
        """A category and all below it. The tree is the sources' own: a circle in it ends the walk."""
        seen, waiting = {category}, [category]
        while waiting:
            for child, _ in self._in(waiting.pop(), "parent"):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return seen

    def category_papers(self, category: str) -> list[str]:
        """The papers in a category or one below it."""
        return self._once(paper for code in self.within(category) for paper, _ in self._in(code, "category"))

    # What is known.

    @cached_property
    def citations_known(self) -> bool:
        """Whether the graph knows any citation, by a paper of the graph or by a work outside of it."""
        outside = any(self.graph.nodes[paper]["unresolved_citations"] for paper in self.ids[Kind.PAPER])
        return outside or any(data["edge"] == "citation" for _, _, data in self.graph.edges(data=True))

    def authorship_rows(self, node: str) -> list[int]:
        """The authorships of a paper or of a person."""
        ends = self._out if self.graph.nodes[node]["kind"] is Kind.PAPER else self._in
        return [data["row"] for _, data in ends(node, "authorship")]

    def all_affiliated(self, authorships: list[int]) -> bool:
        """Whether there are authorships, each with an institution."""
        return bool(authorships) and all(self.authorship_institutions(row) for row in authorships)

    def has_own_institutions(self, paper: str) -> bool:
        """Whether a source states institutions of a paper as a whole."""
        return bool(self._out(paper, "institution"))

    # What papers make of an edge.

    def inside(self, paper: str, window: Window | None) -> bool:
        """Whether a paper counts in a window."""
        if window is None:
            return True
        node = self.graph.nodes[paper]
        year, people = node["year"], max(node["author_count"] or 0, len(self.authors(paper)))
        if year is None and (window.first_year is not None or window.last_year is not None):
            return False
        return (
            (window.first_year is None or year >= window.first_year)
            and (window.last_year is None or year <= window.last_year)
            and (window.max_authors is None or people <= window.max_authors)
        )

    def span(self, papers: Iterable[str]) -> dict[str, Scalar]:
        """How many papers, and the years between which they lie."""
        nodes = [self.graph.nodes[paper] for paper in set(papers)]
        years = [node["year"] for node in nodes if node["year"] is not None]
        return {"paper_count": len(nodes), "first_year": min(years, default=None), "last_year": max(years, default=None)}

    def _newman(self, papers: list[str]) -> dict[str, Scalar]:
        """Newman 2001: 1/(n-1) for each joint paper that states its number of authors, added in the order of the rows."""
        weight, uncounted = 0.0, 0
        for paper in papers:
            stated = self.graph.nodes[paper]["author_count"]
            if stated is None:
                uncounted += 1
            else:
                weight += 1.0 / (max(stated, len(self.authors(paper))) - 1)
        return {"weight": weight, "uncounted_papers": uncounted}

    def _ends(self, joint: Iterable[tuple[str, str]], window: Window | None, newman: bool = False) -> list[End]:
        """One entry a far end, made of all its papers inside the window; `joint` pairs far ends with papers."""
        shared: dict[str, set[str]] = {}
        for far, paper in joint:
            if self.inside(paper, window):
                shared.setdefault(far, set()).add(paper)
        return [End(far, self.span(papers) | (self._newman(sorted(papers)) if newman else {})) for far, papers in shared.items()]

    def _coauthors(self, author: str, window: Window | None) -> list[End]:
        joint = ((other, paper) for paper in self.papers(author) for other in self.authors(paper) if other != author)
        return self._ends(joint, window, newman=True)

    def _affiliations(self, author: str, window: Window | None) -> list[End]:
        return self._ends(((far, data["paper"]) for far, data in self._out(author, "affiliation")), window)

    def _institution_authors(self, institution: str, window: Window | None) -> list[End]:
        return self._ends(((near, data["paper"]) for near, data in self._in(institution, "affiliation")), window)

    def _venue_authors(self, venue: str, window: Window | None) -> list[End]:
        return self._ends(((author, paper) for paper in self.venue_papers(venue) for author in self.authors(paper)), window)

    def _collaborations(self, institution: str, window: Window | None) -> list[End]:
        papers = self.institution_papers(institution)
        joint = ((other, paper) for paper in papers for other in self.institutions(paper) if other != institution)
        return self._ends(joint, window)

    @cached_property
    def _outside(self) -> dict[str, list[str]]:
        """The papers that cite each work that is not in this graph, in the order of their rows."""
        citing_papers: dict[str, list[str]] = {}
        for paper in self.ids[Kind.PAPER]:
            for work in self.graph.nodes[paper]["unresolved_references"] or []:
                citing_papers.setdefault(work, []).append(paper)
        return citing_papers

    def _outside_coupled(self, paper: str, window: Window | None) -> list[End]:
        """Other papers by how many of the works outside that a paper cites they cite too."""
        lists = [self._outside[work] for work in self.graph.nodes[paper]["unresolved_references"] or []]
        shared = Counter(other for papers in lists if len(papers) <= MOST_LINKS for other in papers if other != paper)
        return [End(other, {"shared_count": count}) for other, count in shared.items()]

    # Authorships keep their row.

    def _printed(self, authorships: Iterable[tuple[str, dict[str, Any]]]) -> list[End]:
        ends = [End(node, data, data["row"]) for node, data in authorships]
        return sorted(ends, key=lambda end: end.authorship or 0)

    def _author_papers(self, author: str) -> list[End]:
        """Each paper by the first authorship that names the person on it."""
        first: dict[str, End] = {}
        for end in self._printed(self._in(author, "authorship")):
            first.setdefault(end.node, end)
        return list(first.values())

    def authorship_institutions(self, row: int) -> list[End]:
        """The institutions of one author on one paper, as printed."""
        author = self.ids[Kind.AUTHOR][self.authorships[row]["author"]]
        named = [(data["place"], far) for far, data in self._out(author, "affiliation") if data["authorship"] == row]
        return [End(institution) for _, institution in sorted(named)]

    def hop(self, edge: Edge, node: str, window: Window | None = None) -> list[End]:
        """The far ends of a hop from a node that has a public id."""
        derived: dict[str, Callable[[str, Window | None], list[End]]] = {
            "coauthors": self._coauthors,
            "affiliations": self._affiliations,
            "institution_authors": self._institution_authors,
            "collaborations": self._collaborations,
            "venue_authors": self._venue_authors,
            "outside_coupled": self._outside_coupled,
        }
        if edge.name in derived:
            return derived[edge.name](node, window)
        if edge.name == "paper_authors":
            return self._printed(self._out(node, "authorship"))
        if edge.name == "author_papers":
            return self._author_papers(node)
        return [End(far) for far in self._nodes(edge.name, node, window)]

    def _nodes(self, name: str, node: str, window: Window | None) -> list[str]:
        match name:
            case "references":
                return [far for far, _ in self._out(node, "citation")]
            case "cited_by":
                return [near for near, _ in self._in(node, "citation")]
            case "paper_categories":
                return self.categories(node)
            case "paper_institutions":
                return self.institutions(node)
            case "institution_papers":
                return self.institution_papers(node)
            case "paper_venue":
                return [far for far, _ in self._out(node, "venue")]
            case "venue_papers":
                return self.venue_papers(node)
            case "category_papers":
                return self.category_papers(node)
            case "category_children":
                return [near for near, _ in self._in(node, "parent")]
            case "category_parent":
                return [far for far, _ in self._out(node, "parent")]
            case "category_authors":
                papers = [paper for paper in self.category_papers(node) if self.inside(paper, window)]
                return self._once(author for paper in papers for author in self.authors(paper))
        raise KeyError(name)

    def pair(self, edge: Edge, left: str, right: str, window: Window | None) -> list[End]:
        """The papers that two people or two institutions share, or that two papers cite or are cited by."""
        papers: Callable[[str], Iterable[str]] = {
            "joint_papers": self.papers,
            "common_papers": self.institution_papers,
            "shared_references": lambda paper: [far for far, _ in self._out(paper, "citation")],
            "shared_citations": lambda paper: [near for near, _ in self._in(paper, "citation")],
        }[edge.name]
        both = set(papers(left)) & set(papers(right))
        return [End(paper) for paper in self._once(both) if self.inside(paper, window)]
