"""Live fetch: pages of the public APIs, politely, into a file in the API's own shape that an ingest then reads."""
