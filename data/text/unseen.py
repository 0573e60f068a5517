"""Characters that nobody sees: control and zero-width characters, marks of direction, tags, and letters that are blank."""

import re

# Control characters but white space, soft hyphens, zero-width characters, marks of direction, byte-order marks, tags.
NOTHING = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
# Letters of Hangul and a sign of Braille that print as a space.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_NOTHING, _BLANK = re.compile(f"[{NOTHING}]"), re.compile(f"[{BLANK}]")
_ANY = re.compile(f"[{NOTHING}{BLANK}]")
# Joiners have a meaning between letters of Persian and of Indian scripts.
_JOINED = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])")
_KEPT = "\ue000"
REMOVED = "control or zero-width characters were removed"


def seen(text: str) -> str:
    """The text without them, joiners within words of scripts that need them aside; what is blank becomes a space."""
    if (text.isascii() and text.isprintable()) or not _ANY.search(text):
        return text
    joiners: list[str] = _JOINED.findall(text)
    text = _BLANK.sub(" ", _NOTHING.sub("", _JOINED.sub(_KEPT, text) if joiners else text))
    for joiner in joiners:
        text = text.replace(_KEPT, joiner, 1)
    return text
