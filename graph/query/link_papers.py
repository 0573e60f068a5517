"""The papers behind each link of a network, ordered, cut to pages, and why there may be more of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query.completeness import unknown_entries
from byline.graph.query.scored import pages_between
from byline.graph.request import EVERYTHING, Facet, Not, Page, Select, Where, both
from byline.graph.store.lists import offsets as ends_of
from byline.graph.store.protocol import Counts, Offsets, Ragged, Rows, Store


async def link_papers(store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, select: Select) -> Ragged:
    """The papers of some links, ordered and cut to a page each; `counted` says which papers count in the network."""
    asked = replace(select, where=both(counted, select.where), values=(), total=False)
    page = select.page
    found = (await store.find(Kind.PAPER, replace(asked, page=Page()))).rows
    start, stop = 0, len(found)
    if page.after is not None:
        start = len(found) - len((await store.find(Kind.PAPER, replace(asked, page=Page(after=page.after)))).rows)
    if page.before is not None:
        stop = len((await store.find(Kind.PAPER, replace(asked, page=Page(before=page.before)))).rows)
    ranks = _ranks(network, links, found)
    offsets = ends_of([len(each) for each in ranks])
    behind, before = (offsets[:-1] + np.array([each.searchsorted(place) for each in ranks], np.int64) for place in (start, stop))
    pages = pages_between(offsets[:-1], offsets[1:], behind, before, page)
    places = np.concatenate([np.zeros(0, np.int64), *ranks])[pages.places]
    return Ragged(pages.offsets, found[places], pages.has_next, pages.has_previous, totals=pages.totals)


def _ranks(network: SharedNetwork, links: Sequence[int], found: Rows) -> list[Offsets]:
    """The places among the papers found of those that link both ends of each link, ascending."""
    linking = network.linking
    assert linking is not None
    order = np.argsort(found)
    at = np.minimum(np.searchsorted(found[order], linking.papers), max(len(found) - 1, 0))
    hit = found[order][at] == linking.papers if len(found) else np.zeros(len(at), np.bool_)
    rank = np.where(hit, order[at] if len(found) else -1, -1)
    return linking.behind(rank, [network.links[link] for link in links], len(network.members.rows))


async def link_facets(
    store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, where: Where, by: Facet, page: Page
) -> Counts:
    """The facets of the whole list of papers of each link."""
    papers = await link_papers(store, network, links, counted, Select(where))
    return await store.facet(papers, np.zeros(0, np.int32), EVERYTHING, by, page)


async def why_longer_links(
    store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, where: Where
) -> list[str | None]:
    """Of each link why it may have more papers: those of which the list's own filter is unknown, else what the network lacks."""
    if where == EVERYTHING:
        return [network.reason] * len(links)

    async def totals(part: Where) -> Offsets:
        ragged = await link_papers(store, network, links, counted, Select(part, page=Page(first=0)))
        assert ragged.totals is not None
        return ragged.totals

    left = await totals(EVERYTHING) - await totals(where) - await totals(Not(where))
    return [unknown_entries(number) or network.reason for number in left.tolist()]
