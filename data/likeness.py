"""What names a paper without an id, and a 64-bit hash of it by which likely papers are found."""

from hashlib import blake2b

from graph.text import compact


def paper_name(title: str, year: int | None, first_author: str) -> str:
    """Title, year and first author, compact. Part of the key of the public id of a paper without other ids."""
    return f"{compact(title)}|{year or ''}|{compact(first_author) if first_author else ''}"


def likeness(name: str) -> int:
    """The hash under which papers of this name meet; the names themselves decide."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest())
