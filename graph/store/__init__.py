"""Stores: one protocol, several ways to keep the graph."""
