"""The ingest: files in, the next snapshot out, and the report of it."""
