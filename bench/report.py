"""docs/performance.md and its plots, written from the results that are kept: no figure is typed by hand."""

from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from bench import plots
from bench.markdown import figure, middle, span, table, times
from bench.notes import log, read_results
from bench.places import AUTHORS, DOCS, PAPERS

_HEAD = f"""# Performance

Written by `make bench`; every figure below comes from one run of the command named with it. A slower or busier machine gives
other milliseconds and much the same ratios. What is measured is in `bench/`, and no test needs it.

The graph is made up, with a fixed seed: {PAPERS:,} papers, {AUTHORS:,} authors, some 400,000 authorships and a million citations,
heavy-tailed. All servers hold the same one, and answers are compared as values before anything is timed. Q1 one author (five
fields), Q2 an author's papers with their authors, Q3 a hundred authors, their papers, the authors of those and their papers
(some 26,000 objects, 1.3 MB), Q4 coauthors of coauthors, Q5 papers of some years by citations with their authors, Q6 references
and what cites them.

CPU is user and system time of the server's whole process tree, PostgreSQL included, divided by the answers given: what a
request costs, whoever else uses the machine. p50 is the time at one connection that asks again as soon as it is answered.
Runs are interleaved, the order turns, and each figure is the median of the rounds.
"""


def report() -> None:
    """Write the page and the plots from whatever results there are; a section without any stays as it stands."""
    page = DOCS / "performance.md"
    standing = _standing(page.read_text(encoding="utf-8")) if page.exists() else {}
    parts = [_HEAD]
    for name, (heading, write) in SECTIONS.items():
        results = read_results(name)
        if results is not None:
            parts.append(f"## {heading}\n\n" + write(results).rstrip() + "\n\n" + _source(results))
        elif heading in standing:
            parts.append(standing[heading])
    DOCS.mkdir(exist_ok=True)
    page.write_text("\n".join(parts), encoding="utf-8")
    log("docs/performance.md is written")


def _standing(page: str) -> dict[str, str]:
    """The sections of the page as it is, by heading."""
    _, *sections = page.split("\n## ")
    return {section.partition("\n")[0]: f"## {section.rstrip()}\n" for section in sections}


def _source(results: dict[str, Any]) -> str:
    return f"*{results['machine']}; {results['date']}; revision {results['revision']}; `{results['command']}`*\n"


def _peers(results: dict[str, Any]) -> str:
    names, runs = results["servers"], results["runs"]
    queries = sorted({run["query"] for run in runs})
    cpu = {(name, query): middle(runs, "cpu", server=name, query=query) for name in names for query in queries}
    costs = [[label, *(figure(cpu[name, query]) for query in queries)] for name, label in names.items()]
    spans = [[label, *(span(runs, "cpu", server=name, query=query) for query in queries)] for name, label in names.items()]
    p50 = [
        [label, *(figure(middle(runs, "p50", server=name, query=query)) for query in queries)] for name, label in names.items()
    ]
    ratios = [
        [label, *(times(_over(cpu[name, query], cpu["byline", query])) for query in queries)]
        for name, label in names.items()
        if name != "byline"
    ]
    plots.peers_plot(names, {key: value for key, value in cpu.items() if value is not None}, queries)
    wrong = sum(run["wrong"] for run in runs)
    memory = ", ".join(f"{names[name]} {figure(used)} MiB" for name, used in results["memory"].items())
    return "\n".join(
        [
            f"CPU a request, ms; {results['rounds']} rounds of {results['seconds']:g} s.\n",
            table(["", *queries], costs),
            "How many times Byline's CPU each of them takes (over 1: Byline needs less).\n",
            table(["", *queries], ratios),
            "![CPU a request by server and query](performance-peers.svg)\n",
            "p50 at one connection, ms.\n",
            table(["", *queries], p50),
            "CPU a request over the rounds, least and largest, ms.\n",
            table(["", *queries], spans),
            f"Answers that differ: {'; '.join(results['differences']) or 'none'}. Requests that failed: {wrong} of "
            f"{sum(run['answers'] for run in runs):,}. Memory after the runs: {memory}.\n",
            "The stock server runs at the stack depth that suits it best (`bench/peers/lucky.py` says why): started otherwise, "
            "it can take two or three times as long on Q3.",
        ]
    )


def _page(results: dict[str, Any]) -> str:
    runs = results["runs"]
    queries = sorted({run["query"] for run in runs}, key=lambda query: middle(runs, "cpu", query=query) or 0)
    rows = [
        [
            "**author page**" if query == results["page"] else query,
            *(figure(middle(runs, name, query=query)) for name in ("p50", "cpu", "kib")),
        ]
        for query in queries
    ]
    return "\n".join(
        [
            "All that the sample's page displays, in one query, among the six queries; by CPU.\n",
            table(["query", "p50, ms", "CPU, ms", "answer, KiB"], rows),
        ]
    )


def _size(results: dict[str, Any]) -> str:
    fit = results["fit"]
    rows = [
        [
            f"{point['objects']:,.0f}",
            figure(point["bytes"] / 1e6),
            figure(point["cpu"]),
            figure(point["cpu"] / point["objects"] * 1e3),
            figure(point["p50"]),
            figure(point["peak"] / 1e6),
            times(point["peak"] / point["bytes"] if point["bytes"] > 1e6 else None),
        ]
        for point in results["points"]
    ]
    plots.size_plot(results)
    return "\n".join(
        [
            "Authors, their papers, the authors of those, their papers: one kind of query, ever more of each. Memory is how far "
            "the process rose above the idle server while it answered, without the store's files that it maps.\n",
            table(["objects", "MB", "CPU, ms", "µs an object", "p50, ms", "memory, MB", "of the answer"], rows),
            f"The line through them: {fit['fixed_ms']:.2f} ms and {fit['us_an_object']:.3f} µs an object; the farthest point "
            f"is off by a factor of {fit['worst_factor']:.2f}. Over the five largest, cost grows with size to the power "
            f"{fit['exponent']:.2f}.\n",
            "![CPU and memory by size of the answer](performance-size.svg)",
        ]
    )


def _throughput(results: dict[str, Any]) -> str:
    rows = [
        [
            f"{run['query']}, {run['workers']} worker{'s' * (run['workers'] > 1)}",
            str(run["connections"]),
            f"{run['per_second']:,.0f}",
        ]
        + [figure(run[name]) for name in ("p50", "p99", "cpu")]
        for run in results["runs"]
    ]
    beside = [
        [f"{results['small']} beside {results['large']}" if run["beside"] else f"{results['small']} alone"]
        + [figure(run[name]) for name in ("p50", "p99", "longest")]
        + [figure(run.get("large_p50"))]
        for run in results["beside"]
    ]
    return "\n".join(
        [
            "The load generator runs on the same machine and takes its share.\n",
            table(["", "connections", "requests a second", "p50, ms", "p99, ms", "CPU, ms"], rows),
            f"A small query while another connection asks {results['large']} without a pause, one worker: how long it waits at "
            "most is how long the event loop is held.\n",
            table(["", "p50, ms", "p99, ms", "longest, ms", f"{results['large']} p50, ms"], beside),
        ]
    )


def _micro(results: dict[str, Any]) -> str:
    names = [name for name in next(iter(results["steps"].values())) if name != "objects"]
    rows = [
        [query, f"{steps['objects']:,.0f}", *(figure(steps.get(name, float("nan")) * 1e3) for name in names)]
        for query, steps in results["steps"].items()
    ]
    parts = [
        "In process, without HTTP; medians in µs. Parsing, validation and compilation happen once a document. A small "
        "answer is made at once by closures (`direct`, reading and writing included), a larger one is executed and then put "
        "together in one of two forms.\n",
        table(["", "objects", *names], rows),
        "The three ways on growing answers, µs from the bound plan to the bytes.\n",
    ]
    for name, points in results["grown"].items():
        cross = results["crossings"][name]
        crosses = f"at once and arrays cross at {cross:,} objects.\n" if cross else "at once wins throughout.\n"
        parts.append(f"{name[0].upper()}{name[1:]}: {crosses}")
        parts.append(
            table(
                ["way", *(f"{point['objects']:,.0f}" for point in points)],
                [
                    [way, *(figure(point.get(form, float("nan")) * 1e3) for point in points)]
                    for form, way in (("direct", "at once"), ("list", "batches, lists"), ("arrow", "batches, arrays"))
                ],
            )
        )
    plots.forms_plot(results["grown"])
    return "\n".join([*parts, "![Lists and arrays by size of the answer](performance-forms.svg)"])


def compared(results: dict[str, Any]) -> str:
    """The table of two revisions, which is for whoever works on it and stands on no page."""
    runs = results["runs"]
    rows = []
    for query in sorted({run["query"] for run in runs}):
        old, new = (figure(middle(runs, side, query=query)) for side in ("old", "new"))
        ratios = [run["ratio"] for run in runs if run["query"] == query]
        rows.append([query, old, new, f"{median(ratios):.3f}", _quartiles(ratios)])
    return "\n".join(
        [
            "## Two revisions\n",
            f"{results['servers']['old']} and {results['servers']['new']}; {results['starts']} starts; "
            "over 1: the second is faster.\n",
            table(["", "CPU old, ms", "CPU new, ms", "ratio", "half of the starts"], rows),
            f"Answers that differ: {'; '.join(results['differences']) or 'none'}.",
        ]
    )


def _quartiles(ratios: list[float]) -> str:
    """Between which ratios the middle half of them lies."""
    if len(ratios) < 2:
        return "–"
    low, _, high = quantiles(ratios, method="inclusive")
    return f"{low:.3f}–{high:.3f}"


def _over(left: float | None, right: float | None) -> float | None:
    return left / right if left and right else None


# Heading and text of each section, by the measurement that it shows.
SECTIONS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "peers": ("Compared with other servers", _peers),
    "author-page": ("The author page", _page),
    "size": ("Cost by the size of the answer", _size),
    "throughput": ("Many connections", _throughput),
    "micro": ("Where the time goes", _micro),
}
