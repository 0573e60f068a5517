"""Secondary orders: which orders of an edge's lists a snapshot keeps besides the one they lie in, and under which names."""

from byline.graph.request import Order

_PAPERS = ((Order("listed"),), (Order("citation_count", descending=True),))
_NAME = ((Order("name_fold"),),)
_SHARED = ((Order("paper_count", descending=True, on_edge=True),),)
KEPT: dict[str, tuple[tuple[Order, ...], ...]] = {
    "author_papers": _PAPERS,
    "references": _PAPERS,
    "cited_by": _PAPERS,
    "institution_papers": _PAPERS,
    "category_papers": _PAPERS[1:],
    "category_authors": _NAME,
    "paper_institutions": _NAME,
    "affiliations": _NAME,
    "institution_authors": _NAME,
    "collaborations": _SHARED,
    "venue_papers": _PAPERS[1:],
    "venue_authors": (*_NAME, *_SHARED),
    "coauthors": (*_SHARED, (Order("weight", descending=True, on_edge=True),)),
}


def name_of(edge: str, order: tuple[Order, ...]) -> str:
    """The name under which an alternative is kept."""
    return f"{edge}@" + ",".join(f"{key.column}-{'desc' if key.descending else 'asc'}" for key in order)


NAMES = {(edge, order): name_of(edge, order) for edge, orders in KEPT.items() for order in orders}
