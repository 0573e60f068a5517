"""Character encodings of text files: UTF-8, with the bytes that are none read as Windows-1252; UTF-16 by its byte order mark."""

import codecs
import re
from collections.abc import Iterable, Iterator

from byline.data.notices import Notice, Outcome

UTF8_MARK = codecs.BOM_UTF8
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_MARK = 4
# Windows-1252 is Latin-1 with letters, quotes and dashes where Latin-1 has control characters; five bytes are in neither.
_WINDOWS = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
# JabRef's first line, and what editors leave at the top of a file.
_DECLARED = re.compile(rb"^%+\s*(?:-\*-.*?coding:|encoding:)\s*([\w-]+)", re.I)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return codecs.charmap_decode(error.object[error.start : error.end], "strict", _WINDOWS)[0], error.end


# The name by which `bytes.decode` knows it: bytes that are no UTF-8 are read as Windows-1252.
WINDOWS = "byline-windows-1252"
codecs.register_error(WINDOWS, _as_windows)


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a file in UTF-8: those of UTF-16 and UTF-32, known by their byte order mark, are converted."""
    decoder: codecs.IncrementalDecoder | None = None
    held: bytes | None = b""
    for chunk in chunks:
        if held is not None:
            held += chunk
            if len(held) < _LONGEST_MARK:
                continue
            name = next((name for mark, name in _WIDE if held.startswith(mark)), None)
            decoder = codecs.getincrementaldecoder(name)("replace") if name else None
            chunk, held = held, None
        yield decoder.decode(chunk).encode() if decoder else chunk
    if held:
        yield held


class Decoder:
    """Lines of a file as text. Bytes that are no UTF-8 are read as Windows-1252, or in the encoding that the file declares,
    and counted: `notices` says so once a file."""

    def __init__(self) -> None:
        self._declared = ""
        self._first = 0
        self._count = 0

    def line(self, raw: bytes, number: int) -> str:
        """One line as text; `number` is its number in the file."""
        if number == 1:
            raw = raw.removeprefix(UTF8_MARK)
        if raw.startswith(b"%") and (match := _DECLARED.match(raw)):
            self._declared = _known(match[1].decode())
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self._first = self._first or number
            self._count += 1
        if self._declared:
            return raw.decode(self._declared, "replace")
        return raw.decode("utf-8", WINDOWS)

    def utf8(self, raw: bytes, number: int) -> bytes:
        """One line in UTF-8."""
        if raw.isascii():
            return raw
        try:
            raw.decode()
        except UnicodeDecodeError:
            return self.line(raw, number).encode()
        return raw

    def notices(self, file: str) -> Iterator[Notice]:
        """One notice where lines were not UTF-8."""
        if self._count:
            encoding = f"the encoding that the file declares, {self._declared}" if self._declared else "Windows-1252"
            yield Notice(file, self._first, "", f"is not UTF-8 and was read in {encoding}", Outcome.MENDED, self._count)


def _known(name: str) -> str:
    """Python's name of an encoding of single bytes; "" for UTF-8 and what is unknown."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    return codec if codec.startswith(("cp", "iso8859", "mac", "koi8", "gb", "big5", "euc", "shift")) else ""
