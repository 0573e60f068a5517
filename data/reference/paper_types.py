"""Types of papers: Crossref's vocabulary, and what other catalogues and formats say for them."""

PAPER_TYPES = frozenset(
    (
        "book", "book-chapter", "book-part", "book-section", "book-series", "book-set", "book-track", "component", "database",
        "dataset", "dissertation", "edited-book", "grant", "journal", "journal-article", "journal-issue", "journal-volume",
        "monograph", "other", "peer-review", "posted-content", "proceedings", "proceedings-article", "proceedings-series",
        "reference-book", "reference-entry", "report", "report-component", "report-series", "standard",
    )
)  # fmt: skip
# Of BibTeX and BibLaTeX, CSL, DBLP, OpenAlex and Semantic Scholar. What may be several of the above is not in it.
_OTHERWISE = {
    "article-journal": "journal-article",
    "article-magazine": "journal-article",
    "booksection": "book-section",
    "chapter": "book-chapter",
    "conference": "proceedings-article",
    "inbook": "book-chapter",
    "incollection": "book-chapter",
    "inproceedings": "proceedings-article",
    "inreference": "reference-entry",
    "journalarticle": "journal-article",
    "mastersthesis": "dissertation",
    "mvbook": "book",
    "paper-conference": "proceedings-article",
    "phdthesis": "dissertation",
    "preprint": "posted-content",
    "suppbook": "book-part",
    "techreport": "report",
    "thesis": "dissertation",
}


def paper_type(stated: str) -> str | None:
    """The type of Crossref's that a word means; None where it may mean several, or none."""
    plain = stated.strip().lower().replace("_", "-").replace(" ", "-")
    return plain if plain in PAPER_TYPES else _OTHERWISE.get(plain)
