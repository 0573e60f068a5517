"""Sources in, snapshot out: records, who is who, the facts of the graph, and the ingest that ties them together."""
