"""The distinct names of a scene: their words, how many people each is expected to stand for, and their blocks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.data.identify.arrays import Longs, Ragged, ragged
from byline.data.identify.disambiguation_input import DisambiguationInput
from byline.data.identify.printed import Words, hyphened, name_words, pinyin, spelling, written_out
from byline.data.identify.variants import blocks, longer, script, variant
from byline.data.identify.weights import WEIGHTS

Floats = npt.NDArray[np.float64]

# How much rarer a name gets by each further given name, and by each further initial.
_FURTHER_NAME, _FURTHER_INITIAL = 0.05, 0.15
# What is expected of an initial and a surname even where nobody else bears the surname.
_LEAST_INITIAL = 0.05


@dataclass(frozen=True)
class Naming:
    """`of_form[form]` is the name of a printed form, `words[name]` its words, `tied` names whose given names are one.

    `expected[name]` is the number of people who may be expected to bear it, `block[name]` the first of `blocks`.
    """

    of_form: Longs
    words: list[Words]
    tied: frozenset[Words]
    expected: Floats
    blocks: Ragged

    def variant(self, left: int, right: int) -> str | None:
        """In which way two names may be one person's."""
        one, other = self.words[left], self.words[right]
        # The given names of two words cannot be tied.
        return variant(one, other, len(one) + len(other) > 4 and longer(one, other)[1] in self.tied)

    def one_script(self, left: int, right: int) -> bool:
        """Whether two names are written in one script: only then can they contradict each other."""
        return script(self.words[left]) == script(self.words[right])

    def block(self) -> Longs:
        """The first block of each name."""
        return self.blocks.targets[self.blocks.offsets[:-1]]


def naming(scene: DisambiguationInput) -> Naming:
    """The names of all forms of a scene: forms that differ in spelling alone (data/identify/printed.py) have one name."""
    texts = scene.forms.to_pylist()
    short = written_out(texts)
    numbers: dict[Words, int] = {}
    of_form = np.empty(len(texts), np.int64)
    # Of each name the words of its finest spelling, and whether some spelling ties given names together.
    finest: list[Words] = []
    tied: set[int] = set()
    for form, text in enumerate(texts):
        name = tuple(short.get(word, word) for word in name_words(text))
        of_form[form] = number = numbers.setdefault(spelling(name), len(numbers))
        if number == len(finest):
            finest.append(name)
        elif len(name) != len(finest[number]) or name != finest[number]:
            tied.add(number)
            finest[number] = longer(name, finest[number])[1]
        if len(name) > 2 and hyphened(text):
            tied.add(number)
    blocks_of = _coded(blocks(name) for name in finest)
    whole = frozenset(finest[number] for number in tied if len(finest[number]) > 2)
    return Naming(of_form, finest, whole, _expected(scene, of_form, finest), blocks_of)


def _expected(scene: DisambiguationInput, of_form: Longs, names: Sequence[Words]) -> Floats:
    """What the corpus says, and of homonyms the source."""
    expected = expected_namesakes(names)
    if scene.homonyms:
        borne = np.array([each in scene.homonyms for each in scene.plains.to_pylist()], np.bool_)
        several = of_form[borne[scene.form_plain]]
        expected[several] = np.maximum(expected[several], WEIGHTS.homonym)
    return expected


def _coded(lists: Iterable[list[tuple[str, ...]]]) -> Ragged:
    codes: dict[tuple[str, ...], int] = {}
    return ragged([[codes.setdefault(key, len(codes)) for key in each] for each in lists])


def expected_namesakes(names: Sequence[Words]) -> Floats:
    """How many people may be expected to bear each name, from the corpus alone.

    Different first words beside the same last word, times different last words beside the same first word, by all such
    pairs: as many as if first names and surnames were drawn independently. Names in Pinyin are drawn among themselves, since
    their given names and surnames hardly meet others. Each further given name makes a name rarer. A first word that is an
    initial counts as all first words that begin with it.
    """
    if not names:
        return np.zeros(0)
    heads, tails = _numbered([name[0] for name in names]), _numbered([name[-1] for name in names])
    chinese = np.array([len(name) > 1 and pinyin(name[0]) and pinyin(name[-1]) for name in names], np.bool_)
    initial = np.array([len(name) > 1 and len(name[0]) == 1 for name in names], np.bool_)
    expected = _drawn(heads, tails)
    group = chinese & ~initial
    expected[group] = np.maximum(expected[group], _drawn(heads[group], tails[group]))
    expected[initial] = _by_letter(names, heads, tails)[initial]
    for i, name in enumerate(names):
        if len(name) < 2:
            expected[i] = 1.0
        for word in name[1:-1]:
            expected[i] *= _FURTHER_INITIAL if len(word) == 1 else _FURTHER_NAME
    return expected


def _drawn(heads: Longs, tails: Longs) -> Floats:
    """How many more pairs of this head and this tail there would be, were they drawn independently from these pairs."""
    pairs = np.unique(heads << 32 | tails)
    by_head, by_tail = np.bincount(pairs >> 32), np.bincount(pairs & 0xFFFFFFFF)
    return np.asarray((by_head[heads] * by_tail[tails] - 1) / max(1, len(pairs)))


def _by_letter(names: Sequence[Words], heads: Longs, tails: Longs) -> Floats:
    """The first words beside each last word, the initial itself and one that it stands for aside, times the share of all first
    words that begin with that letter."""
    by_tail = np.bincount(np.unique(heads << 32 | tails) & 0xFFFFFFFF)
    letters = Counter(name[0][0] for name in names if len(name) > 1)
    share = {letter: count / letters.total() for letter, count in letters.items()}
    others = np.maximum(by_tail - 2, 0)[tails]
    return np.asarray(others * np.array([share.get(name[0][0], 0.0) for name in names]) + _LEAST_INITIAL)


def _numbered(texts: Sequence[str]) -> Longs:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(text, len(codes)) for text in texts], np.int64)
