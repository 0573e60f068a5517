"""Capabilities of a store, each written over its core: slow, and right for any store."""
