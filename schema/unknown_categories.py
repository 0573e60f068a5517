"""Unknown categories: codes in filters that lead to no category of the snapshot, or to several, and the codes that are near."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

from graphql.pyutils import did_you_mean, suggestion_list

from byline.graph.model import Kind
from byline.graph.query.closures import run_sync
from byline.graph.request import Key, Select
from byline.graph.store.protocol import Store
from byline.graph.store.small import SmallReads
from byline.graph.text import fold
from byline.schema.context import Context


class Naming(StrEnum):
    """How a filter compares a code: as a key does, character by character, or folded."""

    TYPED = "typed"
    EXACT = "exact"
    FOLDED = "folded"


# The path of a field without the places of lists, and the codes that its filter names.
Filtered: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, Naming], ...]]
# Codes that one warning shows, characters of each, and codes of a request that others are proposed for.
_SHOWN, _CHARACTERS, _COMPARED = 5, 40, 5
# Comparisons of codes in one request: so many take some 15 ms.
_COMPARISONS = 10_000
# Filters whose codes are all known, kept for requests that name them again.
_KEPT = 256


async def warn_of_unknown(context: Context, filters: Sequence[Filtered]) -> None:
    """Add a warning for each field whose filter names what is not there; one look-up where all is."""
    store = context.store
    missing = await _missing(store, filters)
    if not missing:
        return
    codes = await _all_codes(store)
    compared = min(_COMPARED, _COMPARISONS // max(len(codes), 1)) if context.limits.introspection else 0
    near = {code: _near(code, codes) for code in sorted({code for code, _ in missing})[:compared]}
    for path, named in filters:
        unknown = list(dict.fromkeys(code for code, naming in named if (code, naming) in missing))
        if unknown:
            context.warn("UNKNOWN_CATEGORY", list(path), _words(unknown, near))


def all_known(store: Store, direct: SmallReads, filters: tuple[Filtered, ...]) -> bool:
    """Whether nothing is to be warned of, for a store that answers at once; it keeps which filters were in order."""
    known: set[tuple[Filtered, ...]] = direct.beside.setdefault(Naming, set())
    if filters in known:
        return True
    if run_sync(_missing(store, filters)):
        return False
    if len(known) >= _KEPT:
        known.clear()
    known.add(filters)
    return True


async def _missing(store: Store, filters: Sequence[Filtered]) -> set[tuple[str, Naming]]:
    named = list(dict.fromkeys(code for _, codes in filters for code in codes))
    rows = await store.lookup(Kind.CATEGORY, [Key("code", code) for code, _ in named])
    missing = {each for each, row in zip(named, rows.tolist(), strict=True) if row < 0}
    # A key finds more than is compared with here, and no accents.
    if any(naming is not Naming.TYPED for _, naming in named):
        found, there = [each for each in named if each not in missing], rows[rows >= 0]
        (codes,) = await store.values(Kind.CATEGORY, there, ["code"]) if len(there) else ([],)
        missing |= {each for each, code in zip(found, codes, strict=True) if not _fits(each, {code})}
    if any(naming is not Naming.TYPED for _, naming in missing):
        every = set(await _all_codes(store))
        missing = {each for each in missing if each[1] is Naming.TYPED or not _fits(each, every)}
    return missing


def _fits(named: tuple[str, Naming], codes: set[str]) -> bool:
    """Whether one of the codes is what was named, compared as the filter compares."""
    code, naming = named
    return naming is Naming.TYPED or code in codes or (naming is Naming.FOLDED and fold(code) in set(map(fold, codes)))


async def _all_codes(store: Store) -> list[str]:
    every = await store.find(Kind.CATEGORY, Select(edges=False))
    return list((await store.values(Kind.CATEGORY, every.rows, ["code"]))[0])


def _near(code: str, codes: Sequence[str]) -> list[str]:
    """Codes like one that was asked for, which may be no more than the part after the dot."""
    if len(code) > _CHARACTERS:
        return []
    forms: dict[str, list[str]] = {}
    for each in codes:
        for form in {each} if "." in code else {each, each.rpartition(".")[2]}:
            forms.setdefault(form, []).append(each)
    return list(dict.fromkeys(each for form in suggestion_list(code, list(forms)) for each in forms[form]))[:_SHOWN]


def _words(unknown: list[str], near: dict[str, list[str]]) -> str:
    shown = ", ".join(repr(code[:_CHARACTERS]) for code in unknown[:_SHOWN])
    more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    proposed = list(dict.fromkeys(each for code in unknown for each in near.get(code, ())))
    right = did_you_mean(proposed) or " Take codes from the field `code` of `categories`."
    return f"No category of this snapshot has the code {shown}{more}.{right}"
