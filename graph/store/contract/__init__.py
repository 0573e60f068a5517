"""The contract of a store as a function: `run(make_store)` holds any store against the reference store, without a test runner."""

from byline.graph.store.contract.suite import Summary, run

__all__ = ["Summary", "run"]
