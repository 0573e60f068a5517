"""Text repair for printed names: control and zero-width characters, character references, mojibake.

Mojibake ("KrÃ¶se": UTF-8 read as another encoding, once or twice) is decoded with ftfy, whose heuristic was measured on large
texts; what ftfy leaves is decoded only where the whole text is UTF-8 read as Windows-1252 and gives letters. All else stays as
printed.
"""

import html
import re
import unicodedata

import ftfy

from data.unseen import BLANK, NOTHING, REMOVED, seen

# Letters of a lead byte of UTF-8, before what a continuation byte looks like in Latin-1 or Windows-1252.
_CONTINUED = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MANGLED = re.compile(rf"[\xc2-\xf4][{_CONTINUED}]")
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
    if MANGLED.search(text) and (text := _decoded(before := text)) != before:
        done.append("text decoded with a wrong encoding was restored")
    if (text := seen(before := text)) != before:
        done.append(REMOVED)
    return " ".join(text.split()), "; ".join(done) or None


def _dereferenced(text: str) -> str:
    """Decoded twice: "&amp;uuml;" is written where a program escapes what another one escaped."""
    for _ in range(2):
        if not _REFERENCE.search(text):
            break
        text = _REFERENCE.sub(lambda found: html.unescape(found[0]), text)
    return text


def _decoded(text: str) -> str:
    found = ftfy.fix_encoding(text)
    if found != text:
        return text if "\ufffd" in found and "\ufffd" not in text else found
    try:
        found = text.encode("cp1252").decode()
    except UnicodeError:
        return text
    return found if all(_of_a_name(character) for character in found if ord(character) > 127) else text


def _of_a_name(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"
