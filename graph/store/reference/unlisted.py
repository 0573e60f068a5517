"""What the graph does not know of a list, told node by node: the specification behind `byline.graph.request.Unlisted`."""

from byline.graph.model import (
    AFFILIATIONS,
    AUTHOR_PAPERS,
    CITED_BY,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    PAPER_INSTITUTIONS,
    PAPER_VENUE,
    REFERENCES,
    Edge,
)
from byline.graph.request import Unlisted
from byline.graph.store.reference.walks import Walks

_ALL_LISTED, _OPEN = Unlisted(), Unlisted(open=True)


def unlisted(walks: Walks, edge: Edge, node: str) -> Unlisted:
    """The far ends of `edge` from a node that the graph does not know."""
    columns = walks.graph.nodes[node]
    match edge.name:
        case PAPER_AUTHORS.name:
            return _authors(columns["author_count"] or 0, len(walks.authors(node)), columns["author_list_complete"])
        case REFERENCES.name:
            return Unlisted(len(columns["unresolved_references"] or []), not columns["references_complete"])
        case CITED_BY.name:
            return Unlisted(len(columns["unresolved_citations"] or []), not walks.citations_known)
        case PAPER_INSTITUTIONS.name:
            return _ALL_LISTED if columns["institutions_complete"] else _OPEN
        case AFFILIATIONS.name:
            return _ALL_LISTED if columns["affiliations_complete"] else _OPEN
        case AUTHOR_PAPERS.name | INSTITUTION_PAPERS.name | PAPER_VENUE.name:
            return _ALL_LISTED if walks.hop(edge, node) else _OPEN
    return _ALL_LISTED


def _authors(stated: int, listed: int, complete: bool) -> Unlisted:
    """A number that is no more than those known says nothing of the others: where it was stated smaller it was not believed."""
    if complete:
        return _ALL_LISTED
    return Unlisted(stated - listed) if stated > listed else _OPEN
