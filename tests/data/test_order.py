"""The same records in any order and in any split into files give the same people."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.build.build import build
from byline.graph.model import Kind
from tests.data.views import Json, View, normal
from tests.generated import examples

NAMES = [
    "Wei Wang", "W. Wang", "WEI WANG", "Jun-ichi Tanokura", "Junichi Tanokura", "CR Sundquist", "Cassandra R. Sundquist",
    "Sundquist C", "Jörg Müllner", "Joerg Muellner", "Bo Li", "B. Li", "Cy Wu", "Ann B. Roe", "Ann Roe",
]  # fmt: skip
PLACES = ["Delft", "Oslo", "University of Delft"]
WORDS = ["rivers", "lakes", "tides", "gender", "parsing"]

authors = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([None, None, *PLACES]), st.sampled_from([None, None, None, "x:1", "x:2"])),
    min_size=1,
    max_size=4,
    unique_by=(lambda each: each[0], lambda each: each[2] or each[0]),
)
papers = st.lists(st.tuples(authors, st.integers(1999, 2004), st.sampled_from(WORDS)), min_size=2, max_size=9)


def records(papers: list[tuple[list[tuple[str, str | None, str | None]], int, str]]) -> list[Json]:
    """Papers with a title and an id of their own, each citing the one before."""
    return [
        {
            "type": "paper",
            "id": f"p:{at}",
            "title": f"{word} number {at}",
            "year": year,
            "references": [f"p:{at - 1}"] if at else [],
            "authors": [
                {"name": name, "id": key, "institutions": [{"name": place}] if place else []} for name, place, key in listed
            ],
        }
        for at, (listed, year, word) in enumerate(papers)
    ]


def people(segments: list[list[Json]]) -> set[frozenset[tuple[str, int | None]]]:
    """Each person as the places on papers that are theirs."""
    view = View(build([(f"file {at}", normal(segment)) for at, segment in enumerate(segments)]))
    titles = [each["title"] for each in view.nodes[Kind.PAPER]]
    papers_of: dict[int, set[tuple[str, int | None]]] = {}
    for each in view.nodes[Kind.AUTHORSHIP]:
        papers_of.setdefault(each["author"], set()).add((titles[each["paper"]], each["position"]))
    return {frozenset(each) for each in papers_of.values()}


@settings(max_examples=examples(60), deadline=None)
@given(papers, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_files_decide_nothing(
    papers: list[tuple[list[tuple[str, str | None, str | None]], int, str]], random: Random, files: int
) -> None:
    every = records(papers)
    shuffled = every.copy()
    random.shuffle(shuffled)
    segments: list[list[Json]] = [[] for _ in range(files)]
    for each in shuffled:
        segments[random.randrange(files)].append(each)
    assert people([every]) == people([segment for segment in segments if segment])
