"""Mojibake: text in UTF-8 that was decoded as Latin-1 or Windows-1252, once or twice ("KrÃ¶se"), and what it was before.

It is decoded with ftfy, whose heuristic was measured on large texts; what ftfy leaves is decoded only where the whole text is
UTF-8 read as another encoding and gives letters. All else stays as printed.
"""

import re
import unicodedata

import ftfy

# Letters of a lead byte of UTF-8, before what a continuation byte looks like in Latin-1 or Windows-1252.
_CONTINUED = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MANGLED = re.compile(rf"[\xc2-\xf4][{_CONTINUED}]")
RESTORED = "text decoded with a wrong encoding was restored"
# Latin-1 makes these of continuation bytes, and nobody sees them: they are decoded before such characters are removed.
_CONTROLS = re.compile("[\x80-\x9f]")


def with_controls(text: str) -> bool:
    """Whether control characters of a text may be bytes of mangled letters."""
    return not text.isascii() and _CONTROLS.search(text) is not None and MANGLED.search(text) is not None


def decoded(text: str) -> str:
    """The text as it was before, accents composed where it was mangled; the same text where nothing is certain."""
    repaired = ftfy.fix_encoding(text)
    # UTF-8 becomes shorter; what does not was a control character that Windows-1252 has a sign for.
    if len(repaired) < len(text):
        return text if "\ufffd" in repaired and "\ufffd" not in text else unicodedata.normalize("NFC", repaired)
    for encoding in ("cp1252", "latin-1"):
        try:
            repaired = text.encode(encoding).decode()
        except UnicodeError:
            continue
        if all(_of_a_name(character) for character in repaired if ord(character) > 127):
            return unicodedata.normalize("NFC", repaired)
    return text


def _of_a_name(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"
