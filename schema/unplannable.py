"""Why a plan does not answer: what the plain resolvers answer in its place."""

from graphql import GraphQLError


class Unplannable(Exception):
    """Something that a plan does not answer; the plain resolvers do, errors included."""


class UnfitVariables(Unplannable):
    """Variables that do not fit, and the errors of that, which nobody has to find a second time."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("variables do not fit")
        self.errors = errors
