"""Byline: the graph of who wrote what with whom. `byline.open(store)` gives notebooks and programs what the server serves."""

import os
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byline.api.inprocess import Graph

__all__ = ["open"]
__version__ = version("byline-graph")


def open(store: str | os.PathLike[str] | None = None) -> "Graph":
    """Graph: the current snapshot of a store folder, by default that of `BYLINE_STORE` or `.byline`; `close()`, or the end of
    `with byline.open(…) as graph`, lets go of it.

    Raises NoSnapshot where nothing was ingested yet, SnapshotDamaged, FormatTooNew.
    """
    # Imported late: NetworkX reads our entry point, and with it this package, while it is itself being imported.
    from byline.api.inprocess import opened

    return opened(store)
