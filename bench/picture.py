"""The network around somebody as it is answered, drawn by its own x, y, cluster and betweenness for somebody to look at it.

`python -m bench.picture` writes docs/network.svg from the committed sample; with a store, a file and a name it draws the network
around that person. Colours tell clusters, areas tell betweenness; whoever is most between is named.
"""

import asyncio
import sys
from html import escape
from pathlib import Path

import numpy as np

from bench.page import NAME
from bench.page import store as sample
from bench.places import DOCS
from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout, draw
from byline.graph.network.members import Around, around
from byline.graph.request import Key
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import ColumnarStore, open_store

SIZE, MARGIN, NAMED = 720, 48, 14
COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bb5500", "#999933", "#882255", "#777777")


def picture(folder: Path, out: Path, name: str | None = None, radius: int = 2, most: int = 200) -> None:
    """Draw the network around a person; where nobody is named, around a busy one whose coauthors are a quarter of the picture."""
    store = open_store(current(folder))
    drawing = asyncio.run(_drawn(store, name, radius, most))
    (names,) = asyncio.run(store.values(Kind.AUTHOR, drawing.members.rows, ["name"]))
    out.write_text(svg(drawing, names), encoding="utf-8")


async def _drawn(store: ColumnarStore, name: str | None, radius: int, most: int) -> NetworkLayout:
    if name is None:
        degrees = store.coauthors.lengths(np.arange(store.size(Kind.AUTHOR), dtype=np.int32))
        row = int(np.argmax(np.where(degrees < most // 4, degrees, 0)))
    else:
        row = int((await store.lookup(Kind.AUTHOR, [Key("name", name)]))[0])
    members = await around(store, np.array([row], np.int32), Around(radius, None, most))
    (drawing,) = await draw(store, members, None)
    return drawing


def svg(drawing: NetworkLayout, names: list[str]) -> str:
    """The drawing as a picture of SIZE by SIZE."""
    places = [(_on_paper(x), _on_paper(y)) for x, y in zip(drawing.x, drawing.y, strict=True)]
    lines = [
        f'<line x1="{places[one][0]}" y1="{places[one][1]}" x2="{places[other][0]}" y2="{places[other][1]}" '
        f'stroke-width="{0.4 + 0.4 * papers**0.5:.1f}"/>'
        for (one, other), papers in zip(drawing.links, drawing.values["paper_count"], strict=True)
    ]
    sizes = [2.5 + 12 * value**0.5 for value in drawing.betweenness]
    dots = [
        f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{COLOURS[min(cluster, len(COLOURS) - 1)]}"/>'
        for (x, y), size, cluster in zip(places, sizes, drawing.cluster, strict=True)
    ]
    named = sorted(range(len(names)), key=lambda place: (place != 0, -drawing.betweenness[place]))
    texts = _labels([(names[at], places[at][0], places[at][1] - sizes[at] - 2) for at in named])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}">\n'
        f'<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>\n'
        f'<g stroke="#667" stroke-opacity="0.35">\n{chr(10).join(lines)}\n</g>\n'
        f'<g stroke="#fff" stroke-width="0.7">\n{chr(10).join(dots)}\n</g>\n'
        f'<g font-family="sans-serif" font-size="11" text-anchor="middle" fill="#111" stroke="#fff" stroke-width="2.5" '
        f'paint-order="stroke">\n{chr(10).join(texts)}\n</g>\n</svg>\n'
    )


def _labels(wanted: list[tuple[str, float, float]]) -> list[str]:
    """The first names, less those that would stand on one before."""
    taken: list[tuple[float, float, float]] = []
    texts = []
    for name, x, y in wanted:
        half = 3.1 * len(name)
        if len(texts) < NAMED and all(abs(y - beside) > 13 or abs(x - middle) > half + other for middle, beside, other in taken):
            taken.append((x, y, half))
            texts.append(f'<text x="{x}" y="{y:.1f}">{escape(name)}</text>')
    return texts


def _on_paper(value: float) -> float:
    return round(MARGIN + (value + 1) / 2 * (SIZE - 2 * MARGIN), 1)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        picture(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])
    else:
        picture(sample(), DOCS / "network.svg", NAME, radius=1)
