"""Plain counts and means over the papers of an institution or a category: how each is made, and why it may have no value."""

CITATIONS = "sum of the citation counts of the papers in scope; a citing paper counts once for each that it cites"
AUTHORS = "distinct authors of the papers in scope"
AFFILIATED = "distinct authors whose authorships of papers in scope name the institution"
MEAN_CITATIONS = "mean citation count of the papers in scope"
TEAM_SIZE = "mean number of authors, as stated and never fewer than known, of the papers that state one"
NO_SIZES = "No paper in scope states its number of authors"
