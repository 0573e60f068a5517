"""Cut author lists: "et al." and its kin in many languages, and how many authors a list says that it has or leaves out."""

import re
from typing import NamedTuple

# "1000", "1,000", "1 000".
_NUMBER = r"\d{1,3}(?:[,.'’\s]\d{3})+|\d{1,6}"

_PEOPLE = r"(?:co-?)?(?:authors?|people|persons|names|others|contributors|members|collaborators|signatories)"
_AND = r"(?:\b(?:and|plus|with|und|et|y|e|en|och|og|i)\b|[&+])"
# "57 additional authors not shown", "[and 12 others]", "+ 5 more".
_COUNTED = re.compile(
    rf"""[\s,;(\[{{]*(?:{_AND}|\.\.\.|…)?[\s(\[]*(?:the\s+)?\b({_NUMBER})\s*\+?\s*
    (?:(?:additional|other|more|further|weitere|autres|otros|outros|altri)\b(?:\s*{_PEOPLE}\b)?|others\b|{_PEOPLE}\s+(?=not\b|omitted\b))
    \s*\(?(?:not\s+(?:shown|listed|displayed)|omitted|hidden)?[\s)\]}}.,;]*$""",
    re.I | re.X,
)
# What may stand behind an "et al.": how many authors there are in all, "(1000 authors)".
_TOTAL = rf"""(?:the\s+|(?:a\s+)?total(?:\s+of)?:?\s+|共\s*)?(?P<total>{_NUMBER})\s*
    (?:(?:authors|people|persons|names|signatories|contributors|members)\b[^()\[\]]*|in\s+(?:total|all)|人|名)"""
_TAIL = rf"(?:[\s,]*[(\[（]\s*(?:{_TOTAL})\s*[)\]）])?"
_COUNTED_EAST = re.compile(r"[\s,、,(（]*(?:他|外|外|ほか|외)\s*(\d{1,5})\s*(?:名|人|명|인)[\s)）]*$")
_PLUS = re.compile(rf"[\s(\[]*\+\s*({_NUMBER})[\s)\]]*")
_OTHERS = re.compile(
    rf"""(?:^|(?<=[.:])|[\s,;(\[{{"'])[\s,;(\[{{"']*
    (?: (?:{_AND}\s*)*et\.?\s*al(?:ii|iae|ia|\b)\.?
      | (?:{_AND}\s*)+(?:(?:many|the|all|several)\s+)?(?:others?|andere[nr]?|weitere|otros|otras
        |autres|outros|altri|andra|andre|inni
        |co-?workers|colleagues|co-?authors|collaborators|more|other\s+authors|other\s+\w+\s+participants)
      | (?:other|many)\s+others | others | other\s+authors | others\s+not\s+shown
      | u\.\s?a\.(?:\s?m\.)? | m\.\s?fl\. | et\s+coll\. | y\s+cols?\. | i\s+in\. | a\s+kol\. | i\s+dr\. | i\s+sur\.
      | и\s+др(?:угие|\b)\.? | та\s+ін\b\.? | και\s+άλλοι | etc\.? | \.{{3,}} | …
      | ほか | 他 | 等人? | 외 | 外
    ) {_TAIL} [\s,;.)\]}}"']*$""",
    re.I | re.X,
)
_GLUED = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff][\u3040-\u30ff\u3400-\u9fff])(?:ほか|他|等人?)[\s.。]*$")
# Whatever the patterns above look for; the last word of a text that is cut.
_QUICK = re.compile(
    r"\d|\bal|other|\betc|more\b|co-?workers|colleague|author|collaborator|ander|weiter|otr[oa]s|autres|outros|altri|inni|andr[ae]|[ua]\."
    r"|\bin\.|coll?s?\.|fl\.|kol\.|sur\.|dr\.|др|ін|άλλοι|\.\.\.|…|[他等外외人かか]",
    re.I,
)


class Cut(NamedTuple):
    """A text without its "et al.", whether it had one, and the number of authors left out and in all where that is stated."""

    text: str
    is_cut: bool
    hidden: int | None
    total: int | None


def cut(text: str) -> Cut:
    """Take "et al." and its kin off the end of a text."""
    hidden: int | None = None
    total: int | None = None
    is_cut = False
    while _QUICK.search(text):
        if match := _COUNTED.search(text) or _COUNTED_EAST.search(text) or _PLUS.fullmatch(text):
            hidden = _number(match[1])
        elif match := _OTHERS.search(text):
            total = _number(match["total"]) if match["total"] else total
        elif not (match := _GLUED.search(text)):
            break
        text, is_cut = text[: match.start()].rstrip(), True
    return Cut(text, is_cut, hidden, total)


def _number(printed: str) -> int:
    return int("".join(filter(str.isdecimal, printed)))
