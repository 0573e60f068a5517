"""A manifest: files of several sources, in TOML, that `byline ingest --manifest` adds in one go."""

import tomllib
from datetime import date, time
from glob import glob
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from byline.data.ingest.ingest import IngestRequest, source_of
from byline.data.notices import shown
from byline.graph.errors import SourceFailed, WrongUse, describe


def _text(value: Any) -> Any:
    """TOML has days and numbers of its own; what an option means by them is their text."""
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class _Files(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    files: list[str] = Field(min_length=1)
    options: dict[str, Annotated[str, BeforeValidator(_text)]] = {}


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    ingest: list[_Files] = Field(min_length=1)


_SHAPE = "[[ingest]] tables with source, files and, where the source has some, options"
_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is no member of a list",
    "too_short": "is empty",
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


def read(path: Path) -> list[IngestRequest]:
    """The files of each `[[ingest]]` table, in the order of the list: `source`, `files`, and `options` where it has some.

    Names are relative to the folder of the list. One of a file that is there means that file; in others `*`, `?` and `**` stand
    for what they match, in the order of names.
    Raises SourceFailed for a list that is missing or no TOML, and for a name that matches nothing; WrongUse for a member
    that cannot be, as on the command line.
    """
    try:
        manifest = _Manifest.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceFailed(f"{path}: {describe(error)}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise WrongUse(f"{path}: {_member(first['loc'])}: {_reason(first)}", _SHAPE) from None
    return [_request(path, f"ingest[{place}]", each) for place, each in enumerate(manifest.ingest)]


def _request(path: Path, member: str, entry: _Files) -> IngestRequest:
    try:
        source_of(entry.source, entry.options)
    except WrongUse as error:
        raise WrongUse(f"{path}: {member}: {error.message}", error.hint) from None
    paths = [each for name in entry.files for each in _matching(path, f"{member}.files", name)]
    return IngestRequest(entry.source, paths, entry.options)


def _reason(error: ErrorDetails) -> str:
    reason = _REASONS.get(error["type"], "cannot be")
    return f"{reason}, not {shown(error['input'])}" if reason.startswith("must") else reason


def _matching(path: Path, member: str, name: str) -> list[Path]:
    if (path.parent / name).exists():
        return [path.parent / name]
    # Brackets are as common in names as what they could match is rare.
    matched = [path.parent / each for each in glob(name.replace("[", "[[]"), root_dir=path.parent, recursive=True)]
    # `nothing/**` matches `nothing/`, whether there is one or not.
    paths = sorted(each for each in matched if each.exists())
    if not paths:
        raise SourceFailed(f"{path}: {member}: {name!r} matches no file", f"names are relative to {path.parent.resolve()}")
    # What lies in a folder is matched beside it; only where none is a file are folders meant.
    files = [each for each in paths if each.is_file()] if "**" in name else []
    return files or paths


def _member(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
