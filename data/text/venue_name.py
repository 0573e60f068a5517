"""The name of a series of conferences: what proceedings are called, less what tells one year's from another's.

Year and ordinal are taken away only where they are certain to be that: in names of conferences and the like, a year in its usual
places, an ordinal before the word for the meeting. Any other name stays as it is.
"""

import re

_MEETING = (
    r"(?:annual|biennial|international|joint|european|asian|national|world|ieee|acm|aaai|siam|usenix|conference|workshop|symposium"
    r"|meeting|congress|colloquium|convention|conf\b|sympos\b)"
)
_WORD = r"conference|workshop|symposium|meeting|congress|colloquium|convention"
_MEETINGS = re.compile(rf"\b(?:{_WORD})", re.I)
_PROCEEDINGS = re.compile(r"^(?:the )?(?:companion )?proc(?:eedings|\.)(?: of)?(?: the)?[ :]+", re.I)
# What is left of such names tells no series from another.
_BARE = re.compile(rf"(?:(?:{_WORD}|proceedings|annual|international|joint)s?\W*)+|\W*", re.I)
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_ONES = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
_ORDINAL = (
    r"(?:\d{1,3}\s?(?:st|nd|rd|th)"
    rf"|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:y|ieth)(?:[- ]{_ONES})?"
    rf"|{_ONES}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth)"
)
_TAKEN: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # "(Volume 1: Long Papers)", ", Volume 2".
        r"[,:]?\s*\(?\bvol(?:ume|\.)\s*(?:\d+|[ivx]+)\b(?::[^()]*)?\)?\s*$",
        rf"\b{_ORDINAL}\s+(?={_MEETING})",
        # "(ACL 2016)", "(CHI '16)", "(IJCNLP-08)": the acronym with its year, in brackets at the end.
        rf"\s*\([A-Z][^()]{{0,60}}(?:{_YEAR}|['’-]\d\d)\)\s*$",
        rf"\s*\(?\b{_YEAR}\b\)?[,.]?\s*$",
        rf"^{_YEAR}\s+(?=\w)",
        r"(?<=[A-Z])\s*['’]\d\d\s*$",
        r"^the\s+",
    )
)


def series_name(name: str) -> str:
    """The name without what tells a year; the same name where that is not certain, or where too little would be left."""
    whole = _PROCEEDINGS.sub("", name)
    if whole == name and not _MEETINGS.search(name):
        return name
    shorter = whole
    for pattern in _TAKEN:
        shorter = " ".join(pattern.sub("", shorter).split()).strip(" ,;:-–") or shorter
    # Of a society's proceedings, a journal, nothing tells a year.
    certain = whole == name or shorter != whole or _MEETINGS.search(shorter)
    return shorter if certain and not _BARE.fullmatch(re.sub(r"\d", "", shorter)) else name
