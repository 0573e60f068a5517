"""The lines of a file that may be packed, streamed. A line that is too long is passed over, and its place says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from byline.data.limits import limits, too_long
from byline.data.notices import Notice
from byline.data.sources.read.encoding import as_utf8
from byline.data.sources.read.packed import chunks

# Bytes of a line that is too long by which it may still be known for the beginning of something.
_BEGINNING = 200


@dataclass(frozen=True)
class Overlong:
    """What stands in the place of a line that is longer than a record may be: how it begins, and why it is refused."""

    beginning: bytes
    reason: str

    def notice(self, file: str, line: int) -> Notice:
        """Why the line is refused."""
        return Notice(file, line, "", self.reason)


def lines(path: Path, first: int | None = None) -> Iterator[bytes | Overlong]:
    """Each line without its end, in order; what is packed is unpacked on the way, UTF-16 and UTF-32 become UTF-8.

    A line may be as long as a record, and the first that is not empty as long as `first`, where that is given. Raises
    SourceFailed as `byline.data.sources.read.packed.chunks`.
    """
    usual = limits().max_record_bytes
    most = usual if first is None else first
    held = bytearray()
    # The line that is being read, once it is too long.
    beyond: Overlong | None = None
    for chunk in as_utf8(chunks(path)):
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            line = chunk[start:end] if not held else bytes(held + chunk[start:end])
            if beyond is None and len(line) > most:
                beyond = Overlong(line[:_BEGINNING], too_long())
            yield line.removesuffix(b"\r") if beyond is None else beyond
            if line or beyond:
                most = usual
            held.clear()
            start, beyond = end + 1, None
        if beyond is None:
            held += chunk[start:]
            if len(held) > most:
                beyond = Overlong(bytes(held[:_BEGINNING]), too_long())
                held.clear()
    if beyond is not None:
        yield beyond
    elif held:
        yield bytes(held).removesuffix(b"\r")
