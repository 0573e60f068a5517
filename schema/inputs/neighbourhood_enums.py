"""Choices of fields about steps among coauthors."""

from enum import Enum

import strawberry

from byline.graph.network.members import Include
from byline.graph.request import Prediction
from byline.graph.store.protocol import Status


@strawberry.enum(
    description="How likely two people are to write together, told from the coauthors z of both, each with deg(z) coauthors."
)
class LinkPrediction(Enum):
    """Members of graph.where.Prediction under their public names."""

    ADAMIC_ADAR = strawberry.enum_value(Prediction.ADAMIC_ADAR, description="The sum of 1/ln(deg(z)): Adamic and Adar 2003.")
    RESOURCE_ALLOCATION = strawberry.enum_value(
        Prediction.RESOURCE_ALLOCATION, description="The sum of 1/deg(z): Zhou, Lü and Zhang 2009."
    )
    COMMON_COAUTHORS = strawberry.enum_value(Prediction.COMMON_COAUTHORS, description="Their number: Newman 2001.")


@strawberry.enum(description="What became of a search for paths.")
class PathStatus(Enum):
    """Members of graph.store.protocol.Status under their public names."""

    SAME = strawberry.enum_value(Status.SAME, description="Both ends are one person: distance 0, no path.")
    FOUND = strawberry.enum_value(Status.FOUND, description="Here they are; fewer than asked for where there are no more.")
    DISCONNECTED = strawberry.enum_value(Status.DISCONNECTED, description="No path leads from one to the other.")
    BUDGET_EXCEEDED = strawberry.enum_value(
        Status.BUDGET_EXCEEDED, description="The search was given up; what it had found is given, and there may be more."
    )


@strawberry.enum(description="Whom a network shows besides the people given.")
class NetworkInclude(Enum):
    """Members of graph.network.members.Include under their public names."""

    ONLY_INPUT = strawberry.enum_value(Include.ONLY_INPUT, description="Nobody.")
    BRIDGES = strawberry.enum_value(Include.BRIDGES, description="Coauthors of at least two of them.")
    NEIGHBOURS = strawberry.enum_value(Include.NEIGHBOURS, description="Coauthors of any of them.")
