"""Whom a network around a person holds, against breadth-first search written out on the drafted papers; and that nobody is looked
for who would not be kept."""

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.model import Kind
from byline.graph.network.members import Around, Members, around
from byline.graph.request import Hop, Select
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Rows, Store
from tests.contract.graphs import webs
from tests.contract.stores import EVERY, answer
from tests.contract.test_circles import network
from tests.generated import examples


def rim_order(graph: nx.Graph, papers: dict[tuple[int, int], int], centre: int, near: set[int], rim: list[int]) -> list[int]:
    """Coauthors by shared papers, others by how many people of the rim before they share a paper with; equals by row."""

    def ties(person: int) -> int:
        return papers[min(centre, person), max(centre, person)] if near == {centre} else len(near & set(graph[person]))

    return sorted(rim, key=lambda person: (-ties(person), person))


def expected(draft: Draft, graph: nx.Graph, centre: int, radius: int, most: int) -> tuple[list[int], list[int], bool]:
    """People, distances and whether some were left out."""
    papers: dict[tuple[int, int], int] = {}
    rows = {
        key: row for row, key in enumerate(sorted(draft.nodes[Kind.AUTHOR], key=lambda key: draft.nodes[Kind.AUTHOR][key]["id"]))
    }
    teams: dict[str, set[int]] = {}
    for one in draft.authorships:
        teams.setdefault(one["paper"], set()).add(rows[one["author"]])
    for team in teams.values():
        for left in team:
            for right in team:
                if left < right:
                    papers[left, right] = papers.get((left, right), 0) + 1
    people, distances = [centre], [0]
    rim = {centre}
    for distance, far in enumerate(nx.bfs_layers(graph, centre)):
        if 0 < distance <= radius:
            people += rim_order(graph, papers, centre, rim, far)
            distances += [distance] * len(far)
        rim = set(far)
    return people[:most], distances[:most], len(people) > most


def shown(members: Members) -> tuple[list[int], list[int], bool]:
    return members.rows.tolist(), members.distances.tolist(), members.truncated


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(draft=webs(), radius=st.integers(1, 5), most=st.integers(1, 15))
def test_the_nearest_are_kept_in_their_order(name: str, draft: Draft, radius: int, most: int) -> None:
    graph, store = network(draft), EVERY[name](draft.facts())
    rows = np.arange(len(graph), dtype=np.int32)
    circles = answer(around(store, rows, Around(radius, None, most)))
    assert [shown(members) for members in circles] == [expected(draft, graph, row, radius, most) for row in range(len(graph))]


class Watched:
    """A store that notes for how many people each distance was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calls: list[tuple[int, int]] = []

    async def expand(self, hop: Hop, rows: Rows, select: Select) -> Any:
        self.calls.append((hop.distance, len(rows)))
        return await self._store.expand(hop, rows, select)


def test_a_full_circle_and_one_that_ends_are_not_looked_further_around() -> None:
    draft = Draft()
    chain = [f"{number} {chr(97 + number)}" for number in range(8)]
    for at, pair in enumerate(pairwise(chain)):
        draft.paper(f"p{at}", list(pair), author_count=2)
    draft.paper("apart", ["90 y", "91 z"], author_count=2)
    store = EVERY["columnar"](draft.facts())
    everybody = np.arange(10, dtype=np.int32)
    watched = Watched(store)
    answer(around(watched, everybody, Around(6, None, 4)))  # type: ignore[arg-type]
    # Within two steps of the two at each end of the chain are no more than four, within three of the last one just four.
    assert watched.calls == [(1, 10), (2, 10), (3, 4), (4, 2)]
