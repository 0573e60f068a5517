"""Segments: the records of one file as columns, and the columns of all of them."""
