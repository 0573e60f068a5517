"""Types: one file an entity, its connections and values."""
