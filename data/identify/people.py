"""People whose names differ by an initial or a missing middle name: one person only where a coauthor is shared.

Pairs are made only of people who share a coauthor and a block (last word and first letter of the name).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from data.identify.keys import Decision
from data.identify.nodes import Nodes
from graph.names import INITIAL, MIDDLE, block, compatible
from graph.text import compact

# A list this long says little about who knows whom, and its pairs would outnumber those of all others.
LONGEST_LIST = 100
# How many shared coauthors are named as evidence.
NAMED = 3
SAME_PLACE = "same place"

Numbers = npt.NDArray[np.int64]


class Teams:
    """Who is on the author list of which paper, by the root of the person's cluster."""

    def __init__(self, people: Nodes, nodes: "array[int]", bounds: "array[int]") -> None:
        self.root = people.roots()[np.asarray(nodes, np.int64)].astype(np.int64)
        self.bounds = np.asarray(bounds, np.int64)
        self.size = len(people)
        paper = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        order = np.argsort(self.root, kind="stable")
        self._sorted, self._papers = self.root[order], paper[order]

    def papers(self, root: int) -> Numbers:
        """The papers of a person."""
        low, high = np.searchsorted(self._sorted, [root, root + 1])
        return self._papers[low:high]

    def together(self, left: int, right: int) -> bool:
        """Whether two people are on one list, and so two people."""
        return bool(np.intersect1d(self.papers(left), self.papers(right)).size)

    def coauthors(self, wanted: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Each pair of a wanted person and a coauthor once; lists longer than LONGEST_LIST aside."""
        sizes = np.diff(self.bounds)
        keys = [np.zeros(0, np.int64)]
        for size in range(2, LONGEST_LIST + 1):
            starts = self.bounds[:-1][sizes == size]
            team = self.root[starts[:, None] + np.arange(size)]
            team = team[wanted[team].any(axis=1)]
            if len(team):
                left, right = np.repeat(team, size, axis=1).ravel(), np.tile(team, (1, size)).ravel()
                kept = wanted[left] & (left != right)
                keys.append(np.unique(left[kept] * self.size + right[kept]))
        pairs = np.unique(np.concatenate(keys))
        return pairs // self.size, pairs % self.size


def join_compatible(
    people: Nodes, nodes: "array[int]", bounds: "array[int]", places: Iterable[tuple[int, int, str]]
) -> list[Decision]:
    """Join people with compatible names who share a coauthor, or who stand in the same place of one paper's lists.

    `nodes` are author lists laid end to end, that of paper i from `bounds[i]` to `bounds[i + 1]`. Never joined: people
    with different ids of one scheme, people on one list, and whoever fits two people who do not fit each other.
    """
    teams = Teams(people, nodes, bounds)
    names = _Names(people)
    links: dict[int, dict[int, tuple[str, str, str, str]]] = defaultdict(dict)
    for left, right, evidence in _coauthor_pairs(people, teams, names):
        if (rule := names.rule(left, right)) and not people.conflict(left, right) and not teams.together(left, right):
            shared = "; ".join(names.of(node)[0] for node in evidence[:NAMED].tolist())
            links[left][right] = links[right][left] = (*rule, f"shared coauthors: {shared}")
    for one, other, place in places:
        left, right = people.root(one), people.root(other)
        if left != right and not people.conflict(left, right) and not teams.together(left, right):
            forms = (names.of(left)[0], names.of(right)[0])
            links[left][right] = links[right][left] = (SAME_PLACE, *forms, place)
    return _join(people, links)


def _join(people: Nodes, links: dict[int, dict[int, tuple[str, str, str, str]]]) -> list[Decision]:
    ambiguous = {node for node, others in links.items() if any(others.keys() - links[other].keys() - {other} for other in others)}
    found = []
    # Without the ambiguous ones every group is a clique: each member is linked to the earliest one.
    for node in sorted(links.keys() - ambiguous):
        for other, (rule, left, right, evidence) in sorted(links[node].items()):
            earliest = not any(each < node and each not in ambiguous for each in links[node])
            if other > node and other not in ambiguous and earliest and people.join(node, other):
                found.append(Decision(node, left, right, rule, evidence))
    return found


class _Names:
    """The names of each cluster, and the blocks that they fall into."""

    def __init__(self, people: Nodes) -> None:
        self._people = people
        self._forms: dict[int, dict[int, None]] = defaultdict(dict)
        for node, form in people.bears:
            self._forms[people.root(node)][form] = None

    def of(self, root: int) -> list[str]:
        return [self._people.forms[form] for form in self._forms[root]]

    def blocks(self) -> dict[tuple[str, str], list[int]]:
        """The clusters of each block in which two could be one: several, not all with an id of the same scheme."""
        found: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        for root, forms in self._forms.items():
            for form in forms:
                if key := block(self._people.forms[form]):
                    found[key][root] = None
        several = {key: list(roots) for key, roots in found.items() if len(roots) > 1}
        return {key: roots for key, roots in several.items() if not self._all_apart(roots)}

    def _all_apart(self, roots: Sequence[int]) -> bool:
        common = self._people.schemes(roots[0])
        for root in roots[1:]:
            if not common:
                return False
            common = common & self._people.schemes(root)
        return bool(common)

    def rule(self, left: int, right: int) -> tuple[str, str, str] | None:
        """The rule and the names by which two people may be one; None where any two names of one block contradict.

        Equal names that identity left apart are ambiguous, and a shared coauthor does not change that.
        """
        found: list[tuple[str, str, str]] = []
        for one in self.of(left):
            for other in self.of(right):
                if not (key := block(one)) or key != block(other):
                    continue
                rule = compatible(one, other)
                if rule is None or compact(one) == compact(other):
                    return None
                found.append((rule, one, other))
        return max(found, key=lambda each: (each[0] == INITIAL, each[0] == MIDDLE), default=None)


def _coauthor_pairs(people: Nodes, teams: Teams, names: _Names) -> Iterable[tuple[int, int, Numbers]]:
    """Pairs of people of one block with a common coauthor, each once, with the common coauthors."""
    blocks = names.blocks()
    if not blocks:
        return
    member = np.asarray([root for roots in blocks.values() for root in roots], np.int64)
    number = np.repeat(np.arange(len(blocks)), [len(roots) for roots in blocks.values()])
    order = np.argsort(member, kind="stable")
    member, number = member[order], number[order]
    wanted = np.zeros(len(people), np.bool_)
    wanted[member] = True
    person, coauthor = teams.coauthors(wanted)
    low, high = np.searchsorted(member, person), np.searchsorted(member, person, "right")
    at = np.repeat(low, high - low) + _within(high - low)
    person, coauthor = np.repeat(person, high - low), np.repeat(coauthor, high - low)
    left, right, by = _pairs(coauthor * len(blocks) + number[at], person, coauthor)
    keys, starts = np.unique(left * teams.size + right, return_index=True)
    for key, shared in zip(keys.tolist(), np.split(by, starts[1:]) if len(keys) else [], strict=True):
        yield key // teams.size, key % teams.size, np.unique(shared)


def _pairs(group: Numbers, person: Numbers, coauthor: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """All pairs of people of each group, the lower first, with the group's coauthor; sorted by pair."""
    order = np.lexsort((person, group))
    person, coauthor = person[order], coauthor[order]
    _, starts, sizes = np.unique(group[order], return_index=True, return_counts=True)
    found = [np.zeros((3, 0), np.int64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        i, j = np.triu_indices(size, 1)
        begin = starts[sizes == size][:, None]
        found.append(np.stack([person[begin + i].ravel(), person[begin + j].ravel(), coauthor[begin + i].ravel()]))
    pairs = np.concatenate(found, axis=1)
    left, right, by = pairs[:, np.lexsort((pairs[2], pairs[1], pairs[0]))]
    return left, right, by


def _within(sizes: Numbers) -> Numbers:
    """0, 1, … for each size, end to end."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)
