"""Facts to the files of one snapshot. Everything is written and synced before the manifest, which comes last."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from byline.graph.model import COAUTHORS, FORMAT, KINDS, LINKS, Facts, Kind
from byline.graph.store.columnar.build.columns import plain, with_derived
from byline.graph.store.columnar.build.derive import Adjacency, derive
from byline.graph.store.columnar.build.graph_metrics import whole
from byline.graph.store.columnar.build.secondary_orders import write_alternatives
from byline.graph.store.columnar.build.word_index import write_words
from byline.graph.store.columnar.files.csr import Places
from byline.graph.store.columnar.files.disk import Disk, Progress, silent, sync_all
from byline.graph.store.columnar.files.indexes import write_indexes
from byline.graph.store.columnar.files.layout import MANIFEST
from byline.graph.store.columnar.files.load import table
from byline.graph.store.columnar.files.orders import write_orders
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds
from byline.graph.store.columnar.read.outside import write_outside
from byline.graph.store.columnar.read.titles import write_titles
from byline.graph.store.loops import without_loops

# Bytes that the working arrays of one step may take, where nothing else is said.
MEMORY = 1 << 30
STEPS = 6
# What is counted beside the nodes, by the names in a manifest.
_BESIDE = ("citations", "outside_citations", "unresolved_references", "incomplete_author_lists")
# What of papers the graph is known to lack, by the names in a manifest.
_LACKING = (
    "incomplete_reference_lists",
    "incomplete_institution_lists",
    "uncategorised_papers",
    "undated_papers",
    "papers_without_venue",
)


def write(
    facts: Facts,
    folder: Path,
    about: Mapping[str, Any],
    memory: int = MEMORY,
    progress: Progress = silent,
    bounds: PairBounds = BOUNDS,
) -> dict[str, Any]:
    """Write a snapshot into an empty folder and answer its manifest.

    `about` (version, built_at, segments, …) is copied into the manifest beside format, counts, sources and the size and
    checksum of each file. `memory` bounds the working arrays of each step, in bytes; a few numbers a node come on top of
    it. The tables of the facts may be mapped files, in any number of chunks, and are read a stretch at a time. `bounds` say of
    which teams the pairs of coauthors are kept, and of how many pairs measures are worked out.
    Raises OSError where the disk refuses; the folder is then not a snapshot, since no manifest names it.
    """
    with Disk(folder, memory) as disk:
        facts = _mapped(facts, disk)
        progress("write", 1, STEPS)
        adjacency = derive(facts, disk, bounds)
        progress("write", 2, STEPS)
        measures = whole(facts, adjacency, progress, bounds)
        # The disk has the room of those back that are not kept.
        adjacency.met = replace(adjacency.met, ties=None)
        progress("write", 2, STEPS)
        tables = with_derived(facts, adjacency, disk, measures.columns)
        progress("write", 3, STEPS)
        ranks = write_orders(tables, adjacency.by_newest, disk)
        progress("write", 4, STEPS)
        write_alternatives(tables, ranks, adjacency, disk)
        progress("write", 5, STEPS)
        write_indexes(tables, disk)
        write_words(disk, progress)
        progress("write", 5, STEPS)
        write_titles(tables[Kind.PAPER]["title"], disk)
        write_outside(tables[Kind.PAPER]["unresolved_references"], disk)
        manifest = {
            **about,
            "format": FORMAT,
            "counts": counts(facts) | lacking(facts, adjacency),
            "degrees": degrees(adjacency),
            "pairs": asdict(bounds),
            "measures": measures.stated(),
            "sources": [asdict(source) for source in facts.sources],
            "files": disk.seals(),
        }
    (folder / MANIFEST).write_bytes(_readable(manifest))
    sync_all((folder / MANIFEST, *disk.folders()))
    progress("write", STEPS, STEPS)
    return manifest


def _readable(manifest: Mapping[str, Any]) -> bytes:
    """A member a line, for people: with an indent, json would not use its fast encoder."""
    return json.dumps(manifest, sort_keys=True, separators=(",\n", ": ")).encode()


def _mapped(facts: Facts, disk: Disk) -> Facts:
    """The same facts, those that need nothing derived written and mapped from their files."""
    nodes = dict(facts.nodes)
    authorships = nodes[Kind.AUTHORSHIP]
    columns = {name: plain(authorships[name], disk.folder) for name in authorships.column_names}
    nodes[Kind.AUTHORSHIP] = table(disk.table(str(Kind.AUTHORSHIP), columns))
    links = {}
    for name, schema in LINKS.items():
        link_table = (without_loops(facts.links[name]) if name == "citation" else facts.links[name]).cast(schema)
        links[name] = table(disk.table(f"links/{name}", {each: plain(link_table[each], disk.folder) for each in schema.names}))
    return Facts(nodes, links, facts.sources)


def counts(facts: Facts) -> dict[str, int]:
    """How many of everything: what the manifest and the `snapshot` field state."""
    nodes = {KINDS[kind].plural: facts.nodes[kind].num_rows for kind in Kind}
    unresolved, outside = (
        pc.sum(pc.list_value_length(facts.nodes[Kind.PAPER][f"unresolved_{name}"])).as_py() or 0
        for name in ("references", "citations")
    )
    complete = pc.sum(facts.nodes[Kind.PAPER]["author_list_complete"]).as_py() or 0
    beside = (facts.links["citation"].num_rows, outside, unresolved, facts.nodes[Kind.PAPER].num_rows - complete)
    return {**nodes, **dict(zip(_BESIDE, beside, strict=True))}


def counted(stated: Mapping[str, int]) -> dict[str, int]:
    """Of the counts of a manifest those that `counts` gives, in its order."""
    names = (*(KINDS[kind].plural for kind in Kind), *_BESIDE)
    return {name: stated[name] for name in names if name in stated}


def lacking(facts: Facts, adjacency: Adjacency) -> dict[str, int]:
    """Of how many papers the graph is known to lack something."""
    papers = facts.nodes[Kind.PAPER]
    size = papers.num_rows
    numbers_of_papers = (
        size - (pc.sum(papers["references_complete"]).as_py() or 0),
        size - int(adjacency.institutions_complete.sum()),
        int((np.diff(adjacency.csr["paper_categories"].offsets) == 0).sum()),
        papers["year"].null_count,
        papers["venue"].null_count,
    )
    return dict(zip(_LACKING, numbers_of_papers, strict=True))


def degrees(adjacency: Adjacency) -> dict[str, dict[str, float]]:
    """How long the lists of each edge are, and what those of coauthors cost that are not kept."""
    by_edge = {name: degree(adjacency.lengths(name)) for name in adjacency.csr}
    by_edge[COAUTHORS.name]["worked"] = adjacency.met.looked / max(adjacency.sizes[Kind.AUTHOR], 1)
    return by_edge


def degree(lengths: Places) -> dict[str, float]:
    """The longest and the mean list of an edge."""
    return {"longest": int(lengths.max(initial=0)), "mean": int(lengths.sum()) / len(lengths) if len(lengths) else 0.0}
