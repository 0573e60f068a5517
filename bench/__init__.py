"""Measurements: `python -m bench --help`. Needs the checkout, a C compiler, Node with npm and PostgreSQL; no test needs it."""
