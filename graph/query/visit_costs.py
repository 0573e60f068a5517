"""What a search among coauthors may cost: the people that it visits count too, not only those it shows.

A hundred people visited count as one object of an answer. How many a search may visit is bounded by all people there are, which
a store states as the longest list of `collaborators`.
"""

from byline.graph.model import COAUTHORS, COLLABORATORS
from byline.graph.query.cost import Estimator
from byline.graph.query.price import Cost
from byline.graph.request import Hop

VISITED = 100.0
# The estimate for what would hold the event loop, in objects: more than what a step of a plan may weigh to stay on it.
HEAVY = 60_000.0


def search(at: Estimator, hop: Hop | None, searches: int = 1) -> Cost:
    """A search among coauthors, or several."""
    people = at.degrees.get(COLLABORATORS.name)
    if hop is None or people is None:
        return Cost()
    far, coauthors = hop.distance > 2, at.degrees.get(COAUTHORS.name)
    scanned = coauthors.longest * (coauthors.mean + coauthors.worked) if coauthors else 0.0
    return Cost(people.longest / VISITED * searches, HEAVY if far else people.mean / VISITED, scanned)


def steps(at: Estimator, hop: Hop | None) -> Cost:
    """What a list of people some steps away costs besides its entries."""
    return search(at, hop) if hop and hop.edge is COLLABORATORS else Cost()
