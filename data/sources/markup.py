"""Titles and abstracts that carry the markup of a publisher: HTML and JATS tags, entities."""

import html
import re

# Only tags that publishers use inside a line: "a < b and c > d" is no tag.
_TAG = re.compile(
    r"</?(?:i|b|u|p|em|strong|sub|sup|inf|sc|scp|tt|span|font|a|br|title|sec|italic|bold|(?:jats|mml|m):[\w-]+|math|m(?:i|n|o|row|sub|sup|text|rm))"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)


def plain(text: str) -> str:
    """The text without tags and with characters for entities: "H&lt;sub&gt;2&lt;/sub&gt;O" and "H<sub>2</sub>O" are H2O."""
    if "&" in text:
        text = html.unescape(text)
    return _TAG.sub("", text) if "<" in text else text
