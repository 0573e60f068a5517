"""Which keys are one paper's or one person's: keys that are stated together, and ids that a source declares the same.

Where nothing contradicts, connected components say it. Components in which two keys are of one scheme, or of which a
`same` record speaks, are few: they go through data/identify/keys.py one by one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from byline.data.identify.keys import Keys
from byline.data.ragged import Ints, Longs
from byline.data.segments.dictionary import find

NEVER = np.iinfo(np.int64).max


@dataclass
class Clusters:
    """`of[key]` is the cluster of a key, -1 where nothing is known by it; `root[c]` the earliest key of cluster c.

    Clusters number as they were first met. `survivor` are ids that a source declares to be the ones that stay, `further`
    ids that no mention uses, each with its cluster. `merged` counts joins by scheme.
    """

    of: Ints
    root: Ints
    survivor: dict[int, str] = field(default_factory=dict)
    further: list[tuple[str, int]] = field(default_factory=list)
    merged: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.root)


def cluster(keys: pa.Array, met: Longs, first: Ints, other: Ints, same: Sequence[list[str]]) -> Clusters:
    """Clusters of keys. `met[key]` tells when a key first named a node (NEVER: it named none); each pair of `first` and
    `other` are keys that one mention states together, in order."""
    known = met < NEVER
    if not len(first) and not same:
        return _numbered(np.arange(len(keys), dtype=np.int32), known, met)
    count = len(keys)
    _, component = connected_components(coo_array((np.ones(len(first), np.int8), (first, other)), (count, count)), directed=False)
    root = np.full(component.max(initial=-1) + 1, -1, np.int32)
    nodes = np.flatnonzero(known)
    nodes = nodes[np.argsort(met[nodes], kind="stable")]
    root[component[nodes[::-1]]] = nodes[::-1]
    of_key = root[component]
    known[other] |= of_key[other] >= 0
    declared = [find(pa.array(ids, pa.large_string()), keys) for ids in same] if len(same) < 9 else _codes_of(same, keys)
    doubtful = _doubtful(keys, component, known, declared)
    careful = nodes[doubtful[component[nodes]]]
    merged = _counted(keys, component[nodes], doubtful, first, other, component)
    done = (
        _numbered(of_key, known, met)
        if not len(careful) and not same
        else _careful(keys, of_key, known, met, careful, first, other, same)
    )
    done.merged.update(merged)
    return done


def _codes_of(same: Sequence[list[str]], keys: pa.Array) -> list[Ints]:
    flat = find(pa.array([key for ids in same for key in ids], pa.large_string()), keys)
    return np.split(flat, np.cumsum([len(ids) for ids in same])[:-1])


def _doubtful(keys: pa.Array, component: Ints, known: npt.NDArray[np.bool_], declared: list[Ints]) -> npt.NDArray[np.bool_]:
    """The components in which two known keys are of one scheme, or of which something is declared."""
    doubtful = np.zeros(component.max(initial=-1) + 1, np.bool_)
    sizes = np.bincount(component[known], minlength=len(doubtful))
    within = np.flatnonzero(known & (sizes[component] > 1))
    if len(within):
        scheme = schemes(keys.take(pa.array(within)))[0]
        pair = component[within].astype(np.int64) << 32 | scheme
        values, counts = np.unique(pair, return_counts=True)
        doubtful[values[counts > 1] >> 32] = True
    for codes in declared:
        doubtful[component[codes[codes >= 0]]] = True
    return doubtful


def schemes(keys: pa.Array) -> tuple[Ints, pa.Array]:
    """The scheme of each key as a number, and the schemes."""
    heads = pc.list_element(pc.split_pattern(keys, ":", max_splits=1), 0).dictionary_encode()
    return heads.indices.to_numpy(), heads.dictionary


def _counted(
    keys: pa.Array, of_nodes: Ints, doubtful: npt.NDArray[np.bool_], first: Ints, other: Ints, component: Ints
) -> Counter[str]:
    """How many nodes each scheme brought together, in the components that need no care."""
    nodes = np.bincount(of_nodes, minlength=len(doubtful))
    several = (nodes > 1) & ~doubtful
    bearing = np.flatnonzero(several[component[first]])
    joins_by_scheme: Counter[str] = Counter()
    if len(bearing):
        at, index = np.unique(component[first[bearing]], return_index=True)
        names, texts = schemes(keys.take(pa.array(other[bearing[index]])))
        for scheme, joins in zip(names.tolist(), (nodes[at] - 1).tolist(), strict=True):
            joins_by_scheme[texts[scheme].as_py()] += joins
    return joins_by_scheme


def _careful(
    keys: pa.Array, of_key: Ints, known: npt.NDArray[np.bool_], met: Longs, nodes: npt.NDArray[np.int64], first: Ints,
    other: Ints, same: Sequence[list[str]],
) -> Clusters:  # fmt: skip
    chosen = np.zeros(len(keys), np.bool_)
    chosen[nodes] = True
    pairs = np.flatnonzero(chosen[first])
    involved = np.unique(np.concatenate([nodes, other[pairs]]))
    names = dict(zip(involved.tolist(), keys.take(pa.array(involved)).to_pylist(), strict=True))
    joined = Keys()
    for node in nodes.tolist():
        joined.add(names[node])
    for one, two in zip(first[pairs].tolist(), other[pairs].tolist(), strict=True):
        joined.add(names[one], (names[two],))
    counted = joined.join_shared()
    declared = sum(joined.declare_same(ids) for ids in same)
    code = {name: key for key, name in names.items()}
    strange = [key for key in joined.others if key not in code]
    positions = find(pa.array(strange, pa.large_string()), keys).tolist()
    code |= {key: at for key, at in zip(strange, positions, strict=True) if at >= 0}
    of_key = of_key.copy()
    roots = {
        key: code[joined.keys[joined.root(node)]]
        for key in (*joined.index, *joined.others)
        if (node := joined.find(key)) is not None
    }
    for key, root in roots.items():
        if key in code:
            known[code[key]] = True
            of_key[code[key]] = root
    done = _numbered(of_key, known, met)
    done.survivor = {int(done.of[code[joined.keys[root]]]): key for root, key in joined.survivor.items()}
    done.further = [(key, int(done.of[root])) for key, root in roots.items() if key not in code]
    done.merged = counted + Counter({_DECLARED: declared} if declared else {})
    return done


def _numbered(root: Ints, known: npt.NDArray[np.bool_], met: Longs) -> Clusters:
    """Clusters from the root of each key, numbered by when the root was first met."""
    roots = np.unique(root[known])
    roots = roots[np.argsort(met[roots], kind="stable")].astype(np.int32)
    number = np.full(len(root) + 1, -1, np.int32)
    number[roots] = np.arange(len(roots), dtype=np.int32)
    return Clusters(np.where(known, number[root], np.int32(-1)), roots)


_DECLARED = "declared"
