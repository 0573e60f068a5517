"""Self-citations: no store keeps a paper that cites itself, whatever the facts say."""

import pyarrow as pa
import pyarrow.compute as pc


def without_loops(citations: pa.Table) -> pa.Table:
    """The citation links less those of a paper to itself; the same table where there are none."""
    loops = pc.equal(citations["citing"], citations["cited"])
    return citations.filter(pc.invert(loops)) if pc.any(loops).as_py() else citations
