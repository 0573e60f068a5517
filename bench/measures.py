"""Time and memory of each measure of the whole graph, on the arrays of a written snapshot: python -m bench.measures FOLDER…

Each measure runs in a process of its own, so that its peak is its own. What is mapped from the snapshot's files counts as
far as it was touched: the system may drop it again.
"""

import resource
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from byline.graph.metrics.atypicality import atypicality
from byline.graph.metrics.clustering import clustering
from byline.graph.metrics.communities import MOST, communities
from byline.graph.metrics.components import components, numbered
from byline.graph.metrics.cores import core_numbers
from byline.graph.metrics.impact import impact
from byline.graph.metrics.pagerank import pagerank
from byline.graph.model import Kind
from byline.graph.store.columnar.files.csr import NULL, data_of
from byline.graph.store.columnar.files.load import array, table


class Arrays:
    """What the kernels read, mapped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edge(self, name: str, what: str = "targets") -> Any:
        return array(self.folder / "edges" / f"{name}.{what}.npy")

    def column(self, kind: Kind, name: str) -> Any:
        return data_of(table(self.folder / f"{kind}.arrow").column(name).chunk(0))

    def size(self, kind: Kind) -> int:
        return int(table(self.folder / f"{kind}.arrow").num_rows)


def _lists(edge: str, kernel: Callable[..., Any]) -> Callable[[Arrays], Any]:
    return lambda arrays: kernel(arrays.edge(edge, "offsets"), arrays.edge(edge))


def _pagerank(arrays: Arrays) -> Any:
    return pagerank(arrays.edge("cited_by", "offsets"), arrays.edge("cited_by"), np.diff(arrays.edge("references", "offsets")))


def _components(arrays: Arrays) -> Any:
    sizes = arrays.size(Kind.PAPER), arrays.size(Kind.AUTHOR)
    return numbered(components(arrays.column(Kind.AUTHORSHIP, "paper"), arrays.column(Kind.AUTHORSHIP, "author"), sizes))


def _communities(arrays: Arrays) -> Any:
    coauthors = arrays.edge("coauthors", "offsets"), arrays.edge("coauthors"), arrays.edge("coauthors", "paper_count")
    return numbered(communities(*coauthors)) if len(coauthors[1]) <= MOST else None


def _atypicality(arrays: Arrays) -> Any:
    offsets, categories = arrays.edge("paper_categories", "offsets"), arrays.edge("paper_categories")
    return atypicality(offsets, categories, arrays.size(Kind.CATEGORY))


def _impact(arrays: Arrays) -> Any:
    columns = (arrays.column(Kind.PAPER, name) for name in ("year", "primary_category", "citation_count"))
    return impact(*columns, int(NULL))


MEASURES: dict[str, Callable[[Arrays], Any]] = {
    "pagerank": _pagerank,
    "core": _lists("coauthors", core_numbers),
    "component": _components,
    "community": _communities,
    "clustering": _lists("coauthors", clustering),
    "category_atypicality": _atypicality,
    "normalised_impact": _impact,
}


def _run(name: str, folder: Path, answer: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, used = time.perf_counter(), time.process_time()
    metric = MEASURES[name](Arrays(folder))
    spent, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer.send((spent, cpu, (peak - before) / 1024, metric is not None))


def measure(name: str, folder: Path) -> tuple[float, float, float, bool]:
    """(seconds, seconds of CPU, MiB above the start, whether it was worked out)."""
    context = get_context("spawn")
    answer, there = context.Pipe(False)
    process = context.Process(target=_run, args=(name, folder, there))
    process.start()
    there.close()
    figures: tuple[float, float, float, bool] = answer.recv()
    process.join()
    return figures


def report(folder: Path) -> None:
    """One table for a snapshot."""
    arrays = Arrays(folder)
    sizes = f"{arrays.size(Kind.PAPER):,} papers, {arrays.size(Kind.AUTHOR):,} people"
    print(f"{sizes}, {len(arrays.edge('coauthors')) // 2:,} coauthor pairs, {len(arrays.edge('references')):,} citations\n")
    print("| measure | seconds | of CPU | MiB |\n| --- | ---: | ---: | ---: |")
    for name in MEASURES:
        seconds, cpu, peak, computed = measure(name, folder)
        print(f"| {name} | {seconds:.1f} | {cpu:.1f} | {peak:.0f} |{'' if computed else ' not worked out'}", flush=True)


if __name__ == "__main__":
    for each in sys.argv[1:]:
        report(Path(each))
