"""The vocabulary: node kinds, their columns, and the edges between them, each declared once.

Stores, filters, GraphQL types and the guides read names, types, units and sentences from here.
"""

from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa

from byline.graph.kinds import IDENTIFIED as IDENTIFIED
from byline.graph.kinds import KINDS as KINDS
from byline.graph.kinds import LETTERS as LETTERS
from byline.graph.kinds import Kind as Kind
from byline.graph.kinds import KindInfo as KindInfo

# Version of everything below and of the files that hold it; a reader refuses a newer one.
FORMAT = 6


WEB_ADDRESS = pa.struct([("kind", pa.string()), ("url", pa.string())])
VERSION = pa.struct([("label", pa.string()), ("published_on", pa.date32())])
FUNDING = pa.struct([("funder", pa.string()), ("funder_id", pa.string()), ("award", pa.string())])
EXTERNAL_ID = pa.struct([("scheme", pa.string()), ("value", pa.string())])
REPORTED = pa.struct(
    [
        ("source", pa.string()),
        ("as_of", pa.date32()),
        ("h_index", pa.int32()),
        ("paper_count", pa.int32()),
        ("citation_count", pa.int32()),
        ("novelty", pa.float64()),
        ("ai_score", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Column:
    """One figure or text of a kind. `derived` ones are computed by the store from the facts, never given.

    `ordered`: the roots and lists of the kind can be ordered by it, so its permutations are kept. `folded`: conditions on its
    texts read another column, that of the same name with `_fold`. `scheme`: it holds ids of that scheme, by which nodes are
    looked up. `required`: a snapshot without it is damaged. One that was written before any other column came is read with that
    column null in every row, and whatever reads it takes null for unknown. `stated`: records have a member of that name, which
    goes into the column as it is; several records of one paper are brought together by its type (data/build/stated.py).
    """

    name: str
    dtype: pa.DataType
    about: str
    unit: str = ""
    derived: bool = False
    ordered: bool = False
    folded: bool = False
    scheme: str = ""
    stated: bool = False
    required: bool = field(kw_only=True)


# How columns are declared: of each it has to be said whether a snapshot may lack it.
_required, _optional = partial(Column, required=True), partial(Column, required=False)
# What records of the kind have a member of the same name for.
_stated = partial(Column, required=False, stated=True)

_ID = _required("id", pa.string(), "Public id: the kind's letter and twelve base-32 digits. Rows are sorted by it.")
_H_INDEX = "Hirsch 2005, on the citations in this graph; null without papers or known citations."
_FOLDED = "The folded {0}: what orders by {0} and comparisons of folded texts read."

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.AUTHOR: (
        _ID,
        _required("name", pa.string(), "Preferred name, as printed in the best source.", folded=True),
        _required("names", pa.list_(pa.string()), "All printed name variants, the preferred one first."),
        _optional("orcid", pa.string(), "ORCID iD without URL; null if no source states one.", scheme="orcid"),
        _optional("external_ids", pa.list_(EXTERNAL_ID), "Identifiers in external catalogues."),
        _optional("stated_category", pa.int32(), "Row of the category that a source states as the person's main one."),
        _optional("reported", pa.list_(REPORTED), "Metrics as stated by sources, with their date."),
        _required("name_fold", pa.string(), _FOLDED.format("name"), derived=True, ordered=True),
        _optional(
            "primary_category", pa.int32(), "Row of the stated category, else of the most frequent primary one.", derived=True
        ),
        _required(
            "paper_count", pa.int32(), "Number of the author's papers in this graph.", "papers", derived=True, ordered=True
        ),
        _required(
            "citation_count",
            pa.int32(),
            "Sum of those papers' citation counts; null where none is known.",
            "citations",
            derived=True,
            ordered=True,
        ),
        _required(
            "coauthor_count",
            pa.int32(),
            "People with whom at least one paper is shared.",
            "people",
            derived=True,
            ordered=True,
        ),
        _optional("h_index", pa.int32(), _H_INDEX, "papers", derived=True, ordered=True),
        _required("first_year", pa.int32(), "Year of the earliest paper with a year.", "year", derived=True),
        _required("last_year", pa.int32(), "Year of the latest paper with a year.", "year", derived=True),
        _optional("core", pa.int32(), "Core number in the coauthor graph.", derived=True, ordered=True),
        _optional("component", pa.int32(), "Number of the component of the coauthor graph, 0 the largest.", derived=True),
        _optional("component_size", pa.int32(), "People in that component.", "people", derived=True, ordered=True),
        _optional("community", pa.int32(), "Number of the community in the coauthor graph, 0 the largest.", derived=True),
        _optional("community_size", pa.int32(), "People in that community.", "people", derived=True),
        _optional(
            "affiliations_complete",
            pa.bool_(),
            "Whether every authorship of the person names an institution, and there is one.",
            derived=True,
        ),
        _optional("clustering", pa.float64(), "Share of the pairs of coauthors that are coauthors.", derived=True, ordered=True),
    ),
    Kind.PAPER: (
        _ID,
        _required("title", pa.large_string(), "Title, as given by the best source.", folded=True),
        _optional("abstract", pa.large_string(), "Full abstract; null if no source states one."),
        _required("year", pa.int32(), "Year of publication; null if unknown.", "year", ordered=True),
        _optional("published_on", pa.date32(), "Day of publication; null if only the year is known.", "day", ordered=True),
        _optional("doi", pa.string(), "DOI in lower case, without URL.", scheme="doi"),
        _optional("arxiv_id", pa.string(), "arXiv id without version.", scheme="arxiv"),
        _optional("external_ids", pa.list_(EXTERNAL_ID), "Identifiers in external catalogues, DOI and arXiv id included."),
        _stated("language", pa.string(), "Language as stated: ISO 639-1 code, or ISO 639-3 where there is none of two letters."),
        _stated("paper_type", pa.string(), "Type as stated, in Crossref's vocabulary, such as journal-article or book-chapter."),
        _stated("volume", pa.string(), "Volume of the journal or series, as stated."),
        _stated("issue", pa.string(), "Issue of the journal, as stated."),
        _stated("pages", pa.string(), "Pages as stated, the first and the last one with a hyphen, or what stands for them."),
        _stated("keywords", pa.list_(pa.string()), "Keywords as stated; empty if no source states any."),
        _stated("urls", pa.list_(WEB_ADDRESS), "Addresses on the web that sources state, each with what is there."),
        _stated("license", pa.string(), "Licence as stated, such as `cc-by` or the address of its text."),
        _stated("open_access", pa.bool_(), "Whether a source states that the paper can be read without paying."),
        _stated("retracted", pa.bool_(), "Whether a source states that the paper was retracted."),
        _stated("versions", pa.list_(VERSION), "Dated versions as stated, such as v1 of a preprint."),
        _stated("funding", pa.list_(FUNDING), "Funders as stated, each with the number of the grant where there is one."),
        _optional("author_count", pa.int32(), "Number of authors, as reported; null if the source only says 'et al.'.", "people"),
        _required("author_list_complete", pa.bool_(), "Whether all authors of the paper are known here."),
        _optional("listed", pa.int32(), "Place in the source's own order.", "place", ordered=True),
        _optional("venue", pa.int32(), "Row of the venue: where the paper was published, as stated."),
        _required("unresolved_references", pa.list_(pa.string()), "Identifiers of cited works outside this graph."),
        _optional(
            "references_complete",
            pa.bool_(),
            "Whether the references known here are complete: true if a source states the whole list, even an empty one; false if "
            "sources state parts of it; null if no source lists them.",
        ),
        _required("unresolved_citations", pa.list_(pa.string()), "Identifiers of citing works outside this graph, each once."),
        _optional("reported", pa.list_(REPORTED), "Metrics as stated by sources, with their date."),
        _required("title_fold", pa.large_string(), _FOLDED.format("title"), derived=True, ordered=True),
        _optional("primary_category", pa.int32(), "Row of the first category.", derived=True),
        _optional(
            "institutions_complete",
            pa.bool_(),
            "Whether the institutions known here are all of the paper: of a complete author list everybody has one, or a source "
            "states those of the paper as a whole.",
            derived=True,
        ),
        _required(
            "citation_count",
            pa.int32(),
            "Number of citing works: papers in this graph, and works outside it that a citation list names; null if no citations "
            "are known in this graph.",
            "works",
            derived=True,
            ordered=True,
        ),
        _required(
            "outside_citation_count",
            pa.int32(),
            "Number of citing works outside this graph, included in citationCount. Their days and authors are unknown.",
            "works",
            derived=True,
        ),
        _required("reference_count", pa.int32(), "Cited papers known to this graph.", "papers", derived=True),
        _required("outside_reference_count", pa.int32(), "Cited works that are not in this graph.", "works", derived=True),
        _optional("pagerank", pa.float64(), "PageRank on citations; all papers sum to 1.", derived=True, ordered=True),
        _optional(
            "category_atypicality", pa.float64(), "How unusual the rarest pair of its categories is.", derived=True, ordered=True
        ),
        _optional(
            "normalised_impact",
            pa.float64(),
            "Citations over the mean of its year and primary category.",
            derived=True,
            ordered=True,
        ),
        _required("impact_sample", pa.int32(), "Papers of that year and category.", "papers", derived=True),
    ),
    Kind.INSTITUTION: (
        _ID,
        _required("name", pa.string(), "Preferred name.", folded=True),
        _required("names", pa.list_(pa.string()), "All names of the institution, the preferred one first."),
        _optional("ror", pa.string(), "ROR id without URL; null if no source states one.", scheme="ror"),
        _optional(
            "country_code",
            pa.string(),
            "Country code, ISO 3166-1 alpha-2: as stated by a record with a ROR id, else by the majority of statements; "
            "null if unknown.",
        ),
        _optional(
            "country_reason",
            pa.string(),
            "Why there is no country code: none is stated, or the statements disagree; null if there is one.",
        ),
        _optional("country", pa.string(), "Name of that country in English."),
        _optional(
            "institution_types",
            pa.list_(pa.string()),
            "What it is, as stated, in ROR's vocabulary, such as `education` or `company`; empty if no source states it.",
        ),
        _optional("homepage", pa.string(), "Address of its own pages on the web, as stated."),
        _optional("city", pa.string(), "City, as stated."),
        _optional("region", pa.string(), "Region of the country, such as a state or province, as stated."),
        _optional("external_ids", pa.list_(EXTERNAL_ID), "Identifiers in external catalogues."),
        _required("name_fold", pa.string(), _FOLDED.format("name"), derived=True, ordered=True),
        _required(
            "paper_count",
            pa.int32(),
            "Papers with this institution, through an authorship or as a whole.",
            "papers",
            derived=True,
            ordered=True,
        ),
        _required(
            "citation_count",
            pa.int32(),
            "Sum of those papers' citation counts; null where none is known.",
            "citations",
            derived=True,
            ordered=True,
        ),
        _optional(
            "author_count", pa.int32(), "Authors whose authorships name this institution.", "people", derived=True, ordered=True
        ),
        _optional("h_index", pa.int32(), _H_INDEX, "papers", derived=True, ordered=True),
    ),
    Kind.CATEGORY: (
        _ID,
        _required("code", pa.string(), "Code in its own scheme, such as cs.CL.", ordered=True),
        _required("name", pa.string(), "Name of the category.", ordered=True),
        _optional("parent", pa.int32(), "Row of the parent category."),
        _optional(
            "paper_count",
            pa.int32(),
            "Papers in this category or in a category below it.",
            "papers",
            derived=True,
            ordered=True,
        ),
        _optional(
            "citation_count",
            pa.int32(),
            "Sum of those papers' citation counts; null where none is known.",
            "citations",
            derived=True,
            ordered=True,
        ),
        _optional("author_count", pa.int32(), "Authors of those papers.", "people", derived=True, ordered=True),
        _optional("h_index", pa.int32(), _H_INDEX, "papers", derived=True, ordered=True),
    ),
    Kind.VENUE: (
        _ID,
        _required("name", pa.string(), "Preferred name.", folded=True),
        _required("names", pa.list_(pa.string()), "All names of the venue, the preferred one first."),
        _optional(
            "venue_type",
            pa.string(),
            "journal, conference, series, repository or book, as stated; null if no source states it.",
        ),
        _optional("issn_l", pa.string(), "Linking ISSN; null if no source states one.", scheme="issn"),
        _optional("issns", pa.list_(pa.string()), "All ISSNs, the linking one included."),
        _optional("external_ids", pa.list_(EXTERNAL_ID), "Identifiers in external catalogues."),
        _required("name_fold", pa.string(), _FOLDED.format("name"), derived=True, ordered=True),
        _required("paper_count", pa.int32(), "Papers of this venue in this graph.", "papers", derived=True, ordered=True),
        _required(
            "citation_count",
            pa.int32(),
            "Sum of those papers' citation counts; null where none is known.",
            "citations",
            derived=True,
            ordered=True,
        ),
        _optional("author_count", pa.int32(), "Authors of those papers.", "people", derived=True, ordered=True),
        _optional("h_index", pa.int32(), _H_INDEX, "papers", derived=True, ordered=True),
    ),
    Kind.AUTHORSHIP: (
        _required("paper", pa.int32(), "Row of the paper. Rows are sorted by paper, then position, then author."),
        _required("author", pa.int32(), "Row of the author."),
        _optional(
            "position", pa.int32(), "Place in the printed list, from 1; null where the list stops before the name.", "place"
        ),
        _optional("name_as_printed", pa.string(), "The name on this paper; null where the list stops before it."),
        _optional(
            "corresponding", pa.bool_(), "Whether the author is a corresponding one; null where no source says so or denies it."
        ),
        _required(
            "country_codes",
            pa.list_(pa.string()),
            "Countries that the authorship states for its institutions, in their order; empty where it states none.",
        ),
    ),
}

# Facts that are pairs of rows rather than columns of a kind.
# Of a decision about people, each kind of evidence with its weight in log-odds.
TERMS = pa.list_(pa.struct([("term", pa.string()), ("weight", pa.float32())]))
LINKS: dict[str, pa.Schema] = {
    "authorship_institution": pa.schema([("authorship", pa.int32()), ("institution", pa.int32())]),
    "paper_institution": pa.schema([("paper", pa.int32()), ("institution", pa.int32())]),
    "paper_category": pa.schema([("paper", pa.int32()), ("category", pa.int32())]),
    "citation": pa.schema([("citing", pa.int32()), ("cited", pa.int32())]),
    "alias": pa.schema([("id", pa.string()), ("row", pa.int32())]),
    "decision": pa.schema(
        [
            ("id", pa.string()),
            ("left", pa.string()),
            ("right", pa.string()),
            ("rule", pa.string()),
            ("evidence", pa.string()),
            # False: a refusal; the node stays apart from `other`, the id of another one.
            ("joined", pa.bool_()),
            ("other", pa.string()),
            # How likely the two are one, 0 to 1, and what it is made of; null for decisions that do not rest on a score.
            ("probability", pa.float32()),
            ("terms", TERMS),
        ]
    ),
}
# Columns of links that a snapshot may lack; they are null then.
OPTIONAL_OF_LINKS = {"decision": ("probability", "terms")}


def columns_where(kind: Kind, flag: str) -> dict[str, Column]:
    """The columns of a kind that have a property (`required`, `ordered`, `folded`, `scheme`, …), by name."""
    return {column.name: column for column in COLUMNS[kind] if getattr(column, flag)}


def facts_schema(kind: Kind) -> pa.Schema:
    """The Arrow schema of the facts of a kind: its columns less the derived ones."""
    return pa.schema([(column.name, column.dtype) for column in COLUMNS[kind] if not column.derived])


@dataclass(frozen=True)
class Edge:
    """A hop between two kinds; `values` are the columns that belong to the hop itself.

    `windowed` hops take a year range and an author cap: those choose the papers, hence the edges.
    `pair` hops start from two rows at once: the papers that two people share.
    """

    name: str
    source: Kind
    target: Kind
    about: str
    values: tuple[str, ...] = ()
    windowed: bool = False
    pair: bool = False


_SHARED = ("paper_count", "first_year", "last_year")
AUTHOR_PAPERS = Edge(
    "author_papers", Kind.AUTHOR, Kind.PAPER, "Papers of the author, each once.", ("position", "corresponding", "country_codes")
)
PAPER_AUTHORS = Edge(
    "paper_authors",
    Kind.PAPER,
    Kind.AUTHOR,
    "The printed author list.",
    ("position", "name_as_printed", "corresponding", "country_codes"),
)
AUTHORSHIP_INSTITUTIONS = Edge(
    "authorship_institutions", Kind.AUTHORSHIP, Kind.INSTITUTION, "Institutions of one author on one paper, as printed."
)
REFERENCES = Edge("references", Kind.PAPER, Kind.PAPER, "Papers in this graph that this paper cites.")
CITED_BY = Edge("cited_by", Kind.PAPER, Kind.PAPER, "Papers in this graph that cite this paper.")
SHARED_REFERENCES = Edge("shared_references", Kind.PAPER, Kind.PAPER, "Papers in this graph that two papers cite.", pair=True)
SHARED_CITATIONS = Edge("shared_citations", Kind.PAPER, Kind.PAPER, "Papers in this graph that cite two papers.", pair=True)
OUTSIDE_COUPLED = Edge(
    "outside_coupled",
    Kind.PAPER,
    Kind.PAPER,
    "Other papers that cite works which a paper cites and which are not in this graph. shared_count: how many such works. Works "
    "that more than 10,000 papers cite are left out.",
    ("shared_count",),
)
PAPER_CATEGORIES = Edge("paper_categories", Kind.PAPER, Kind.CATEGORY, "Categories of the paper, the primary one first.")
CATEGORY_PAPERS = Edge("category_papers", Kind.CATEGORY, Kind.PAPER, "Papers in this category or in a category below it.")
CATEGORY_CHILDREN = Edge("category_children", Kind.CATEGORY, Kind.CATEGORY, "Categories right below a category.")
CATEGORY_PARENT = Edge("category_parent", Kind.CATEGORY, Kind.CATEGORY, "The category right above a category; none at the top.")
CATEGORY_AUTHORS = Edge(
    "category_authors",
    Kind.CATEGORY,
    Kind.AUTHOR,
    "Authors with a paper in this category or in a category below it.",
    windowed=True,
)
PAPER_INSTITUTIONS = Edge(
    "paper_institutions",
    Kind.PAPER,
    Kind.INSTITUTION,
    "Institutions of the paper, stated for an authorship or for the paper as a whole.",
)
INSTITUTION_PAPERS = Edge("institution_papers", Kind.INSTITUTION, Kind.PAPER, "Papers with this institution.")
PAPER_VENUE = Edge("paper_venue", Kind.PAPER, Kind.VENUE, "The venue of the paper: one, or none that is known.")
VENUE_PAPERS = Edge("venue_papers", Kind.VENUE, Kind.PAPER, "Papers of this venue.")
COAUTHORS = Edge(
    "coauthors",
    Kind.AUTHOR,
    Kind.AUTHOR,
    "People who share at least one paper. weight: Newman 2001, the sum over joint papers of 1/(n-1), n the reported "
    "number of authors; uncounted_papers of them state no number and add nothing.",
    (*_SHARED, "weight", "uncounted_papers"),
    windowed=True,
)
COLLABORATORS = Edge(
    "collaborators",
    Kind.AUTHOR,
    Kind.AUTHOR,
    "People exactly so many steps away among coauthors. shared_count: how many people one step nearer they share a paper with.",
    ("distance", "shared_count"),
    windowed=True,
)
BETWEEN = Edge(
    "between",
    Kind.AUTHOR,
    Kind.AUTHOR,
    "People one step nearer to the first of two than so many steps who share a paper with the second; paper_count: papers "
    "shared with the second.",
    ("paper_count",),
    windowed=True,
    pair=True,
)
JOINT_PAPERS = Edge("joint_papers", Kind.AUTHOR, Kind.PAPER, "Papers that two people share.", windowed=True, pair=True)
AFFILIATIONS = Edge(
    "affiliations",
    Kind.AUTHOR,
    Kind.INSTITUTION,
    "Affiliations: institutions that the author's authorships name.",
    _SHARED,
    windowed=True,
)
INSTITUTION_AUTHORS = Edge(
    "institution_authors",
    Kind.INSTITUTION,
    Kind.AUTHOR,
    "Authors whose authorships name this institution.",
    _SHARED,
    windowed=True,
)
COLLABORATIONS = Edge(
    "collaborations", Kind.INSTITUTION, Kind.INSTITUTION, "Institutions that share a paper.", _SHARED, windowed=True
)
COMMON_PAPERS = Edge(
    "common_papers", Kind.INSTITUTION, Kind.PAPER, "Papers that two institutions share.", windowed=True, pair=True
)

VENUE_AUTHORS = Edge("venue_authors", Kind.VENUE, Kind.AUTHOR, "Authors of papers of this venue.", _SHARED, windowed=True)

# The institutions that kinds of nodes have, and with them their countries.
OWN_INSTITUTIONS = {Kind.PAPER: PAPER_INSTITUTIONS, Kind.AUTHOR: AFFILIATIONS}

EDGES = {
    edge.name: edge
    for edge in (
        AUTHOR_PAPERS, PAPER_AUTHORS, AUTHORSHIP_INSTITUTIONS, REFERENCES, CITED_BY, OUTSIDE_COUPLED, PAPER_CATEGORIES,
        CATEGORY_PAPERS, CATEGORY_CHILDREN, CATEGORY_PARENT, CATEGORY_AUTHORS, PAPER_INSTITUTIONS, INSTITUTION_PAPERS, COAUTHORS,
        COLLABORATORS, BETWEEN, JOINT_PAPERS, AFFILIATIONS, INSTITUTION_AUTHORS, COLLABORATIONS, COMMON_PAPERS,
        PAPER_VENUE, VENUE_PAPERS, VENUE_AUTHORS, SHARED_REFERENCES, SHARED_CITATIONS,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """What one source gave: how many records were kept, how many were rejected, and how many of its files were refused whole,
    which count among the rejections."""

    name: str
    records: int
    rejected: int
    refused_files: int = 0


@dataclass(frozen=True)
class Facts:
    """All that the sources say, resolved to rows: what a store is built from.

    `nodes[kind]` has the columns of `given(kind)`; `links[name]` those of `LINKS[name]`. Node tables are sorted by id,
    authorships by (paper, position with nulls last, author), the links of a node by their order in the source. No pair of
    rows stands in a link twice, no paper cites itself, and `alias` is sorted by id.
    `alias` holds ids that lead to a row besides its own, of any kind: the letter says which.
    """

    nodes: dict[Kind, pa.Table]
    links: dict[str, pa.Table]
    sources: tuple[Source, ...]
