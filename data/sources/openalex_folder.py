"""The folders of an OpenAlex snapshot: which files are parts, and what the manifest beside them states."""

import re
from collections.abc import Iterable
from pathlib import Path

import orjson

from byline.data.sources.read.packed import whole
from byline.graph.errors import SourceFailed

_PACKED = (".gz", ".zst")
_PART = re.compile(r"part_\d+")
_OBJECT = re.compile(r"[WAITC]\d+")
# Folders of entities of which Byline keeps nothing.
_SKIPPED = frozenset({"sources", "venues", "publishers", "funders", "awards", "keywords", "work-types", "source-types"})


def parts(folder: Path) -> Iterable[Path]:
    """The files of a snapshot's folder, or of any folder of answers, in the order of their names.

    Where a file lies there both packed and not, the packed one is taken. The folders of venues, publishers and other
    things that Byline does not keep are passed over.
    """
    paths = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    for inside in sorted(paths, key=lambda path: path.as_posix()):
        packed = any(inside.with_name(inside.name + suffix) in paths for suffix in _PACKED)
        if _taken(inside) and not packed and _SKIPPED.isdisjoint((folder.name, *inside.parts[:-1])):
            yield paths[inside]


def is_merged(path: Path) -> bool:
    """Whether a file is a list of merged ids."""
    return _bare(path).endswith(".csv")


def name(path: Path) -> str:
    """How a file is called in rejections: with entity and day where it is a part, since all parts have the same names."""
    if path.parent.name.startswith("updated_date=") or path.parent.parent.name == "merged_ids":
        return "/".join(path.parts[-3:])
    return path.name


def stated(path: Path) -> int | None:
    """How many records the manifest of its entity states for a part; null where there is none or it does not name the part."""
    if not _PART.fullmatch(_bare(path)):
        return None
    return _manifest(path.parent.parent / "manifest").get("/".join((path.parent.name, _bare(path))))


def _manifest(path: Path) -> dict[str, int]:
    try:
        entries = orjson.loads(whole(path))["entries"]
        return {_tail(entry["url"]): int(entry["meta"]["record_count"]) for entry in entries}
    except (SourceFailed, ValueError, KeyError, TypeError):
        return {}


def _tail(url: str) -> str:
    day, _, part = "/".join(url.split("/")[-2:]).partition("/")
    return f"{day}/{_bare(Path(part))}"


def _taken(inside: Path) -> bool:
    bare = _bare(inside)
    if _PART.fullmatch(bare) or _OBJECT.fullmatch(bare):
        return True
    return bare.endswith((".json", ".jsonl")) or (bare.endswith(".csv") and "merged_ids" in inside.parts)


def _bare(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".zst")
