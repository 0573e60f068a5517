"""Printed names as words: initials that run together, transliterations, and the key that all spellings of one name share."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from byline.data.remembered import remembered
from byline.graph.text import words

Words: TypeAlias = tuple[str, ...]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "2nd", "3rd"})
# What belongs to the surname behind it, so that "de Marneffe" and "Demarneffe" end alike.
_PARTICLES = frozenset(
    words("""
    de da di do du del della dei dos das des la le les lo el al van von der den ten ter vander vanden ben bin ibn abu abd st san
    mac mc zu zur af av
""")
)
# Run-together initials: "CR", "JCM". Four and more are acronyms.
_MOST_INITIALS = 3
_TOKEN = re.compile(r"[^\s.,;()]+\.?")
_CAPITALS = re.compile(r"(?<![^\s.,;()-])[A-Z]{2,3}(?![^\s.,;()-])")
_SYLLABLES = re.compile(
    r"(?:(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu"
    r"|o|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo|v)){1,3}"
)
# How a letter is written where it is missing, besides without its mark.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ō": "ou", "ū": "uu", "ē": "ei"})
# Shorter words that are written out may be quite another name: "Yü" is not Yue.
_LEAST_WRITTEN_OUT = 5


class _Token(NamedTuple):
    """A piece of a name between blanks: its folded words, and the letters that it is where it may be initials run together."""

    words: tuple[str, ...]
    letters: tuple[str, ...]

    @property
    def chinese(self) -> bool:
        """Whether it may be syllables of Pinyin, as in "LI Wei", where capitals mark the surname."""
        return all(map(pinyin, self.words))


@remembered(1 << 14)
def _token(text: str) -> _Token:
    bare = text.strip(".-")
    initials = bare.isalpha() and bare.isupper() and len(bare) <= _MOST_INITIALS
    return _Token(tuple(words(text)), tuple(word for letter in bare for word in words(letter)) if initials else ())


def name_words(form: str) -> Words:
    """The folded words of a printed name, given names first; run-together initials apart, without "Jr." and the like behind.

    "CR Sugimoto" and "Sugimoto CR" are c, r, sugimoto. A name without letters stands for itself.
    """
    folded = words(form)
    if len(folded) > 2 and folded[-1] in _SUFFIXES:
        folded.pop()
    if len(folded) > 1 and _may_be_apart(form, folded) and not (form.isupper() or form.islower()):
        folded = _initials_apart(form, folded)
    return tuple(folded) or (form.strip(),)


def _may_be_apart(form: str, folded: list[str]) -> bool:
    """Whether a name needs a closer look: one in ASCII does not without a run of capitals and without an initial at its end."""
    return len(folded[-1]) == 1 or not form.isascii() or _CAPITALS.search(form) is not None


def _initials_apart(form: str, folded: list[str]) -> list[str]:
    tokens = [token for text in _TOKEN.findall(form) if (token := _token(text)).words]
    if len(tokens) > 2 and tokens[-1].words[-1] in _SUFFIXES:
        tokens.pop()
    # A name that hyphens or the like take apart otherwise is read as it stands.
    if len(tokens) < 2 or sum(len(token.words) for token in tokens) != len(folded):
        return folded
    apart = [_initials(tokens, at) for at in range(len(tokens))]
    cut = len(tokens)
    while cut and apart[cut - 1]:
        cut -= 1
    surname = [word for token in tokens[:cut] for word in token.words]
    if 0 < cut < len(tokens) and not any(apart[:cut]) and (cut == 1 or surname[0] in _PARTICLES) and len(surname[-1]) > 1:
        return [letter for each in apart[cut:] for letter in each] + surname
    given = [word for token, each in zip(tokens[:-1], apart[:-1], strict=True) for word in each or token.words]
    return [*given, *tokens[-1].words]


def _initials(tokens: list[_Token], at: int) -> tuple[str, ...]:
    """The letters of a token that is one initial or initials run together, none otherwise.

    "LI" in "LI Wei" is a surname in capitals, since both may be Pinyin.
    """
    letters = tokens[at].letters
    if len(letters) > 1 and tokens[at].chinese and all(each.chinese for i, each in enumerate(tokens) if i != at):
        return ()
    return letters


@remembered(1 << 15)
def pinyin(word: str) -> bool:
    """Whether a folded word may be one or more syllables of Pinyin."""
    return _SYLLABLES.fullmatch(word) is not None


def hyphened(form: str) -> bool:
    """Whether the words before the last are tied by a hyphen: "Yun-Nung Chen" is not called Yun."""
    return "-" in form.rpartition(" ")[0].strip("- ")


def written_out(forms: Iterable[str]) -> dict[str, str]:
    """Words as they are written where a mark is missing, each with the word of the form that has the mark: mueller -> muller.

    Only words that some form prints with the mark: "Mueller" is Muller where a Müller is known.
    """
    short_of: dict[str, str] = {}
    for form in forms:
        if form.isascii():
            continue
        for token in unicodedata.normalize("NFC", form).casefold().split():
            spelled = token.translate(_WRITTEN_OUT)
            if spelled == token:
                continue
            for long, short in zip(words(spelled), words(token), strict=False):
                if long != short and len(long) >= _LEAST_WRITTEN_OUT:
                    short_of[long] = min(short, short_of.get(long, short))
    return short_of


def spelling(name: Words) -> tuple[str, ...]:
    """What all spellings of one name share: given names run together, initials apart, particles with the surname.

    "Jun-ichi Tsujii" and "Junichi Tsujii" are junichi, tsujii; "Xin Y. Dai" is not Xiny Dai.
    """
    if len(name) < 2:
        return name
    cut = len(name) - 1
    if cut > 1 and name[cut - 1] in _PARTICLES and not all(map(pinyin, name)):
        while cut > 1 and name[cut - 1] in _PARTICLES:
            cut -= 1
    parts: list[str] = []
    run = False
    for word in name[:cut]:
        if run and len(word) > 1:
            parts[-1] += word
        else:
            parts.append(word)
        run = len(word) > 1
    return (*parts, "".join(name[cut:]))
