"""The reference store: `networkx.MultiDiGraph` and plain loops, the executable specification of the protocol."""
