"""What one request carries: the store it began on, the limits in force, the warnings it collects."""

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError

from byline.graph.deadline import Deadline
from byline.graph.errors import BadFilter, TooCostly, limit_hint
from byline.graph.store.protocol import Store


@dataclass(frozen=True)
class Limits:
    """Bounds of one request, and what it may ask; api/settings.py is where an operator sets them."""

    default_page: int = 20
    max_page: int = 100
    max_ids: int = 100
    max_filter_depth: int = 8
    max_filter_values: int = 1000
    max_selections: int = 5000
    max_depth: int = 100
    max_values: int = 5000
    max_value_depth: int = 32
    max_comparisons: int = 30_000
    max_search_characters: int = 300
    max_objects: int = 1_000_000
    max_answer_bytes: int = 128 * 1024 * 1024
    max_distance: int = 6
    max_paths: int = 20
    max_path_nodes: int = 500_000
    max_network_nodes: int = 1_000
    max_conflict_keys: int = 5_000
    max_conflict_pairs: int = 25_000_000
    max_matrix_papers: int = 500_000
    # Whether the schema may be asked for; errors propose names of it only then.
    introspection: bool = True


@dataclass(slots=True)
class Context:
    """The `info.context` of every resolver."""

    store: Store
    limits: Limits = field(default_factory=Limits)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    # Fields that the plain resolvers may resolve for this request, None for as many as it takes, those that they began, and why
    # they begin no more.
    budget: int | None = None
    spent: int = 0
    over: TooCostly | None = None
    # How long the request may be worked on; None: as long as it takes.
    deadline: Deadline | None = None
    # What is wrong with the variables, where the planner has found that out.
    unfit: list[GraphQLError] | None = None
    # The plan, its cost and its steps, for a request that asks for them.
    account: dict[str, Any] | None = None
    # Whether the answer is to say from which version of the snapshot it comes, and that version.
    states_version: bool = False
    version: str | None = None

    @property
    def extensions(self) -> dict[str, Any]:
        """What the answer's `extensions` say."""
        said = {"warnings": self.warnings or None, "explain": self.account, "snapshot": self.version}
        return {name: value for name, value in said.items() if value is not None}

    def begins_field(self) -> bool:
        """Count a field that the resolvers begin; whether they may."""
        if self.over is None:
            self.spent += 1
            try:
                self._look()
            except TooCostly as error:
                self.end(error)
        return self.over is None

    def _look(self) -> None:
        if self.budget is not None and self.spent > self.budget:
            raise TooCostly(
                f"A query without a plan may resolve at most {self.budget} fields, this one resolves more",
                limit_hint("ask for less at once", "max_plain_fields"),
            )
        if self.deadline is not None:
            self.deadline.checkpoint()

    def end(self, error: TooCostly) -> None:
        """Nothing of the request is resolved any further. The first reason is the one that is told."""
        # Not the exception that was raised: that one holds the frames of its field.
        self.over = self.over or error.afresh()

    def go_on(self) -> None:
        """Raises TooCostly where the request is over, for a field that was begun before and runs only now."""
        if self.over is not None:
            raise self.over.afresh()

    def warn(self, code: str, path: list[str | int], message: str) -> None:
        """Add to the answer's `extensions.warnings`."""
        self.warnings.append({"code": code, "path": path, "message": message})


def too_many_in_filter(count: int, limits: Limits) -> BadFilter:
    """The refusal of too long a filter."""
    return BadFilter(
        f"A filter may have at most {limits.max_filter_values} values, list entries included, got {count}",
        limit_hint("split the query", "max_filter_values"),
    )
