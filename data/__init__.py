"""Sources in, snapshot out: records, author disambiguation, the facts of the graph, and the ingest that ties them together."""
