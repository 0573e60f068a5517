"""The indices that are shown as measures: how each is computed, and why one may have no value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from byline.graph.metrics.citations import g_index, h_index, i10_index


@dataclass(frozen=True)
class Index:
    """An index of lists of citation counts: the kernel, and the sentence about it."""

    kernel: Callable[[Any, Any], Any]
    method: str


INDICES = {
    "h_index": Index(h_index, "h-index (Hirsch 2005) over the citations in this graph"),
    "i10_index": Index(i10_index, "papers with at least ten citations (Google Scholar 2011) over the citations in this graph"),
    "g_index": Index(g_index, "g-index (Egghe 2006), at most the number of papers, over the citations in this graph"),
}
NO_PAPERS = "No papers of the author are in scope"
NONE_IN_SCOPE = "No papers are in scope"
NO_KNOWN_PAPERS = "No papers of the author are known"
NO_CITATIONS = "No citations are known in this graph"


def reason_of(papers: int, citations_known: bool, none: str = NO_PAPERS) -> str | None:
    """Why an index over so many papers has no value; None where it has one."""
    return none if not papers else None if citations_known else NO_CITATIONS
