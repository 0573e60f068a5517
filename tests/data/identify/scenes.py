"""Scenes written by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from byline.data.identify.disambiguation_input import NO_YEAR, DisambiguationInput, Resolution
from byline.data.identify.resolve import resolve
from byline.data.ragged import Lists
from byline.graph.text import compact, words


@dataclass
class Paper:
    """`names` as printed, or (name, "scheme:value"); `places` are the institutions of each author."""

    names: Sequence[str | tuple[str, str]]
    year: int | None = None
    title: str = ""
    places: Sequence[Sequence[str]] = ()
    cites: Sequence[int] = ()
    key: str = ""


@dataclass
class Numbers:
    """Values numbered as they come."""

    codes: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, value: str) -> int:
        return self.codes.setdefault(value, len(self.codes))

    def texts(self) -> pa.Array:
        return pa.array(list(self.codes), pa.large_string())


def by(*names: str | tuple[str, str], **members: object) -> Paper:
    """A paper by these people."""
    return Paper(names, **members)  # type: ignore[arg-type]


def scene(papers: Sequence[Paper]) -> DisambiguationInput:
    """The scene of these papers."""
    forms, plains, people, places, title_words = (Numbers() for _ in range(5))
    entries = [(at, *((name, "") if isinstance(name, str) else name)) for at, paper in enumerate(papers) for name in paper.names]
    person = np.array([people[key] if key else -1 for _, _, key in entries], np.int32)
    form = np.array([forms[name] for _, name, _ in entries], np.int32)
    schemes = tuple(dict.fromkeys(key.partition(":")[0] for key in people.codes))
    known = np.flatnonzero(person >= 0)
    borne, printed = np.unique(np.stack([person[known], form[known]]), axis=1, return_counts=True)
    institutions = [paper.places[i] if i < len(paper.places) else () for paper in papers for i in range(len(paper.names))]
    numbers = np.arange(len(people.codes), dtype=np.int32)
    nothing = np.zeros(0, np.int32)
    plain = [plains[compact(name)] for name in forms.codes]
    return DisambiguationInput(
        entry_paper=np.array([at for at, _, _ in entries], np.int32),
        entry_form=form,
        entry_person=person,
        entry_first=np.arange(len(entries), dtype=np.int64),
        forms=forms.texts(),
        form_plain=np.array(plain, np.int32),
        plains=plains.texts(),
        paper_year=np.array([NO_YEAR if paper.year is None else paper.year for paper in papers], np.int32),
        paper_category=lists([] for _ in papers),
        paper_institution=lists([] for _ in papers),
        references=lists(paper.cites for paper in papers),
        entry_institution=lists([places[each] for each in own_places] for own_places in institutions),
        institution_name=places.texts(),
        paper_key=pa.array([paper.key or f"x:{at}" for at, paper in enumerate(papers)], pa.large_string()),
        person_key=people.texts(),
        person_ids=(numbers, people.texts()),
        person_first=np.array([int(np.flatnonzero(person == number)[0]) for number in numbers], np.int64),
        person_schemes=np.array([1 << schemes.index(key.partition(":")[0]) for key in people.codes], np.uint64),
        schemes=schemes,
        person_forms=(borne[0].astype(np.int32), borne[1].astype(np.int32), printed.astype(np.int32)),
        also=(nothing, nothing),
        same_place=(nothing, nothing, pa.array([], pa.large_string())),
        paper_word=lists([title_words[word] for word in dict.fromkeys(words(paper.title))] for paper in papers),
    )


def lists(rows: Iterable[Sequence[int]]) -> Lists:
    """Lists end to end."""
    every = [list(each) for each in rows]
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in every])]).astype(np.int64)
    return Lists(offsets, np.array([target for each in every for target in each], np.int32))


def people(papers: Sequence[Paper]) -> list[list[str]]:
    """Who is who: for each person the authorships as "name/place of the paper", in order."""
    return grouped(papers, resolve(scene(papers)))


def grouped(papers: Sequence[Paper], resolution: Resolution) -> list[list[str]]:
    """The people of a resolution."""
    groups: dict[int, list[str]] = {}
    entries = [(at, name if isinstance(name, str) else name[0]) for at, paper in enumerate(papers) for name in paper.names]
    for (at, name), cluster in zip(entries, resolution.entry.tolist(), strict=True):
        groups.setdefault(cluster, []).append(f"{name}/{at}")
    return list(groups.values())
