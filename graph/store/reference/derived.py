"""The derived columns, worked out by plain loops and kept as attributes of the nodes."""

from collections import Counter
from itertools import chain

from byline.graph.model import CITED_BY, INSTITUTION_AUTHORS, REFERENCES, VENUE_AUTHORS, Edge, Kind
from byline.graph.request import Scalar
from byline.graph.store.reference.walks import Walks
from byline.graph.text import fold


def add_figures(walks: Walks) -> None:
    """Give every node its derived columns. Papers come first: people, institutions and venues add theirs up."""
    nodes = walks.graph.nodes
    for paper in walks.ids[Kind.PAPER]:
        nodes[paper].update(_paper(walks, paper))
    for institution in walks.ids[Kind.INSTITUTION]:
        nodes[institution].update(_named(walks, institution, walks.institution_papers(institution), INSTITUTION_AUTHORS))
    for venue in walks.ids[Kind.VENUE]:
        nodes[venue].update(_named(walks, venue, walks.venue_papers(venue), VENUE_AUTHORS))
    for category in walks.ids[Kind.CATEGORY]:
        papers = walks.category_papers(category)
        people = {author for paper in papers for author in walks.authors(paper)}
        nodes[category].update(_figures(walks, papers) | {"author_count": len(people)})
    for author in walks.ids[Kind.AUTHOR]:
        nodes[author].update(_author(walks, author))


def _paper(walks: Walks, paper: str) -> dict[str, Scalar]:
    categories = walks.categories(paper)
    outside = len(walks.graph.nodes[paper]["unresolved_citations"] or [])
    cited = len(walks.hop(CITED_BY, paper)) + outside
    return {
        "title_fold": fold(walks.graph.nodes[paper]["title"]),
        "primary_category": walks.row(categories[0]) if categories else None,
        "institutions_complete": _institutions_complete(walks, paper),
        "citation_count": cited if walks.citations_known else None,
        "outside_citation_count": outside,
        "reference_count": len(walks.hop(REFERENCES, paper)),
        "outside_reference_count": len(walks.graph.nodes[paper]["unresolved_references"] or []),
    }


def _institutions_complete(walks: Walks, paper: str) -> bool:
    """Of a complete author list everybody has one, or a source states those of the paper as a whole."""
    if not walks.graph.nodes[paper]["author_list_complete"]:
        return False
    return walks.has_own_institutions(paper) or walks.all_affiliated(walks.authorship_rows(paper))


def _citations(walks: Walks, papers: list[str]) -> list[int] | None:
    """Citations of each paper; None where the graph knows no citation at all."""
    return [walks.graph.nodes[paper]["citation_count"] for paper in papers] if walks.citations_known else None


def _named(walks: Walks, node: str, papers: list[str], authors: Edge) -> dict[str, Scalar]:
    """What an institution or a venue has of its papers and its authors."""
    return _figures(walks, papers) | {
        "name_fold": fold(walks.graph.nodes[node]["name"]),
        "author_count": len(walks.hop(authors, node)),
    }


def _figures(walks: Walks, papers: list[str]) -> dict[str, Scalar]:
    """How many papers there are, and what their citations come to."""
    citations = _citations(walks, papers)
    return {
        "paper_count": len(papers),
        "citation_count": None if citations is None else sum(citations),
        "h_index": _h_index(citations) if citations else None,
    }


def _author(walks: Walks, author: str) -> dict[str, Scalar]:
    papers = walks.papers(author)
    people = {other for paper in papers for other in walks.authors(paper)}
    return (
        walks.span(papers)
        | _figures(walks, papers)
        | {
            "name_fold": fold(walks.graph.nodes[author]["name"]),
            "primary_category": _main_category(walks, author, papers),
            "affiliations_complete": walks.all_affiliated(walks.authorship_rows(author)),
            "coauthor_count": len(people - {author}),
        }
    )


def _h_index(citations: list[int]) -> int:
    return sum(cited >= rank for rank, cited in enumerate(sorted(citations, reverse=True), 1))


def _main_category(walks: Walks, author: str, papers: list[str]) -> int | None:
    """The stated category, else the most frequent primary one; among equals the most frequent of all, then the earliest code."""
    nodes = walks.graph.nodes
    if nodes[author]["stated_category"] is not None:
        return int(nodes[author]["stated_category"])
    listed = [categories for paper in papers if (categories := walks.categories(paper))]
    primary, every = Counter(categories[0] for categories in listed), Counter(chain.from_iterable(listed))
    ranked = sorted(every, key=lambda category: (-primary[category], -every[category], nodes[category]["code"], category))
    return walks.row(ranked[0]) if ranked else None
