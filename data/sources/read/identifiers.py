"""DOIs and arXiv ids in fields that may hold something else: a link, a sentence, several of them."""

from byline.data.notices import quoted
from byline.graph.identifiers import arxiv, doi


def arxiv_in(text: str | None) -> str | None:
    """The first id of arXiv in a text that says that it is one: a link, "arXiv:…", or arXiv's own DOI."""
    return arxiv.finds(text) if text else None


def arxiv_alone(text: str | None) -> str | None:
    """The id of arXiv that a text consists of, labels and class aside: prose may well mention that of another paper."""
    return arxiv.alone(text) if text else None


def mentioned(identifier: str) -> str:
    """Why an id of arXiv in prose was left out."""
    return f"mentions an arXiv id, which may be another paper's and was left out: {quoted(identifier)}"


def doi_in(text: str | None) -> str | None:
    """The first DOI in a text, in its normal form; None where there is none."""
    return doi.read(text)[0] if text else None


def dois_in(text: str | None) -> list[str]:
    """All DOIs of a text, in order, each once."""
    return doi.finds(text) if text else []
