"""The distinct names of a scene: their words, how many people each is expected to stand for, and their blocks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.identify.arrays import Longs, Ragged, ragged
from data.identify.scene import Scene
from data.identify.variants import Words, blocks, hyphened, longer, name_words, variant

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
        return variant(one, other, longer(one, other)[1] in self.tied)

    def block(self) -> Longs:
        """The first block of each name."""
        return self.blocks.targets[self.blocks.offsets[:-1]]


def naming(scene: Scene) -> Naming:
    """The names of all forms of a scene."""
    numbers: dict[Words, int] = {}
    of_form = np.empty(len(scene.forms), np.int64)
    tied: set[Words] = set()
    for form, text in enumerate(scene.forms.to_pylist()):
        name = name_words(text)
        of_form[form] = numbers.setdefault(name, len(numbers))
        if len(name) > 2 and hyphened(text):
            tied.add(name)
    names = list(numbers)
    joined = {"".join(name) for name in names if len(name) == 2}
    tied.update(name for name in names if len(name) == 3 and "".join(name) in joined)
    codes: dict[tuple[str, ...], int] = {}
    found = ragged([[codes.setdefault(key, len(codes)) for key in blocks(name)] for name in names])
    return Naming(of_form, names, frozenset(tied), expected_namesakes(names), found)


def expected_namesakes(names: Sequence[Words]) -> Floats:
    """How many people may be expected to bear each name, from the corpus alone.

    Different first words beside the same last word, times different last words beside the same first word, by all such
    pairs: as many as if first names and surnames were drawn independently. Each further given name makes it rarer. A first
    word that is an initial counts as all first words that begin with it.
    """
    heads, tails = _numbered([name[0] for name in names]), _numbered([name[-1] for name in names])
    if not names:
        return np.zeros(0)
    pairs = np.unique(heads << 32 | tails)
    by_head, by_tail = np.bincount(pairs >> 32), np.bincount(pairs & 0xFFFFFFFF)
    found = by_head[heads] * by_tail[tails] / len(pairs)
    letters = Counter(name[0][0] for name in names if len(name[0]) > 1)
    total = max(1, letters.total())
    for i, name in enumerate(names):
        if len(name) < 2:
            found[i] = 1.0
            continue
        if len(name[0]) == 1:
            found[i] = by_tail[tails[i]] * letters[name[0]] / total + _LEAST_INITIAL
        for word in name[1:-1]:
            found[i] *= _FURTHER_INITIAL if len(word) == 1 else _FURTHER_NAME
    return found


def _numbered(texts: Sequence[str]) -> Longs:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(text, len(codes)) for text in texts], np.int64)
