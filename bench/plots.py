"""Plots of what was measured; without matplotlib (the `bench` extra) there are tables only."""

from pathlib import Path
from typing import Any

import numpy as np

from bench.places import DOCS

_INK, _LINE, _SOFT = "#1b3a57", "#c8553d", "#8fa3b5"


def size_plot(results: dict[str, Any]) -> Path | None:
    """CPU and memory by the size of the answer, both on logarithmic axes, with the fitted line."""
    pyplot = _pyplot()
    if pyplot is None:
        return None
    sizes = np.array([point["objects"] for point in results["points"]])
    line = np.geomspace(sizes.min(), sizes.max(), 100)
    fit = results["fit"]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    label = f"{fit['fixed_ms']:.2f} ms + {fit['us_an_object']:.3f} µs an object"
    left.plot(line, fit["fixed_ms"] + fit["us_an_object"] / 1e3 * line, color=_LINE, label=label)
    left.plot(sizes, [point["cpu"] for point in results["points"]], "o", color=_INK, label="measured")
    left.set(xscale="log", yscale="log", xlabel="objects in the answer", ylabel="CPU a request, ms", title="CPU")
    left.legend(frameon=False)
    right.plot(sizes, [point["bytes"] / 1e6 for point in results["points"]], color=_SOFT, label="the answer itself")
    right.plot(
        sizes, [max(point["peak"], 1e4) / 1e6 for point in results["points"]], "o", color=_INK, label="above the idle server"
    )
    right.set(xscale="log", yscale="log", xlabel="objects in the answer", ylabel="MB", title="Memory during a request")
    right.legend(frameon=False)
    return _keep(pyplot, figure, "performance-size")


def peers_plot(names: dict[str, str], cpu: dict[tuple[str, str], float], queries: list[str]) -> Path | None:
    """CPU a request of every server, a group of bars a query."""
    pyplot = _pyplot()
    if pyplot is None:
        return None
    figure, axes = pyplot.subplots(figsize=(10, 4), layout="constrained")
    colours = ("#c9b79c", "#a3b18a", "#588157", "#8fa3b5", "#c8553d", _INK)
    width = 0.8 / len(names)
    for place, (name, label) in enumerate(names.items()):
        at = np.arange(len(queries)) + (place - (len(names) - 1) / 2) * width
        axes.bar(at, [cpu.get((name, query), np.nan) for query in queries], width, color=colours[place % 6], label=label)
    axes.set(yscale="log", ylabel="CPU a request, ms", xticks=range(len(queries)), xticklabels=queries)
    axes.legend(frameon=False)
    return _keep(pyplot, figure, "performance-peers")


def forms_plot(grown: dict[str, list[dict[str, float]]]) -> Path | None:
    """The three ways to an answer by its size."""
    pyplot = _pyplot()
    if pyplot is None:
        return None
    figure, axes = pyplot.subplots(1, len(grown), figsize=(12, 3.6), layout="constrained", sharey=True)
    for place, (name, points) in enumerate(grown.items()):
        sizes = [point["objects"] for point in points]
        small = [point for point in points if "direct" in point]
        at_once = [point["direct"] for point in small]
        axes[place].plot([point["objects"] for point in small], at_once, "o:", color=_INK, label="at once")
        axes[place].plot(sizes, [point["list"] for point in points], "o-", color=_LINE, label="batches, lists")
        axes[place].plot(sizes, [point["arrow"] for point in points], "o-", color=_INK, label="batches, arrays")
        axes[place].set(xscale="log", yscale="log", xlabel="objects", title=name)
    axes[0].set_ylabel("read, put together and write, ms")
    axes[0].legend(frameon=False)
    return _keep(pyplot, figure, "performance-forms")


def swaps_plot(held: dict[str, list[float]]) -> Path | None:
    """What a server holds over swaps of its snapshot."""
    pyplot = _pyplot()
    if pyplot is None:
        return None
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
    swaps = range(1, len(held["mapped"]) + 1)
    left.step(swaps, held["mapped"], color=_INK, where="mid", label="at most")
    left.step(swaps, held["mapped_last"], color=_LINE, where="mid", label="before the next swap")
    left.set(title="Snapshots mapped", xlabel="swap", ylim=(0, None), yticks=range(int(max(held["mapped"])) + 2))
    left.legend(frameon=False, loc="lower right")
    middle.plot(swaps, held["files"], color=_INK)
    middle.set(title="Open files, connections aside", xlabel="swap", ylim=(0, None))
    right.plot(swaps, held["private"], color=_INK, label="of its own")
    right.plot(swaps, held["shared"], color=_SOFT, label="with its share of mapped files")
    right.set(title="Memory, MiB", xlabel="swap", ylim=(0, None))
    right.legend(frameon=False, loc="lower right")
    return _keep(pyplot, figure, "bounds-swaps")


def _keep(pyplot: Any, figure: Any, name: str) -> Path:
    path = DOCS / f"{name}.svg"
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    return path


def _pyplot() -> Any:
    try:
        import matplotlib
    except ImportError:
        return None
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "byline", "svg.fonttype": "none"})
    from matplotlib import pyplot

    return pyplot
