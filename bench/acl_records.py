"""The flattened ACL Anthology and its citations as neutral records: `python -m bench.acl_records CORPORA OUT [PAPERS]`."""

import argparse
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import zstandard

from bench.places import there

PAPERS = "acl/papers_le2022.jsonl.zst"
CITATIONS = "acl/citations.tsv.zst"


def records(corpora: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The first `limit` papers (all by default) in the order of the corpus, then all citations between ACL ids."""
    for line in islice(_lines(there(corpora / PAPERS)), limit):
        yield paper(orjson.loads(line))
    for line in _lines(there(corpora / CITATIONS)):
        citing, cited = line.split()
        yield {"type": "citation", "from": f"acl:{citing}", "to": f"acl:{cited}"}


def paper(entry: dict[str, Any]) -> dict[str, Any]:
    """One paper of the corpus as a neutral record; without authors it says nothing about them."""
    record = {
        "type": "paper",
        "id": f"acl:{entry['id']}",
        "title": entry["title"] or "(untitled)",
        "year": entry["year"],
        "abstract": entry.get("abstract"),
        "doi": _doi(entry.get("doi")),
        "authors": [author(each) for each in entry["authors"]] or None,
    }
    return {name: value for name, value in record.items() if value is not None}


def author(entry: dict[str, Any]) -> dict[str, Any]:
    """One author with the curated id of the person."""
    record: dict[str, Any] = {"name": f"{entry['first'] or ''} {entry['last']}".strip(), "id": f"acl:{entry['id']}"}
    if entry.get("affiliation"):
        record["institutions"] = [{"name": entry["affiliation"]}]
    return record


def convert(corpora: Path, out: Path, limit: int | None = None) -> int:
    """Write the records to a `.jsonl.zst` file; answers how many."""
    count = 0
    with out.open("wb") as file, zstandard.ZstdCompressor(3).stream_writer(file) as packed:
        for record in records(corpora, limit):
            packed.write(orjson.dumps(record) + b"\n")
            count += 1
    return count


def _doi(value: str | None) -> str | None:
    value = (value or "").removeprefix("https://doi.org/")
    return value if value.startswith("10.") else None


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        yield from io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("papers", type=int, nargs="?")
    args = parser.parse_args()
    print(convert(args.corpora, args.out, args.papers), "records")


if __name__ == "__main__":
    main()
