"""Papers without an id: the same title, year and first author as one known by an id."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.clusters import Clusters
from data.gather import Gathered
from data.identify.scene import Ints
from data.likeness import paper_name

SAME_TITLE = "same title"


def join_same_titles(gathered: Gathered, clusters: Clusters) -> tuple[Ints, list[tuple[int, str, str]]]:
    """Join each paper without an id to the one paper with an id that has its title, year and first author.

    Where several have, or where the first author is unknown, it stays by itself. Answers the paper that each cluster
    becomes, numbered by first appearance, and the joins: (paper, title, title).
    """
    records, keys = gathered.records, gathered.texts.distinct("paper_key")
    everyone = np.arange(len(clusters), dtype=np.int32)
    nameless = pc.starts_with(keys.take(pa.array(records.first)), "title:").to_numpy(zero_copy_only=False)
    named = np.flatnonzero(~nameless & records.likely)
    titled = np.flatnonzero(nameless)
    hits = named[np.isin(records.likeness[named], records.likeness[titled])] if len(titled) else named[:0]
    if not len(hits):
        return everyone, []
    by_hash = {int(records.likeness[record]): int(record) for record in titled[::-1]}
    likely: dict[int, dict[int, int]] = {}
    for record in hits.tolist():
        title = by_hash[int(records.likeness[record])]
        likely.setdefault(title, {})[int(clusters.of[records.first[record]])] = record
    titles = _Titles(gathered)
    pairs, told = [], []
    for record, others in likely.items():
        if len(others) == 1:
            ((other, last),) = others.items()
            if titles.name(last) == keys[int(records.first[record])].as_py().removeprefix("title:"):
                node = int(clusters.of[records.first[record]])
                pairs.append((node, other))
                told.append((node, titles.title(record), titles.title(last)))
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T
    graph = coo_array((np.ones(len(pairs), np.int8), (left, right)), (len(clusters), len(clusters)))
    _, component = connected_components(graph, directed=False)
    _, first, paper = np.unique(component, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    papers: Ints = rank[paper].astype(np.int32)
    return papers, [(int(papers[node]), left, right) for node, left, right in told]


class _Titles:
    """Titles and names of single records, read where they lie."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        chunks = [chunk for content in gathered.contents for chunk in content.chunks("paper", "title")]
        self._title = pa.chunked_array(chunks, pa.large_string())
        self._forms = gathered.texts.distinct("name")

    def title(self, record: int) -> str:
        return str(self._title[record].as_py())

    def name(self, record: int) -> str:
        records, entries = self._gathered.records, self._gathered.entries
        stretch = range(int(records.entries[record]), int(records.entries[record + 1]))
        first = next((str(self._forms[int(entries.form[i])].as_py()) for i in stretch if entries.printed[i]), "")
        return paper_name(self.title(record), int(records.year[record]) or None, first)
