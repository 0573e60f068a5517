"""`python -m bench author-page`: the page's query through HTTP, among the six queries."""

import tempfile
from pathlib import Path
from typing import Any

import orjson

from bench import byline, load, page, tables
from bench.notes import log, save
from bench.places import QUERIES
from bench.tables import read_variables
from bench.versus import running


def author_page(rounds: int = 3, seconds: float = 2.0) -> None:
    """Load the page's query and the six queries in turn."""
    load.build()
    tables.ensure()
    sample = byline.server("sample", store=page.store(), offset=41)
    graph = byline.server("graph", offset=40)
    runs: list[dict[str, Any]] = []
    with running([sample, graph]), tempfile.TemporaryDirectory() as folder:
        sources = {page.QUERY: (sample, page.document().variables)} | {
            query: (graph, read_variables()[query]) for query in QUERIES
        }
        (answer,) = sample.ask(sample.bodies(page.QUERY, page.document().variables))
        shown = orjson.loads(answer)["data"]["author"]["papers"]
        assert len(shown["nodes"]) == shown["totalCount"] > 0
        for query, (server, variables) in sources.items():
            bodies = server.bodies(query, variables)
            load.write_requests(Path(folder) / query, server.port, bodies)
            load.warm(server, bodies, 1)
        for number in range(rounds):
            for query, (server, _) in sources.items():
                run = load.run(server, Path(folder) / query, 1, seconds)
                runs.append({"round": number, "query": query} | vars(run))
                log(f"{number} {query}: p50 {run.p50:.3f} ms, cpu {run.cpu:.3f} ms, {run.kib:.1f} KiB")
    save("author-page", {"runs": runs, "rounds": rounds, "seconds": seconds, "page": page.QUERY})
