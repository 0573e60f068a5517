"""Institutions behind longer strings: "Dept of Geography, Uppsala Univ, 751 05 Uppsala, Sweden" is Uppsala University.

A string is only ever joined to an institution that is known without it: by an id or a record of its own, or because its name
stands alone often enough. What else the string says has to be a unit of it, where it is, or a word of its name. A string that
names two institutions, known or not, is neither.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from byline.data.identify.abbreviations import heads, key, shortens
from byline.data.identify.addresses import Address, address_of, department, initials, named_unit, parts_of, place, unit
from byline.data.identify.campuses import campuses
from byline.data.identify.keys import Decision
from byline.data.identify.nodes import Nodes
from byline.data.reference.countries import code_of
from byline.graph.text import compact, words

SEGMENT = "part of a longer string"
# So often a name must stand alone before longer strings are taken for it.
ENOUGH = 3
# Parts that are compared; who packs in more is not read.
_MOST = 10
# An acronym of so many letters bears no name without a country or city that agrees.
_SHORT = 5
# Territories that are printed with the country that they belong to.
_WITHIN = {"HK": "CN", "MO": "CN", "TW": "CN", "PR": "US"}


def join_segments(nodes: Nodes, country: Mapping[int, str], recorded: set[int]) -> list[Decision]:
    """Join the nodes of longer strings to the one institution that they name. `country` is that of a node, where a source says
    it; `recorded` are nodes of which a record of their own speaks."""
    known_names = _KnownNames(nodes, country, recorded)
    wanted: dict[int, list[tuple[int, frozenset[str], int, int]]] = defaultdict(list)
    for node, form, address in known_names.longer():
        if (match := known_names.named_in(address)) is not None:
            own = known_names.country.get(nodes.root(node))
            codes = address.countries or (frozenset({own}) if own else frozenset())
            wanted[match.root].append((node, codes, form, match.form))
    decisions: list[Decision] = []
    for root, strings in wanted.items():
        own = known_names.country.get(root)
        countries = {code for _, codes, _, _ in strings if len(codes) == 1 for code in codes}
        for node, codes, form, form_of in strings:
            # Strings that put one name into several countries speak of several institutions, unless it has a country.
            if codes and not agrees(codes, own) and (own or len(countries) > 1):
                continue
            if nodes.root(node) != nodes.root(root) and nodes.join(root, node):
                where = f", in {' or '.join(sorted(codes))}" if codes else ""
                why = f"the string names it{where}; {known_names.support[root]:,} times alone"
                nodes.longer.add(form)
                decisions.append(Decision(nodes.root(root), nodes.forms[form_of], nodes.forms[form], SEGMENT, why))
    return decisions


def agrees(codes: frozenset[str], own: str | None) -> bool:
    """Whether an institution of a country may be in one of `codes`; of an unknown country it may be nowhere."""
    return own is not None and (own in codes or _WITHIN.get(own) in codes)


@dataclass(frozen=True)
class _Name:
    """A name of a known institution: its root, the form that it was printed in, and its key of words."""

    root: int
    form: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Segment(_Name):
    """A name in the parts from `low` up to `high` of a string."""

    low: int
    high: int


class _KnownNames:
    """Institutions that are known without longer strings, by their compact names and by names that are cut short."""

    def __init__(self, nodes: Nodes, country: Mapping[int, str], recorded: set[int]) -> None:
        self._nodes, self._recorded = nodes, {nodes.root(node) for node in recorded}
        self.country = {nodes.root(node): code for node, code in sorted(country.items())}
        self.support: dict[int, int] = defaultdict(int)
        for (node, _), times in nodes.bears.items():
            self.support[nodes.root(node)] += times
        self.by_name: dict[str, dict[int, _Name]] = defaultdict(dict)
        self._by_heads: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self._alone: set[str] = set()
        candidates = self._candidates()
        self._heads = self._campuses(candidates)
        # What is known better explains the others: a catalogue, a plain name, a name with its place.
        for _, name, candidate in sorted(candidates, key=lambda each: each[0]):
            address = None if self._catalogued(candidate.root) else address_of(name)
            if address is None or self.named_in(address) is None:
                self._add(name, candidate)

    def _candidates(self) -> list[tuple[int, str, _Name]]:
        """Names that may be known without other strings, with their rank: 0 of a catalogue, 1 plain, 2 of several parts."""
        ranked = []
        for node, form in self._nodes.bears:
            root, name = self._nodes.root(node), self._nodes.forms[form]
            parts = parts_of(name)
            if len(alone := address_of(name).parts) == 1:
                self._alone.add(compact(alone[0]))
            catalogued = self._catalogued(root)
            if len(compact(name)) < 3 or code_of(name):
                continue
            if catalogued or (self.support[root] >= ENOUGH and not self._vague(name, parts)):
                ranked.append((0 if catalogued else min(len(parts), 2), name, _Name(root, form, key(name))))
        return ranked

    def _add(self, name: str, candidate: _Name) -> None:
        self.by_name[compact(name)].setdefault(candidate.root, candidate)
        if len(candidate.words) > 1:
            self._by_heads[heads(candidate.words)].append(candidate)

    def _catalogued(self, root: int) -> bool:
        return bool(self._nodes.ids(root)) or root in self._recorded

    def _vague(self, name: str, parts: list[str]) -> bool:
        """Whether a name is that of a department or a place, or has one or a country in it, so that its own parts may name it."""
        composed = len(parts) > 1 and (any(unit(part) for part in parts) or code_of(parts[-1]) is not None)
        where = place(name)
        return composed or department(name) or (where is not None and where.certain)

    def _campuses(self, candidates: list[tuple[int, str, _Name]]) -> set[str]:
        """Names that stand before different places: the University of California is not the one in Berkeley."""
        compact_names = {compact(name) for _, name, _ in candidates}
        places: dict[str, set[str]] = defaultdict(set)
        for _, form in self._nodes.bears:
            parts = parts_of(self._nodes.forms[form])
            if len(parts) == 2 and compact("".join(parts)) in compact_names:
                places[compact(parts[0])].add(compact(parts[1]))
        return {head for head, ends in places.items() if len(ends) > 1}

    def longer(self) -> Iterator[tuple[int, int, Address]]:
        """The strings that may hide an institution: node, form, parts."""
        for node, form in self._nodes.bears:
            root, name = self._nodes.root(node), self._nodes.forms[form]
            if self._catalogued(root) or len(self.by_name.get(compact(name), ())) == 1:
                continue
            address = address_of(name)
            if 0 < len(address.parts) <= _MOST:
                yield node, form, address

    # ------------------------------------------------------------ what a string names

    def named_in(self, address: Address) -> _Segment | None:
        """The one institution that an address names; None for none, for several, and where a part is left unexplained."""
        parts, segments = address.parts, list[_Segment]()
        for width in range(len(parts), 0, -1):
            for low in range(len(parts) - width + 1):
                high = low + width
                if any(each.low <= low and high <= each.high for each in segments):
                    continue
                if width == 1 and department(parts[low]):
                    continue
                names = self._of(" ".join(parts[low:high]), address.countries)
                if len(names) > 1:
                    return None
                segments += [_Segment(named.root, named.form, named.words, low, high) for named in names]
        if len({each.root for each in segments}) != 1:
            return None
        return segments[0] if self._explained(address, segments[0]) else None

    def _of(self, text: str, countries: frozenset[str]) -> list[_Name]:
        """The institutions that a text may name: by its name, else by the name with words abbreviated. Where several bear it, the
        country tells which one."""
        names = self.by_name.get(compact(text), {})
        if len(names) == 1 and not self._elsewhere_only(next(iter(names)), countries):
            return list(names.values())
        plain = key(text)
        fitting = {each.root: each for each in self._by_heads.get(heads(plain), ()) if shortens(plain, each.words)}
        exact = names | {root: each for root, each in fitting.items() if each.words == plain}
        bearers = list((exact or fitting).values()) if len(plain) > 1 else list(names.values())
        there = [each for each in bearers if not self._elsewhere_only(each.root, countries)]
        if len(bearers) > 1 and len(there) == 1 and countries and self.country.get(there[0].root):
            return there
        return bearers

    def _elsewhere_only(self, root: int, countries: frozenset[str]) -> bool:
        """Whether an institution is in a country, and that is another one."""
        own = self.country.get(root)
        return bool(countries) and own is not None and not agrees(countries, own)

    # ------------------------------------------------------------ what else it says

    def _explained(self, address: Address, segment: _Segment) -> bool:
        """Whether everything beside the name is a unit, where the institution is, or a word of the name itself."""
        parts, own = address.parts, self.country.get(segment.root)
        if segment.high - segment.low == 1 and compact(parts[segment.low]) in self._heads:
            return False
        if address.countries and own and not agrees(address.countries, own):
            return False
        tail = _Tail(self, address, segment, own)
        return all(tail.unit(part) or self._letters(part) for part in parts[: segment.low]) and tail.fits()

    def _letters(self, part: str) -> bool:
        """Whether a part is an abbreviation of a unit: letters that no other string of the store has for an institution."""
        return unit(part) and not self.elsewhere(part)

    def elsewhere(self, part: str) -> bool:
        """Whether a part is an institution for another string: its whole, or what it begins with."""
        return compact(part) in self._alone

    def extends(self, name: _Name, city: str) -> bool:
        """Whether another known institution has this name with the city behind it."""
        longer = (*name.words, *key(city))
        return any(each.words == longer and each.root != name.root for each in self._by_heads.get(heads(longer), ()))


class _Tail:
    """The parts behind a name, read from left to right: units first, then where it is."""

    def __init__(self, known_names: _KnownNames, address: Address, segment: _Segment, own: str | None) -> None:
        self._known_names, self._segment, self._own = known_names, segment, own
        self._parts, self._countries = address.parts[segment.high :], address.countries
        name = " ".join(address.parts[segment.low : segment.high])
        self._name, self._words = name, set(words(name)) | set(segment.words)
        self._university = not {"university", "college"}.isdisjoint(segment.words)
        self._located = False
        self._cities: list[str] = []

    def unit(self, part: str) -> bool:
        """Whether a part is a unit of the institution."""
        return department(part) or (self._university and named_unit(part))

    def fits(self) -> bool:
        """Whether all parts are explained."""
        for at, part in enumerate(self._parts):
            if not self._explains(at, part):
                return False
        if self._system():
            return False
        acronym = len(self._segment.words) == 1 and len(self._name) <= _SHORT and self._name.isupper()
        return not (acronym and self._parts and not (self._countries or self._cities or self._named()))

    def _named(self) -> bool:
        return all(unit(part) for part in self._parts)

    def _explains(self, at: int, part: str) -> bool:
        if self.unit(part) or set(words(part)) <= self._words:
            return True
        if part.isupper() and initials(part, self._name):
            return True
        where = place(part)
        if where is None or (self._known_names.elsewhere(part) and not where.city):
            return False
        if where.countries and not self._agrees(where.countries):
            return False
        if where.certain:
            self._located = True
            if where.city:
                self._cities.append(where.city)
            return not where.city or not self._known_names.extends(self._segment, where.city)
        return self._located or self._before_a_place(at)

    def _agrees(self, countries: frozenset[str]) -> bool:
        if self._own:
            return agrees(countries, self._own)
        return not self._countries or bool(countries & self._countries)

    def _before_a_place(self, at: int) -> bool:
        """Whether a postcode or a state follows: then what stands before it is a place, known or not."""
        follows = place(self._parts[at + 1]) if at + 1 < len(self._parts) else None
        return follows is not None and follows.bare and bool(self._countries or follows.countries)

    def _system(self) -> bool:
        """Whether the name is that of a system of universities, and the city is not the one that bears the name alone."""
        own = campuses().get(self._segment.words) if self._cities else None
        return own is not None and own.isdisjoint(self._cities)
