"""What is being served."""

from dataclasses import asdict
from typing import Any

import strawberry

from byline.graph.query import operators as ops
from byline.graph.store.protocol import SnapshotInfo
from byline.schema.fields import FIELD, Infos, Planned
from byline.schema.inputs.scalars import Instant

_SOURCES = Planned(lambda at, selected: ops.Sources(selected.key, at.members(selected)))
SNAPSHOT = Planned(lambda at, selected: ops.Info(selected.key, at.members(selected)))


@strawberry.type(description="What one source contributed to the snapshot.")
class SnapshotSource:
    """Counts of one source."""

    name: str = strawberry.field(description="Name of the source.")
    records: int = strawberry.field(description="Number of records read from it.")
    rejected: int = strawberry.field(description="Number of its records that were rejected, files rejected as a whole included.")
    refused_files: int = strawberry.field(description="Number of its files that were rejected as a whole.")


@strawberry.type(description="The snapshot of the graph that answers this request.")
class Snapshot:
    """Version, counts, sources."""

    version: str = strawberry.field(description="Version: changes if and only if the contents change.")
    built_at: Instant = strawberry.field(description="Build time.")
    author_count: int = strawberry.field(description="Number of authors.")
    paper_count: int = strawberry.field(description="Number of papers.")
    institution_count: int = strawberry.field(description="Number of institutions.")
    category_count: int = strawberry.field(description="Number of categories.")
    venue_count: int = strawberry.field(description="Number of venues.")
    authorship_count: int = strawberry.field(description="Number of authorships: positions in author lists.")
    citation_count: int = strawberry.field(description="Number of citations between papers in this graph.")
    outside_citation_count: int = strawberry.field(
        description="Number of citations by works outside this graph, which are known by id only."
    )
    unresolved_reference_count: int = strawberry.field(description="Number of references to works outside this graph.")
    sources: list[SnapshotSource] = strawberry.field(description="The sources of the records.", metadata={FIELD: _SOURCES})


def shown(info: SnapshotInfo) -> Snapshot:
    """The store's account as an object."""
    counts = info.counts
    return Snapshot(
        version=info.version,
        built_at=Instant(info.built_at),
        author_count=counts["authors"],
        paper_count=counts["papers"],
        institution_count=counts["institutions"],
        category_count=counts["categories"],
        venue_count=counts["venues"],
        authorship_count=counts["authorships"],
        citation_count=counts["citations"],
        outside_citation_count=counts["outside_citations"],
        unresolved_reference_count=counts["unresolved_references"],
        sources=[SnapshotSource(**asdict(source)) for source in info.sources],
    )


async def resolve(root: Any, info: Infos) -> Snapshot:
    """The `snapshot` field."""
    return shown(await info.context.store.snapshot())
