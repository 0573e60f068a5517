"""Paths among coauthors: breadth first, by length, the k shortest, and who is two steps away."""
