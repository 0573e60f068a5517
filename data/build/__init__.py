"""Building the facts of the graph from segments: who is who, which records are one paper, and the tables of a store."""
