"""What is being served."""

from dataclasses import asdict
from typing import Any

import strawberry

from byline.graph.store.protocol import SnapshotInfo
from byline.schema.fields import Infos


@strawberry.type(description="What one source gave.")
class SnapshotSource:
    """Counts of one source."""

    name: str = strawberry.field(description="The source.")
    records: int = strawberry.field(description="Records read from it.")
    rejected: int = strawberry.field(description="Records of it that did not fit and were left out, and files refused whole.")
    refused_files: int = strawberry.field(description="Files of it that were refused whole.")


@strawberry.type(description="The state of the graph that answers this request.")
class Snapshot:
    """Version, counts, sources."""

    version: str = strawberry.field(description="Changes with the contents, and only with them.")
    built_at: str = strawberry.field(description="When it was built, ISO 8601 in UTC.")
    author_count: int = strawberry.field(description="People.")
    paper_count: int = strawberry.field(description="Papers.")
    institution_count: int = strawberry.field(description="Institutions.")
    category_count: int = strawberry.field(description="Categories.")
    authorship_count: int = strawberry.field(description="Pairs of a paper and a place in its author list.")
    citation_count: int = strawberry.field(description="Citations between papers of this graph.")
    outside_citation_count: int = strawberry.field(
        description="Citations of papers of this graph by works that are not in it, known by id alone."
    )
    unresolved_reference_count: int = strawberry.field(description="References to works that are not in this graph.")
    sources: list[SnapshotSource] = strawberry.field(description="Where the records came from.")


def shown(info: SnapshotInfo) -> Snapshot:
    """The store's account as an object."""
    counts = info.counts
    return Snapshot(
        version=info.version,
        built_at=info.built_at,
        author_count=counts["authors"],
        paper_count=counts["papers"],
        institution_count=counts["institutions"],
        category_count=counts["categories"],
        authorship_count=counts["authorships"],
        citation_count=counts["citations"],
        outside_citation_count=counts["outside_citations"],
        unresolved_reference_count=counts["unresolved_references"],
        sources=[SnapshotSource(**asdict(source)) for source in info.sources],
    )


async def resolve(root: Any, info: Infos) -> Snapshot:
    """The `snapshot` field."""
    return shown(await info.context.store.snapshot())
