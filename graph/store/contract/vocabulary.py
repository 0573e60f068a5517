"""What random graphs and requests are made of: names that are easily confused, codes, columns by type. Nobody here is real."""

from datetime import date

from byline.graph.model import LETTERS, Kind
from byline.graph.request import Order

NAMES = (
    "Ada Lovelace",
    "ada  lovelace",
    "Ádá Lovelace",
    "Zoë",
    "zoe",
    "Łukasz Ø",
    "李 明",
    "ÆON",
    "O'Neil-B",
    "ß",
    "ﬁn",
    "?",
    "𝔘na",
)
CODES = ("cs", "cs.CL", "cs.LG", "stat", "stat.ML", "math.CL", "Ünï")
COUNTRIES = ("DE", "US", None)
OUTSIDE = ("doi:10.9/x", "acl:P00-1", "arxiv:2001.00001")
KINDS = tuple(LETTERS)
YEARS = (2018, 2024)
DAYS = (date(1965, 1, 1), date(2020, 2, 29), date(2021, 1, 1), date(2021, 12, 31), date(2023, 6, 30))

FLOAT_COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.AUTHOR: ("clustering",),
    Kind.PAPER: ("pagerank", "category_atypicality", "normalised_impact"),
    Kind.INSTITUTION: (),
    Kind.CATEGORY: (),
}
NUMBER_COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.AUTHOR: (
        "paper_count", "citation_count", "coauthor_count", "h_index", "first_year", "last_year",
        "core", "component", "component_size", "community", "community_size",
    ),
    Kind.PAPER: (
        "year", "citation_count", "outside_citation_count", "reference_count", "outside_reference_count", "author_count",
        "listed", "impact_sample",
    ),
    Kind.INSTITUTION: ("paper_count", "citation_count"),
    Kind.CATEGORY: (),
}  # fmt: skip
TEXT_COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.AUTHOR: ("name", "orcid"),
    Kind.PAPER: ("title", "doi", "arxiv_id"),
    Kind.INSTITUTION: ("name", "ror", "country_code"),
    Kind.CATEGORY: ("code", "name"),
}
ORDER_COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.AUTHOR: ("name_fold", "paper_count", "citation_count", "h_index", "core", "clustering"),
    Kind.PAPER: ("year", "published_on", "citation_count", "title_fold", "listed", "pagerank", "category_atypicality"),
    Kind.INSTITUTION: ("name_fold", "paper_count", "citation_count"),
    Kind.CATEGORY: ("code", "name"),
}
# Lists in an order of their own, which their cursors cannot name.
UNPAGED = ("authorship_institutions", "paper_categories")
PRINTED = (Order("position", on_edge=True),)
