"""Decisions of identity as a snapshot keeps them, and how they are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import SnapshotDamaged, in_words


@dataclass(frozen=True)
class Reason:
    """One decision of identity: the names or titles of the one and of the other, the rule, what spoke for it or against it.

    `other` is the public id of the one who is kept apart; null where two were joined, or several are counted together.
    """

    left: str
    right: str
    rule: str
    evidence: str
    other: str | None


def reasons(snapshot: Path, identifier: str) -> tuple[list[Reason], list[Reason]]:
    """The joins and the refusals of one node, in the order of the snapshot."""
    path = snapshot / "links" / "decision.arrow"
    try:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            chosen = table.filter(pc.equal(table["id"], identifier)).to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {in_words(error)}", "byline check says more") from error
    found = [(row["joined"], Reason(row["left"], row["right"], row["rule"], row["evidence"], row["other"])) for row in chosen]
    return [reason for joined, reason in found if joined], [reason for joined, reason in found if not joined]


def told(joined: Sequence[Reason], apart: Sequence[Reason]) -> Iterator[str]:
    """Both as lines for people to read."""
    yield f"joined by likeness or by hand: {len(joined) or 'nothing'}"
    for each in joined:
        yield f"  {each.left} = {each.right}, {each.rule}: {each.evidence}"
    yield f"kept apart: {len(apart) or 'nothing'}"
    for each in apart:
        far = " ".join(part for part in (each.other, each.right) if part) or "others"
        yield f"  {each.left} | {far}, {each.rule}: {each.evidence}"
