"""Why two are one and why two stay two, in words: the rows that a snapshot keeps."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.identify.agglomerate import SAME_PLACE, Component, Join, Refusal
from byline.data.identify.arrays import Longs
from byline.data.identify.disambiguation_input import DECISION, DisambiguationInput
from byline.data.identify.features import Feature
from byline.data.identify.naming import Naming
from byline.data.identify.score import Score, Term
from byline.data.identify.weights import SAME
from byline.data.ragged import Ints

Row: TypeAlias = dict[str, Any]

# How many refusals of one person are kept, the likeliest first; the others are counted.
REFUSALS = 5
# How many shared coauthors and the like are named.
NAMED = 3
# So many rows are objects at a time; the others are columns.
STRETCH = 1 << 14
SPELLING = "equal up to case, accents and punctuation"
# Below this a number of people expected is not told apart.
_FEW = 0.01
_SHARED = {
    Feature.COAUTHOR: "coauthors",
    Feature.INSTITUTION: "institutions",
    Feature.PAPER: "papers written or cited",
}
_TERMS = tuple(term.label for term in Term)
_NAMED_KINDS = frozenset(map(int, (*_SHARED, Feature.WORD)))


class Reasons:
    """Collects joins and refusals of components, and writes them down once clusters have numbers."""

    def __init__(self, scene: DisambiguationInput, names: Naming) -> None:
        self._scene, self._names = scene, names
        self._form = np.zeros(len(names.words), np.int64)
        self._form[names.of_form[::-1]] = np.arange(len(scene.forms))[::-1]
        self._texts: dict[int, str] = {}
        # Rows with units where clusters will stand.
        self._rows: list[Row] = []
        self._tables = [DECISION.empty_table()]

    def take(self, component: Component) -> None:
        """Note what was decided in one component."""
        for join in component.joins:
            if row := self._joined(join):
                self._note(join.left, None, row)
        refusals: dict[int, int] = {}
        for left, right in component.apart():
            for near, far in ((left, right), (right, left)):
                refusals[near] = refusals.get(near, 0) + 1
                if refusals[near] <= REFUSALS:
                    self._note(near, far, self._refused(component, component.refusal((left, right)), near, far))
        for unit, count in refusals.items():
            if count > REFUSALS:
                name = self._text(min(component.clusters[unit].names))
                why = f"{count - REFUSALS} more were looked at and stay apart"
                self._note(unit, None, _row(name, "", SAME, why, joined=False))

    def table(self, cluster: Ints) -> pa.Table:
        """All rows, with the schema DECISION; `cluster` gives the number of each unit's cluster."""
        self._pack()
        rows = pa.concat_tables(self._tables)
        number = pa.array(cluster, pa.int32())
        for name in ("cluster", "other"):
            rows = rows.set_column(rows.schema.get_field_index(name), DECISION.field(name), pc.take(number, rows[name]))
        return rows

    def _note(self, unit: int, other: int | None, row: Row) -> None:
        self._rows.append(row | {"cluster": unit, "other": other})
        if len(self._rows) >= STRETCH:
            self._pack()

    def _pack(self) -> None:
        self._tables.append(pa.Table.from_pylist(self._rows, DECISION))
        self._rows.clear()

    def _joined(self, join: Join) -> Row | None:
        one, other = sorted(min(names) for names in join.names)
        if join.score.kind == SAME:
            one = other = min(join.names[0] & join.names[1])
        evidence = self._shared(join.shared)
        if join.score.kind == SAME_PLACE:
            return _row(self._text(one), self._text(other), SAME_PLACE, "same place in two lists of one paper")
        if join.score.kind == SAME and not evidence:
            return None
        row = _row(self._text(one), self._text(other), join.score.kind, "; ".join([*evidence, self._rarity(join.score)]))
        return row | _numbers(join.score)

    def _refused(self, component: Component, refusal: Refusal, near: int, far: int) -> Row:
        one, other = min(component.clusters[near].names), min(component.clusters[far].names)
        kind = refusal.score.kind if refusal.score else self._names.variant(one, other) or SAME
        if refusal.why:
            why = [refusal.why]
        else:
            assert refusal.score is not None
            why = [self._rarity(refusal.score), *self._against(component, refusal)]
        row = _row(self._text(one), self._text(other), kind, "; ".join([*why, *self._shared(refusal.shared)]), joined=False)
        return row | _numbers(refusal.score)

    def _against(self, component: Component, refusal: Refusal) -> list[str]:
        assert refusal.score is not None
        conflict = refusal.score.terms[Term.INSTITUTIONS] < 0 and not refusal.score.sums[Feature.INSTITUTION]
        return (["no institution in common"] if conflict else []) + [
            f"probability {refusal.score.probability:.2f} is too low to join them"
        ]

    def _rarity(self, score: Score) -> str:
        expected = f"{score.expected:.2g}" if score.expected >= _FEW else f"fewer than {_FEW}"
        return f"{expected} people expected under the name"

    def _shared(self, shared: dict[int, float]) -> list[str]:
        """What is shared, the weightiest first; coauthors under other forms of a name only where none is shared as printed."""
        by_kind: dict[int, list[tuple[float, int]]] = {}
        for mark, weight in shared.items():
            if (kind := mark & 7) in _NAMED_KINDS:
                by_kind.setdefault(kind, []).append((-weight, mark >> 3))
        texts = []
        for kind, noun in _SHARED.items():
            if kind in by_kind:
                best = [self._mark(kind, number) for _, number in sorted(by_kind[kind])[:NAMED]]
                more = len(by_kind[kind]) - len(best)
                texts.append(f"shared {noun}: {'; '.join(best)}{f' and {more} more' if more else ''}")
        if words := by_kind.get(Feature.WORD):
            total = -sum(weight for weight, _ in words)
            texts.append(f"shared title words: {len(words)}, weight {total:.1f}")
        return texts

    def _mark(self, kind: Feature, number: int) -> str:
        match kind:
            case Feature.COAUTHOR:
                return self._text(number)
            case Feature.INSTITUTION:
                return str(self._scene.institution_name[number].as_py())
        return str(self._scene.paper_key[number].as_py())

    def _text(self, name: int) -> str:
        # The bearers of one name follow each other, and each is told of several times.
        if name not in self._texts:
            if len(self._texts) >= STRETCH:
                self._texts.clear()
            self._texts[name] = str(self._scene.forms[int(self._form[name])].as_py())
        return self._texts[name]


def _numbers(score: Score | None) -> Row:
    """The probability and the weight of each kind of evidence that there is; nothing where something forbids a join."""
    if score is None or not score.terms:
        return {}
    terms = [{"term": term, "weight": weight} for term, weight in zip(_TERMS, score.terms, strict=True) if weight]
    return {"probability": score.probability, "terms": terms}


def _row(left: str, right: str, rule: str, evidence: str, joined: bool = True) -> Row:
    return {"left": left, "right": right, "rule": rule, "evidence": evidence, "joined": joined, "other": None}


def spellings(scene: DisambiguationInput, names: Naming, name: Longs, entry: Ints, person: Ints) -> Iterator[Row]:
    """One row for each spelling of a name that likeness alone, and no id, ties to a cluster."""
    several = np.bincount(names.of_form, minlength=len(names.words)) > 1
    free = np.flatnonzero((scene.entry_person < 0) & several[name])
    bearer, form, _ = scene.person_forms
    chosen = several[names.of_form[form]]
    bearer, form = bearer[chosen], form[chosen]
    # What an id or the very same string holds together.
    group = np.concatenate([-1 - scene.entry_form[free].astype(np.int64), bearer.astype(np.int64)])
    forms = np.concatenate([scene.entry_form[free], form]).astype(np.int64)
    cluster = np.concatenate([entry[free], person[bearer]]).astype(np.int64)
    when = np.concatenate([scene.entry_first[free], scene.person_first[bearer]])
    order = np.lexsort((forms, when))
    tied: dict[tuple[int, int], dict[int, list[int]]] = {}
    for at in order.tolist():
        units = tied.setdefault((int(cluster[at]), int(names.of_form[forms[at]])), {})
        own_forms = units.setdefault(int(group[at]), [])
        if int(forms[at]) not in own_forms:
            own_forms.append(int(forms[at]))
    for (number, _), units in tied.items():
        groups = list(units.values())
        seen = set(groups[0])
        for each in groups[1:]:
            if seen.isdisjoint(each):
                left, right = (str(scene.forms[form].as_py()) for form in (groups[0][0], each[0]))
                yield _row(left, right, SAME, SPELLING) | {"cluster": number}
            seen.update(each)
