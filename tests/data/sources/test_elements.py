"""XML as a stream: entities, encodings, traps."""

import pytest

from byline.data.notices import Notice
from byline.data.sources.read.elements import LocatedElement, elements, text_of
from byline.graph.errors import SourceFailed


def pieces_of(*pieces: bytes) -> list[tuple[int, str | None]]:
    each = elements(pieces, {"p", "q"}, "x.xml")
    return [(one.line, one.reason if isinstance(one, Notice) else text_of(one.element)) for one in each]


def test_elements_and_their_lines() -> None:
    text = b'<a id="1">\n<b no="2"><p>one <i>two</i></p></b>\n<q>\n three<p>four</p></q></a>'
    for cut in range(len(text)):
        assert pieces_of(text[:cut], text[cut:]) == [(2, "one two"), (3, "threefour")]
    first, second = elements([text], {"p", "q"}, "x.xml")
    assert isinstance(first, LocatedElement)
    assert isinstance(second, LocatedElement)
    assert first.around == {"a": {"id": "1"}, "b": {"no": "2"}}
    assert second.around == {"a": {"id": "1"}}


def test_named_characters_without_their_dtd() -> None:
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE d SYSTEM "gone.dtd">\n'
    latin += b"<d><p>M&uuml;ller \xfc &#233; &amp;</p></d>"
    assert pieces_of(latin) == [(3, "Müller ü é &")]
    assert pieces_of(b"<d><p>&Oslash;re</p></d>") == [(1, "Øre")]


def test_a_document_that_ends_between_two_elements() -> None:
    why = "the document ends without the end of its root; what stands before was taken"
    assert pieces_of(b"<d><p>one</p>\n") == [(1, "one"), (2, why)]


LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha">%s]><d><p>&z;</p></d>' % b"".join(
    b'<!ENTITY %c "%s">' % (97 + i, b"&%c;" % (96 + i) * 10) for i in range(1, 26)
)


def test_an_element_that_is_too_long_is_refused_alone() -> None:
    text = b"<d>\n<p>" + b"x" * (17 << 20) + b"</p><p>one</p></d>"
    (first, why), second = pieces_of(text)
    assert (first, why.split(":")[0] if why else "", second) == (2, "is too long for a record", (2, "one"))
    tags = b"<d><p " + b"a" * (18 << 20)
    with pytest.raises(SourceFailed, match="a tag or a comment is too long for a record"):
        pieces_of(*(tags[start : start + (1 << 20)] for start in range(0, len(tags), 1 << 20)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LAUGHS, "defines the entity &a; by itself"),
        (b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d><p>&a;</p></d>', "defines the entity &a; by itself"),
        (b'<!DOCTYPE d [<!ENTITY % a "b">]><d/>', "defines the entity &a; by itself"),
        (b"<d>\n<p>&nobody;</p></d>", "x.xml:2: the entity &nobody; is not defined"),
        (b"<d><p>cut", "not well-formed"),
        (b"<d><p></d>", "not well-formed"),
        (b"", "not well-formed"),
    ],
)
def test_what_is_refused(text: bytes, why: str) -> None:
    with pytest.raises(SourceFailed, match=why):
        pieces_of(text)
