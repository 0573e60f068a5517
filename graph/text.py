"""How names and titles are compared: one place for what "the same up to case, accents and punctuation" means."""

import re
import unicodedata

# Letters that NFKD leaves whole although readers take them for an accented one.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_WHOLE = re.compile(f"[{''.join(map(chr, _PLAIN))}]")

# What an ASCII text is cut at, and what is no letter or digit of one.
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
_LEFT_OUT = dict.fromkeys(_SPACED)


def fold(text: str) -> str:
    """Lower case without accents; punctuation and spacing stay. `contains`, `startsWith` and the order by name use it."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Of a long text the characters that combine are few, and each is there often.
    for character in set(decomposed):
        if unicodedata.combining(character):
            decomposed = decomposed.replace(character, "")
    folded = unicodedata.normalize("NFC", decomposed).casefold()
    return folded.translate(_PLAIN) if _WHOLE.search(folded) else folded


def compact(text: str) -> str:
    """Only the letters and digits of `fold(text)`: two names are the same printed name when these are equal.

    A text without any letter or digit stands for itself, so that "?" and "-" stay two names.
    """
    folded = fold(text)
    return (folded.translate(_LEFT_OUT) if folded.isascii() else "".join(filter(str.isalnum, folded))) or text.strip()


def words(text: str) -> list[str]:
    """The folded words of a name, "Stephanie C. Y. Chan" -> ["stephanie", "c", "y", "chan"]."""
    folded = fold(text).replace("'", "").replace("’", "")
    if folded.isascii():
        return folded.translate(_SPACED).split()
    return "".join(character if character.isalnum() else " " for character in folded).split()
