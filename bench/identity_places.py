"""`python -m bench identity places`: how often a longer string is taken for an institution, and how often rightly.

The lists of conferences print affiliations as authors wrote them, and have a tidy name of the institution for each. The nodes
are the printed strings alone; the tidy names are hidden, and tell afterwards whether two strings are of one institution.
"""

from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import orjson

from bench.identity_scenes import LISTS, lines
from bench.markdown import table
from bench.places import there
from data.identify.nodes import Nodes
from data.identify.places import join_segments

SHOWN = 100


def strings(corpora: Path) -> tuple[Counter[str], dict[str, str]]:
    """The printed strings with how often each is there, and the tidy name of each that the lists have most often."""
    printed: Counter[str] = Counter()
    tidy: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines(there(corpora / LISTS)):
        for author in orjson.loads(line)["authors"]:
            raw = [each.strip() for each in (author.get("aff_raw") or "").split("+") if each.strip()]
            if raw and len(raw) == len(author.get("inst") or ()):
                printed.update(raw)
                for one, name in zip(raw, author["inst"], strict=True):
                    tidy[one][name] += 1
    return printed, {one: names.most_common(1)[0][0] for one, names in tidy.items()}


def known_names(printed: Counter[str], tidy: dict[str, str]) -> list[tuple[str, str]]:
    """The joins where the tidy names are known by ids, as by ROR's list."""
    names, nodes = sorted(set(tidy.values())), Nodes()
    own = [nodes.mention((f"tidy:{at}",), name, 0)[0] for at, name in enumerate(names)]
    for name, times in printed.items():
        nodes.mention((), name, times)
    nodes.join_same_names()
    found = join_segments(nodes, {}, set())
    by_root = {nodes.root(node): name for node, name in zip(own, names, strict=True)}
    joined = [(each, name) for each in found if (name := by_root.get(nodes.root(each.node)))]
    right = sum(tidy[each.right] == name for each, name in joined)
    return [("joins to them", f"{len(joined):,}"), ("to that of the string", f"{right:,} ({right / max(1, len(joined)):.4f})")]


def identity_places(corpora: Path) -> str:
    """The figures of docs/identity.md about institutions, and a hundred joins to look at."""
    printed, tidy = strings(corpora)
    nodes = Nodes()
    for name, times in printed.items():
        nodes.mention((), name, times)
    nodes.join_same_names()
    before = len(set(nodes.roots().tolist()))
    found = join_segments(nodes, {}, set())
    after = len(set(nodes.roots().tolist()))
    right = [each for each in found if tidy[each.left] == tidy[each.right]]
    chosen = Random(1).sample(found, min(SHOWN, len(found)))
    rows = [
        ["printed strings", f"{len(printed):,}"],
        ["institutions, equal names as one", f"{before:,}"],
        ["institutions, longer strings joined", f"{after:,}"],
        ["tidy names of the lists", f"{len(set(tidy.values())):,}"],
        ["joins", f"{len(found):,}"],
        ["authorships on them", f"{sum(printed[each.right] for each in found):,}"],
        ["joins with one tidy name", f"{len(right):,} ({len(right) / max(1, len(found)):.4f})"],
    ]
    rows += [["tidy names known: " + what, figure] for what, figure in known_names(printed, tidy)]
    shown = [f"- {each.right} = {each.left} [{tidy[each.right]} | {tidy[each.left]}]" for each in chosen]
    return "\n".join([table(["", ""], rows), "", "A sample of the joins, with the tidy names of both:", *shown])
