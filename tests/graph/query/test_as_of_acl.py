"""Figures as of 200 random days on the ACL Anthology, against loops over the papers that were out by then."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from byline.graph.model import Kind
from byline.graph.query.measures import Scope, author_figures
from byline.graph.query.metric_table import work
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.columnar.store import open_store
from tests.anthology import Anthology
from tests.contract.stores import answer

SEED, EACH = 14, 8


@dataclass
class Told:
    """Papers, who wrote them and what they cite, as the tables of facts have them."""

    acl: Anthology
    # Of each paper the day from which it was out: of one of which only the year is known the last of that year.
    out: list[date | None] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)
    papers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    people: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    citing: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        read = facts(current(self.acl.store))
        table, written, cites = read.nodes[Kind.PAPER], read.nodes[Kind.AUTHORSHIP], read.links["citation"]
        self.years = table["year"].to_pylist()
        days = zip(table["published_on"].to_pylist(), self.years, strict=True)
        self.out = [day or (date(year, 12, 31) if year else None) for day, year in days]
        for paper, author in zip(written["paper"].to_pylist(), written["author"].to_pylist(), strict=True):
            self.papers[author].add(paper)
            self.people[paper].add(author)
        for citing, cited in zip(cites["citing"].to_pylist(), cites["cited"].to_pylist(), strict=True):
            self.citing[cited].add(citing)

    def then(self, papers: set[int], day: date) -> set[int]:
        """Those of some papers that were out."""
        return {paper for paper in papers if (out := self.out[paper]) is not None and out <= day}


@pytest.mark.corpus
@pytest.mark.long
def test_figures_as_of_200_days_on_the_anthology(acl: Anthology) -> None:
    told, store, draw = Told(acl), open_store(current(acl.store)), Random(SEED)
    # The busiest thousand, of whom there is something to tell.
    busy = sorted(told.papers, key=lambda author: -len(told.papers[author]))[:1000]
    days = [day for day in told.out if day is not None]
    counted = 0
    for _ in range(200):
        # A day before or after one on which a paper came out.
        day = draw.choice(days) + timedelta(draw.randrange(-1, 60))
        rows = np.array(draw.sample(busy, EACH), np.int32)
        figures = answer(author_figures(store, rows, Scope(as_of=day)))
        shares = answer(work(store, "self_citation_share", rows, None, Scope(as_of=day))).samples
        for at, author in enumerate(rows.tolist()):
            mine = told.then(told.papers[author], day)
            citing = {paper: told.then(told.citing[paper], day) for paper in mine}
            cited = sorted((len(each) for each in citing.values()), reverse=True)
            others = {person for paper in mine for person in told.people[paper]} - {author}
            place = (SEED, day, author)
            assert (figures.paper_count[at], figures.citation_count[at], figures.people[at]) == (
                len(mine),
                sum(cited),
                len(others),
            ), place
            assert figures.years_of(at) == Counter(year for paper in mine if (year := told.years[paper]) is not None), place
            assert shares[at] == sum(cited), place
            counted += bool(cited)
    assert counted > 400
