"""What NetworkX reads of our backend while it is itself being imported: nothing here may import NetworkX."""

from typing import Any

PROJECT = "byline-graph"
# The functions that run on arrays; every other one runs as NetworkX has it, on the view.
FUNCTIONS = {
    "pagerank": "Power iteration on a sparse matrix of the graph's arrays.",
    "single_source_shortest_path_length": "Breadth first, a whole frontier at a time.",
    "single_target_shortest_path_length": "Breadth first against the direction of the edges, a whole frontier at a time.",
    "bidirectional_shortest_path": "Breadth first from both ends. Among several shortest paths it may give another one.",
    "shortest_path_length": "Without a weight, by the functions above.",
    "has_path": "By the function above.",
    "connected_components": "Components of a sparse matrix.",
    "number_connected_components": "Components of a sparse matrix.",
    "is_connected": "Components of a sparse matrix.",
    "node_connected_component": "Breadth first, a whole frontier at a time.",
    "weakly_connected_components": "Components of a sparse matrix.",
    "number_weakly_connected_components": "Components of a sparse matrix.",
    "is_weakly_connected": "Components of a sparse matrix.",
    "core_number": "Peeled a whole layer at a time.",
    "triangles": "Each found once, from its corner with the fewest neighbours.",
    "clustering": "From the triangles; without a weight and a direction.",
    "transitivity": "From the triangles.",
}


def info() -> dict[str, Any]:
    """The entry point `networkx.backend_info`."""
    return {
        "backend_name": "byline",
        "project": PROJECT,
        "package": PROJECT,
        "short_summary": "Graphs of authors, papers and institutions on memory-mapped arrays.",
        "description": "Views of a Byline store, and any other graph converted to arrays.",
        "functions": {name: {"additional_docs": about} for name, about in FUNCTIONS.items()},
    }
