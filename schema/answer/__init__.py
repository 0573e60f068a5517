"""Answering: what a plan read, encoded as the response."""
