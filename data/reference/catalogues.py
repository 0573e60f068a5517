"""What the id of a paper tells of it beside naming it: which catalogue gave it, and whether it is that of a preprint."""

import re

from byline.data.remembered import remembered

PREPRINT, PUBLISHED = " (preprint)", ""
ARXIV_DOI = "10.48550/"
_ARXIV_HEAD = f"doi:{ARXIV_DOI}"
_ARXIV_DOI = re.compile(r"doi:10\.48550/arxiv\.(.+)")
# DOIs that servers of preprints give, as their prefixes stand at Crossref and DataCite.
_PREPRINT_DOI = re.compile(
    r"doi:10\.(?:1101/(?:\d{6}|\d{4}\.\d\d\.\d\d\.\d+)(?:v\d+)?$|2139/ssrn\.|20944/preprints|21203/rs\.|22541/(?:au|essoar)\."
    r"|26434/chemrxiv|31219/osf\.io|31234/osf\.io|31235/osf\.io|36227/techrxiv|1002/essoar\.|5194/egusphere-)"
)
# DBLP lists papers of arXiv as a journal.
_CORR = "dblp:journals/corr/"
_VERSION = re.compile(r"[./]?v\d+$")
# Catalogues that gather what others publish: their own id tells nothing about the version.
_GATHERED = ("openalex:", "s2:", "corpusid:", "mag:", "title:", "pmid:")


def arxiv_of(key: str) -> str | None:
    """The arXiv id that a DOI of arXiv stands for, as a key."""
    match = _ARXIV_DOI.fullmatch(key)
    return None if match is None else f"arxiv:{_VERSION.sub('', match[1])}"


def with_arxiv(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a record, and behind them the arXiv ids that DOIs of arXiv among them stand for."""
    if not any(key.startswith(_ARXIV_HEAD) for key in keys):
        return keys
    return tuple(dict.fromkeys([*keys, *(arxiv for key in keys if (arxiv := arxiv_of(key)))]))


@remembered(1 << 16)
def catalogue(key: str) -> tuple[str, str] | None:
    """The catalogue and the value in it: two papers with different values in one catalogue are two. None for a title.

    A DOI of arXiv is an arXiv id; other DOIs of preprints, and DBLP's of arXiv's papers, are catalogues of their own.
    """
    key = arxiv_of(key) or key
    scheme, _, value = key.partition(":")
    if scheme == "title":
        return None
    if scheme != "arxiv" and of_preprint(key):
        return scheme + PREPRINT, _VERSION.sub("", value)
    return scheme, value


def of_preprint(key: str) -> bool:
    """Whether an id is that of a preprint."""
    return key.startswith(("arxiv:", _CORR)) or bool(_PREPRINT_DOI.match(key) or _ARXIV_DOI.match(key))


def tells_preprint(keys: list[str]) -> bool:
    """Whether the record that states these ids, its own first, describes a preprint, though it may name what became of it."""
    if of_preprint(keys[0]):
        return True
    return (
        keys[0].startswith(_GATHERED)
        and any(map(of_preprint, keys))
        and all(of_preprint(key) or key.startswith(_GATHERED) for key in keys)
    )
