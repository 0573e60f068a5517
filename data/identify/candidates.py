"""Which pairs of units are looked at: names that may be one person's, and something shared or a name that is not common."""

import numpy as np
import numpy.typing as npt

from byline.data.identify.arrays import Longs, Ragged, distinct, pairs_within, stretches
from byline.data.identify.features import Feature, Features
from byline.data.identify.mention_groups import MentionGroups, alone
from byline.data.identify.naming import Naming

# Groups of units above this size, which share a mark and a block, are walked along instead of paired off.
LARGEST_GROUP = 60
# As many bearers of one name, and as many units of one block, are paired off even where they share nothing.
LARGEST_NAME, LARGEST_BLOCK = 40, 8
# So many marks of units are compared at a time, those of whole blocks: some 500 MB.
STRETCH = 4 << 20
# A title word must weigh this much to make a pair.
_WORD = 2.5
# Names as common as to score below this are not paired off by name alone.
_COMMON = -0.5


def open_units(names: Naming, units: MentionGroups) -> npt.NDArray[np.bool_]:
    """Units that share a block with another one of which no scheme of ids tells them apart."""
    block, unit = _unit_blocks(names, units)
    order = np.argsort(block, kind="stable")
    block, unit = block[order], unit[order]
    is_open = np.zeros(len(units), np.bool_)
    if not len(block):
        return is_open
    starts = np.flatnonzero(np.concatenate([[True], block[1:] != block[:-1]]))
    sizes = np.diff(np.append(starts, len(block)))
    told_apart = np.bitwise_and.reduceat(units.bits[unit], starts) != 0
    is_open[unit[np.repeat((sizes > 1) & ~told_apart, sizes)]] = True
    return is_open


def _unit_blocks(names: Naming, units: MentionGroups) -> tuple[Longs, Longs]:
    """Each unit with each block of each of its names, once: the block, the unit."""
    place, name = units.names.of(np.arange(len(units)))
    row, block = names.blocks.of(name)
    pair = distinct(place[row] << 32 | block)
    return pair & 0xFFFFFFFF, pair >> 32


def candidates(names: Naming, units: MentionGroups, marks: Features, wanted: npt.NDArray[np.bool_]) -> tuple[Longs, Longs]:
    """Pairs of units, the lower first, sorted."""
    block, unit = _unit_blocks(names, units)
    is_wanted = wanted[unit]
    block, unit = block[is_wanted], unit[is_wanted]
    order = np.argsort(block, kind="stable")
    block, unit = block[order], unit[order]
    pairs = [_possible(names, units, *_small(block, unit)), _possible(names, units, *_bearers(names, units, wanted))]
    telling = _telling(marks)
    for start, end in stretches(block, telling.offsets[unit + 1] - telling.offsets[unit], STRETCH):
        pairs.append(_possible(names, units, *_sharing(block[start:end], unit[start:end], telling)))
    pair = distinct(np.concatenate(pairs))
    return pair >> 32, pair & 0xFFFFFFFF


def _possible(names: Naming, units: MentionGroups, left: Longs, right: Longs) -> Longs:
    """Those of the pairs that no id and no name tells apart, each once as `lower << 32 | higher`."""
    pair = distinct(np.minimum(left, right) << 32 | np.maximum(left, right))
    left, right = pair >> 32, pair & 0xFFFFFFFF
    apart = units.bits[left] & units.bits[right] != 0
    pair, left, right = pair[~apart], left[~apart], right[~apart]
    return np.asarray(pair[_fit(names, units, left, right)])


def _telling(marks: Features) -> Ragged:
    """The marks of each unit that make a pair."""
    kind = marks.mark & 7
    telling = np.isin(kind, [Feature.COAUTHOR, Feature.BLOCK, Feature.INSTITUTION, Feature.PAPER])
    telling |= (kind == Feature.WORD) & (marks.weight >= _WORD)
    before = np.concatenate([[0], np.cumsum(telling)])
    return Ragged(before[marks.offsets].astype(np.int64), marks.mark[telling])


def _sharing(block: Longs, unit: Longs, telling: Ragged) -> tuple[Longs, Longs]:
    """Units of one block that share a mark; all units of a block are in one call."""
    place, mark = telling.of(unit)
    # One number for each pair of block and mark; no two differ in all bits that matter.
    key = block[place] * np.int64(0x9E3779B97F4A7C1) ^ mark * np.int64(0x632BE59BD9B4E01)
    return pairs_within(key, unit[place], LARGEST_GROUP)


def _small(block: Longs, unit: Longs) -> tuple[Longs, Longs]:
    few = np.bincount(block)[block] <= LARGEST_BLOCK if len(block) else np.zeros(0, np.bool_)
    return pairs_within(block[few], unit[few], LARGEST_BLOCK)


def _bearers(names: Naming, units: MentionGroups, wanted: npt.NDArray[np.bool_]) -> tuple[Longs, Longs]:
    unit, name = units.names.of(np.arange(len(units)))
    common = wanted[unit] & (alone(names.expected)[name] > _COMMON)
    return pairs_within(name[common], unit[common], LARGEST_NAME)


def _fit(names: Naming, units: MentionGroups, left: Longs, right: Longs) -> npt.NDArray[np.bool_]:
    """Whether some name of the one may be a name of the other; each pair of names is looked at once."""
    row, one = units.names.of(left)
    at, other = units.names.of(right[row])
    one, row = one[at], row[at]
    pair = np.minimum(one, other) << 32 | np.maximum(one, other)
    values, back = np.unique(pair, return_inverse=True)
    fit = np.array([names.variant(each >> 32, each & 0xFFFFFFFF) is not None for each in values.tolist()], np.bool_)
    fitting = np.zeros(len(left), np.bool_)
    fitting[row[fit[back]]] = True
    return fitting
