"""What stands among authors without being a name: texts of web pages, addresses, remarks, words for nobody."""

import re

# Texts of publishers' pages and remarks that were copied along with the names.
_JUNK = re.compile(
    r"""author\s+links\s+open\s+overlay\s+panel | show\s+(?:all|more|less)(?:\s+authors)? | add\s+to\s+mendeley
    | view\s+(?:all\s+)?authors?(?:\s+publications)? | search\s+for\s+more\s+(?:papers|articles)\s+by\s+this\s+author
    | authors?\s+info(?:rmation)?(?:\s*&\s*affiliations)? | open\s+author\s+profile | \borcid\s*(?:icon|logo|id)?:?(?=\s|$)
    | (?:these\s+)?(?:two\s+)?authors?\s+contributed\s+equally(?:\s+to\s+this\s+work)?\.? | equal\s+contribution
    | \bcontributed\s+equally\b | \(?\bcorresponding\s+author\b\)?:? | available\s+(?:up)?on\s+request
    | (?:https?://|www\.)\S+ | mailto:\S+ | [<({\[]?\S+@\S+\.\w+[>)}\]]? | \{[\w.,\s-]*\}?@\S*
    | (?:\borcid:?\s*)?\b\d{4}-\d{4}-\d{4}-\d{3}[\dx]\b | \b\d+\s+pages?\b.*
    | \blatex\b(?=\s+\S*\d).* | \bcomments?\s+\d+\s+pages.*
    | ^authors?\s*:?\s+(?=\S) | ^by(?::\s*|\s+)(?=[^\W\d_a-z]) | ^(?:edited|translated|commented|compiled)\s+by\s+
    | ^(?:(?:and|with)\s+)?(?:an?\s+)?appendi(?:x|ces)\s+(?:joint(?:ly)?\s+)?(?:written\s+)?(?:by|with)\s+
    | ^prepared\s+for\s+publication\s+by\s+ | \s\(?eds?\.\)?$ | \s\(editors?\)$ | \(deceased\) | \(formerly\s[^)]*\)""",
    re.I | re.X,
)
NOBODY = re.compile(
    r"""\W* | \[?anon(?:ymous)?\.?\]?(?:\s+authors?)?(?:\s+\d+)? | withdrawn | unknown(?:\s+authors?)? | n/a | n\.\s?[an]\.
    | (?-i:NA|none|None|NONE|nil|null|NULL|nan|NaN) | tba | various(?:\s+authors?)?
    | (?:the\s+)?(?:authors?|editors?|eds?\.|staff)
    | not\s+available | \W*\d[\d\W]* | \d+\s+(?:pages?|figures?|figs?\.?|tables?)
    | no\s+authors?(?:\s+(?:listed|given|name\s+available))?
    | (?:ph\.?\s?d|m\.\s?d|m\.?\s?sc|b\.?\s?sc)\.? | ieee(?:\s+\w+)? | (?:(?:senior|student|life|associate)\s+)?(?:member|fellow)
    | (?-i:et|al|and|etc|y|und|[a-z])\.? | (?-i:translated) | author\s+unknown | names?\s+withheld""",
    re.X | re.I,
)


def without_junk(text: str) -> tuple[str, str]:
    """The text without what is no name, and what that was ("" where it was nothing)."""
    removed: list[str] = []

    def note(match: "re.Match[str]") -> str:
        removed.append(match[0].strip())
        return " "

    cleaned = _JUNK.sub(note, text)
    return (" ".join(cleaned.split()), "; ".join(removed)) if removed else (text, "")
