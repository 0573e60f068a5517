"""The keys of one kind as integers in order of first appearance, and which of them are one entity."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from byline.data.reference.catalogues import catalogue
from byline.graph.store.protocol import Rows

# A key that names an entity by its printed name or title is of no catalogue: two of them never contradict each other.
_NAMELESS = ("name", "title")


def _split(key: str) -> tuple[str, str]:
    """The catalogue that an id is of, and the id in it."""
    return catalogue(key) or ("", key)


@dataclass(frozen=True)
class Decision:
    """Two names that were taken for one entity: a node of it, the names, the rule and what spoke for it."""

    node: int
    left: str
    right: str
    rule: str
    evidence: str


class Keys:
    """Nodes and the clusters that they form.

    A node is a first key, "scheme:value" or "name:…" / "title:…": whatever is mentioned under the same first key is the
    same node. Further ids of a mention are `others`. A cluster is an entity; its root is its earliest node.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.index: dict[str, int] = {}
        # Further id -> the nodes that state it, each once, in order.
        self.others: dict[str, list[int]] = {}
        self._parent: list[int] = []
        # Node -> the further ids that it states.
        self.stated: dict[int, list[str]] = {}
        self._ids: dict[int, dict[str, set[str]]] = {}
        # Root -> the id that a source names as the one that stays.
        self.survivor: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, first: str, others: Iterable[str] = ()) -> int:
        """The node of a mention that is known by these keys."""
        node = self.index.get(first)
        if node is None:
            node = self.index[first] = len(self.keys)
            self.keys.append(first)
            self._parent.append(node)
        for key in others:
            owners = self.others.setdefault(key, [])
            if key != first and node not in owners:
                owners.append(node)
                self.stated.setdefault(node, []).append(key)
        return node

    def named(self, node: int) -> bool:
        """Whether the node is known by a name or title alone."""
        return self.keys[node].partition(":")[0] in _NAMELESS

    def root(self, node: int) -> int:
        """The earliest node of the cluster."""
        while (parent := self._parent[node]) != node:
            self._parent[node] = node = self._parent[parent]
        return node

    def ids(self, node: int) -> dict[str, set[str]]:
        """The ids of the node's cluster, by scheme."""
        root = self.root(node)
        if (by_scheme := self._ids.get(root)) is None:
            by_scheme = self._ids[root] = {}
            own = [] if self.named(root) else [self.keys[root]]
            for key in own + self.stated.get(root, []):
                scheme, value = _split(key)
                by_scheme.setdefault(scheme, set()).add(value)
        return by_scheme

    def schemes(self, node: int) -> set[str]:
        """The schemes of the ids of the node's cluster."""
        root = self.root(node)
        if (by_scheme := self._ids.get(root)) is not None:
            return set(by_scheme)
        own = [] if self.named(root) else [self.keys[root]]
        return {key.partition(":")[0] for key in own + self.stated.get(root, [])}

    def conflict(self, left: int, right: int) -> bool:
        """Whether both clusters have ids of one scheme and share none of them: then they are two entities."""
        a, b = self.ids(left), self.ids(right)
        return any(a[scheme].isdisjoint(b[scheme]) for scheme in a.keys() & b.keys())

    def join(self, left: int, right: int) -> bool:
        """Make two clusters one, unless they are in conflict. Answers whether they are one now."""
        low, high = sorted((self.root(left), self.root(right)))
        if low == high:
            return True
        if self.conflict(low, high):
            return False
        self._unite(low, high)
        return True

    def _unite(self, low: int, high: int) -> None:
        for scheme, values in self.ids(high).items():
            self.ids(low).setdefault(scheme, set()).update(values)
        self._parent[high] = low
        self._ids.pop(high, None)
        if high in self.survivor:
            self.survivor.setdefault(low, self.survivor.pop(high))

    def declare_same(self, ids: list[str]) -> bool:
        """Make one of whatever these ids name, as a source says; the last one stays. Answers whether any was known."""
        nodes = [node for key in ids if (node := self.find(key)) is not None]
        if not nodes:
            return False
        last = self.find(ids[-1])
        stays = ids[-1] if last is None else self.survivor.get(self.root(last), ids[-1])
        for node in nodes[1:]:
            low, high = sorted((self.root(nodes[0]), self.root(node)))
            if low != high:
                self._unite(low, high)
        root = self.root(nodes[0])
        for key in ids:
            if self.find(key) is None:
                self.others[key] = [root]
                self.stated.setdefault(root, []).append(key)
                scheme, value = _split(key)
                self.ids(root).setdefault(scheme, set()).add(value)
        self.survivor[root] = stays
        return True

    def join_shared(self) -> Counter[str]:
        """Join the nodes that state the same id. Answers how many clusters each scheme brought together."""
        joined: Counter[str] = Counter()
        for key, owners in self.others.items():
            bearers = [self.index[key], *owners] if key in self.index else owners
            for node in bearers[1:]:
                if self.root(node) != self.root(bearers[0]) and self.join(bearers[0], node):
                    joined[key.partition(":")[0]] += 1
        return joined

    def roots(self) -> Rows:
        """The root of every node."""
        parent = np.asarray(self._parent, np.int32)
        while len(parent) and (above := parent[parent]).tobytes() != parent.tobytes():
            parent = above
        return parent

    def find(self, key: str) -> int | None:
        """The node that a key leads to: the one that it names first, else the first that states it."""
        node = self.index.get(key)
        return self.others[key][0] if node is None and self.others.get(key) else node
