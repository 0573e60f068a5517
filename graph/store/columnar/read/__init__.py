"""Reading a snapshot: lookups, conditions, orders, pages, hops, facets."""
