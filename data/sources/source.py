"""What a source is: a name, what can be expected of it, and a function that reads one of its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from byline.data.notices import Notice
from byline.data.record import Record
from byline.data.sources.read.head import Head

Read: TypeAlias = Callable[[Path, Mapping[str, str]], Iterator[Record | Notice]]


@dataclass(frozen=True)
class Source:
    """One kind of input.

    `says` and `silent` tell what its records can and cannot state; `options` maps each option to a sentence.
    `read(path, options)` streams records and rejections in the order of the file; it raises SourceFailed where the file
    cannot be read at all, WrongUse where an option has a value that it cannot have. `parts(folder)` lists the files of a
    folder that `read` takes, in the order in which they are read; it is null where a source takes single files only.
    `recognises(head)` tells from the beginning of a file whether it is one of this source's, be it good or bad.
    """

    name: str
    about: str
    licence: str
    says: str
    silent: str
    read: Read
    recognises: Callable[[Head], bool]
    options: Mapping[str, str] = field(default_factory=dict)
    parts: Callable[[Path], Iterable[Path]] | None = None
