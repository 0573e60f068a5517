"""Every field that answers a plain list: lists that can grow are connections, the others say what bounds them."""

from collections.abc import Iterator

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType

from byline.schema.build import make_schema

# What bounds a plain list, by the field or by its name alone where every such field is alike.
BOUNDED = {
    "as many as the request names": {
        "nodes", "authorsBy", "papersBy", "institutionsBy", "categoriesBy", "venuesBy", "InstitutionMatrix.institutions",
        "CategoryMatrix.categories", "CountryMatrix.countryCodes", "values", "withOthers", "withUnknown",
    },
    "completions of a text box, at most `first`: the next letter goes on, not a page": {"suggest"},
    "what sources state of one node, of which no node has many": {
        "externalIds", "reported", "names", "issns", "Institution.types", "keywords", "urls", "versions", "funding",
        "Paper.categories",
    },
    "what one authorship states": {"countryCodes", "PaperAuthorEdge.institutions", "AuthorPaperEdge.institutions"},
    "why two people conflict: kinds of reasons, and institutions of one of them": {"reasons", "Conflict.institutions"},
    "years that there are": {"byYear", "trend"},
    "the evidence of one entry: words of a title, works that both papers cite, places in a text": {
        "sharedWords", "sharedOutside", "snippets", "marks",
    },
    "a drawing of at most `first` nodes": {"Network.nodes", "links"},
    "a path, at most as long as the graph is wide": {"CollaborationPath.authors", "hops"},
    "one a source": {"sources"},
}  # fmt: skip


def plain_lists() -> Iterator[tuple[str, str]]:
    """Owner and name of every field that answers a list, those of connections aside."""
    for owner in make_schema()._schema.type_map.values():
        if isinstance(owner, GraphQLObjectType) and not owner.name.startswith("__") and not owner.name.endswith("Connection"):
            for name, field in owner.fields.items():
                kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
                if isinstance(kind, GraphQLList):
                    yield owner.name, name


def test_lists_that_can_grow_are_connections() -> None:
    named = set().union(*BOUNDED.values())
    unbounded = [f"{owner}.{name}" for owner, name in plain_lists() if not {name, f"{owner}.{name}"} & named]
    assert not unbounded, "make it a connection, or name in BOUNDED what bounds it"


def test_nothing_is_named_that_is_no_plain_list() -> None:
    there = {each for owner, name in plain_lists() for each in (name, f"{owner}.{name}")}
    assert set().union(*BOUNDED.values()) <= there
