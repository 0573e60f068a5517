"""XML as a stream: one finished element after the other, and nothing of what lies behind.

The parser is the standard library's expat. It fetches nothing; a document that defines entities of its own is refused, since
a few lines of them can stand for gigabytes. Named characters such as `&uuml;` are read as HTML defines them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from byline.data.limits import limits, too_deep, too_long, too_many
from byline.data.notices import Notice
from byline.graph.errors import SourceFailed


@dataclass(frozen=True)
class LocatedElement:
    """A whole element, the number of the line on which it begins, and the attributes of the elements around it, by name."""

    line: int
    element: Element
    around: Mapping[str, Mapping[str, str]]


def elements(chunks: Iterable[bytes], names: Collection[str], shown: str) -> Iterator[LocatedElement | Notice]:
    """Each outermost element with one of these names.

    A document that ends between two of them, without the end of its root, is taken as far as it goes, and that is said.
    One that is longer, deeper or has more members than a record may is refused alone. `shown` names the file in errors. Raises
    SourceFailed where the document is not well-formed, defines entities, or is nested too deep around the elements.
    """
    collector = _Collector(names, shown)
    parser = _parser(collector)
    size = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from collector.taken()
            size += len(chunk)
            if size - parser.CurrentByteIndex > limits().max_record_bytes:
                raise SourceFailed(f"{shown}:{parser.CurrentLineNumber}: a tag or a comment {too_long()}")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS] and collector.between():
            yield Notice(shown, error.lineno, "", "the document ends without the end of its root; what stands before was taken")
            return
        raise SourceFailed(f"{shown} is not well-formed XML: {error}") from None
    yield from collector.taken()


class _Collector:
    def __init__(self, names: Collection[str], shown: str) -> None:
        self.names, self.shown = frozenset(names), shown
        self.line: Callable[[], int] = lambda: 0
        self._builder: TreeBuilder | None = None
        self._collected: list[LocatedElement | Notice] = []
        self._bounds = limits()
        # Why the element that is being read is refused.
        self._refused: str | None = None
        self._open: list[tuple[str, dict[str, str]]] = []
        self._depth = self._begun = self._size = self._members = 0

    def taken(self) -> list[LocatedElement | Notice]:
        collected, self._collected = self._collected, []
        return collected

    def between(self) -> bool:
        """Whether nothing but the root is open."""
        return self._builder is None and len({name for name, _ in self._open}) == 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._builder is None:
            if name not in self.names:
                self._enter(name, attributes)
                return
            self._builder, self._begun, self._size, self._members = TreeBuilder(), self.line(), 0, 0
        self._depth += 1
        self._members += 1 + len(attributes)
        self._size += len(name) + sum(map(len, attributes)) + sum(map(len, attributes.values()))
        if self._fits():
            self._builder.start(name, attributes)

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        """Go into an element around the wanted ones."""
        if len(self._open) >= self._bounds.max_record_depth:
            raise SourceFailed(f"{self.shown}:{self.line()}: the document {too_deep()}")
        self._open.append((name, attributes))

    def _fits(self) -> bool:
        """Whether the element is still a record; what was held of one that is none is let go, and its end waited for."""
        if self._refused is None:
            if self._size > self._bounds.max_record_bytes:
                self._refused = too_long("record")
            elif self._members > self._bounds.max_record_members:
                self._refused = too_many()
            elif self._depth > self._bounds.max_record_depth:
                self._refused = too_deep()
            if self._refused is not None:
                self._builder = TreeBuilder()
        return self._refused is None

    def end(self, name: str) -> None:
        if self._builder is not None:
            if self._refused is None:
                self._builder.end(name)
            self._depth -= 1
            if not self._depth:
                self._collected.append(self._finished(self._builder))
                self._builder = self._refused = None
        else:
            self._open.pop()

    def _finished(self, builder: TreeBuilder) -> LocatedElement | Notice:
        if self._refused is not None:
            return Notice(self.shown, self._begun, "", self._refused)
        return LocatedElement(self._begun, builder.close(), dict(self._open))

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._size += len(text)
            if self._fits():
                self._builder.data(text)

    def skipped(self, name: str, is_parameter: bool) -> None:
        """An entity that only the DTD outside defines."""
        if not is_parameter:
            if name not in name2codepoint:
                raise SourceFailed(f"{self.shown}:{self.line()}: the entity &{name}; is not defined")
            self.data(chr(name2codepoint[name]))

    def defined(self, name: str, *_: Any) -> None:
        raise SourceFailed(f"{self.shown} defines the entity &{name}; by itself, which can blow up its size", "remove its DTD")


def _parser(collector: _Collector) -> "expat.XMLParserType":
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # A DTD can state attributes of any length for every element that has none.
    parser.specified_attributes = True
    collector.line = lambda: parser.CurrentLineNumber
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    parser.SkippedEntityHandler = collector.skipped
    parser.EntityDeclHandler = collector.defined
    # The DTD may define entities for a document that names none: then they are skipped instead of being an error.
    parser.UseForeignDTD(True)
    parser.ExternalEntityRefHandler = lambda *_: 1
    return parser


def text_of(element: Element | None) -> str | None:
    """All text of an element, with single spaces; None where there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None
