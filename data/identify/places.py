"""Institutions behind longer strings: "ECE & ASRI, Seoul National University, Korea" is Seoul National University.

A string is only ever joined to an institution that is known without it: by an id or a record of its own, or because its name
stands alone often enough. What else the string says has to be a department, a country, or a word of the name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from data.countries import code_of
from data.identify.keys import Decision
from data.identify.nodes import Nodes
from graph.text import compact, words

SEGMENT = "part of a longer string"
# So often a name must stand alone before longer strings are taken for it.
ENOUGH = 3
# Parts that are compared; who packs in more is not read.
_MOST = 8
_SPLIT = re.compile(r"\s*[,;]\s*|\s+[-–—]\s+")
_UNIT = re.compile(
    r"(?:(?:joint|national|state|key|graduate|sub|research|the) )*"
    r"(?:dept|department|departments|departement|departamento|dipartimento|school|faculty|facultad|faculte|fakultat"
    r"|laboratory|laboratories|laboratoire|laboratorio|lab|labs|center|centre"
    r"|group|division|section|chair|program|programme|unit|college of|institute of|team"
    r"|bureau|office|branch|area|lehrstuhl|institut fur|academy of arts)\b"
    r"|.* (?:department|dept|laboratory|lab|labs|group|division|center|centre|section|program|team)$"
)
_LETTERS = re.compile(r"(?:[A-Z]{2,6}[0-9]?(?:\s*(?:&|/|\+|and)\s*|\s*$))+")


def join_segments(nodes: Nodes, country: Mapping[int, str], told: set[int]) -> list[Decision]:
    """Join the nodes of longer strings to the one institution that they name. `country` is that of a node, where a source says
    it; `told` are nodes of which a record of their own speaks."""
    known = _Known(nodes, country, told)
    wanted: dict[int, list[tuple[int, str | None, int, int]]] = defaultdict(list)
    for node, form, parts in known.longer():
        if (found := known.named_in(parts)) is not None:
            root, form_of = found
            code = _country(parts) or known.country.get(nodes.root(node))
            wanted[root].append((node, code, form, form_of))
    decisions: list[Decision] = []
    for root, strings in wanted.items():
        own = known.country.get(root)
        said = {code for _, code, _, _ in strings if code}
        for node, code, form, form_of in strings:
            # Strings that put one name into several countries speak of several institutions, unless it has a country.
            if code and code != own and (own or len(said) > 1):
                continue
            if nodes.root(node) != nodes.root(root) and nodes.join(root, node):
                why = f"the string names it{', in ' + code if code else ''}; {known.support[root]:,} times alone"
                nodes.longer.add(form)
                decisions.append(Decision(nodes.root(root), nodes.forms[form_of], nodes.forms[form], SEGMENT, why))
    return decisions


def parts_of(name: str) -> list[str]:
    """What commas, semicolons and dashes part."""
    return [part for part in _SPLIT.split(name.strip()) if part]


def _country(parts: list[str]) -> str | None:
    return code_of(parts[-1].strip(" ."))


def _department(part: str) -> bool:
    return bool(_UNIT.match(" ".join(words(part))))


def unit(part: str) -> bool:
    """Whether a part of a string is a department, a laboratory or the like, or an abbreviation, and no institution by itself."""
    return _department(part) or bool(_LETTERS.fullmatch(part.strip()))


class _Known:
    """Institutions that are known without longer strings: `by_name` has the root and the form of each compact name."""

    def __init__(self, nodes: Nodes, country: Mapping[int, str], told: set[int]) -> None:
        self._nodes, self._told = nodes, {nodes.root(node) for node in told}
        self.country = {nodes.root(node): code for node, code in sorted(country.items())}
        self.support: dict[int, int] = defaultdict(int)
        for (node, _), times in nodes.bears.items():
            self.support[nodes.root(node)] += times
        self.by_name: dict[str, tuple[int, int] | None] = {}
        for node, form in nodes.bears:
            root, name = nodes.root(node), nodes.forms[form]
            catalogued = bool(nodes.ids(root)) or root in self._told
            if catalogued or (self.support[root] >= ENOUGH and not _department(name) and not self._composed(name)):
                plain = compact(name)
                before = self.by_name.get(plain, (root, form))
                # A name of two institutions tells neither.
                self.by_name[plain] = before if before is not None and before[0] == root else None
        for name in [name for name in self.by_name if len(name) < 3 or code_of(name)]:
            del self.by_name[name]
        self._heads = self._campuses()

    def _composed(self, name: str) -> bool:
        """Whether a name has a department or a country in it, so that its own parts may name it."""
        parts = parts_of(name)
        return len(parts) > 1 and (any(unit(part) for part in parts) or _country(parts) is not None)

    def _campuses(self) -> set[str]:
        """Names that stand before different places: the University of California is not the one in Berkeley."""
        places: dict[str, set[str]] = defaultdict(set)
        for _, form in self._nodes.bears:
            parts = parts_of(self._nodes.forms[form])
            if len(parts) == 2 and compact("".join(parts)) in self.by_name:
                places[compact(parts[0])].add(compact(parts[1]))
        return {head for head, found in places.items() if len(found) > 1}

    def longer(self) -> Iterator[tuple[int, int, list[str]]]:
        """The strings that may hide an institution: node, form, parts."""
        for node, form in self._nodes.bears:
            root, name = self._nodes.root(node), self._nodes.forms[form]
            if self._nodes.ids(root) or root in self._told:
                continue
            parts = parts_of(name)
            if 1 < len(parts) <= _MOST and self.by_name.get(compact(name)) is None:
                yield node, form, parts

    def named_in(self, parts: list[str]) -> tuple[int, int] | None:
        """The one institution that the parts name, alone or several of them together; None for none or for several."""
        found: list[tuple[int, int, tuple[int, int]]] = []
        for width in range(len(parts), 0, -1):
            for low in range(len(parts) - width + 1):
                high = low + width
                own = self.by_name.get(compact("".join(parts[low:high])))
                inside = any(start <= low and high <= end for start, end, _ in found)
                if own is not None and not inside and not (width == 1 and _department(parts[low])):
                    found.append((low, high, own))
        if len({own[0] for _, _, own in found}) != 1:
            return None
        low, high, own = found[0]
        if high - low == 1 and compact(parts[low]) in self._heads:
            return None
        return own if self._explained(parts, low, high) else None

    def _explained(self, parts: list[str], low: int, high: int) -> bool:
        """Whether everything beside the name is a department, a country, or a word of the name itself."""
        name = set(words(" ".join(parts[low:high])))
        before = all(unit(part) for part in parts[:low])
        return before and all(unit(part) or code_of(part.strip(" .")) or set(words(part)) <= name for part in parts[high:])
