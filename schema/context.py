"""What one request carries: the store it began on, the limits in force, the warnings it collects."""

from dataclasses import dataclass, field
from typing import Any

from graph.errors import TooCostly
from graph.patience import Patience
from graph.store.protocol import Store


@dataclass(frozen=True)
class Limits:
    """Bounds of one request; api/settings.py is where an operator sets them."""

    default_page: int = 20
    max_page: int = 100
    max_ids: int = 100
    max_filter_depth: int = 8
    max_filter_values: int = 1000
    max_search_characters: int = 300
    max_objects: int = 1_000_000
    max_distance: int = 6
    max_paths: int = 20
    max_path_nodes: int = 500_000
    max_network_nodes: int = 1_000
    max_matrix_papers: int = 500_000


@dataclass
class Context:
    """The `info.context` of every resolver."""

    store: Store
    limits: Limits = field(default_factory=Limits)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    # Fields that the plain resolvers may still resolve for this request; None: as many as it takes.
    budget: int | None = None
    # How long the request may be worked on; None: as long as it takes.
    patience: Patience | None = None
    # The plan, its cost and its steps, for a request that asks for them.
    account: dict[str, Any] | None = None

    @property
    def extensions(self) -> dict[str, Any]:
        """What the answer's `extensions` say."""
        warnings = {"warnings": self.warnings} if self.warnings else {}
        return warnings if self.account is None else {**warnings, "explain": self.account}

    def spend(self) -> None:
        """Count one resolved field. Raises TooCostly where the budget is spent."""
        if self.budget is not None:
            self.budget -= 1
            if self.budget < 0:
                raise TooCostly("the query resolves more fields than a query without a plan may", "ask for less at once")

    def warn(self, code: str, path: list[str | int], message: str) -> None:
        """Add to the answer's `extensions.warnings`."""
        self.warnings.append({"code": code, "path": path, "message": message})
