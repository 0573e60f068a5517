"""The store's arrays as NetworkX graphs, on which NetworkX's own algorithms run unchanged."""

from byline.graph.nx.everything import WholeGraph, whole
from byline.graph.nx.numbering import Numbering
from byline.graph.nx.people import CoauthorGraph, coauthors

__all__ = ["CoauthorGraph", "Numbering", "WholeGraph", "coauthors", "whole"]
