"""What steps among coauthors may cost: the people that a search visits count too, not only those it shows.

A hundred people visited count as one object of an answer. How many a search may visit is bounded by all people there are, which
a store states as the longest list of `collaborators`.
"""

from typing import TYPE_CHECKING

from byline.graph.model import COAUTHORS, COLLABORATORS, Kind
from byline.graph.query import ir
from byline.graph.query.price import Cost
from byline.graph.request import Hop, Route

if TYPE_CHECKING:
    from byline.graph.query.cost import Estimator

VISITED = 100.0
# People on a path, for the bound: more than the longest shortest path of any coauthor graph that is known to us.
LONG_PATH = 32
# The guess for what would hold the event loop, in objects: more than what a step of a plan may weigh to stay on it.
HEAVY = 60_000.0
# Rows that count as looked at for one path. Most searches take less; some see most people, and none is to hold the event loop.
_PATH, _WEIGHED = 130_000.0, 200_000.0


def search(at: "Estimator", hop: Hop | None, searches: int = 1) -> Cost:
    """A search among coauthors, or several."""
    people = at.degrees.get(COLLABORATORS.name)
    if hop is None or people is None:
        return Cost()
    far, coauthors = hop.distance > 2, at.degrees.get(COAUTHORS.name)
    looked = coauthors.longest * (coauthors.mean + coauthors.worked) if coauthors else 0.0
    return Cost(people.longest / VISITED * searches, HEAVY if far else people.mean / VISITED, looked)


def steps(at: "Estimator", hop: Hop | None) -> Cost:
    """What a list of people some steps away costs besides its entries."""
    return search(at, hop) if hop and hop.edge is COLLABORATORS else Cost()


def between(at: "Estimator", output: ir.EntryBetween) -> Cost:
    """The people between two."""
    first = at.value(output.first)
    return at.shape(output.shape).times(first, first)


def suggestions(at: "Estimator", output: ir.Suggestions) -> Cost:
    """Likely coauthors of one person."""
    asked = at.value(output.asked)
    each = Cost(1.0, 1.0)
    for part in output.outputs:
        if isinstance(part, ir.EntryNode):
            each += at.shape(part.shape)
        elif isinstance(part, ir.EntryBetween):
            each += between(at, part)
    return each.times(asked.first, asked.first) + search(at, Hop(COLLABORATORS, asked.window))


def paths(at: "Estimator", root: ir.PathSearch) -> Cost:
    """The paths between two people."""
    route = at.value(root.asked).route
    limit = route.limit
    each = Cost(1.0, 1.0)
    for listed in root.fields:
        for output in listed.outputs if isinstance(listed, ir.PathList) else ():
            if isinstance(output, ir.PathPeople):
                each += at.shape(output.shape).times(LONG_PATH, 5)
            elif isinstance(output, ir.PathHops):
                each += _hop(at, output).times(LONG_PATH, 4)
    visited = search(at, Hop(COLLABORATORS, route.window), limit)
    return each.times(limit, limit) + Cost(visited.bound, 0.0, visited.looked + _rows(at.size(Kind.AUTHOR), route))


def _rows(people: float, route: Route) -> float:
    """Rows that count as looked at for a search: the first path, and each further one, which is searched for from every person on
    the way. By strength a search visits most of the people near, by steps few of them."""
    first, further = (_WEIGHED, 15.0) if route.weighted else (_PATH, 0.6)
    return first + (route.limit - 1) * further * people + (2.0 * people if route.window else 0.0)


def _hop(at: "Estimator", output: ir.PathHops) -> Cost:
    each = Cost(1.0, 1.0)
    for part in output.outputs:
        if isinstance(part, ir.HopEnd):
            each += at.shape(part.shape)
        elif isinstance(part, ir.HopPapers):
            first = at.value(part.first)
            each += at.shape(part.shape).times(first, first)
    return each


def drawn(at: "Estimator", output: ir.Network) -> Cost:
    """One small network. Its links count whether they are shown or not: they are read, and worked on, in any case."""
    most = at.value(output.asked).most
    coauthors = at.degrees.get(COAUTHORS.name)
    links = most * min(most - 1, coauthors.longest if coauthors else most) / 2
    each = Cost(1.0, 1.0)
    for part in output.fields:
        for shown in part.outputs if isinstance(part, ir.DrawnNodes) else ():
            if isinstance(shown, ir.EntryNode):
                each += at.shape(shown.shape)
    looked = most * coauthors.worked if coauthors else 0.0
    return each.times(most, most) + Cost(links, HEAVY, looked) + search(at, Hop(COLLABORATORS, None))
