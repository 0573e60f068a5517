"""Hops: from a batch of rows to ragged lists of far ends, for every edge of the vocabulary."""

from collections.abc import Callable

import numpy as np

from byline.graph.model import COAUTHORS, EDGES, Edge, Kind
from byline.graph.request import NEWEST, Order, Window
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.paper_pairs import EdgeInputs
from byline.graph.store.columnar.files.csr import NULL, ends_of, groups_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.files.window import Through
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.paths import steps, two_hop
from byline.graph.store.columnar.read import outside
from byline.graph.store.protocol import Rows

# The order in which the lists of an edge lie: asked for in it, they need no sorting.
LYING = dict.fromkeys(
    ("author_papers", "references", "cited_by", "category_papers", "institution_papers", "venue_papers"), NEWEST
) | {"paper_authors": (Order("position", on_edge=True),)}


# Hops whose lists have an order of their own when none is asked for.
_AS_THEY_LIE = {"paper_authors", "authorship_institutions", "paper_categories"}


def follow(snapshot: Snapshot, edge: Edge, rows: Rows, window: Window | None = None, distance: int = 2) -> Lists:
    """The lists of an edge, whole and as they lie."""
    papers = in_window(snapshot, window)
    if taken := STEPS.get(edge.name):
        return taken(steps.Neighbours(snapshot, papers), rows, distance)
    if special := SPECIAL.get(edge.name):
        return special(snapshot, rows, papers)
    if edge.name == COAUTHORS.name:
        return steps.Neighbours(snapshot, papers)(rows, *edge.values)
    if papers is not None:
        return _MADE[edge.name](snapshot.edge_inputs, rows, papers)
    csr = snapshot.csr[edge.name]
    offsets, places = csr.gather(rows)
    beside = {name: values[places] for name, values in snapshot.edge_values.get(edge.name, {}).items()}
    if edge.name == "paper_authors":
        beside["authorship"] = places.astype(np.int32)
    return Lists(offsets, csr.targets[places], beside)


def is_stored_in(edge: Edge, order: tuple[Order, ...]) -> bool:
    """Whether the lists of an edge lie in an order."""
    return LYING.get(edge.name) == order or (not order and edge.name in _AS_THEY_LIE)


def in_window(snapshot: Snapshot, window: Window | None) -> Through | None:
    """Which papers a window lets through; None where it lets all."""
    if window is None or window == Window():
        return None
    return Through(window, snapshot.numbers(Kind.PAPER, "year"), snapshot.team_size)


_MADE: dict[str, Callable[[EdgeInputs, Rows, Through | None], Lists]] = {
    "category_authors": paper_pairs.category_authors,
    "affiliations": paper_pairs.affiliations,
    "institution_authors": paper_pairs.institution_authors,
    "collaborations": paper_pairs.collaborations,
    "venue_authors": paper_pairs.venue_authors,
}


def _shared(edge: str) -> Callable[[Snapshot, Rows, Through | None], Lists]:
    """The papers of both of two rows: those of the left that the right has too."""

    def hop(snapshot: Snapshot, rows: Rows, papers: Through | None) -> Lists:
        csr, size = snapshot.csr[edge], np.int64(max(snapshot.size(Kind.PAPER), 1))
        sides = []
        for side in (0, 1):
            offsets, places = csr.gather(rows[:, side])
            sides.append((groups_of(offsets) * size + csr.targets[places], Lists(offsets, csr.targets[places])))
        (left, lists), (right, _) = sides
        both = np.isin(left, right)
        return lists.keep(both if papers is None else both & papers[lists.rows])

    return hop


def _parents(snapshot: Snapshot, rows: Rows, papers: Through | None) -> Lists:
    """The category above each, where there is one."""
    parents = snapshot.numbers(Kind.CATEGORY, "parent")[rows]
    nested = parents != NULL
    return Lists(ends_of(nested), parents[nested].astype(np.int32))


SPECIAL: dict[str, Callable[[Snapshot, Rows, Through | None], Lists]] = {
    "joint_papers": _shared("author_papers"),
    "common_papers": _shared("institution_papers"),
    "shared_references": _shared("references"),
    "shared_citations": _shared("cited_by"),
    "outside_coupled": outside.coupled,
    "category_parent": _parents,
}
# Hops of several steps.
STEPS: dict[str, Callable[[steps.Neighbours, Rows, int], Lists]] = {
    "collaborators": two_hop.collaborators,
    "between": steps.between,
}
assert all(name in EDGES for name in (*SPECIAL, *STEPS, *_MADE))
