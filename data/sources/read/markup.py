"""Titles and abstracts that carry the markup of a publisher: HTML and JATS tags, entities."""

import html
import re

# Only tags that publishers use inside a line: "a < b and c > d" is no tag.
_TAG = re.compile(
    r"</?(?:i|b|u|p|em|strong|sub|sup|inf|sc|scp|tt|span|font|a|br|title|sec|italic|bold|(?:jats|mml|m):[\w-]+|math|m(?:i|n|o|row|sub|sup|text|rm))"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
# Of these, and of others that part texts, each is a blank: "line<br/>two" is two words.
_BLOCK = re.compile(r"</?(?:jats:(?:p|title|sec|list|list-item)|p|br|title|sec|div|li)(?:\s[^<>]*)?/?>", re.I)


def plain(text: str) -> str:
    """The text without tags and with characters for entities: "H&lt;sub&gt;2&lt;/sub&gt;O" and "H<sub>2</sub>O" are H2O.
    Tags of paragraphs and lines are a blank."""
    if "&" in text:
        text = html.unescape(text)
    if "<" not in text:
        return text
    if (parted := _BLOCK.sub(" ", text)) != text:
        return " ".join(_TAG.sub("", parted).split())
    return _TAG.sub("", text)
