"""`python -m bench identity places`: how often a longer string is taken for an institution, and how often rightly.

The lists of conferences print affiliations as authors wrote them, and have a tidy name of the institution for each. The nodes
are the printed strings alone; the tidy names are hidden, and tell afterwards whether two strings are of one institution.
PubMed's addresses have no tidy names: they are compared with names that stand between commas in several of them, and a sample
is printed to be read.
"""

from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import orjson

from bench.identity_scenes import LISTS, lines
from bench.markdown import table
from bench.places import there
from byline.data.identify.addresses import address_of, department
from byline.data.identify.nodes import Nodes
from byline.data.identify.places import join_segments
from byline.graph.text import compact, words

SHOWN = 100
MEDLINE = "medline/papers.jsonl.zst"
# A part of an address that so many different addresses have, and that has one of these words, is a name of the list.
_SHARED = 5
_OF_NAMES = frozenset(words("university universität université universidad università universiteit hospital college"))


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
    joins = join_segments(nodes, {}, set())
    by_root = {nodes.root(node): name for node, name in zip(own, names, strict=True)}
    joined = [(each, name) for each in joins if (name := by_root.get(nodes.root(each.node)))]
    right = sum(tidy[each.right] == name for each, name in joined)
    return [("joins to them", f"{len(joined):,}"), ("to that of the string", f"{right:,} ({right / max(1, len(joined)):.4f})")]


def addresses(corpora: Path) -> Counter[str]:
    """The affiliations that PubMed's records print, with how often each is there."""
    return Counter(
        place["name"]
        for line in lines(there(corpora / MEDLINE))
        for author in orjson.loads(line).get("authors") or ()
        for place in author.get("institutions") or ()
    )


def names_of_parts(printed: Counter[str]) -> dict[str, str]:
    """The names of universities, hospitals and colleges that stand as a part of their own in several addresses."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text in printed:
        for part in set(address_of(text).parts):
            if not department(part) and not _OF_NAMES.isdisjoint(words(part)) and len(words(part)) > 1:
                seen[compact(part)][part] += 1
    return {plain: forms.most_common(1)[0][0] for plain, forms in seen.items() if forms.total() >= _SHARED}


def medline(corpora: Path) -> tuple[list[list[str]], list[str]]:
    """How many of PubMed's addresses become an institution of a list made of their own parts, and some of them."""
    printed, nodes = addresses(corpora), Nodes()
    name_of = names_of_parts(printed)
    own = [nodes.mention((f"list:{at}",), name, 0)[0] for at, name in enumerate(name_of.values())]
    of = {text: nodes.mention((), text, times)[0] for text, times in printed.items()}
    nodes.join_same_names()
    join_segments(nodes, {}, set())
    names = dict(zip((nodes.root(node) for node in own), name_of.values(), strict=True))
    recognised = {text: names[root] for text, node in of.items() if (root := nodes.root(node)) in names}
    named = {text: [part for part in address_of(text).parts if compact(part) in name_of] for text in printed}
    one = [text for text, parts in named.items() if len({compact(part) for part in parts}) == 1]
    several = [text for text, parts in named.items() if len({compact(part) for part in parts}) > 1]
    taken, other = sum(text in recognised for text in one), len(recognised.keys() - set(one) - set(several))
    rows = [
        ["PubMed's addresses", f"{len(printed):,}"],
        ["names that are a part of several", f"{len(name_of):,}"],
        ["addresses with one of them as a part", f"{len(one):,}"],
        ["of these recognised", f"{taken:,} ({taken / max(1, len(one)):.4f})"],
        ["addresses with several", f"{len(several):,}"],
        ["of these recognised", f"{sum(text in recognised for text in several):,}"],
        ["addresses recognised by a name in another form", f"{other:,}"],
    ]
    chosen = Random(2).sample(sorted(recognised), min(SHOWN, len(recognised)))
    return rows, [f"- {text} = {recognised[text]}" for text in chosen]


def identity_places(corpora: Path) -> str:
    """The figures of docs/identity.md about institutions, and a hundred joins to look at."""
    printed, tidy = strings(corpora)
    nodes = Nodes()
    for name, times in printed.items():
        nodes.mention((), name, times)
    nodes.join_same_names()
    before = len(set(nodes.roots().tolist()))
    joins = join_segments(nodes, {}, set())
    after = len(set(nodes.roots().tolist()))
    right = [each for each in joins if tidy[each.left] == tidy[each.right]]
    chosen = Random(1).sample(joins, min(SHOWN, len(joins)))
    rows = [
        ["printed strings", f"{len(printed):,}"],
        ["institutions, equal names as one", f"{before:,}"],
        ["institutions, longer strings joined", f"{after:,}"],
        ["tidy names of the lists", f"{len(set(tidy.values())):,}"],
        ["joins", f"{len(joins):,}"],
        ["authorships on them", f"{sum(printed[each.right] for each in joins):,}"],
        ["joins with one tidy name", f"{len(right):,} ({len(right) / max(1, len(joins)):.4f})"],
    ]
    rows += [["tidy names known: " + what, figure] for what, figure in known_names(printed, tidy)]
    shown = [f"- {each.right} = {each.left} [{tidy[each.right]} | {tidy[each.left]}]" for each in chosen]
    more, recognised = medline(corpora)
    parts = [table(["", ""], rows + more), "", "A sample of the joins, with the tidy names of both:", *shown]
    return "\n".join([*parts, "", "A sample of PubMed's addresses that are recognised:", *recognised])
