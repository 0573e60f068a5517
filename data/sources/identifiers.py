"""DOIs and arXiv ids in fields that may hold something else: a link, a sentence, several of them."""

from graph.identifiers import arxiv, doi


def arxiv_in(text: str | None) -> str | None:
    """The first id of arXiv in a text that says that it is one: a link, "arXiv:…", or arXiv's own DOI."""
    return arxiv.finds(text) if text else None


def doi_in(text: str | None) -> str | None:
    """The first DOI in a text, in its normal form; None where there is none."""
    return doi.read(text)[0] if text else None


def dois_in(text: str | None) -> list[str]:
    """All DOIs of a text, in order, each once."""
    return doi.finds(text) if text else []
