"""HTTP and the command line; the only folder that picks a store."""
