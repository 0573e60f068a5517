"""Printed names as words, and in which way two different ones may be one person's."""

import unicodedata

from byline.data.identify.printed import Words, hyphened, name_words
from byline.data.identify.weights import (
    DROPPED,
    INITIAL,
    MIDDLE,
    MIDDLE_INITIAL,
    MIDDLE_WORD,
    NICKNAME,
    SAME,
    SPACING,
    SURNAME,
    SWAPPED,
)
from byline.data.remembered import remembered

__all__ = ["Words", "blocks", "hyphened", "longer", "name_words", "variant"]

# First names and what people are called instead; each line is one group of which any two may be one name.
_SHORT = """
alexander alex sasha; alexandra alex sandra; alexey alexei aleksey aleksei; andrew andy drew; anthony tony; antonio toni
benjamin ben; catherine cathy kate; christopher chris; christian chris; christine chris; daniel dan danny; david dave
deborah debbie; donald don; douglas doug; edward ed eddie; elizabeth liz beth betty; eugene gene; francis frank
frederick fred; gregory greg; gerald jerry; jeffrey jeff; geoffrey geoff; james jim jimmy jamie; jacob jake; janet jan
jennifer jenny jen; jessica jess; john jack johnny; jonathan jon; joseph joe; joshua josh; judith judy; kenneth ken
katherine kathy kate; kathleen kathy; lawrence larry; leonard len; margaret maggie peggy; matthew matt; matthias matt
maximilian max; michael mike mick; mitchell mitch; nathaniel nate nat; nathan nate; nicholas nick; nicolas nico
pamela pam; patricia pat patty; patrick pat; peter pete; philip phil; phillip phil; rebecca becky; richard rick dick rich
robert bob rob bobby bert; ronald ron; samuel sam; samantha sam; stephen steve; steven steve; stefan steve; stuart stu
susan sue susie; suzanne sue; theodore ted theo; thomas tom; timothy tim; valerie val; victor vic; victoria vicky
vincent vince; walter walt; william bill will billy; zachary zach; ekaterina katya; dmitry dmitri dima; mikhail misha
sergey sergei; yuri yury; muhammad mohammad mohammed mohamed muhammed; abdul abdel; ana anna; maria ma
"""
_ALIKE: dict[str, set[str]] = {}
for _group in _SHORT.replace("\n", ";").split(";"):
    for _name in _group.split():
        _ALIKE.setdefault(_name, set()).update(_group.split())

# The initials of what people of a first name are called instead, where they are others: Bill stands beside William.
_OTHER_INITIALS = {name: others for name, group in _ALIKE.items() if (others := sorted({each[0] for each in group} - {name[0]}))}

_EQUAL, _INITIAL, _NICKNAME = range(3)
# What each makes of two names whose first words alone differ.
_KINDS = (SAME, INITIAL, NICKNAME)


def blocks(name: Words) -> list[tuple[str, ...]]:
    """Two names are only compared where they have a block in common; by far the most pairs have the first one."""
    if len(name) < 2:
        return [name]
    keys = [(name[-1], name[0][0])]
    if len(name) > 2:
        keys += [(name[-2], name[0][0]), (name[-1], name[1][0])]
    else:
        keys.append((name[0], name[1][0]))
    keys += [(name[-1], initial) for initial in _OTHER_INITIALS.get(name[0], ())]
    return list(dict.fromkeys(keys))


def variant(a: Words, b: Words, tied: bool) -> str | None:
    """In which way two names may be one person's, None where they contradict each other.

    `tied`: the given names of the longer one are one name, so that the shorter one may not have the first of them alone.
    """
    return _of_two(a, b) if len(a) == len(b) == 2 else _variant(a, b, tied)


def _of_two(a: Words, b: Words) -> str | None:
    """`variant` of names of two words, which are most: quicker than to look it up."""
    if a[1] == b[1]:
        likeness = _alike(a[0], b[0])
        return None if likeness is None else _KINDS[likeness]
    if a[0] == b[1] and a[1] == b[0]:
        return SPACING if a[0] + a[1] == b[0] + b[1] else SWAPPED
    return SPACING if a[0] + a[1] == b[0] + b[1] else None


@remembered(1 << 16)
def _variant(a: Words, b: Words, tied: bool) -> str | None:
    if a == b:
        return SAME
    if len(a) < 2 or len(b) < 2:
        return None
    if "".join(a) == "".join(b):
        return SPACING
    a, b = longer(a, b)
    if a[-1] == b[-1]:
        return _given(a[:-1], b[:-1], tied) or _dropped(a[:-1], b[:-1]) or _reordered(a[:-1], b[:-1])
    if len(a) == len(b) == 2 and a == b[::-1]:
        return SWAPPED
    if not tied and len(a[-1]) > 2 and a[-1] in b[1:-1]:
        shorter = b[1 : b.index(a[-1], 1)]
        kind = _given(*longer(a[:-1], (b[0], *shorter)), False)
        return SURNAME if kind in (SAME, MIDDLE, INITIAL, MIDDLE_INITIAL) else None
    return None


@remembered(1 << 18)
def script(name: Words) -> str:
    """The script of a name by its first letter, as Unicode calls it: "LATIN", "CJK", "HANGUL", …; "" for no letter."""
    letter = next((character for word in name for character in word if character.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def longer(a: Words, b: Words) -> tuple[Words, Words]:
    """Two names, the longer one last."""
    return (a, b) if (len(a), a) <= (len(b), b) else (b, a)


def _given(a: Words, b: Words, tied: bool) -> str | None:
    """The kind by which given names agree; every one of the shorter list has its like in the longer one, in order."""
    first = _alike(a[0], b[0])
    if first is None:
        return None
    rest, left, worst = iter(b[1:]), [], first
    for name in a[1:]:
        for other in rest:
            if (likeness := _alike(name, other)) is not None:
                worst = max(worst, likeness)
                break
            left.append(other)
        else:
            return None
    full = any(len(name) > 1 for name in (*left, *rest))
    if full and tied and len(a[0]) > 1:
        return None
    if a == b:
        return SAME
    if worst == _EQUAL:
        return MIDDLE_WORD if full else MIDDLE
    return NICKNAME if worst == _NICKNAME else INITIAL if first == _INITIAL else MIDDLE_INITIAL


def _dropped(a: Words, b: Words) -> str | None:
    """ "Robin Rohlicek" beside "J. Robin Rohlicek": the first of several given names is left out."""
    fits = len(b) > 1 and len(a[0]) > 1 and a[0] == b[1] and len(a) < len(b) and _given(a, b[1:], False)
    return DROPPED if fits else None


def _reordered(a: Words, b: Words) -> str | None:
    """ "Le Minh Nguyen" beside "Minh Le Nguyen": the same given names in another order."""
    return SWAPPED if len(a) == len(b) and sorted(a) == sorted(b) else None


def _alike(a: str, b: str) -> int | None:
    if a == b:
        return _EQUAL
    if min(len(a), len(b)) == 1:
        return _INITIAL if a[0] == b[0] else None
    return _NICKNAME if b in _ALIKE.get(a, ()) else None
