"""What metrics, similar papers and matrices cost to be worked out, in rows that are scanned, some 25 ns each.

Fitted to what `python -m bench prices` measures on made-up and on real papers. A metric has a cost for each node, by the links
that it follows, and one for the step, however many nodes it is for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from byline.graph.model import (
    AUTHOR_PAPERS,
    CATEGORY_PAPERS,
    CITED_BY,
    COAUTHORS,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    REFERENCES,
    Edge,
    Kind,
)
from byline.graph.query.cost import Estimator
from byline.graph.query.country_matrix import CountryArgs
from byline.graph.query.keyword_networks import KeywordArgs
from byline.graph.query.matrices import MatrixArgs
from byline.graph.query.measures import PAPERS_OF
from byline.graph.query.price import Cost
from byline.graph.query.relations import OWN, SharedArgs
from byline.graph.query.similar import By
from byline.graph.request import InCountry, Op


def _nothing(at: Estimator) -> float:
    return 0.0


@dataclass(frozen=True)
class Price:
    """Rows for each node, what else each follows by the means of a snapshot, rows for the step."""

    each: float
    follows: Callable[[Estimator], float] = _nothing
    once: float = 0.0
    # Besides, for every person there is: an array of all of them is made.
    of_all: float = 0.0

    def of(self, at: Estimator) -> Cost:
        """The price on a snapshot."""
        return Cost(rows_scanned=self.each + self.follows(at), once=self.once + self.of_all * at.size(Kind.AUTHOR))


def _ties(at: Estimator) -> float:
    return 45 * at.mean(COAUTHORS) ** 2


def _citing_authors(times: float) -> Callable[[Estimator], float]:
    return lambda at: times * at.mean(AUTHOR_PAPERS) * at.mean(CITED_BY) * at.mean(PAPER_AUTHORS)


def _two_citations(times: float) -> Callable[[Estimator], float]:
    return lambda at: times * at.mean(CITED_BY) * at.mean(REFERENCES)


def _papers(times: float, citing: float = 0.0) -> Callable[[Estimator], float]:
    """So many rows for each paper of a node of that kind, and for each that cites it."""

    def rows(at: Estimator) -> float:
        edge = PAPERS_OF.get(at.kind) if at.kind else None
        return at.mean(edge) * (times + citing * at.mean(CITED_BY)) if edge else 0.0

    return rows


# Of metrics that a snapshot keeps as columns.
COLUMN = Price(400)
BROKERAGE = Price(28_000, _ties, 20_000, 2.5)
SELF_CITATIONS = Price(3_000, _citing_authors(70), 30_000)
TREND = Price(10_000, _citing_authors(100), 100_000)
TEAMS = Price(3_400, once=20_000)
PEOPLE_COUNTS = Price(8_000, once=30_000)
PAPER_SETS = Price(7_000, _papers(5), 25_000)
AUTHORS_OF_SETS = Price(7_000, _papers(60), 30_000)
TREND_OF_SETS = Price(10_000, _papers(10, 10), 60_000)
PAPER_CITATIONS = Price(1_000, once=10_000)
DISRUPTION = Price(10_000, _two_citations(150), 80_000)
# Figures of people whose papers have to be read for them, and years besides.
FIGURES, YEARS = Price(7_000, once=25_000), Price(10_000, once=25_000)
# Words lead to more titles the more there are; the commonest are not followed.
SIMILAR = {
    By.CO_CITATION: Price(15_000, _two_citations(320), 50_000),
    By.BIBLIOGRAPHIC_COUPLING: Price(13_000, _two_citations(170), 50_000),
    By.TEXT: Price(15_000, lambda at: 1.5 * at.size(Kind.PAPER), 50_000),
}
# For each paper of a matrix; and how many papers some years have of all.
_OF_INSTITUTIONS, _OF_CATEGORIES, _OF_SOME_YEARS, _MATRIX = 64.0, 24.0, 0.5, 40_000.0
# For the keywords of a paper.
_KEYWORDS = 24.0
# How many times the mean the papers of the most cited ones are cited.
_OFTEN = 8.0


def matrix(at: Estimator, args: MatrixArgs) -> Cost:
    """Reading the papers of the chosen ones."""
    some = _OF_SOME_YEARS if (args.first_year, args.last_year) != (None, None) else 1.0
    edge = INSTITUTION_PAPERS if args.kind is Kind.INSTITUTION else CATEGORY_PAPERS
    return shared_papers(at, args.kind, edge, args.first, None if args.ids is None else len(args.ids), args.most, some)


def country_matrix(at: Estimator, args: CountryArgs) -> Cost:
    """Finding the papers of the chosen ones among all, and reading them: of each as for institutions, and countries besides."""
    some = _OF_SOME_YEARS if (args.first_year, args.last_year) != (None, None) else 1.0
    everything = at.size(Kind.PAPER)
    found = at.filtered(InCountry(Op.IN, args.codes or ()), Kind.PAPER, everything) * (1.0 if args.codes is not None else 2.0)
    return Cost(rows_scanned=found + min(everything * some, args.most) * 2 * _OF_INSTITUTIONS, once=_MATRIX)


def shared_papers(at: Estimator, kind: Kind, edge: Edge, first: int, given: int | None, most: int, some: float = 1.0) -> Cost:
    """Reading some of the papers of the `first` nodes with most of them, who have as many as there may be, or of those that are
    `given`, who have as many as the mean."""
    categories = edge is CATEGORY_PAPERS
    lengths = at.degrees.get(edge.name)
    longest = at.degrees.get("category_papers_direct", lengths) if categories else lengths
    if lengths is None or longest is None:
        return Cost(rows_scanned=at.size(Kind.PAPER), once=_MATRIX)
    papers = min(first * longest.longest, at.size(kind) * lengths.mean) if given is None else lengths.mean * given
    # Which categories have most is counted over all papers.
    counted = at.size(Kind.PAPER) if categories and given is None else 0.0
    each = _OF_CATEGORIES if categories else _OF_INSTITUTIONS
    return Cost(rows_scanned=min(papers * some, most) * each + counted, once=_MATRIX)


def linking_papers(at: Estimator, args: SharedArgs) -> Cost:
    """Reading the papers that link some nodes."""
    given = None if args.keys is None else len(args.keys)
    if not args.cites:
        return shared_papers(at, args.kind, OWN[args.kind], args.first, given, args.most)
    nodes, own, step = float(args.first if given is None else given), 1.0, at.degrees.get(args.step.name)
    if args.kind in OWN and (lengths := at.degrees.get(OWN[args.kind].name)):
        own = lengths.longest if given is None else lengths.mean
    papers = min(nodes * own, at.size(Kind.PAPER) * max(1.0, at.mean(PAPER_AUTHORS)))
    if step is None:
        return Cost(rows_scanned=at.size(Kind.PAPER), once=_MATRIX)
    # Papers of the most cited ones are cited more often than the mean.
    each = step.mean if given is not None else min(_OFTEN * step.mean, step.longest) if args.kind in OWN else step.longest
    citing = min(papers * each, at.size(Kind.PAPER) * step.mean * max(1.0, at.mean(PAPER_AUTHORS)))
    return Cost(rows_scanned=(min(papers, args.most) + min(citing, args.most)) * _OF_INSTITUTIONS, once=_MATRIX)


def found_nodes(at: Estimator, args: SharedArgs) -> Cost:
    """Asking all papers whether they count, and by citations following all that do, and the papers of all nodes."""
    papers = at.size(Kind.PAPER)
    rows = papers + at.filtered(args.where, Kind.PAPER, papers)
    if args.cites:
        rows += papers * at.mean(args.back) + (at.size(args.kind) * at.mean(OWN[args.kind]) if args.kind in OWN else 0.0)
    return Cost(rows_scanned=rows)


def keywords(at: Estimator, args: KeywordArgs) -> Cost:
    """Reading the keywords of all papers that count."""
    papers = at.size(Kind.PAPER)
    return Cost(rows_scanned=papers * _KEYWORDS + at.filtered(args.where, Kind.PAPER, papers), once=_MATRIX)
