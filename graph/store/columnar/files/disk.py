"""Files of a snapshot on their way to the disk: arrays in pieces, tables of columns, each sealed and synced behind the work."""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# A file up to so many bytes is sealed from one read of it.
_SMALL = 1 << 16
# Called with a stage, how much of it is done, and how much there is.
Progress: TypeAlias = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """The progress that nobody watches."""


class ArrayFile:
    """A one-dimensional .npy file that grows by pieces; the same bytes as one `np.save` of the whole."""

    def __init__(self, disk: "Disk", name: str, dtype: npt.DTypeLike) -> None:
        self.path = disk.place(f"{name}.npy")
        self._disk, self._dtype, self._length = disk, np.dtype(dtype), 0
        self._file: IO[bytes] = self.path.open("wb")
        self._head()

    def append(self, piece: npt.NDArray[Any]) -> None:
        """Put a piece behind the others."""
        self._file.write(np.ascontiguousarray(piece, self._dtype).data)
        self._length += len(piece)

    def close(self) -> Path:
        """Finish the file: its head tells the length, which was not known before."""
        self._file.seek(0)
        self._head()
        self._file.close()
        self._disk.finished(self.path)
        return self.path

    def _head(self) -> None:
        self._file.write(_head(self._dtype, self._length))


@lru_cache(1 << 12)
def _head(dtype: np.dtype[Any], length: int) -> bytes:
    """The head of a .npy file. Numpy leaves room in it for a growing length, so that it is as long whatever the length."""
    file = io.BytesIO()
    about = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": (length,)}
    np.lib.format.write_array_header_1_0(file, about)
    return file.getvalue()


class Disk:
    """The folder that a snapshot is written into, and the seals of its files.

    `memory` is what one step may use for its working arrays, in bytes. Sealing (size and checksum) and syncing go on in a
    thread of their own; leaving the context waits for them. Raises OSError where the disk refuses.
    """

    def __init__(self, folder: Path, memory: int) -> None:
        self.folder, self.memory = folder, memory
        self._sealed: dict[str, Future[dict[str, Any]]] = {}
        self._folders: set[str] = set()
        self._behind = ThreadPoolExecutor(1, "seal")

    def __enter__(self) -> "Disk":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._behind.shutdown(wait=True, cancel_futures=True)

    @property
    def entries(self) -> int:
        """Entries of a list that one step may hold: it needs some 64 bytes for each."""
        return max(1, self.memory // 64)

    def place(self, name: str) -> Path:
        """Where a file of this name goes; its folder is there afterwards."""
        within, _, _ = name.rpartition("/")
        if within not in self._folders:
            (self.folder / within).mkdir(exist_ok=True)
            self._folders.add(within)
        return self.folder / name

    def save(self, name: str, array: npt.NDArray[Any]) -> Path:
        """Write a whole array."""
        file = ArrayFile(self, name, array.dtype)
        file.append(array)
        return file.close()

    def table(self, name: str, columns: Mapping[str, pa.Array]) -> Path:
        """Write columns as one Arrow file of one batch."""
        path = self.place(f"{name}.arrow")
        batch = pa.record_batch(list(columns.values()), names=list(columns))
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
            writer.write_batch(batch)
        self.finished(path)
        return path

    def finished(self, path: Path) -> None:
        """Have a file synced and sealed."""
        self._sealed[str(path.relative_to(self.folder))] = self._behind.submit(_settle, path)

    def folders(self) -> list[Path]:
        """Every folder that has a file of the snapshot, the snapshot's own last."""
        within = {parent for name in self._sealed for parent in Path(name).parents}
        return [self.folder / each for each in sorted(within, reverse=True)]

    def seals(self) -> dict[str, dict[str, Any]]:
        """Size and checksum of each file, once all of them are on the disk."""
        return {name: self._sealed[name].result() for name in sorted(self._sealed)}


def _settle(path: Path) -> dict[str, Any]:
    sync(path)
    return seal(path)


def seal(path: Path) -> dict[str, Any]:
    """Size and BLAKE2b checksum of a file."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > _SMALL:
            return {"bytes": size, "blake2b": hashlib.file_digest(file, _blake).hexdigest()}
        return {"bytes": size, "blake2b": hashlib.blake2b(file.read(), digest_size=16).hexdigest()}


def _blake() -> Any:
    return hashlib.blake2b(digest_size=16)


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names that a folder has."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(paths: Iterable[Path]) -> None:
    """Sync one after the other."""
    for path in paths:
        sync(path)
