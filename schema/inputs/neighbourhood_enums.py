"""Choices of fields about steps among coauthors."""

from enum import Enum

import strawberry

from byline.graph.network.members import Include
from byline.graph.request import Prediction
from byline.graph.store.protocol import Status


@strawberry.enum(
    description="Link prediction score of two authors, from their common coauthors z, each with deg(z) coauthors: the higher, "
    "the likelier a joint paper. The highest come first."
)
class LinkPrediction(Enum):
    """Members of graph.where.Prediction under their public names."""

    ADAMIC_ADAR = strawberry.enum_value(Prediction.ADAMIC_ADAR, description="Sum of 1/ln(deg(z)) (Adamic and Adar 2003).")
    RESOURCE_ALLOCATION = strawberry.enum_value(
        Prediction.RESOURCE_ALLOCATION, description="Sum of 1/deg(z) (Zhou, Lü and Zhang 2009)."
    )
    COMMON_COAUTHORS = strawberry.enum_value(Prediction.COMMON_COAUTHORS, description="Number of common coauthors (Newman 2001).")


@strawberry.enum(description="Outcome of a path search.")
class PathStatus(Enum):
    """Members of graph.store.protocol.Status under their public names."""

    SAME = strawberry.enum_value(Status.SAME, description="Start and end are the same author: distance 0, no path.")
    FOUND = strawberry.enum_value(Status.FOUND, description="There are paths.")
    DISCONNECTED = strawberry.enum_value(Status.DISCONNECTED, description="There is no path between the two.")
    BUDGET_EXCEEDED = strawberry.enum_value(
        Status.BUDGET_EXCEEDED,
        description="The search visited more authors than `BYLINE_MAX_PATH_NODES` allows and stopped; there may be paths.",
    )


@strawberry.enum(description="Which authors a network adds to the given ones.")
class NetworkInclude(Enum):
    """Members of graph.network.members.Include under their public names."""

    ONLY_INPUT = strawberry.enum_value(Include.ONLY_INPUT, description="None.")
    BRIDGES = strawberry.enum_value(Include.BRIDGES, description="Coauthors of at least two of the given authors.")
    NEIGHBOURS = strawberry.enum_value(Include.NEIGHBOURS, description="Coauthors of any of the given authors.")
