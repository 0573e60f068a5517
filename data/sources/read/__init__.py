"""Reading files: packed streams, lines, elements, documents, TeX, and members that cannot be right."""
