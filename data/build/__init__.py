"""Building the facts of the graph from segments: author disambiguation, records of one paper, and the tables of a store."""
