"""What random graphs and requests are made of: names that are easily confused, codes, columns by type. Nobody here is real."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from byline.graph.model import COLUMNS, IDENTIFIED, Column, Kind
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
SCHEMES = ("doi", "DOI", "arxiv", "orcid", "ror", "dblp", "acl", "issn")
EXTERNAL = (
    "10.1/1",
    "https://doi.org/10.1/1",
    "2001.00001v3",
    "0000-0000-0000-0001",
    "https://ror.org/0ABC1",
    "1/1",
    "x",
    "1234-5670",
)
# Code and name of the country, region, city.
PLACES = (("DE", "Germany", "Saxony", "Leipzig"), ("US", "United States", None, "Springfield"), (None, None, None, None))
OUTSIDE = ("doi:10.9/x", "acl:P00-1", "arxiv:2001.00001")
YEARS = (2018, 2024)
DAYS = (date(1965, 1, 1), date(2020, 2, 29), date(2021, 1, 1), date(2021, 12, 31), date(2023, 6, 30))


def _columns(fits: Callable[[Column], bool]) -> dict[Kind, tuple[str, ...]]:
    """The columns of each kind that are of one sort, as the model declares them."""
    return {kind: tuple(column.name for column in COLUMNS[kind] if fits(column)) for kind in IDENTIFIED}


FLOAT_COLUMNS = _columns(lambda column: pa.types.is_floating(column.dtype))
NUMBER_COLUMNS = _columns(lambda column: pa.types.is_integer(column.dtype))
DAY_COLUMNS = _columns(lambda column: pa.types.is_date(column.dtype))
FLAG_COLUMNS = _columns(lambda column: pa.types.is_boolean(column.dtype))
TEXT_COLUMNS = _columns(lambda column: column.dtype in (pa.string(), pa.large_string()) and column.name != "id")
LISTED_COLUMNS = _columns(lambda column: column.dtype == pa.list_(pa.string()))
ORDER_COLUMNS = _columns(lambda column: column.ordered)
# Lists in an order of their own, which their cursors cannot name.
UNPAGED = ("authorship_institutions", "paper_categories")
PRINTED = (Order("position", on_edge=True),)
