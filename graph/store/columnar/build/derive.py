"""Facts to adjacency on the disk: every edge in both directions, and the edges that papers make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import COAUTHORS, Facts, Kind
from byline.graph.store.columnar.edges import derived_edges
from byline.graph.store.columnar.edges.category_tree import ancestors, people_of
from byline.graph.store.columnar.edges.huge_teams import huge_teams
from byline.graph.store.columnar.edges.pair_lists import EdgeFiles, Laid, Pairs, Piece, chunks, laid, numbered
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.edges.shared import newman
from byline.graph.store.columnar.edges.ties import Met, write_ties
from byline.graph.store.columnar.edges.unlisted import affiliated
from byline.graph.store.columnar.files.csr import NULL, Csr, Numbers, Places, groups_of
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.load import array
from byline.graph.store.columnar.files.pack import bits, order, tight
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds
from byline.graph.store.protocol import Flags, Rows


def numbers(column: pa.ChunkedArray) -> Numbers:
    """A 32-bit column as numpy, NULL where it is null."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    if column.num_chunks == 1 and not column.null_count:
        plain: Numbers = column.chunk(0).to_numpy()
        return plain
    filled: Numbers = column.fill_null(int(NULL)).to_numpy().astype(np.int32, copy=False)
    return filled


@dataclass
class Adjacency:
    """Everything that is derived from links: adjacency by edge name and what runs beside it, mapped from its files.

    `newest[paper]` is the place of a paper among all, the newest first, and `by_newest` the papers in that order.
    """

    sizes: dict[Kind, int]
    newest: Numbers
    by_newest: Numbers
    known_authors: Numbers
    institutions_complete: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    affiliations_complete: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    met: Met = field(default_factory=Met)
    csr: dict[str, Csr] = field(default_factory=dict)
    values: dict[str, dict[str, npt.NDArray[np.generic]]] = field(default_factory=dict)

    def lengths(self, edge: str) -> Places:
        """How long each list of an edge is, whether it is kept or not."""
        return self.met.worked.lengths_of(self.csr[edge]) if edge == COAUTHORS.name else np.diff(self.csr[edge].offsets)


def derive(facts: Facts, disk: Disk, bounds: PairBounds = BOUNDS) -> Adjacency:
    """All adjacency of a set of facts. Lists of papers lie newest first, lists of people and institutions by row.

    Columns of authorships and links are read in place; give them mapped, and they need no memory.
    """
    paper = facts.nodes[Kind.PAPER]
    sizes = {kind: table.num_rows for kind, table in facts.nodes.items()}
    year, day = numbers(paper["year"]), numbers(paper["published_on"])
    by_newest = order(tight(year, True), tight(day, True), np.arange(len(year))).astype(np.int32)
    newest = np.empty(len(year), np.int32)
    newest[by_newest] = np.arange(len(year), dtype=np.int32)
    edges = _Edges(disk, Adjacency(sizes, newest, by_newest, np.zeros(0, np.int32)))
    papers = numbers(facts.nodes[Kind.AUTHORSHIP]["paper"])
    edges.authorships(papers, numbers(facts.nodes[Kind.AUTHORSHIP]["author"]))
    known_authors = edges.adjacency.known_authors
    edges.links(facts, papers)
    edges.affiliations(facts, papers)
    count = numbers(paper["author_count"])
    weight = array(disk.save("paper_weight", newman(count, known_authors)))
    disk.save("team_size", np.maximum(np.where(count == NULL, 0, count), known_authors).astype(np.int32))
    adjacency, edge_inputs = edges.adjacency, EdgeInputs(sizes, edges.adjacency.csr, year, weight, papers)
    unkept = huge_teams(known_authors, adjacency.csr["paper_authors"], bounds.max_kept_team)
    adjacency.met = write_ties(disk, adjacency.csr, adjacency.values, edge_inputs, unkept, bounds)
    derived_edges.write(disk, adjacency.csr, adjacency.values, edge_inputs)
    return adjacency


class _Edges:
    def __init__(self, disk: Disk, adjacency: Adjacency) -> None:
        self.disk, self.adjacency = disk, adjacency

    def size(self, kind: Kind) -> int:
        return self.adjacency.sizes[kind]

    def keep(self, name: str, pairs: Pairs, entry: Callable[[Laid], Rows]) -> None:
        """Lay pairs down as an edge; `entry` tells far ends from keys."""
        files = EdgeFiles(self.disk, name)
        for part in laid(pairs, self.disk.entries):
            files.append(part.lengths, entry(part))
        self.adjacency.csr[name], _ = files.close()

    def by_paper(
        self, name: str, kind: Kind, pieces: Callable[[], Iterator[tuple[Rows, Rows]]], distinct: int | None = None
    ) -> None:
        """An edge to papers, the newest first."""
        newest = self.adjacency.newest

        def keyed() -> Iterator[Piece]:
            return ((sources, newest[papers]) for sources, papers in pieces())

        self.keep(name, Pairs(self.size(kind), len(newest), keyed, distinct), lambda part: self.adjacency.by_newest[part.keys])

    def in_order_of_links(self, name: str, kind: Kind, left: Rows, right: Rows) -> None:
        """An edge whose lists keep the order of the links."""
        self.keep(name, Pairs(self.size(kind), len(left), numbered(left)), lambda part: right[part.keys])

    def authorships(self, papers: Rows, authors: Rows) -> None:
        lengths = np.zeros(self.size(Kind.PAPER), np.int64)
        for (part,) in chunks(papers):
            lengths += np.bincount(part, minlength=len(lengths))
        files = EdgeFiles(self.disk, "paper_authors")
        files.append(lengths, authors)
        self.adjacency.csr["paper_authors"], _ = files.close()
        self.keep(
            "author_authorships",
            Pairs(self.size(Kind.AUTHOR), len(papers), numbered(authors)),
            lambda part: part.keys.astype(np.int32),
        )
        self._author_papers(papers, authors)
        # People of a paper, each once: what a person's list of papers has, seen from the papers.
        known_authors = np.zeros(len(lengths), np.int32)
        for (part,) in chunks(self.adjacency.csr["author_papers"].targets):
            known_authors += np.bincount(part, minlength=len(known_authors)).astype(np.int32)
        self.adjacency.known_authors = known_authors
        self.disk.save("known_authors", known_authors)

    def _author_papers(self, papers: Rows, authors: Rows) -> None:
        """A person printed twice on a paper has it once in their list, with the first of the two authorships."""
        newest, first_of = self.adjacency.newest, self.adjacency.csr["paper_authors"].offsets
        width = bits(int(np.diff(first_of).max(initial=0)))

        def pieces() -> Iterator[Piece]:
            start = 0
            for paper, author in chunks(papers, authors):
                within = np.arange(start, start + len(paper)) - first_of[paper]
                yield author, (newest[paper].astype(np.int64) << width) | within
                start += len(paper)

        files = EdgeFiles(self.disk, "author_papers", [("authorship", np.int32)])
        most = (len(newest) << width) | ((1 << width) - 1)
        for part in laid(Pairs(self.size(Kind.AUTHOR), most, pieces, distinct=width), self.disk.entries):
            paper = self.adjacency.by_newest[part.keys >> np.uint64(width)]
            within = (part.keys & np.uint64((1 << width) - 1)).astype(np.int64)
            files.append(part.lengths, paper, authorship=first_of[paper] + within)
        self.adjacency.csr["author_papers"], self.adjacency.values["author_papers"] = files.close()

    def links(self, facts: Facts, paper_of: Rows) -> None:
        def pair(link: str, left: str, right: str) -> tuple[Rows, Rows]:
            return numbers(facts.links[link][left]), numbers(facts.links[link][right])

        citing, cited = pair("citation", "citing", "cited")
        self.by_paper("references", Kind.PAPER, lambda: chunks(citing, cited))  # type: ignore[arg-type,return-value]
        self.by_paper("cited_by", Kind.PAPER, lambda: chunks(cited, citing))  # type: ignore[arg-type,return-value]
        parent = numbers(facts.nodes[Kind.CATEGORY]["parent"])
        child = np.flatnonzero(parent != NULL).astype(np.int32)
        self.in_order_of_links("category_children", Kind.CATEGORY, parent[child], child)
        paper, category = pair("paper_category", "paper", "category")
        self.in_order_of_links("paper_categories", Kind.PAPER, paper, category)
        self.by_paper("category_papers_direct", Kind.CATEGORY, lambda: chunks(category, paper))  # type: ignore[arg-type,return-value]
        self._categories(parent, category, paper)
        venue = numbers(facts.nodes[Kind.PAPER]["venue"])
        somewhere = np.flatnonzero(venue != NULL).astype(np.int32)
        self.in_order_of_links("paper_venue", Kind.PAPER, somewhere, venue[somewhere])
        self.by_paper("venue_papers", Kind.VENUE, lambda: chunks(venue[somewhere], somewhere))  # type: ignore[arg-type,return-value]
        authorship, institution = pair("authorship_institution", "authorship", "institution")
        self.in_order_of_links("authorship_institutions", Kind.AUTHORSHIP, authorship, institution)
        self.in_order_of_links("institution_authorships", Kind.INSTITUTION, institution, authorship)
        stated, where = pair("paper_institution", "paper", "institution")

        def places() -> Iterator[tuple[Rows, Rows]]:
            for authorships, institutions in chunks(authorship, institution):
                yield paper_of[authorships], institutions
            yield from chunks(stated, where)  # type: ignore[misc]

        self.keep(
            "paper_institutions",
            Pairs(self.size(Kind.PAPER), self.size(Kind.INSTITUTION), places, distinct=0),
            lambda part: part.keys.astype(np.int32),
        )
        self.by_paper("institution_papers", Kind.INSTITUTION, lambda: ((far, near) for near, far in places()), distinct=0)

    def affiliations(self, facts: Facts, papers: Rows) -> None:
        """Of which papers, and of which people, all institutions are known."""
        authors = numbers(facts.nodes[Kind.AUTHORSHIP]["author"])
        named_in = self.adjacency.csr["authorship_institutions"]
        whole, self.adjacency.affiliations_complete = affiliated(named_in, self.adjacency.sizes, papers, authors)
        whole[numbers(facts.links["paper_institution"]["paper"])] = True
        self.adjacency.institutions_complete = whole & facts.nodes[Kind.PAPER]["author_list_complete"].to_numpy().astype(np.bool_)

    def _categories(self, parent: Numbers, category: Rows, paper: Rows) -> None:
        """Papers and people of a category, those of the categories below it included."""
        above = ancestors(parent)

        def papers() -> Iterator[tuple[Rows, Rows]]:
            for categories, papers in chunks(category, paper):
                offsets, places = above.gather(categories)
                yield above.targets[places], papers[groups_of(offsets)]

        self.by_paper("category_papers", Kind.CATEGORY, papers, distinct=0)
        files = EdgeFiles(self.disk, "category_authors")
        for people in people_of(
            self.adjacency.csr["category_papers"], self.adjacency.csr["paper_authors"], self.size(Kind.AUTHOR)
        ):
            files.append(np.array([len(people)]), people)
        self.adjacency.csr["category_authors"], _ = files.close()
