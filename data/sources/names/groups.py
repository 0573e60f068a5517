"""Names in author lists that are no person's: collaborations, organisations, and whoever signs for them."""

import re

from byline.data.sources.names.marks import marks_apart

_GROUP = (
    r"collaborations?|collab\.?|consorti(?:um|a)|teams?|groups?|project|contributors|investigators|workgroup|task\s+force"
    r"|initiative|partnership|alliance|experiments?|committee"
)
COLLABORATION = re.compile(rf"(?<![^\W_])(?:{_GROUP})(?![^\W_])", re.I)
_CERTAIN = re.compile(r"(?<![^\W_])(?:collaborations?|consorti(?:um|a))(?![^\W_])", re.I)
# Behind these words a digit is a mark; "Group 7" and "Team 3" are names.
_CERTAIN_AT_END = re.compile(rf"{_CERTAIN.pattern}[\s)\]]*$", re.I)
_PLAIN_DIGITS = re.compile(r"\s+\d[\d\s]*")
# Lower-case words that may lead from a person to the collaboration spoken for.
_FOR = re.compile(
    r"(?:^|[\s,(])(?:(?:for|on\s+behalf\s+of|representing|from)\s+(?:the\s+)?|(?:and|with)\s+the\s+|(?:&|also)\s+the\s+)", re.I
)
_SPEAKS = re.compile(r"\s*\(?\s*(?:for|on\s+behalf\s+of|representing)\s+(?:the\s+)?(?P<group>[^\W\d_].*)", re.I)
# "A. Roe the X Collaboration", "A. Roe fo the X Collaboration", "A. Roe MAGIC Collaboration".
_SIGNED = re.compile(
    r"(?P<person>(?:[^\W\d_]\.[\s-]*)+[^\W\d_][\w'’-]*[a-z])\s+(?:(?:\w{1,3}\s+)?the\s+(?P<the>\S.*)|(?P<bare>[A-Z][A-Z\d-]{2,}\s.*))"
)
_MEMBERS = re.compile(r"(?:the\s+)?members\s+of\s+(?:the\s+)?(?P<group>\S.*)", re.I)
# Words that name no group.
_ANY = re.compile(rf"\W*(?:(?:{_GROUP}|authors?|editors?|eds\.?)\W*)?|\W*\w\W*", re.I)
_THE = re.compile(r"^(?:the|and|&)\s+", re.I)
# "R. C. Group" is somebody's name.
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+[^\W\d_]+")
_JOINED = re.compile(r"^(?P<person>.*\S)(?:\s*[,;]\s*(?:and\s+)?|\s+(?:and|&|with)\s+)(?P<group>\S[^,;]*)$", re.I)
_PERSON = re.compile(r"(?:[^\W\d_]\.|[^\W\d_][^\W\d_'’-]+)(?:[\s-]+(?:[^\W\d_]\.?|[^\W\d_][^\W\d_'’-]+)){1,5}")
_ORGANISATION = re.compile(
    r"""\b(?: universit(?:y|ies|é|à|ät|aet|a|at|eit|et|atea|as)(?!\w) | universidade? | uniwersytet | université | hochschule
      | [ée]cole\s+(?:nationale|polytechnique|normale|sup[ée]rieure|centrale)
      | instituto?e?t?\b(?=\s+(?:of|for|de|di|für|f\.|fuer|and)\b|$|,) | \w+isches\s+institut | research\s+institute | istituto
      | departments?\s+of | dept\.?\s+of | faculty\s+of | facult(?:é|ad|y) | laborator(?:y|ies|io|ium)\b | national\s+lab
      | (?:academy|school|college|center|centre|ministry|bureau|museum|association|society|council)\s+(?:of|for)\b
      | (?:library|division)\s+(?:of|for)\b
      | (?:research|flight|development|supercomputing|medical|science)\s+cent(?:er|re)s?
      | gmbh | ltd\.? | inc\. | corporation | s\.p\.a\. | organi[sz]ation | foundation | hospital | research\s+network
    )(?!\w)""",
    re.I | re.X,
)


def group_of(text: str) -> tuple[str, list[str]] | None:
    """The text before a collaboration ("" where there is none) and the collaborations that it names; None for a person's name."""
    if (match := _SPEAKS.fullmatch(text)) is not None:
        return "", [tidy(match["group"])]
    if match := _MEMBERS.fullmatch(text):
        return "", [tidy(match["group"])]
    if bracket := re.search(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$", text):
        inner = bracket[1]
        if _SPEAKS.fullmatch(inner) or _CERTAIN.search(inner):
            speaks = _SPEAKS.fullmatch(inner)
            return text[: bracket.start()], [tidy(speaks["group"] if speaks else inner)]
    if not COLLABORATION.search(text) or _INITIALS.fullmatch(text):
        return None
    if match := _FOR.search(text):
        return text[: match.start()].strip(" ,;(&"), [tidy(text[match.end() :])]
    if _CERTAIN.search(text) and (match := _SIGNED.fullmatch(text)):
        return match["person"], [tidy(match["the"] or match["bare"])]
    if (match := _JOINED.match(text)) and COLLABORATION.search(match["group"]) and _PERSON.fullmatch(match["person"]):
        return match["person"], [tidy(match["group"])]
    return "", [tidy(text)]


def led_by_colon(text: str) -> tuple[list[str], str] | None:
    """ "The X Collaboration: A. Roe, B. Li" as the collaboration and the rest; None where no collaboration stands before a colon.

    Without the word it is one where nothing before the colon looks like a person: "BaBear, Bella: A. Roe".
    """
    before, colon, rest = text.partition(":")
    if not colon or "(" in before or "." in before or not any(map(str.isalpha, rest)):
        return None
    if COLLABORATION.search(before):
        return [tidy(before)], rest
    parts = [part.strip() for part in re.split(r",|/|&|\band\b", before)]
    if all(re.fullmatch(r"[^\W_][\w+-]+", part) for part in parts) and re.search(r",|\band\b|[^\W\d_]\.", rest):
        return parts, rest
    return None


def spoken_for(text: str) -> str | None:
    """The collaboration that an affiliation is instead of an institution: "for the X Collaboration"; None for an institution."""
    if match := _SPEAKS.fullmatch(text):
        return tidy(match["group"])
    return tidy(text) if _CERTAIN.search(text) and len(text.split()) <= 8 else None


def organisation(text: str) -> bool:
    """Whether a text is plainly the name of an institution: "University of X", "Y Ltd."."""
    return _ORGANISATION.search(text) is not None


def named_group(group: str) -> bool:
    """Whether a text names a group: "Collaboration" or "Editors" alone does not, nor does a letter."""
    return _ANY.fullmatch(group) is None


def unmarked_group(text: str) -> str:
    """A text that ends with a collaboration without the marks behind that: "H9 Collaboration 1,2", "CMS Team (1)"."""
    core, behind = marks_apart(text)
    if not behind or not (COLLABORATION.search(core) and named_group(core)):
        return text
    return text if _PLAIN_DIGITS.fullmatch(behind) and not _CERTAIN_AT_END.search(core) else core


def tidy(group: str) -> str:
    """The name of a collaboration without brackets around it, marks behind it and an article before it."""
    group = unmarked_group(group).strip(" \t\n,;:.&|*()[]")
    return _THE.sub("", group)
