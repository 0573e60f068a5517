"""Numbers on their way through a file without a name: written a part at a time, mapped as a whole."""

import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.texts import mapped


class Unnamed:
    """A column of numbers in a folder; what is mapped outlives the file."""

    def __init__(self, folder: Path, dtype: npt.DTypeLike) -> None:
        self._folder, self._dtype = folder, np.dtype(dtype)

    def __enter__(self) -> "Unnamed":
        self._file = tempfile.TemporaryFile(dir=self._folder)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, part: npt.NDArray[Any]) -> None:
        """Put a part behind the others."""
        self._file.write(np.ascontiguousarray(part, self._dtype).data)

    def clear(self) -> None:
        """Forget all parts: the disk has their room back."""
        self._file.seek(0)
        self._file.truncate()

    @cached_property
    def array(self) -> npt.NDArray[Any]:
        """All parts, mapped."""
        return np.frombuffer(mapped(self._file), self._dtype)
