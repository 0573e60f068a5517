"""Every connection of the schema, found by introspection: which arguments it has, and that it pages both ways."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLField, GraphQLObjectType, get_named_type

from byline.graph.model import Kind
from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from byline.schema.fields import FIELD, EdgeValueField, ListingField
from tests.contract.stores import STORES
from tests.queries.answers import respond
from tests.queries.graphs import rich
from tests.queries.pools import pools_of

SCHEMA = make_schema()
PAGING = {"first", "after", "last", "before"}
ARGUMENTS = PAGING | {"where", "orderBy"}
# Arguments that a connection has not, and why.
EXCEPTIONS = {
    # The order of a search is how well its words are met: nodes of several kinds have no other key in common.
    "Query.search": {"orderBy"},
    # Similarity is an order; which papers count is said by the links.
    "Paper.similarPapers": {"where", "orderBy"},
    # A prediction is an order; whom it leaves out is said by what it is made from.
    "Author.suggestedCollaborators": {"where", "orderBy"},
    # Works outside the graph are no nodes: nothing is known of them but an id, and they come in its order.
    "Paper.unresolvedReferences": {"where", "orderBy"},
    "Paper.unresolvedCitations": {"where", "orderBy"},
    # Pairs are no nodes: who is held against whom is said by the keys, and the nearest come first.
    "Query.conflicts": {"where", "orderBy"},
    # Paths are no nodes: they are searched for in their order.
    "CollaborationPaths.paths": {"where", "orderBy"},
    # Values of a facet are no nodes: which papers count is said by the list around it, and the most frequent come first.
    "PaperConnection.facets": {"where", "orderBy"},
    "AuthorPaperConnection.facets": {"where", "orderBy"},
    "SearchConnection.facets": {"where", "orderBy"},
}


def connections() -> Iterator[tuple[str, str, GraphQLField]]:
    """Owner, name and definition of every field that answers a connection."""
    for owner in SCHEMA._schema.type_map.values():
        if isinstance(owner, GraphQLObjectType) and not owner.name.startswith("__"):
            for name, field in owner.fields.items():
                if get_named_type(field.type).name.endswith("Connection"):
                    yield owner.name, name, field


CONNECTIONS = list(connections())
# What needs two people to be reached: its papers are those of a coauthor, which are paged here, its paths are in
# test_path_pages.py.
UNREACHED = {"CollaborationHop", "CollaborationPaths"}
BOTH_WAYS = [(owner, name) for owner, name, field in CONNECTIONS if set(field.args) >= PAGING and owner not in UNREACHED]


@pytest.mark.parametrize(("owner", "name", "field"), CONNECTIONS, ids=[f"{owner}.{name}" for owner, name, _ in CONNECTIONS])
def test_every_connection_has_the_arguments(owner: str, name: str, field: GraphQLField) -> None:
    lacking = ARGUMENTS - set(field.args)
    assert lacking == EXCEPTIONS.get(f"{owner}.{name}", set())


# What edges show that is no condition: one value for all of a list, and lists.
UNFILTERED = {"distance", "countryCodes"}


def edge_values(edge: str) -> set[str]:
    """The values of a hop that a type of edge shows, by their public names."""
    definition: Any = SCHEMA.get_type_by_name(edge)
    names = SCHEMA.config.name_converter
    return {names.get_graphql_name(f) for f in definition.fields if isinstance(f.metadata.get(FIELD), EdgeValueField)}


@pytest.mark.parametrize(("owner", "name", "field"), CONNECTIONS, ids=[f"{owner}.{name}" for owner, name, _ in CONNECTIONS])
def test_what_edges_have_can_be_filtered(owner: str, name: str, field: GraphQLField) -> None:
    values = edge_values(get_named_type(get_named_type(field.type).fields["edges"].type).name) - UNFILTERED
    assert ("whereEdge" in field.args) == bool(values)
    if values:
        assert set(get_named_type(field.args["whereEdge"].type).fields) == values | {"and", "or", "not"}


@pytest.mark.parametrize(("owner", "name", "field"), CONNECTIONS, ids=[f"{owner}.{name}" for owner, name, _ in CONNECTIONS])
def test_what_papers_make_takes_years(owner: str, name: str, field: GraphQLField) -> None:
    """Lists of papers of a node and those that papers make; not the papers behind an edge, which are of the list's own years."""
    declared = field.extensions["strawberry-definition"].metadata.get(FIELD)
    if type(declared) is ListingField:
        of_papers = declared.edge is not None and (declared.edge.windowed or declared.kind is Kind.PAPER)
        assert ("years" in field.args) == of_papers


def test_no_exception_is_stale() -> None:
    assert set(EXCEPTIONS) <= {f"{owner}.{name}" for owner, name, _ in CONNECTIONS}


# How what is no node is reached that has a connection of its own: the type of a node, and the way from there.
_PANEL = ", ".join(f'{{externalId: {{scheme: "acl", value: "person-{number}"}}}}' for number in range(12))
_PAIRS = f"people: [{_PANEL}], against: [{_PANEL}]"
REACHED = {
    "Conflict": ("Query", f"conflicts({_PAIRS}, first: 3) {{ nodes {{ %s }} }}"),
    "CoauthorEdge": ("Author", "coauthors(first: 1) { edges { %s } }"),
    "InstitutionCollaborationEdge": ("Institution", "collaborations(first: 1) { edges { %s } }"),
    "CollaboratorEdge": ("Author", "collaborators(first: 1) { edges { %s } }"),
    "SimilarPaperEdge": ("Paper", "similarPapers(first: 1) { edges { %s } }"),
    "SuggestedCollaboratorEdge": ("Author", "suggestedCollaborators(first: 1) { edges { %s } }"),
    "PaperConnection": ("Institution", "papers { %s }"),
    "AuthorPaperConnection": ("Author", "papers { %s }"),
    "SharedPaperLink": ("Query", "institutionNetwork { links { %s } }"),
    "SearchConnection": ("Query", 'search(query: "a") { %s }'),
}
# Arguments that a connection must have beside those of its page, and what is shown of nodes that have no id.
REQUIRED = {"facets": "by: AUTHOR, ", "search": 'query: "a", ', "conflicts": f"{_PAIRS}, "}
SHOWN = {
    "facets": "key",
    "conflicts": "distance against { id }",
    "unresolvedReferences": "text",
    "unresolvedCitations": "text",
}
# Entries of a page; some lists of this graph are short.
SOME, FEW = 4, {"children": 1, "unresolvedReferences": 1, "unresolvedCitations": 1, "sharedPapers": 1}
PAGE = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { %s } } }"


def document(owner: str, name: str) -> str:
    """A document that asks for a page of one connection as `list`."""
    paging = f"({REQUIRED.get(name, '')}first: $first, after: $after, last: $last, before: $before)"
    page = f"list: {name}{paging} {PAGE % SHOWN.get(name, 'id')}"
    if owner in REACHED:
        owner, way = REACHED[owner]
        page = way % page
    declared = "$first: Int, $after: String, $last: Int, $before: String"
    if owner == "Query":
        return f"query ({declared}) {{ {page} }}"
    return f"query ({declared}, $id: ID!) {{ node(id: $id) {{ ... on {owner} {{ {page} }} }} }}"


def found(data: Any) -> dict[str, Any] | None:
    """The page wherever it is in an answer."""
    if isinstance(data, dict):
        if "list" in data:
            return dict(data["list"])
        return next((page for value in data.values() if (page := found(value))), None)
    return next((page for value in data if (page := found(value))), None) if isinstance(data, list) else None


def page_of(store: Store, text: str, **variables: Any) -> dict[str, Any] | None:
    answer = respond(SCHEMA, store, text, variables)
    assert not answer["errors"], answer["errors"]
    return found(answer["data"])


def walked(store: Store, text: str, some: int, length: str, cursor: str, **variables: Any) -> list[Any]:
    """All entries page by page, some at a time: `first` with `after`, or `last` with `before`."""
    entries: list[Any] = []
    more, at = ("hasNextPage", "endCursor") if length == "first" else ("hasPreviousPage", "startCursor")
    place: str | None = None
    while page := page_of(store, text, **{length: some, cursor: place}, **variables):
        entries = entries + page["edges"] if length == "first" else page["edges"] + entries
        place = page["pageInfo"][at]
        if not page["pageInfo"][more]:
            break
    return entries


@pytest.fixture(scope="module")
def store() -> Store:
    return STORES["columnar"](rich())


@pytest.mark.parametrize(("owner", "name"), BOTH_WAYS, ids=[f"{owner}.{name}" for owner, name in BOTH_WAYS])
def test_every_connection_pages_both_ways(owner: str, name: str, store: Store) -> None:
    """Three lists of each that have some pages, from either end; of the longest ones the last two pages."""
    text, owner = document(owner, name), REACHED.get(owner, (owner, ""))[0]
    kind = owner.lower()
    nodes = [{}] if owner == "Query" else [{"id": node["id"]} for node in pools_of(store).nodes[Kind(kind)]]
    several, some = 0, FEW.get(name, SOME)
    for variables in nodes:
        whole = page_of(store, text, first=100, **variables)
        if whole is None or whole["totalCount"] <= some:
            continue
        if whole["totalCount"] <= 100:
            assert walked(store, text, some, "first", "after", **variables) == whole["edges"]
            assert walked(store, text, some, "last", "before", **variables) == whole["edges"]
        else:
            last = page_of(store, text, last=some, **variables)
            assert last is not None
            assert (last["pageInfo"]["hasPreviousPage"], last["pageInfo"]["hasNextPage"]) == (True, False)
            before = page_of(store, text, last=some, before=last["pageInfo"]["startCursor"], **variables)
            assert before is not None
            onwards = page_of(store, text, first=100, after=before["pageInfo"]["endCursor"], **variables)
            assert onwards is not None
            assert onwards["edges"] == last["edges"]
        several += 1
        if several == 3:
            break
    assert several, "no list of this graph has several pages"
