"""Building a snapshot: derived columns, adjacency, orders, measures and indexes."""
