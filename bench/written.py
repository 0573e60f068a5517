"""A made-up literature as a file of neutral records: `python -m bench.written PAPERS FILE.jsonl.zst [--all-ids]`.

It is the one of `byline generate`, so that reading records can be measured at any size: the same seed, the same file.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import zstandard

from byline.data.ingest.generate import SOURCE, generate
from byline.data.segments.segments import Content, Segment, Writer, read


def write(papers: int, file: Path, all_ids: bool = False, seed: int = 1) -> int:
    """Write the records; answers how many."""
    with tempfile.TemporaryDirectory(dir=file.parent) as name, Writer(Path(name), SOURCE, "made up") as writer:
        for _ in generate(writer, papers, seed, all_ids):
            pass
        segment = Segment(writer.finish(), SOURCE, (), writer.records, 0)
        writer.keep(segment)
        written = 0
        with file.open("wb") as raw, zstandard.ZstdCompressor().stream_writer(raw) as out:
            for record in _records(read(Path(name), segment), Path(name) / segment.hash):
                out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                written += 1
    return written


def _records(content: Content, folder: Path) -> Iterator[dict[str, Any]]:
    names = content.table("name", "text")["text"]
    codes = content.table("code", "text")["text"].to_pylist()
    places = _places(content)
    orcids = _orcids(content)
    for papers, entries in zip(_batches(folder / "paper.arrow"), _batches(folder / "entry.arrow"), strict=True):
        spelled = names.take(entries["name"]).to_pylist()
        persons, where = entries["person"].to_pylist(), entries["institutions"].to_pylist()
        start = 0
        for paper in papers.select(["at", "title", "year", "date", "entries", "categories", "references"]).to_pylist():
            stretch = range(start, start + paper["entries"])
            start += paper["entries"]
            yield {
                "type": "paper",
                "id": f"synth:P{paper['at']}",
                "title": paper["title"],
                "year": paper["year"],
                "date": paper["date"],
                "authors": [_author(spelled[at], persons[at], [places[place] for place in where[at]], orcids) for at in stretch],
                "authors_complete": True,
                "categories": [codes[code] for code in paper["categories"]],
                "references": [f"synth:P{cited}" for cited in paper["references"]],
            }


def _author(name: str, person: int, places: list[dict[str, str]], orcids: dict[int, str]) -> dict[str, Any]:
    if person < 0:
        return {"name": name, "institutions": places}
    return {"name": name, "id": f"synth:A{person}", "orcid": orcids.get(person), "institutions": places}


def _places(content: Content) -> list[dict[str, str]]:
    names = content.table("institution_name", "text")["text"].to_pylist()
    countries = content.table("institution_said", "country")["country"].to_pylist()
    return [
        {"name": name, "id": f"synth:I{at}", "country": country}
        for at, (name, country) in enumerate(zip(names, countries, strict=True))
    ]


def _orcids(content: Content) -> dict[int, str]:
    """The ORCID of each person who has one."""
    also = content.table("person_also")
    keys = content.table("person_key", "text")["text"].take(also["other"]).to_pylist()
    return {int(person): key.removeprefix("orcid:") for person, key in zip(np.asarray(also["first"]), keys, strict=True)}


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    file = pa.ipc.open_file(pa.memory_map(str(path)))
    return (file.get_batch(at) for at in range(file.num_record_batches))


if __name__ == "__main__":
    print(write(int(sys.argv[1]), Path(sys.argv[2]), "--all-ids" in sys.argv))
