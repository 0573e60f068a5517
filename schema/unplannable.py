"""Why a plan does not answer: what the plain resolvers answer in its place."""

from graphql import GraphQLError


class Odd(Exception):
    """Something that a plan does not answer; the plain resolvers do, errors included."""


class Unfit(Odd):
    """Variables that do not fit, and the errors of that, which nobody has to find a second time."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("variables do not fit")
        self.errors = errors
