"""Stretches of what a plan read: a long answer is put together from them one after the other, so that it is never there twice."""

from dataclasses import replace
from typing import Any

import numpy as np

from byline.graph.query.reads import (
    CompletenessRead,
    EntriesRead,
    FacetsRead,
    FiguresRead,
    ListingRead,
    ManyRead,
    NodesRead,
    OneRead,
    YearsRead,
)
from byline.graph.store.protocol import Counts, Offsets, Ragged


def part(read: Any, start: int, stop: int) -> Any:
    """The entries from `start` to `stop` of what was read for a batch. Raises TypeError for what cannot be cut."""
    match read:
        case NodesRead(shape, rows, inner):
            return NodesRead(shape, rows[start:stop], _each(inner, start, stop))
        case OneRead(None, nodes):
            return OneRead(None, part(nodes, start, stop))
        case OneRead():
            return _some(read, start, stop)
        case ManyRead(offsets, nodes):
            return ManyRead(_from(offsets, start, stop), part(nodes, int(offsets[start]), int(offsets[stop])))
        case ListingRead():
            return _listing(read, start, stop)
        case EntriesRead(inner):
            return EntriesRead(_each(inner, start, stop))
        case FacetsRead(counts, inner):
            first, last = int(counts.offsets[start]), int(counts.offsets[stop])
            return FacetsRead(_counts(counts, start, stop), _each(inner, first, last))
        case FiguresRead(values, worked) if not worked:
            return FiguresRead({name: column[start:stop] for name, column in values.items()})
        case CompletenessRead(reasons):
            return CompletenessRead(reasons[start:stop])
        case YearsRead(lists):
            return YearsRead(lists[start:stop])
        case None:
            return None
        case _:
            raise TypeError(f"{type(read).__name__} cannot be cut")


def stretch(read: ListingRead, key: str, start: int, stop: int) -> ListingRead:
    """The only page of a listing, cut to some of its entries, with the one part of that key."""
    ragged = read.ragged
    cut = replace(
        ragged,
        offsets=np.array([0, stop - start]),
        rows=ragged.rows[start:stop],
        edge_rows=None if ragged.edge_rows is None else ragged.edge_rows[start:stop],
        values={name: values[start:stop] for name, values in ragged.values.items()},
    )
    return ListingRead(read.kind, read.asked, cut, {key: part(read.parts[key], start, stop)})


def objects(read: Any) -> int:
    """About how many objects an answer shows of what was read."""
    match read:
        case NodesRead(_, rows, inner):
            return len(rows) + sum(map(objects, inner.values()))
        case OneRead(_, nodes) | ManyRead(_, nodes):
            return objects(nodes)
        case ListingRead():
            return sum(map(objects, read.parts.values()))
        case EntriesRead(inner):
            return sum(map(objects, inner.values()))
        case _:
            return 0


def _each(inner: dict[str, Any], start: int, stop: int) -> dict[str, Any]:
    return {key: part(read, start, stop) for key, read in inner.items()}


def _from(offsets: Offsets, start: int, stop: int) -> Offsets:
    """The offsets of some lists, from nought."""
    cut: Offsets = offsets[start : stop + 1] - offsets[start]
    return cut


def _some(read: OneRead, start: int, stop: int) -> OneRead:
    """Places among shared nodes: of plain nodes those that are named, of others all."""
    assert read.places is not None
    if read.nodes.inner:
        return OneRead(read.places[start:stop], read.nodes)
    named, places = np.unique(read.places[start:stop], return_inverse=True)
    nowhere = int((named < 0).sum())
    return OneRead(places - nowhere, NodesRead(read.nodes.shape, read.nodes.rows[named[nowhere:]]))


def _listing(read: ListingRead, start: int, stop: int) -> ListingRead:
    offsets = read.ragged.offsets
    first, last = int(offsets[start]), int(offsets[stop])
    parts = {
        key: part(inner, first, last) if isinstance(inner, NodesRead | EntriesRead) else part(inner, start, stop)
        for key, inner in read.parts.items()
    }
    return ListingRead(read.kind, read.asked, _ragged(read.ragged, start, stop), parts)


def _ragged(ragged: Ragged, start: int, stop: int) -> Ragged:
    first, last = int(ragged.offsets[start]), int(ragged.offsets[stop])
    return Ragged(
        _from(ragged.offsets, start, stop),
        ragged.rows[first:last],
        ragged.has_next[start:stop],
        ragged.has_previous[start:stop],
        None if ragged.edge_rows is None else ragged.edge_rows[first:last],
        {name: values[first:last] for name, values in ragged.values.items()},
        None if ragged.totals is None else ragged.totals[start:stop],
    )


def _counts(counts: Counts, start: int, stop: int) -> Counts:
    first, last = int(counts.offsets[start]), int(counts.offsets[stop])
    here = slice(first, last)
    return Counts(
        _from(counts.offsets, start, stop), counts.keys[here], counts.labels[here], counts.rows[here], counts.counts[here]
    )
