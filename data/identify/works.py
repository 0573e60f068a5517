"""Records that have one title, as what may be versions of one paper, and what speaks against that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from byline.data.identify.agreement import Agreement, Team, compare

# Years between a preprint and what became of it: docs/identity.md has the figures.
WINDOW = 3


class Verdict(IntEnum):
    """What becomes of two works of one title."""

    ONE = 0
    IDS = 1
    YEARS = 2
    NO_YEAR = 3
    AUTHORS = 4
    NO_AUTHORS = 5
    SOURCE = 6
    SEVERAL = 7
    GENERIC = 8
    NOTICE = 9


REASONS = {
    Verdict.IDS: "different ids of one catalogue",
    Verdict.YEARS: f"more than {WINDOW} years apart",
    Verdict.NO_YEAR: "a year is not known",
    Verdict.AUTHORS: "other authors",
    Verdict.NO_AUTHORS: "authors are not known",
    Verdict.SOURCE: "one source has both, with different years",
    Verdict.SEVERAL: "fits several that cannot be one",
    Verdict.GENERIC: "a title that many papers have",
    Verdict.NOTICE: "an erratum, a reply or a comment",
}
# What keeps two works apart even where a third one fits both.
_FIRM = frozenset({Verdict.IDS, Verdict.AUTHORS, Verdict.SOURCE})

Pair: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Work:
    """What is one by its ids, under one title: `cluster`, its first record of that title, years and author lists of all such
    records (0: no year), ids by catalogue, and the sources that speak of it."""

    cluster: int
    record: int
    ids: dict[str, set[str]]
    years: set[int] = field(default_factory=set)
    teams: list[Team] = field(default_factory=list)
    sources: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two works, by their places in a group, and what comparing them says."""

    pair: Pair
    verdict: Verdict
    agreement: Agreement
    gap: int

    @property
    def strength(self) -> tuple[bool, int, int]:
        """The likelier of two is the greater one."""
        full = self.agreement.shared >= self.agreement.of
        return full, -self.gap, self.agreement.shared


def judge(works: Sequence[Work], silent: Verdict | None) -> list[Comparison]:
    """Every pair of works of one title that is worth telling; `silent` says why the title brings nothing together."""
    pairs = [_pair(works, one, other, silent) for other in range(len(works)) for one in range(other)]
    comparisons = [each for each in pairs if each is not None]
    return comparisons if silent else _settled(comparisons)


def _pair(works: Sequence[Work], one: int, other: int, silent: Verdict | None) -> Comparison | None:
    left, right = works[one], works[other]
    gap = min(abs(a - b) for a in left.years for b in right.years)
    same_year = gap == 0
    years_known = min(min(left.years), min(right.years)) > 0
    agreement = max(
        (compare(a, b) for a in left.teams for b in right.teams), key=lambda each: (each.agree, each.shared, -each.of)
    )
    if not agreement.agree:
        if silent or (years_known and gap > WINDOW):
            return None
        verdict = Verdict.AUTHORS if agreement.of else Verdict.NO_AUTHORS
    elif silent is not None:
        verdict = silent
    elif disagree(left.ids, right.ids):
        verdict = Verdict.IDS
    elif not years_known and not same_year:
        verdict = Verdict.NO_YEAR
    elif gap > WINDOW:
        verdict = Verdict.YEARS
    elif not same_year and not (left.ids and right.ids) and left.sources & right.sources:
        verdict = Verdict.SOURCE
    else:
        verdict = Verdict.ONE
    return Comparison((one, other), verdict, agreement, gap)


def disagree(left: dict[str, set[str]], right: dict[str, set[str]]) -> bool:
    """Whether both have ids of one catalogue and share none of them."""
    return any(left[each].isdisjoint(right[each]) for each in left.keys() & right.keys())


def _settled(comparisons: list[Comparison]) -> list[Comparison]:
    """Without joins that would bring together what cannot be one: of rivals the strictly likelier one stays, else none."""
    firm = {each.pair for each in comparisons if each.verdict in _FIRM}
    joins = {each.pair: each for each in comparisons if each.verdict is Verdict.ONE}
    lasting = joins if not _torn(joins, firm) else {pair: each for pair, each in joins.items() if _best(each, joins, firm)}
    torn = _torn(lasting, firm)
    lost = {pair for pair in joins if pair not in lasting or pair[0] in torn}
    several = Verdict.SEVERAL
    return [Comparison(each.pair, several, each.agreement, each.gap) if each.pair in lost else each for each in comparisons]


def _best(join: Comparison, joins: dict[Pair, Comparison], firm: set[Pair]) -> bool:
    """Whether no rival of either of the two fits the other one as well."""
    for near, far in (join.pair, join.pair[::-1]):
        for pair, rival in joins.items():
            if near in pair and pair != join.pair:
                third = pair[0] if pair[1] == near else pair[1]
                if (min(far, third), max(far, third)) in firm and rival.strength >= join.strength:
                    return False
    return True


def _torn(joins: Iterable[Pair], firm: set[Pair]) -> set[int]:
    """The works of all groups of joined ones in which two cannot be one."""
    torn: set[int] = set()
    for group in _groups(joins):
        if any(one in group and other in group for one, other in firm):
            torn |= group
    return torn


def _groups(pairs: Iterable[Pair]) -> Iterator[set[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group.isdisjoint(pair)]
        groups.append(set(pair).union(*touched))
    yield from groups
