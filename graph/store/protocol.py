"""What every store answers: a core of five methods and capabilities over it, each for a whole batch.

A store has to write the core (`StoreCore`). The capabilities have defaults over it (`byline.graph.store.defaults`), which a store
inherits and overrides where it can do better; a caller cannot tell which it got, but for the time it takes.

Rows are int32 numbers of nodes within their kind, in the order of their ids; they mean nothing outside one store object.
Each docstring has two lists; every clause of them is a test in `tests/contract/`, run on every store.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from byline.graph.model import Kind
from byline.graph.request import Complete, Facet, HitFacet, Hop, Key, Page, Prediction, Route, Search, Select, Where, Window
from byline.graph.store.answers import AMBIGUOUS as AMBIGUOUS
from byline.graph.store.answers import MISSING as MISSING
from byline.graph.store.answers import Array as Array
from byline.graph.store.answers import Completed as Completed
from byline.graph.store.answers import Counts as Counts
from byline.graph.store.answers import Degree as Degree
from byline.graph.store.answers import FacetSource as FacetSource
from byline.graph.store.answers import Flags as Flags
from byline.graph.store.answers import Offsets as Offsets
from byline.graph.store.answers import Paths as Paths
from byline.graph.store.answers import Ragged as Ragged
from byline.graph.store.answers import Rows as Rows
from byline.graph.store.answers import Scores as Scores
from byline.graph.store.answers import SearchPage as SearchPage
from byline.graph.store.answers import SnapshotInfo as SnapshotInfo
from byline.graph.store.answers import Status as Status
from byline.graph.store.small import SmallReads


class StoreCore(Protocol):
    """What a store has to write itself: keys, root lists, hops, columns, and what it holds."""

    async def lookup(self, kind: Kind, keys: Sequence[Key]) -> Rows:
        """The row of each key.

        The caller guarantees: `kind` has a public identity.
        You must: answer as many rows as keys, in their order; MISSING for what is not there, a malformed id included;
        AMBIGUOUS for a name that several nodes bear; follow ids that were merged away; compare names by `text.compact`
        over every form a node was printed under; compare DOIs, arXiv ids, ORCIDs and RORs in their normal form.
        """

    async def find(self, kind: Kind, select: Select) -> Ragged:
        """All nodes of a kind that fit, ordered and cut: a batch of one list.

        The caller guarantees: orders and conditions name columns of `kind`; no `values`.
        You must: break ties by id, put nulls last in both directions; give `totals` before paging where asked.
        """

    async def expand(self, hop: Hop, rows: Rows, select: Select) -> Ragged:
        """The far ends of a hop from each row.

        The caller guarantees: every row exists in `hop.edge.source`; `rows` has the shape (n, 2) for pair hops, else
        (n,); a window only on windowed edges; `select.values`, orders and conditions on the edge are
        among `hop.edge.values`.
        You must: answer one list a row, in the order of the rows, repeated rows included; each far end once a list,
        except the printed author list; never the row itself among its coauthors or collaborations; filter before
        paging; compute edge values from the papers of the window alone; take steps through the papers of the window
        alone, and of two ways to a person count the shorter one.
        """

    async def columns(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Array]:
        """Columns of nodes, as Arrow arrays with the declared types.

        The caller guarantees: every row exists, every name is declared for `kind`.
        You must: answer one array a name, each as long as `rows` and in their order.
        """

    async def snapshot(self) -> SnapshotInfo:
        """What this store serves: version, counts, sources.

        You must: count authors, papers, institutions, categories, venues, authorships, citations, outside_citations,
        unresolved_references, and of how many papers the graph lacks something: incomplete_author_lists,
        incomplete_reference_lists, incomplete_institution_lists, uncategorised_papers, undated_papers, papers_without_venue; say
        of each measure of the whole graph how it was made, and why where it was not; state the `degrees` of all edges that are no
        pairs, but for papers, authors and parents of categories, collaborators and works outside, and the `widths` of the columns
        that are given (`byline.graph.store.widths`).
        """


class Store(StoreCore, Protocol):
    """A graph to read. Immutable: one store object answers from one snapshot for as long as it lives.

    `direct` answers small batches at once, where the data lies in this process; None elsewhere.
    """

    @property
    def direct(self) -> SmallReads | None:
        """See `graph/store/small.py`."""

    async def values(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[list[Any]]:
        """Columns of a few nodes, as Python values: the same as `columns`, for answers too small to be worth an array.

        The caller guarantees: every row exists, every name is declared for `kind`.
        You must: answer one list a name, each as long as `rows` and in their order; None for null.
        """

    async def candidates(self, kind: Kind, keys: Sequence[Key]) -> list[Rows]:
        """The rows that each key may mean: of an AMBIGUOUS one those of all who bear it.

        The caller guarantees: `kind` has a public identity.
        You must: answer one array a key, in their order; rows ascending, each once; the row that `lookup` answers where it
        answers one, and nothing for MISSING.
        """

    async def facet(self, source: FacetSource, rows: Rows, where: Where, by: Facet | HitFacet, page: Page) -> Counts:
        """Papers of each list counted by what a facet says (`byline.graph.facets`); `source` is a hop, or PAPER for the root
        list, or a search for the papers among all that it finds (then `rows` is ignored and there is one list), or lists of
        papers that were read before (then `rows` is ignored).

        The caller guarantees: the hop's target, or the kind, is PAPER; cursors of the page are (count, label, key); a HitFacet
        only with a search; no `where` with a search or with lists; no paper twice in a list.
        You must: count each paper once a key, all of its categories, institutions, countries or distinct authors included, and
        papers without any as unknown; order by count, the most first, then by label, then by key; cut to the page as Relay says;
        say how many keys there are, whatever the page.
        """

    async def suggest(self, rows: Rows, window: Window | None, method: Prediction, first: int) -> Scores:
        """People exactly two steps from each row, by how likely they are to become coauthors.

        The caller guarantees: every row exists in AUTHOR, `first` is not negative.
        You must: answer one list a row, in the order of the rows; score by the coauthors z that both have in the window,
        added in the order of their rows: 1/ln(deg(z)), 1/deg(z) or 1 each (graph.metrics.links); leave out people one of
        whose names may be the row's own (graph.names.agree); highest score first, then by id; keep `first` of them.
        """

    async def alike(self, rows: Rows, first: int) -> Scores:
        """Papers whose titles share words with the title of each row, by how alike the titles are.

        The caller guarantees: every row exists in PAPER, `first` is not negative.
        You must: answer one list a row, in the order of the rows, never the row itself; take each word of `text.words` once;
        score by the cosine of the two titles, a word weighted by `similarity.weight` and by 0 where more than MOST_TITLES titles
        have it, added in the order of the hashes of the words; leave out what scores 0; highest first, then by id; keep
        `first` of them.
        """

    async def paths(self, pairs: Rows, route: Route) -> Paths:
        """The shortest paths between two people, each step from a person to a coauthor, no person twice on one path.

        The caller guarantees: every row exists in AUTHOR, `pairs` has the shape (n, 2), `route.limit` is at least 1.
        You must: answer SAME and no path for a person and themself; else the `limit` first of all paths by number of
        steps, then by the sum of `byline.graph.metrics.links.lengths`, then by the rows from the first person on; where
        `weighted`, by that sum alone and then by the rows; FOUND with fewer paths only where there are no more; DISCONNECTED
        where there is none; BUDGET_EXCEEDED, with the paths found until then, once a search has looked at more than `budget`
        people without an answer, and never in a graph of no more people than that.
        """

    async def search(self, searches: Sequence[Search]) -> list[SearchPage]:
        """Nodes by words, a page for each search.

        The caller guarantees: kinds are among those with a public identity, each once.
        You must: give each node the level of `byline.graph.request.Level` that docs/search.md defines by `byline.graph.words`;
        FUZZY only where no node fits otherwise; order by level, citations, papers, the most first, then by kind in the order of
        `LETTERS`, then by id; leave out what the conditions do not fit; give `total` where asked; answer nothing where
        the text has no words.
        """

    async def complete(self, begun: Sequence[Complete]) -> list[Completed]:
        """Nodes by the beginnings of words.

        The caller guarantees: kinds as for a search, `first` is no negative number.
        You must: order as a search does among those of the levels EXACT and PREFIX, a bare initial of a name aside;
        give the first name of each node that fits by itself, else the preferred one.
        """
