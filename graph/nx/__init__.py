"""The store's arrays as NetworkX graphs, on which NetworkX's own algorithms run unchanged."""

from graph.nx.everything import WholeGraph, whole
from graph.nx.numbering import Numbering
from graph.nx.people import CoauthorGraph, coauthors

__all__ = ["CoauthorGraph", "Numbering", "WholeGraph", "coauthors", "whole"]
