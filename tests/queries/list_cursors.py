"""Cursors of lists that are made, not kept: similar papers, predictions, paths, conflicts, works outside the graph."""

from typing import Any

from byline.graph.model import Kind
from byline.graph.query import conflict_cursors, outside_works, path_pages, scored
from byline.graph.query.outside_works import encode as encode_work
from byline.schema.inputs.neighbourhood_enums import LinkPrediction
from byline.schema.types.similar import Similarity
from tests.queries.pools import Pools
from tests.queries.values import Choices, Name

_METHODS: dict[str, Any] = {"SimilarPaperConnection": Similarity, "SuggestedCollaboratorConnection": LinkPrediction}
_DEFAULTS = {"SimilarPaperConnection": "BIBLIOGRAPHIC_COUPLING"}
MADE = {*_METHODS, "CollaborationPathConnection", "ConflictConnection", "UnresolvedReferenceConnection"}
_KINDS = {"SimilarPaperConnection": Kind.PAPER, "SuggestedCollaboratorConnection": Kind.AUTHOR}


def made_cursor(connection: str, arguments: dict[str, Any], choose: Choices, pools: Pools) -> str:
    """A place in one of the lists that are MADE, of an entry or beside one, or of another list."""
    if choose.maybe(5):
        return choose.one(["", "abc", path_pages.encode(1), encode_work("unresolved_references", "doi:10.9/a")])

    def node(kind: Kind) -> str:
        identifier: str = (choose.one(pools.nodes[kind]) if pools.nodes[kind] else {"id": "nobody"})["id"]
        return identifier

    match connection:
        case "SimilarPaperConnection" | "SuggestedCollaboratorConnection":
            given = arguments.get("method")
            names = _METHODS[connection].__members__
            name = given.value if isinstance(given, Name) else _DEFAULTS.get(connection, next(iter(names)))
            score = choose.one([1.0, 0.5, 0.25, 0, 3, 2 / 3])
            return scored.encode(names[name].value, score, node(_KINDS[connection]))
        case "CollaborationPathConnection":
            return path_pages.encode(1 + choose.below(4))
        case "ConflictConnection":
            return conflict_cursors.encode(node(Kind.AUTHOR), node(Kind.AUTHOR))
        case "UnresolvedReferenceConnection":
            column = choose.one(["unresolved_references", "unresolved_citations"])
            lists = pools.values(Kind.PAPER, column)
            return outside_works.encode(column, choose.one(choose.one(lists)) if lists else "doi:10.9/a")
    raise AssertionError(f"{connection} is no list that is made")
