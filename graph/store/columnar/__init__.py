"""The default store: memory-mapped Arrow columns and compressed adjacency, read in batches."""
