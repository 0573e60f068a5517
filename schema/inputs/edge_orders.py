"""Orders of lists whose edges have values: each has these as keys beside the keys of its nodes."""

from byline.schema.inputs.orders import AuthorOrderField, InstitutionOrderField, PaperOrderField, edge_order

_YEARS = {"first_year": "Year of the earliest dated one of them.", "last_year": "Year of the latest dated one of them."}
_SHARED = {"paper_count": "Number of shared papers."} | _YEARS
_AFFILIATED = {"paper_count": "Number of papers with the affiliation."} | _YEARS
_OF_VENUE = {"paper_count": "Number of papers in the venue."} | _YEARS
_POSITION = {"position": "Position in the printed author list, from 1."}

CoauthorOrder = edge_order(
    "CoauthorOrder",
    "coauthors",
    AuthorOrderField,
    _SHARED
    | {
        "weight": "Collaboration strength (Newman 2001).",
        "uncounted_papers": "Number of shared papers that add nothing to the weight.",
    },
)
CollaboratorOrder = edge_order(
    "CollaboratorOrder",
    "authors at a distance",
    AuthorOrderField,
    {"shared_count": "Number of authors one step nearer who are coauthors of this one."},
)
InstitutionAuthorOrder = edge_order("InstitutionAuthorOrder", "authors of an institution", AuthorOrderField, _AFFILIATED)
VenueAuthorOrder = edge_order("VenueAuthorOrder", "authors of a venue", AuthorOrderField, _OF_VENUE)
PaperAuthorOrder = edge_order("PaperAuthorOrder", "authors of a paper", AuthorOrderField, _POSITION)
AuthorPaperOrder = edge_order("AuthorPaperOrder", "papers of an author", PaperOrderField, _POSITION)
AffiliationOrder = edge_order("AffiliationOrder", "affiliations", InstitutionOrderField, _AFFILIATED)
InstitutionCollaborationOrder = edge_order(
    "InstitutionCollaborationOrder", "collaborations of institutions", InstitutionOrderField, _SHARED
)
BetweenOrder = edge_order(
    "BetweenOrder",
    "authors between two",
    AuthorOrderField,
    {"paper_count": "Number of papers shared with the author farther away."},
)
