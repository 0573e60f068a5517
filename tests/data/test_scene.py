"""The seam between who wrote and who is who: a scene written by hand, and what the rules make of it."""

import numpy as np
import pyarrow as pa

from byline.data.identify.disambiguation_input import NO_YEAR, DisambiguationInput
from byline.data.identify.resolve import resolve
from byline.data.ragged import Lists, lists
from byline.graph.text import compact


def scene(papers: list[list[str]], ids: dict[str, str] | None = None) -> DisambiguationInput:
    """Papers as lists of printed names; `ids` gives a printed name an id."""
    ids = ids or {}
    names = list(dict.fromkeys(name for paper in papers for name in paper))
    plains = list(dict.fromkeys(compact(name) for name in names))
    keys = list(dict.fromkeys(ids[name] for paper in papers for name in paper if name in ids))
    schemes = tuple(dict.fromkeys(key.split(":")[0] for key in keys))
    entries = [(paper, name) for paper, printed in enumerate(papers) for name in printed]
    nothing = Lists(np.zeros(len(papers) + 1, np.int64), np.zeros(0, np.int32))
    numbers = np.arange(len(keys), dtype=np.int32)
    bearers = [(keys.index(key), names.index(name), 1) for name, key in ids.items() if name in names]
    return DisambiguationInput(
        entry_paper=np.array([paper for paper, _ in entries], np.int32),
        entry_form=np.array([names.index(name) for _, name in entries], np.int32),
        entry_person=np.array([keys.index(ids[name]) if name in ids else -1 for _, name in entries], np.int32),
        entry_first=np.arange(len(entries), dtype=np.int64),
        forms=pa.array(names, pa.large_string()),
        form_plain=np.array([plains.index(compact(name)) for name in names], np.int32),
        plains=pa.array(plains, pa.large_string()),
        paper_year=np.full(len(papers), NO_YEAR, np.int32),
        paper_category=nothing,
        paper_institution=nothing,
        references=nothing,
        entry_institution=lists([], [], len(entries)),
        institution_name=pa.array([], pa.large_string()),
        paper_key=pa.array([f"x:{i}" for i in range(len(papers))], pa.large_string()),
        person_key=pa.array(keys, pa.large_string()),
        person_ids=(numbers, pa.array(keys, pa.large_string())),
        person_first=np.array([next(i for i, (_, name) in enumerate(entries) if ids.get(name) == key) for key in keys], np.int64),
        person_schemes=np.array([1 << schemes.index(key.split(":")[0]) for key in keys], np.uint64),
        schemes=schemes,
        person_forms=tuple(np.array(each, np.int32) for each in zip(*bearers, strict=True)) if bearers else (numbers,) * 3,
        also=(np.zeros(0, np.int32), np.zeros(0, np.int32)),
        same_place=(np.zeros(0, np.int32), np.zeros(0, np.int32), pa.array([], pa.large_string())),
    )


def test_clusters_number_as_people_are_met() -> None:
    resolution = resolve(scene([["Ann Roe", "Bo Li"], ["Cy Wu", "ann roe"]]))
    assert resolution.entry.tolist() == [0, 1, 2, 0]
    assert resolution.clusters == 3
    assert resolution.merged == {"same name": 1}
    assert resolution.decisions.to_pylist()[0]["left"] == "Ann Roe"


def test_a_known_person_takes_the_nameless_of_the_same_name() -> None:
    resolution = resolve(scene([["Ann Roe"], ["ANN ROE"]], {"ANN ROE": "x:ann"}))
    assert resolution.entry.tolist() == [0, 0]
    assert resolution.person.tolist() == [0]


def test_ids_of_one_scheme_stay_apart_and_a_shared_coauthor_speaks_for_an_initial() -> None:
    papers = [["John Smith", "Bo Li"], ["J. Smith", "Bo Li"], ["J Smith", "Bo Li"]]
    apart = resolve(scene(papers, {"John Smith": "x:1", "J. Smith": "x:2"}))
    assert len({int(apart.entry[i]) for i in (0, 2)}) == 2
    assert resolve(scene(papers)).clusters == 2
