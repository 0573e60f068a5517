"""The graph: its vocabulary, its stores and what is computed on it. Knows neither HTTP nor GraphQL."""
