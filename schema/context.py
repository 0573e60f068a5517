"""What one request carries: the store it began on, the limits in force, the warnings it collects."""

from dataclasses import dataclass, field
from typing import Any

from graph.store.protocol import Store


@dataclass(frozen=True)
class Limits:
    """Bounds of one request; api/settings.py is where an operator sets them."""

    default_page: int = 20
    max_page: int = 100
    max_ids: int = 100
    max_filter_depth: int = 8
    max_filter_values: int = 1000


@dataclass
class Context:
    """The `info.context` of every resolver."""

    store: Store
    limits: Limits = field(default_factory=Limits)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def warn(self, code: str, path: list[str | int], message: str) -> None:
        """Add to the answer's `extensions.warnings`."""
        self.warnings.append({"code": code, "path": path, "message": message})
