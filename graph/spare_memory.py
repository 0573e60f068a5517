"""Spare memory: what the allocators of C and of Arrow keep free for later, given back to the system."""

import ctypes

import pyarrow as pa


def trim() -> None:
    """Give it back. Where the C library has no way to, only Arrow's goes."""
    pa.default_memory_pool().release_unused()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):
        return
