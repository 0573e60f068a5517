"""Identifiers typed into a search: what a text may name where it is nothing but one id, as people copy it from anywhere."""

import re

from byline.graph.identifiers import normal
from byline.graph.ids import kind_of, odd
from byline.graph.model import LETTERS, Kind
from byline.graph.request import Key

# Schemes whose ids are told by their shape alone, and those that a prefix or a link of theirs tells.
_SHAPED, _PREFIXED = ("doi", "arxiv", "orcid", "ror", "issn"), ("openalex", "pmid")
_STATED = re.compile(r"([A-Za-z][\w.-]*):\s*(?!//)(\S+)")
_AROUND, _BEHIND = "<>()[]\"'“”", ".,;"


def typed_keys(text: str) -> list[tuple[Kind, Key]]:
    """The keys that a text may be, each with the kind of node to look among; none for a text of several words.

    A public id, a DOI, arXiv id, ORCID, ROR or ISSN in any spelling, a link to one, and `scheme:value` of any scheme.
    """
    shown = text.strip().strip(_AROUND)
    if (kind := kind_of(shown)) is not None:
        return [(kind, Key("id", shown))]
    if not any(sign in shown for sign in "0123456789:"):
        return []
    stated = _STATED.fullmatch(shown)
    if stated is None and len(shown.split()) != 1:
        return []
    keys = [(kind, key) for key in _external(shown, stated) for kind in LETTERS]
    return list(dict.fromkeys(keys))


def _external(shown: str, stated: "re.Match[str] | None") -> list[Key]:
    keys = [Key("external", stated[2], stated[1].lower())] if stated else []
    for spelled in dict.fromkeys((shown, shown.rstrip(_BEHIND))):
        keys += [Key("external", normal(scheme, spelled), scheme) for scheme in _SHAPED if odd(scheme, spelled) is None]
        prefixed = ((scheme, normal(scheme, spelled)) for scheme in _PREFIXED)
        keys += [Key("external", value, scheme) for scheme, value in prefixed if value.lower() != spelled.lower()]
    return keys
