"""A list of files of several sources, in TOML: what `byline ingest-all` adds in one go, and how a graph can be made again."""

import tomllib
from glob import glob
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.ingest import Asked
from graph.errors import SourceFailed, in_words


class _Files(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    files: list[str] = Field(min_length=1)
    options: dict[str, str] = {}


class _Recipe(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    ingest: list[_Files] = Field(min_length=1)


def read(path: Path) -> list[Asked]:
    """The files of each `[[ingest]]` table, in the order of the list: `source`, `files`, and `options` where it has some.

    Names are relative to the folder of the list; in them `*`, `?` and `**` stand for what they match, in the order of names.
    Raises SourceFailed for a list that is missing or no such list, and for a name that matches nothing.
    """
    try:
        recipe = _Recipe.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceFailed(f"{path}: {in_words(error)}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceFailed(f"{path}: {_member(first['loc'])}: {first['msg']}", "[[ingest]], source, files, options") from None
    return [
        Asked(each.source, [found for name in each.files for found in _found(path, f"ingest[{place}].files", name)], each.options)
        for place, each in enumerate(recipe.ingest)
    ]


def _found(path: Path, member: str, name: str) -> list[Path]:
    found = sorted(path.parent / each for each in glob(name, root_dir=path.parent, recursive=True))
    if not found:
        raise SourceFailed(f"{path}: {member}: {name!r} matches no file", f"names are relative to {path.parent.resolve()}")
    return found


def _member(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
