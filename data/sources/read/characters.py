"""Text repair for printed names: control and zero-width characters, character references, mojibake."""

import html
import re

from byline.data.text.mojibake import MANGLED, RESTORED, decoded
from byline.data.text.unseen import BLANK, NOTHING, REMOVED, seen

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_SUSPECT = re.compile(f"[{NOTHING}{BLANK}]|{MANGLED.pattern}|&[#A-Za-z]")


def suspect(text: str) -> bool:
    """Whether a text may need mending."""
    if text.isascii() and text.isprintable():
        return "&" in text
    return _SUSPECT.search(text) is not None


def clean(text: str) -> tuple[str, str | None]:
    """The text with single spaces and without what nobody sees, and what was mended in words; None where nothing was."""
    if not suspect(text):
        return " ".join(text.split()), None
    done = []
    if "&" in text and (text := _dereferenced(before := text)) != before:
        done.append("character references were decoded")
    if MANGLED.search(text) and (text := decoded(before := text)) != before:
        done.append(RESTORED)
    if (text := seen(before := text)) != before:
        done.append(REMOVED)
    return " ".join(text.split()), "; ".join(done) or None


def _dereferenced(text: str) -> str:
    """Decoded twice: "&amp;uuml;" is written where a program escapes what another one escaped."""
    for _ in range(2):
        if not _REFERENCE.search(text):
            break
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
    return text
