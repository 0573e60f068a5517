"""A made-up literature of any size: seeded, the same on any machine, written as columns of a segment in batches.

People belong to groups of up to 64 who write together; within a group, and among groups, activity is heavy-tailed. Names
come from syllables, family names are as unequal as real ones, so that many people share one. Three people in five have an id
(`synth:A…`) which five in six of their authorships state, or all of them have one that all state; one in ten has an ORCID
too. Papers get more every year, cite about ten older ones, half of them recent, half of them already cited by many. Four in
five authorships have an institution.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.ragged import Lists, Longs
from byline.data.reference import taxonomy
from byline.data.segments.lists import once
from byline.data.segments.segments import Writer
from byline.data.segments.tables import TABLES
from byline.graph.text import compact

SOURCE = "synthetic"
GROUP = 64
_PART = 1 << 17
_FIRST_YEAR, _YEARS = 1990, 36
_TEAMS = np.array([0.13, 0.19, 0.19, 0.15, 0.1, 0.07, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01])
_COUNTRIES = ("US", "CN", "GB", "DE", "FR", "JP", "IN", "CA", "IT", "NL", "KR", "BR", "AU", "CH", "SE", "ES")
_HEADS = ("University of {}", "{} University", "{} Institute of Technology", "Technical University of {}", "{} Research")
_BEGIN = ("b", "ch", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "y", "z", "sh", "j")
_END = ("a", "e", "i", "o", "u", "an", "en", "in", "on", "ar")
_SYLLABLES = [begin + end for begin in _BEGIN for end in _END]

Numbers = npt.NDArray[np.int64]


class World:
    """The people, institutions and words of a literature of so many papers."""

    def __init__(self, papers: int, seed: int, all_ids: bool = False) -> None:
        self.papers, self.seed, self.all_ids = papers, seed, all_ids
        self.groups = max(papers // 2 // GROUP, 1)
        self.people = self.groups * GROUP
        self.institutions = max(min(papers // 200, 20_000), 5)
        self.codes = sorted(code for code in taxonomy.CATEGORIES if "." in code)
        chance = self.chance(0)
        self.given, self.family, self.words = (_words(chance, *shape) for shape in ((3000, 2), (60_000, 3), (30_000, 3)))
        self.home = _tail(chance, self.groups, self.institutions, 1.6)
        self.field = chance.integers(0, len(self.codes), self.groups)

    def chance(self, *key: int) -> np.random.Generator:
        """Random numbers that depend on the seed and the key alone."""
        return np.random.Generator(np.random.PCG64([self.seed, self.papers, *key]))


def _tail(chance: np.random.Generator, count: int, below: int, power: float) -> Numbers:
    """Whole numbers under `below`, small ones more often: the higher the power the more unequal."""
    return np.minimum((below * chance.random(count) ** power).astype(np.int64), below - 1)


def _words(chance: np.random.Generator, count: int, syllables: int) -> pa.Array:
    """Made-up words, each once."""
    picked = chance.integers(0, len(_SYLLABLES), (count * 2, syllables))
    distinct = dict.fromkeys("".join(_SYLLABLES[syllable] for syllable in row).capitalize() for row in picked.tolist())
    return pa.array(list(distinct)[:count], pa.large_string())


def generate(writer: Writer, papers: int, seed: int = 1, all_ids: bool = False) -> Iterator[int]:
    """Write a literature into a segment; with `all_ids` each authorship states its author's id. Yields how many papers are
    done."""
    world = World(papers, seed, all_ids)
    _dictionaries(world, writer)
    for start in range(0, papers, _PART):
        count = min(_PART, papers - start)
        writer.write(_part(world, start, count), count)
        yield start + count


def _dictionaries(world: World, writer: Writer) -> None:
    """What parts name by number: people are numbered 0, 1, …, their full name is twice that, the one with an initial follows."""
    step = 1 << 20
    for start in range(0, world.papers, step):
        numbers = np.arange(start, min(start + step, world.papers))
        writer.write({"paper_key": pa.table({"text": _joined("synth:P", pa.array(numbers))})}, 0)
    for start in range(0, world.people, step):
        numbers = np.arange(start, min(start + step, world.people))
        writer.write({"person_key": pa.table({"text": _joined("synth:A", pa.array(numbers))})}, 0)
        writer.write({"name": _names(world, start, len(numbers))}, 0)
    orcids = np.arange(world.people // 10)
    writer.write({"person_key": pa.table({"text": _orcids(orcids)})}, 0)
    pairs = {"first": pa.array(orcids * 10, pa.int32()), "other": pa.array(orcids + world.people, pa.int32())}
    writer.write({"person_also": pa.table(pairs), "code": pa.table({"text": pa.array(world.codes, pa.large_string())})}, 0)
    _institutions(world, writer)


def _joined(head: str, numbers: pa.Array) -> pa.Array:
    text = pa.large_string()
    return pc.binary_join_element_wise(pa.scalar(head, text), numbers.cast(text), pa.scalar("", text))


def _orcids(numbers: Numbers) -> pa.Array:
    """ORCIDs with their check digits (ISO 7064, MOD 11-2)."""
    digits = [np.zeros(len(numbers), np.int64)] * 3 + [numbers // 10**place % 10 for place in range(11, -1, -1)]
    total = np.zeros(len(numbers), np.int64)
    for digit in digits:
        total = (total + digit) * 2
    check = (12 - total % 11) % 11
    letters = np.array(list("0123456789X"))
    columns = [letters[digit] for digit in digits] + [letters[check]]
    rows = np.stack(columns, axis=1).view(f"<U{16}").ravel() if len(numbers) else np.zeros(0, "<U16")
    return pa.array([f"orcid:{row[:4]}-{row[4:8]}-{row[8:12]}-{row[12:]}" for row in rows.tolist()], pa.large_string())


def _names(world: World, start: int, count: int) -> pa.Table:
    chance = world.chance(1, start)
    given = world.given.take(pa.array(_tail(chance, count, len(world.given), 2.2)))
    family = world.family.take(pa.array(_tail(chance, count, len(world.family), 2.5)))
    text = pa.large_string()
    letters = pa.array([f" {letter}." for letter in "ABCDEFGHJKLMNPRSTW"] + [""] * 30, text)
    middle = letters.take(pa.array(chance.integers(0, len(letters), count)))
    full = pc.binary_join_element_wise(given, middle, pa.scalar(" ", text), family, pa.scalar("", text))
    initial = pc.utf8_slice_codeunits(given, 0, 1)
    short = pc.binary_join_element_wise(initial, pa.scalar(".", text), middle, pa.scalar(" ", text), family, pa.scalar("", text))
    both = pa.concat_arrays([full, short]).take(pa.array(np.arange(2 * count).reshape(2, count).T.ravel()))
    plain = pc.replace_substring(pc.replace_substring(pc.ascii_lower(both), " ", ""), ".", "")
    return pa.table({"text": both, "plain": plain})


def _institutions(world: World, writer: Writer) -> None:
    chance, count = world.chance(2), world.institutions
    words = _words(chance, count, 3).to_pylist()
    words += [f"{word} {at}" for at, word in enumerate(words[: count - len(words)])]
    names = [_HEADS[at % len(_HEADS)].format(word) for at, word in enumerate(words)]
    numbers = pa.array(np.arange(count), pa.int32())
    keys = _joined("synth:I", numbers)
    plain = [compact(name) for name in names]
    names_table = {"text": pa.array(names, pa.large_string()), "plain": pa.array(plain, pa.large_string())}
    countries = [_COUNTRIES[at] for at in _tail(chance, count, len(_COUNTRIES), 1.7).tolist()]
    records = {
        "line": pa.array(np.zeros(count, np.int32)),
        "institution": numbers,
        "name": numbers,
        "country": pa.array(countries),
        "aliases": _no_lists(count),
    }
    tables = {
        "institution_key": pa.table({"text": keys}),
        "institution_name": pa.table(names_table),
        "institution": pa.table({"key": numbers, "name": numbers, "country": pa.nulls(count, pa.string())}),
        "institution_said": pa.table(records),
    }
    writer.write(tables, count)


def _no_lists(count: int) -> pa.Array:
    return _lists(np.zeros(count + 1, np.int64), np.zeros(0, np.int32))


def _lists(offsets: Longs, values: Any) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, pa.int32()))


def _part(world: World, start: int, count: int) -> dict[str, pa.Table]:
    chance = world.chance(3, start)
    number = np.arange(start, start + count)
    teams = _teams(world, chance, count)
    groups = teams.targets[teams.offsets[:-1]] % world.groups
    entries = _entries(world, chance, teams)
    references = _references(chance, number)
    categories = _categories(world, chance, groups)
    when = np.sqrt((number + 0.5) / world.papers) * _YEARS
    year = np.floor(when).astype(np.int64) + _FIRST_YEAR
    new_year = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    day = new_year + np.floor(when % 1 * 365).astype(np.int64)
    nothing = pa.nulls(count, pa.large_string())
    paper = {
        "at": pa.array(number, pa.int32()),
        "line": pa.array(np.zeros(count, np.int32)),
        "keys": _lists(np.arange(count + 1), number),
        "likeness": pa.nulls(count, pa.uint64()),
        "title": _titles(world, chance, count),
        "abstract": nothing,
        "year": pa.array(year, pa.int32()),
        "date": pa.array(day.astype(np.int32), pa.int32(), mask=chance.random(count) < 0.2).cast(pa.date32()),
        "doi": nothing,
        "arxiv": nothing,
        "listed": pa.nulls(count, pa.int32()),
        "count": pa.nulls(count, pa.int32()),
        "complete": pa.array(np.ones(count, np.bool_)),
        "entries": pa.array(np.diff(teams.offsets), pa.int32()),
        "categories": categories,
        "institutions": _no_lists(count),
        "references": _lists(references.offsets, references.targets),
        "reported": pa.nulls(count, TABLES["paper"].field("reported").type),
        "references_complete": pa.array(np.ones(count, np.bool_)),
    }
    return {"paper": pa.table(paper), "entry": entries}


def _teams(world: World, chance: np.random.Generator, count: int) -> Lists:
    """The authors of each paper: a lead, and others mostly of the same group; nobody twice."""
    sizes = chance.choice(len(_TEAMS), count, p=_TEAMS) + 1
    # A few papers are by many.
    large = chance.random(count) < 0.004
    sizes[large] += _tail(chance, int(large.sum()), 60, 2.0)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    group = np.repeat(_tail(chance, count, world.groups, 1.35), sizes)
    strange = chance.random(len(group)) < 0.2
    strange[offsets[:-1]] = False
    group[strange] = _tail(chance, int(strange.sum()), world.groups, 1.35)
    rank = _tail(chance, len(group), GROUP, 1.8)
    return once(Lists(offsets, (rank * world.groups + group).astype(np.int32)))


def _entries(world: World, chance: np.random.Generator, teams: Lists) -> pa.Table:
    person = teams.targets.astype(np.int64)
    count = len(person)
    with_id = (person * 2654435761 % 100 < 60) & (chance.random(count) < 0.85) | world.all_ids
    name = 2 * person + (chance.random(count) < 0.15)
    draw = chance.random(count)
    home = world.home[person % world.groups]
    number = (draw < 0.8).astype(np.int64) + (draw < 0.05)
    where = np.repeat(home, number)
    second = np.zeros(len(where), np.bool_)
    ends = np.cumsum(number)
    second[ends[number == 2] - 1] = True
    where[second] = (where[second] + 1 + chance.integers(0, world.institutions - 1, int(second.sum()))) % world.institutions
    corresponding = np.zeros(count, np.bool_)
    corresponding[teams.offsets[:-1]] = True
    stated = np.repeat(chance.random(len(teams.offsets) - 1) < 0.3, np.diff(teams.offsets))
    return pa.table(
        {
            "person": pa.array(np.where(with_id, person, -1), pa.int32()),
            "name": pa.array(name, pa.int32()),
            "printed": pa.array(np.ones(count, np.bool_)),
            "corresponding": pa.array(corresponding, mask=~stated),
            "institutions": _lists(np.concatenate([[0], ends]), where),
        }
    )


def _references(chance: np.random.Generator, number: Numbers) -> Lists:
    """About ten older papers each: half of them recent, half of them ones that many cite."""
    sizes = np.minimum(chance.poisson(chance.gamma(2.0, 5.2, len(number))), number)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    citing = np.repeat(number, sizes)
    recent = citing - 1 - (citing * chance.random(len(citing)) ** 3).astype(np.int64)
    older = (citing * chance.random(len(citing)) ** 1.3).astype(np.int64)
    # The more often two divides a number, the more its paper is cited: a heavy tail that needs no memory.
    steps = np.minimum(chance.geometric(0.4, len(citing)), 40)
    popular = older >> steps << steps
    cited = np.where(chance.random(len(citing)) < 0.5, recent, popular)
    return once(Lists(offsets, np.clip(cited, 0, citing - 1).astype(np.int32)))


def _categories(world: World, chance: np.random.Generator, groups: npt.NDArray[np.int32]) -> pa.Array:
    first = world.field[groups]
    number = 1 + (chance.random(len(groups)) < 0.35)
    codes = np.repeat(first, number)
    ends = np.cumsum(number)
    other = ends[number == 2] - 1
    codes[other] = (codes[other] + 1 + chance.integers(0, len(world.codes) - 1, len(other))) % len(world.codes)
    return _lists(np.concatenate([[0], ends]), codes)


def _titles(world: World, chance: np.random.Generator, count: int) -> pa.Array:
    sizes = chance.integers(3, 11, count)
    words = world.words.take(pa.array(_tail(chance, int(sizes.sum()), len(world.words), 2.0)))
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), words)
    return pc.binary_join(lists, pa.scalar(" ", pa.large_string()))
