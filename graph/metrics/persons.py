"""Plain shares and means over the papers of a person: how each is made, and why it may have no value."""

SELF_CITATIONS = (
    "citations to the person's papers that come from papers the person wrote, over all citations to them by papers of this graph"
)
ONLY_OUTSIDE = "The papers in scope are cited only by works outside this graph, whose authors are unknown"
NOT_CITED = "No paper of the author in scope is cited"
TEAM_SIZE = "mean number of authors, as stated and never fewer than known, of the papers that state one"
NO_SIZES = "No paper of the author in scope states its number of authors"
