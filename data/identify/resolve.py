"""Who is who among the people of a scene: by name, then by initials and middle names with a coauthor in common."""

from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.identify.keys import Decision
from data.identify.nodes import Nodes, rules
from data.identify.people import join_compatible
from data.identify.scene import DECISION, Ints, Resolution, Scene


def resolve(scene: Scene, decisions_file: Path | None = None) -> Resolution:
    """The people of a scene, each known person and each entry in one cluster; clusters number as their members were met."""
    people, person_node, plain_node = _nodes(scene)
    node = np.where(scene.entry_person >= 0, person_node[scene.entry_person], plain_node[scene.form_plain[scene.entry_form]])
    for entry, form in zip(*(each.tolist() for each in scene.also), strict=True):
        people.bear(int(node[entry]), form, 0)
    found = people.join_same_names()
    places = [
        (int(person_node[left]), int(person_node[right]), words)
        for left, right, words in zip(*(each.tolist() for each in scene.same_place), strict=True)
    ]
    found += join_compatible(people, array("i", node.tolist()), array("i", scene.entry_bounds().tolist()), places)
    root = people.roots()
    person_node = person_node[:-1]
    standing = np.unique(root[np.concatenate([node, person_node])])
    cluster = np.full(len(people), -1, np.int32)
    cluster[standing] = np.arange(len(standing), dtype=np.int32)
    cluster = cluster[root]
    return Resolution(cluster[node], cluster[person_node], _table(found, cluster), dict(rules(found)))


def _nodes(scene: Scene) -> tuple[Nodes, Ints, Ints]:
    """A node for each known person and for each compact name that stands without id, in the order of first mention."""
    people = Nodes()
    for form in scene.forms.to_pylist():
        people.form(form)
    nameless = np.flatnonzero(scene.entry_person < 0)
    plain = scene.form_plain[scene.entry_form[nameless]]
    by_name = np.flatnonzero(scene.person_schemes == 0)
    person_node = np.full(scene.persons + 1, -1, np.int32)
    plain_node = np.full(len(scene.plains) + 1, -1, np.int32)
    named, first = np.unique(plain, return_index=True)
    mentions = [(int(scene.entry_first[nameless[at]]), ~int(each)) for each, at in zip(named, first, strict=True)]
    mentions += [(int(at), person) for person, at in enumerate(scene.person_first.tolist())]
    keys, plains, unnamed = scene.person_key, scene.plains, set(by_name.tolist())
    for _, each in sorted(mentions):
        if each < 0:
            plain_node[~each] = people.add(f"name:{plains[~each].as_py()}")
        elif each in unnamed:
            person_node[each] = people.add(keys[each].as_py())
        else:
            # Ids that differ for any two persons: only the schemes matter from here on.
            bits = int(scene.person_schemes[each])
            first_id, *others = (f"{scheme}:{each}" for i, scheme in enumerate(scene.schemes) if bits >> i & 1)
            person_node[each] = people.add(first_id, others)
    _bear(people, person_node, zip(*(each.tolist() for each in scene.person_forms), strict=True))
    counted = Counter(scene.entry_form[nameless].tolist())
    for form, printed in counted.items():
        people.bear(int(plain_node[scene.form_plain[form]]), form, printed)
    return people, person_node, plain_node


def _bear(people: Nodes, person_node: Ints, names: Iterable[tuple[int, int, int]]) -> None:
    for person, form, printed in names:
        people.bear(int(person_node[person]), form, printed)


def _table(found: list[Decision], cluster: Ints) -> pa.Table:
    rows = [
        {
            "cluster": int(cluster[each.node]),
            "left": each.left,
            "right": each.right,
            "rule": each.rule,
            "evidence": each.evidence,
            "joined": True,
        }
        for each in found
    ]
    return pa.Table.from_pylist(rows, DECISION)
