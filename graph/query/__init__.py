"""Questions that take several reads of a store: batches in, batches out."""
