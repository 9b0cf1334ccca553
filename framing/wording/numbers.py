"""Numbers of features that are made of two words: worked out from those of the words, for many at once."""

from __future__ import annotations

import functools
import zlib
from typing import Any

import numpy as np

from framing.wording.groups import Array

_BYTES = 4  # of a CRC-32


def joined(left: Array, right: Array, lengths: Array) -> Array:
    """The CRC-32 of texts ``a + b`` by those of ``a``, those of ``b`` and how many bytes each ``b`` has.

    A CRC is linear: that of ``a`` before n more bytes is the exclusive or of what each of its own
    bytes becomes (zlib's ``crc32_combine``).
    """
    usual = np.minimum(lengths, _USUAL - 1)
    out: Array = right ^ _of_bytes(_tables(), usual, left)
    for i in zip(*np.nonzero(lengths >= _USUAL), strict=True):
        out[i] = right[i] ^ _of_bytes(_moved(int(lengths[i]))[None], np.intp(0), left[i])
    return out


def _of_bytes(tables: Array, which: Any, left: Array) -> Array:
    first, second, third, last = (tables[which, byte, (left >> (8 * byte)) & 255] for byte in range(_BYTES))
    found: Array = first ^ second ^ third ^ last
    return found


_USUAL = 48  # bytes: longer words are looked at one by one


@functools.cache
def _tables() -> Array:
    """:func:`_moved` of fewer than :data:`_USUAL` bytes."""
    return np.stack([_moved(n) for n in range(_USUAL)])


@functools.lru_cache(maxsize=256)
def _moved(n: int) -> Array:
    """What each byte of a CRC becomes before ``n`` more bytes, (4, 256)."""
    noughts = bytes(n)
    nothing = zlib.crc32(noughts)
    bits = [zlib.crc32(noughts, 1 << bit) ^ nothing for bit in range(8 * _BYTES)]
    table = np.zeros((_BYTES, 256), np.int64)
    values = np.arange(256)
    for bit, becomes in enumerate(bits):
        byte, place = divmod(bit, 8)
        table[byte][(values >> place) & 1 == 1] ^= becomes
    return table
