"""The country of an institution: what its catalogue states, else what most of the statements say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

# A country has the majority where it has this share of the statements; below it they are about even.
MAJORITY = 0.6
NOT_STATED = "no source states a country"


@dataclass
class Statements:
    """How often each country is stated: by author lists and records (`counts`), and by records with a ROR (`own`)."""

    counts: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, parts: "Iterable[Statements]") -> "Statements":
        """All statements of several nodes."""
        union = cls()
        for part in parts:
            union.add(part)
        return union

    def add(self, other: "Statements") -> None:
        """Count the statements of another node too."""
        self.counts.update(other.counts)
        self.own.update(other.own)

    def state(self, code: str, times: int = 1, authoritative: bool = False) -> None:
        """Count a statement, so many times over; an authoritative one is that of a catalogue about its own institution."""
        (self.own if authoritative else self.counts)[code] += times

    def verdict(self) -> tuple[str | None, str | None]:
        """The country, or None and why: records with a ROR outrank all others; MAJORITY of what counts decides."""
        counted = +self.own or +self.counts
        if not counted:
            return None, NOT_STATED
        total = counted.total()
        ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
        if ranked[0][1] >= MAJORITY * total:
            return ranked[0][0], None
        shown = ", ".join(f"{code} {times:,}" for code, times in ranked[:3]) + (", \u2026" if len(ranked) > 3 else "")
        return None, f"contested: of {total:,} statements {shown}"
