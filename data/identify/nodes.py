"""Keys whose entities bear printed names: people and institutions."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable

from byline.data.identify.keys import Decision, Keys
from byline.graph.text import compact

SAME_NAME = "same name"


class Nodes(Keys):
    """Keys, and the names under which each node was printed or given.

    A name is a `form`, an integer in order of first appearance; forms with the same compact name share a `plain` number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self.plain = array("i")
        # Node, form -> how often it was printed; 0 for a name that was only given.
        self.bears: dict[tuple[int, int], int] = {}
        # Forms that say more than the name of what bears them: none of them is the preferred one.
        self.longer: set[int] = set()
        self._form: dict[str, int] = {}
        self._plain: dict[str, int] = {}
        self._compacts: list[str] = []

    def form(self, name: str) -> int:
        """The number of a name."""
        if (form := self._form.get(name)) is None:
            form = self._form[name] = len(self.forms)
            self.forms.append(name)
            plain = compact(name)
            number = self._plain.setdefault(plain, len(self._plain))
            if number == len(self._compacts):
                self._compacts.append(plain)
            self.plain.append(number)
        return form

    def mention(self, ids: tuple[str, ...], name: str, printed: int = 1) -> tuple[int, int]:
        """The node and the form of one mention. Without ids the node is the name itself."""
        form = self.form(name)
        first, *others = ids or (f"name:{self._compacts[self.plain[form]]}",)
        node = self.add(first, others)
        self.bear(node, form, printed)
        return node, form

    def bear(self, node: int, form: int, printed: int) -> None:
        """Note that a node has a name."""
        self.bears[node, form] = self.bears.get((node, form), 0) + printed

    def join_same_names(self) -> list[Decision]:
        """Join what bears the same name up to case, accents, punctuation and spacing.

        A name that clusters in conflict bear tells nobody apart: nothing is joined by it. Where names chain clusters in
        conflict together, only what has no id is joined, and only to the one cluster with an id that bears its name.
        """
        before = [self.root(node) for node in range(len(self))]
        bearers = {plain: nodes for plain, nodes in self._bearers().items() if not self._ambiguous(nodes)}
        for group in _chains(bearers):
            nodes = sorted({self.root(node) for plain in group for node in bearers[plain]})
            if not self._ambiguous(nodes):
                for node in nodes[1:]:
                    self.join(nodes[0], node)
                continue
            for plain in group:
                self._join_nameless(bearers[plain])
        return self._spellings(before)

    def _bearers(self) -> dict[int, list[int]]:
        bearers: dict[int, dict[int, None]] = defaultdict(dict)
        for node, form in self.bears:
            bearers[self.plain[form]][self.root(node)] = None
        return {plain: list(nodes) for plain, nodes in bearers.items() if len(nodes) > 1}

    def _ambiguous(self, nodes: list[int]) -> bool:
        seen: dict[str, set[str]] = {}
        for node in nodes:
            for scheme, values in self.ids(node).items():
                if scheme in seen and seen[scheme].isdisjoint(values):
                    return True
                seen.setdefault(scheme, set()).update(values)
        return False

    def _join_nameless(self, nodes: list[int]) -> None:
        with_ids = [node for node in nodes if self.ids(node)]
        if len(with_ids) <= 1:
            for node in nodes:
                if not self.ids(node):
                    self.join((with_ids or nodes)[0], node)

    def _spellings(self, before: list[int]) -> list[Decision]:
        """One decision for each spelling that likeness alone ties to an entity; `before` are the roots by shared ids."""
        spellings = Counter(self.plain)
        # Compact name, entity -> what an id or the very same string holds together -> its forms.
        tied: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for node, form in self.bears:
            if spellings[plain := self.plain[form]] > 1:
                unit = ~form if self.named(before[node]) else before[node]
                tied[plain, self.root(node)][unit].append(form)
        why = "equal up to case, accents, punctuation and spacing"
        return [
            Decision(root, self.forms[left], self.forms[right], SAME_NAME, why)
            for (_, root), units in tied.items()
            for left, right in _unlike(list(units.values()))
        ]


def _unlike(units: list[list[int]]) -> list[tuple[int, int]]:
    seen = set(units[0])
    pairs = []
    for forms in units[1:]:
        if seen.isdisjoint(forms):
            pairs.append((units[0][0], forms[0]))
        seen.update(forms)
    return pairs


def _chains(bearers: dict[int, list[int]]) -> list[list[int]]:
    """The names, grouped so that two groups share no node."""
    leader: dict[int, int] = {}

    def top(node: int) -> int:
        while leader.setdefault(node, node) != node:
            leader[node] = node = leader[leader[node]]
        return node

    for plain in bearers:
        for node in bearers[plain][1:]:
            leader[top(node)] = top(bearers[plain][0])
    groups: dict[int, list[int]] = defaultdict(list)
    for plain in bearers:
        groups[top(bearers[plain][0])].append(plain)
    return list(groups.values())


def rules(decisions: Iterable[Decision]) -> Counter[str]:
    """How many decisions each rule took."""
    return Counter(decision.rule for decision in decisions)
