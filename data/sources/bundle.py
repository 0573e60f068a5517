"""The files inside a folder or an archive (`.tar`, `.tar.gz`, `.tar.zst`), streamed one after the other in pieces."""

import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from data.sources.lines import chunks
from graph.errors import SourceFailed

_CHUNK = 1 << 20


def is_archive(path: Path) -> bool:
    """Whether the name is that of an archive."""
    return path.name.endswith((".tar", ".tar.gz", ".tgz", ".tar.zst"))


def members(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and pieces of each wanted file of an archive, in its order. The pieces are to be read before the next file.

    Raises SourceFailed where the archive is missing, damaged or cut short.
    """
    try:
        with tarfile.open(fileobj=cast(Any, _Unpacked(path)), mode="r|") as archive:
            for member in archive:
                if member.isfile() and wanted(member.name) and (file := archive.extractfile(member)):
                    yield member.name, iter(lambda file=file: file.read(_CHUNK), b"")  # type: ignore[misc]
    except tarfile.TarError as error:
        raise SourceFailed(f"{path} is no whole archive: {error}", "get the file again") from None


class _Unpacked:
    """The one method of a file that a stream of tar needs."""

    def __init__(self, path: Path) -> None:
        self._chunks = chunks(path)
        self._rest = b""

    def read(self, size: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < size and (chunk := next(self._chunks, None)) is not None:
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]
