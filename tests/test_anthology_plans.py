"""500 nested questions about real people and papers of the whole anthology: plans over the columnar store against plain
resolvers over the NetworkX store, byte for byte."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store
from byline.graph.store.reference import store as networkx
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema
from byline.schema.compile.documents import Documents
from byline.schema.context import Context, Limits
from tests.anthology import Anthology
from tests.queries.answers import respond

pytestmark = [pytest.mark.corpus, pytest.mark.long]
QUESTIONS = 500
SCHEMA = make_schema()
Stores = tuple[Store, Store]


@pytest.fixture(scope="module")
def stores(acl: Anthology) -> Stores:
    folder = current(acl.store)
    return open_store(folder), networkx.load(folder)


def _person(d: random.Random, people: list[str], papers: list[str]) -> str:
    return f"""{{ author(by: {{id: "{d.choice(people)}"}}) {{ id name metrics {{ paperCount citationCount coauthorCount
      hIndex {{ value sampleSize }} byYear {{ year count }} }}
      papers(first: {d.randint(1, 30)}) {{ totalCount edges {{ cursor position node {{ title year citationCount
        authors(first: {d.randint(1, 20)}) {{ edges {{ position nameAsPrinted node {{ id name }} }} }} }} }} }} }} }}"""


def _circle(d: random.Random, people: list[str], papers: list[str]) -> str:
    by = d.choice(["PAPER_COUNT", "WEIGHT", "LAST_YEAR", "NAME"])
    years = d.choice(["", f"years: {{from: {d.randint(1990, 2010)}, to: {d.randint(2011, 2022)}}},", "maxAuthorsPerPaper: 5,"])
    return f"""{{ author(by: {{id: "{d.choice(people)}"}}) {{ name
      coauthors({years} orderBy: [{{by: {by}}}], first: {d.randint(1, 8)}) {{ totalCount pageInfo {{ hasNextPage endCursor }}
        edges {{ paperCount weight firstYear lastYear byYear {{ year count }} papers(first: 2) {{ nodes {{ title }} }}
          node {{ name coauthors(first: {d.randint(1, 6)}) {{ nodes {{ name }} }} }} }} }} }} }}"""


def _citations(d: random.Random, people: list[str], papers: list[str]) -> str:
    order = d.choice(["CITATION_COUNT", "YEAR", "TITLE", "LISTED", "PUBLISHED_ON"])
    return f"""{{ paper(by: {{id: "{d.choice(papers)}"}}) {{ title
      references(first: 10, orderBy: [{{by: {order}}}]) {{ totalCount nodes {{ title year
        citedBy(first: 5, where: {{year: {{gte: {d.randint(1990, 2012)}}}}}) {{ totalCount nodes {{ id title }} }} }} }}
      citedBy(first: 10) {{ nodes {{ title authors(first: 3) {{ nodes {{ name papers(first: 3) {{ nodes {{ title }} }} }} }} }} }}
    }} }}"""


def _several(d: random.Random, people: list[str], papers: list[str]) -> str:
    ids = ", ".join(f'"{d.choice(people if d.random() < 0.7 else papers)}"' for _ in range(d.randint(1, 12)))
    return f"""{{ nodes(ids: [{ids}]) {{ __typename id
      ... on Author {{ name papers(first: 5, orderBy: [{{by: CITATION_COUNT}}]) {{ nodes {{ title citationCount
        authors(first: 10) {{ nodes {{ name }} }} }} }} }}
      ... on Paper {{ title authors {{ totalCount nodes {{ name }} }} }} }} }}"""


def _reaching(d: random.Random, people: list[str], papers: list[str]) -> str:
    return f"""{{ author(by: {{id: "{d.choice(people)}"}}) {{ name
      papers(first: 10, where: {{citedBy: {{count: {{gte: {d.randint(1, 3)}}}}},
        authors: {{count: {{lte: {d.randint(2, 6)}}}}}}}) {{
        totalCount facets(by: YEAR, first: 5) {{ nodes {{ key count }} }} nodes {{ title metrics {{ citationCount }} }} }}
      coauthors(where: {{papers: {{some: {{year: {{lt: {d.randint(1995, 2015)}}}}}}}}}, first: 5) {{
        totalCount nodes {{ name }} }} }} }}"""


KINDS: list[Callable[[random.Random, list[str], list[str]], str]] = [_person, _circle, _citations, _several, _reaching]


async def _planned(planner: Planner, store: Store, text: str) -> bytes:
    data = await planner.answer(text, None, None, Context(store))
    assert data is not None, planner.fell_through
    return bytes(data)


def test_plans_agree_with_resolvers_on_real_questions(stores: Stores) -> None:
    columnar, plain = stores
    table: Any = columnar
    people, papers = (table.table(kind)["id"].to_pylist() for kind in (Kind.AUTHOR, Kind.PAPER))
    planner = Planner(Documents(SCHEMA, Limits()))
    draw = random.Random(2022)
    for number in range(QUESTIONS):
        text = KINDS[number % len(KINDS)](draw, people, papers)
        answer = respond(SCHEMA, plain, text)
        assert not answer["errors"], text
        assert asyncio.run(_planned(planner, columnar, text)) == orjson.dumps(answer["data"]), text
    assert planner.planned == QUESTIONS
