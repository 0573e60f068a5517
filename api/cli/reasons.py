"""Decisions of identity as a snapshot keeps them, and how they are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.errors import SnapshotDamaged, describe
from byline.graph.store.columnar.files.load import link

# How evidence begins that has no shared coauthor, institution or paper in it.
_WORDS = "shared title words:"


@dataclass(frozen=True)
class Reason:
    """One decision of identity: the names or titles of the one and of the other, the rule, what spoke for it or against it.

    `other` is the public id of the one who is kept apart; null where two were joined, or several are counted together.
    `probability` is how likely the two are one, `terms` the weight of each kind of evidence in log-odds; null where the decision
    rests on no score, and in snapshots of before.
    """

    left: str
    right: str
    rule: str
    evidence: str
    other: str | None
    probability: float | None = None
    terms: dict[str, float] | None = None


def reasons(snapshot: Path, identifier: str) -> tuple[list[Reason], list[Reason]]:
    """The joins and the refusals of one node, in the order of the snapshot. Raises SnapshotDamaged."""
    decisions = link(snapshot, "decision")
    try:
        chosen = decisions.filter(pc.equal(decisions["id"], identifier)).to_pylist()
    except pa.ArrowInvalid as error:
        path = snapshot / "links" / "decision.arrow"
        raise SnapshotDamaged(f"{path} cannot be read: {describe(error)}", "byline check says more") from error
    verdicts = [(row["joined"], _reason(row)) for row in chosen]
    return [reason for joined, reason in verdicts if joined], [reason for joined, reason in verdicts if not joined]


def _reason(row: Mapping[str, Any]) -> Reason:
    probability, terms = row["probability"], row["terms"]
    return Reason(
        row["left"],
        row["right"],
        row["rule"],
        row["evidence"],
        row["other"],
        None if probability is None else round(probability, 4),
        None if terms is None else {each["term"]: round(each["weight"], 3) for each in terms},
    )


def _weighed(reason: Reason) -> Iterator[str]:
    """The weights of the evidence as one line."""
    if reason.terms is not None and reason.probability is not None:
        terms = ", ".join(f"{term} {weight:+.1f}" for term, weight in reason.terms.items())
        yield f"    probability {reason.probability:.2f} from {terms} (log-odds)"


def decision_lines(joined: Sequence[Reason], apart: Sequence[Reason]) -> Iterator[str]:
    """Both as lines for people to read."""
    yield f"joined by likeness or by hand: {len(joined) or 'nothing'}"
    for each in joined:
        names = each.left if each.left == each.right else f"{each.left} = {each.right}"
        # A common name and a common subject are no person yet.
        alone = "; nothing but words of titles speaks for it" if each.evidence.startswith(_WORDS) else ""
        yield f"  {names}, {each.rule}: {each.evidence}{alone}"
        yield from _weighed(each)
    yield f"kept apart: {len(apart) or 'nothing'}"
    for each in apart:
        far = " ".join(part for part in (each.other, each.right) if part) or "others"
        rest = "" if each.other or each.right else "; a snapshot keeps the likeliest alone"
        yield f"  {each.left} | {far}, {each.rule}: {each.evidence}{rest}"
        yield from _weighed(each)
