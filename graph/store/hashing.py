"""A 64-bit hash of texts that numpy can compute for millions at once and Python for one.

Eight bytes at a time, each multiplied in and folded (the step of Murmur hashes, Appleby 2011). It only has to spread texts:
whoever is found by it is compared with the text itself. Measured on names of 14 bytes: 0.05 µs a text, where a library's hash
called for each text takes 0.5 and BLAKE2b with its Python call 1.1.
"""

import numpy as np
import numpy.typing as npt

_MULTIPLY, _SHIFT, _SEED = 0xC6A4A7935BD1E995, 47, 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1
Hashes = npt.NDArray[np.uint64]


def hashed(text: str, seed: int = _SEED) -> int:
    """The hash of one text. With the hash of another as its seed, that of a pair."""
    data = text.encode()
    mixed = _mix(seed ^ len(data))
    for at in range(0, len(data), 8):
        mixed = _mix(mixed ^ int.from_bytes(data[at : at + 8], "little"))
    return mixed


def _mix(word: int) -> int:
    word = word * _MULTIPLY & _WORD
    return (word ^ word >> _SHIFT) * _MULTIPLY & _WORD


def hashed_all(offsets: npt.NDArray[np.int64], data: npt.NDArray[np.uint8], seed: int = _SEED) -> Hashes:
    """`hashed` of each text `data[offsets[i]:offsets[i + 1]]`."""
    base = int(offsets[0])
    padded = np.zeros(int(offsets[-1]) - base + 8, np.uint8)
    padded[:-8] = data[base : offsets[-1]]
    words = np.ndarray((len(padded) - 7,), "<u8", buffer=padded.data, strides=(1,))
    at, left = offsets[:-1] - base, np.diff(offsets)
    hashes = _mix_all(np.uint64(seed) ^ left.astype(np.uint64))
    rows = np.flatnonzero(left > 0)
    while len(rows):
        here, length = at[rows], left[rows]
        word = words[here]
        short = length < 8
        word[short] &= (np.uint64(1) << (length[short].astype(np.uint64) * np.uint64(8))) - np.uint64(1)
        hashes[rows] = _mix_all(hashes[rows] ^ word)
        at[rows], left[rows] = here + 8, length - 8
        rows = rows[length > 8]
    return hashes


def _mix_all(words: Hashes) -> Hashes:
    words = words * np.uint64(_MULTIPLY)
    return (words ^ (words >> np.uint64(_SHIFT))) * np.uint64(_MULTIPLY)
