"""Derived edges: the pairs that papers make, for all rows at build and for some at request time."""
