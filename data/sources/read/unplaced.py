"""Members that a format states and the graph has no place for: counted once a member and file, with the first line."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from byline.data.notices import Notice, Outcome

# The members of an object that are read, or are nothing but another form of one that is; what members have whose objects
# are looked at as well, and None for the others.
Shape: TypeAlias = Mapping[str, "Shape | None"]

# Different members that are counted apart; those that come later are counted together.
_MEMBERS = 200
_OTHER = "other members"
_REASON = "has no place in the graph"
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def shape(*members: str, **within: Shape) -> Shape:
    """Members that are read, and those whose own members are."""
    return dict.fromkeys(members) | within


@dataclass(frozen=True)
class _Known:
    """A shape, so that no other one gets its number, whether it has all members of an object, and which of its have shapes."""

    shape: Shape
    holds_all: Callable[[Mapping[str, Any]], bool]
    nested: tuple[tuple[str, Shape], ...]

    @classmethod
    def of(cls, shape: Shape) -> "_Known":
        return cls(shape, frozenset(shape).issuperset, tuple((name, inner) for name, inner in shape.items() if inner is not None))


class Unplaced:
    """The tally of one file; `inside` names the file in it that is being read, where it holds several."""

    def __init__(self, file: str) -> None:
        self.inside = file
        self._known: dict[int, _Known] = {}
        self._counted: dict[str, tuple[str, int, list[int]]] = {}

    def add(self, member: str, line: int) -> None:
        """Count a member of a line."""
        if (counted := self._counted.get(member)) is not None:
            counted[2][0] += 1
        elif len(self._counted) < _MEMBERS or member == _OTHER:
            self._counted[member] = (self.inside, line, [1])
        else:
            self.add(_OTHER, line)

    def beyond(self, value: Mapping[str, Any], shape: Shape, line: int, head: str = "", lower: bool = False) -> None:
        """Count the members of an object that are not known and not empty, of objects within as well. With `lower` the case
        of their names says nothing."""
        if not lower:
            if (known := self._known.get(id(shape))) is None:
                known = self._known[id(shape)] = _Known.of(shape)
            if known.holds_all(value):
                # Most objects have nothing beyond it, and few have objects within.
                for member, members in known.nested:
                    if within := value.get(member):
                        self._within(within, members, line, f"{head}{member}", lower)
                return
        for member, each in value.items():
            name = member.lower() if lower else member
            if name not in shape:
                if each not in _NOTHING:
                    self.add(head + member, line)
            elif (inner := shape[name]) is not None:
                self._within(each, inner, line, f"{head}{member}", lower)

    def _within(self, value: Any, shape: Shape, line: int, member: str, lower: bool) -> None:
        if isinstance(value, dict):
            self.beyond(value, shape, line, f"{member}.", lower)
        elif isinstance(value, list):
            below = f"{member}[]."
            for each in value:
                if isinstance(each, dict):
                    self.beyond(each, shape, line, below, lower)

    def children(self, element: Element, read_names: Collection[str], line: int, head: str = "") -> None:
        """Count the attributes (as `@name`) and the children of an XML element that are not known and not empty."""
        for name, value in element.attrib.items():
            if value and (member := f"@{name}") not in read_names:
                self.add(head + member, line)
        for child in element:
            if child.tag not in read_names and (child.text or child.attrib or len(child)):
                self.add(head + child.tag, line)

    def notices(self) -> Iterator[Notice]:
        """One notice for each member, at the line where it first stood."""
        for member, (file, line, count) in self._counted.items():
            yield Notice(file, line, member, _REASON, Outcome.NO_PLACE, count[0])
