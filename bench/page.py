"""The page that the product was asked for: everything that it displays about its author, in one query, on the sample."""

from pathlib import Path

from bench.inside import Document
from bench.places import HERE, STATE
from byline.data.ingest.ingest import ensure_sample

QUERY = "page"
NAME = "Andrew Kyle Lampinen"


def store() -> Path:
    """A store with the sample alone."""
    folder = STATE / "stores" / "sample"
    ensure_sample(folder)
    return folder


def document() -> Document:
    """The query and whom it asks for."""
    return Document((HERE / "queries" / "byline" / f"{QUERY}.graphql").read_text(), [{"name": NAME}])
