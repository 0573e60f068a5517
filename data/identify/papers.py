"""Papers without an id: the same title, year and first author as one known by an id."""

from collections import defaultdict

from data.gather import Gathered, paper_name
from data.identify.keys import Decision

SAME_TITLE = "same title"


def join_same_titles(gathered: Gathered) -> list[Decision]:
    """Join each paper without an id to the one paper with an id that has its title, year and first author.

    Where several have, or where the first author is unknown, it stays by itself.
    """
    papers = gathered.papers
    titled = {key.partition(":")[2]: node for node, key in enumerate(papers.keys) if papers.named(node)}
    likely: dict[str, set[int]] = defaultdict(set)
    for node, records in enumerate(gathered.records):
        if titled and not papers.named(node):
            for name in {paper_name(record) for record in records if record.first_author}:
                if name in titled:
                    likely[name].add(papers.root(node))
    found = []
    for name, nodes in likely.items():
        if len({papers.root(node) for node in nodes}) == 1:
            node, other = titled[name], min(nodes)
            papers.join(node, other)
            left, right = gathered.records[node][0].title, gathered.records[other][-1].title
            found.append(Decision(node, left, right, SAME_TITLE, "same title, year and first author"))
    return found
