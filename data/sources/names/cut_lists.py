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
_SIGN = r"(?:[*†‡§¶∗⁎⋆✉¹²³⁰-⁹]|(?<!\d)\d{1,2})"
# Behind an "et al." also a year, a remark on the state of the paper, marks of footnotes.
_TAIL = rf"""(?:
    [\s,]*[(\[（]\s*(?:{_TOTAL}|in\s+press|submitted|accepted|to\s+appear|forthcoming|in\s+prep\w*\.?|eds?\.?|\d{{4}}[a-z]?)\s*[)\]）]
    |[\s,]+(?:19|20)\d\d[a-z]? | \s*{_SIGN}(?:\s*,?\s*{_SIGN})*)?"""
_COUNTED_EAST = re.compile(r"[\s,、,(（]*(?:他|外|外|ほか|외)\s*(\d{1,5})\s*(?:名|人|명|인)[\s)）]*$")
_PLUS = re.compile(rf"[\s(\[]*\+\s*({_NUMBER})[\s)\]]*")
_OTHERS = re.compile(
    rf"""(?:^|(?<=[.:])|[\s,;(\[{{"'])[\s,;(\[{{"']*
    (?: (?:{_AND}\s*)*(?:et(?:\.\s*|\s+)|(?-i:et-?(?=al)))al(?:ii|iae|ia|(?![^\W\d_]))\.? | (?-i:et\s+all|at\s+al)\b\.?
      | (?:{_AND}\s*)+(?:(?:many|the|all|several)\s+)?(?:others?|andere[nr]?|weitere|otros|otras
        |autres|outros|altri|andra|andre|inni|colaboradores|collaboratori|collaborateurs
        |co-?workers|colleagues|co-?authors|collaborators|more|other\s+authors|other\s+\w+\s+participants)
      | (?:other|many)\s+others | others | other\s+authors | others\s+not\s+shown
      | (?-i:u\.\s?a\.(?:\s?m\.)? | u\.\s?v\.\s?a\. | m\.?\s?fl\. | i\s+in\. | i\s+wsp(?:\.|ółpr\.) | a\s+kol\. | i\s+dr\.
        | i\s+sur\. | ve\s+ark\b\.? | ve\s+diğerleri | ja\s+muut)
      | et\s+coll\. | [ye]\s+cols?\.
      | [ис]\s+(?:др(?:угие|\b)|соавт(?:оры|орами|\b))\.? | و\s?(?:آخرون|آخرين|دیگران|همکاران) | وغيرهم
      | та\s+ін\b\.? | και\s+άλλοι | etc\.? | \.{{3,}} | …
      | ほか | など | 他 | 等人? | 외 | 外
    ) {_TAIL} [\s,;.)\]}}"']*$""",
    re.I | re.X,
)
_GLUED = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff][\u3040-\u30ff\u3400-\u9fff])(?:ほか|など|他|等人?)[\s.。]*$")
# What is an "et al." as a whole entry alone: behind a name "e.a." and its like are initials, and "Autres" is a surname.
_ENTRY = re.compile(
    rf"""(?:^|(?<=;))[\s;(\[{{"']*
    (?: (?-i:e\.\s?a\.|a\.\s?o\.|v\.?d\.|y\.\s?m\.|ym\.|n\.\s?n\.|N\.\s?N\.) | autres | otr[oa]s | outr[oa]s | altri
      | muut | colaboradores | соавт\.
    ) {_TAIL} [\s,;.)\]}}"']*$""",
    re.I | re.X,
)
# An "et al." with names behind it: "Bo Lund, et al., Cy Dahl".
_AMID = re.compile(r"[\s,;]+(?:and\s+)?et\.?\s?al(?:ii|iae|ia)?\b\.?(?=\s*[,;]|\s+(?:and|&)\s)", re.I)
# Whatever the patterns above look for; the last word of a text that is cut.
_QUICK = re.compile(
    r"\d|\bal|other|\betc|more\b|co-?workers|colleague|author|collaborator|ander|weiter|otr[oa]s|autres|outros|altri|inni|andr[ae]|[audmno]\."
    r"|\bin\.|coll?s?\.|col+abor|etal|wsp|ark\b|muut|diğer|соавт|آخر|غير|دیگر|همکار|fl\.|kol\.|sur\.|dr\.|др|ін|άλλοι|\.\.\.|…|[他等外외人かど]",
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
    if "  " in text:
        # The patterns take long over many blanks.
        text = " ".join(text.split())
    while _QUICK.search(text):
        if match := _COUNTED.search(text) or _COUNTED_EAST.search(text) or _PLUS.fullmatch(text):
            hidden = _number(match[1])
        elif match := _OTHERS.search(text) or _ENTRY.search(text):
            total = _number(match["total"]) if match["total"] else total
        elif not (match := _GLUED.search(text)):
            break
        text, is_cut = text[: match.start()].rstrip(), True
    if is_amid := "al" in text.lower() and _AMID.search(text) is not None:
        text = _AMID.sub("", text)
    return Cut(text, is_cut or is_amid, hidden, total)


def _number(printed: str) -> int:
    return int("".join(filter(str.isdecimal, printed)))
