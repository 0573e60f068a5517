"""HTTP and the command line: the composition root, the only folder that picks a store."""
