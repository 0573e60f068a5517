"""Files that are whole or absent: written beside, synced, renamed into place."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names that a folder has."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(temporary: Path, place: Path) -> None:
    """Give a finished file or folder its name: afterwards, even after a crash, it is there whole or not at all."""
    sync(temporary)
    os.replace(temporary, place)
    sync(place.parent)
