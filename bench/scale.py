"""`python -m bench scale --papers N`: a made-up literature into an empty store, in a process of its own, stage by stage."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.markdown import figure, table
from byline.graph.store.columnar.files.layout import current

CHILD = """
import resource, sys
from pathlib import Path
from byline.data.ingest.ingest import generate
report = generate(Path(sys.argv[1]), int(sys.argv[2]), memory=int(sys.argv[3]) << 20, all_ids=sys.argv[4] == "True")
print(report.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
_MB = 1 << 20


def scale(papers: int, memory: int = 2048, store: Path | None = None, all_ids: bool = False) -> str:
    """Markdown tables: seconds and peak memory by stage, and what lies on the disk. `memory` is BYLINE_BUILD_MEMORY_MB."""
    if store is not None:
        return _scale(papers, memory, store, all_ids)
    with tempfile.TemporaryDirectory() as folder:
        return _scale(papers, memory, Path(folder), all_ids)


def _scale(papers: int, memory: int, store: Path, all_ids: bool) -> str:
    command = [sys.executable, "-c", CHILD, str(store), str(papers), str(memory), str(all_ids)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    seconds, peak = float(printed[0]), int(printed[1])
    folder = current(store)
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    stages = [
        [name, figure(stage["seconds"]), figure(stage["peak_bytes"] / _MB)] for name, stage in report["ingest"]["stages"].items()
    ]
    stages.append(["all", figure(seconds), figure(peak / _MB)])
    counts = report["ingest"]["counts"]
    sizes = [
        ["segment", figure(sum(each["bytes"] for each in report["sources"]) / _MB)],
        ["snapshot", figure(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MB)],
    ]
    head = ", ".join(f"{counts[name]:,} {name}" for name in ("papers", "authors", "authorships", "citations"))
    return f"{head}\n\n{table(['stage', 'seconds', 'peak MiB'], stages)}\n{table(['on the disk', 'MiB'], sizes)}"
