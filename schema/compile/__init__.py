"""Compiling: documents to plans, arguments and variables to values."""
