"""Networks of keywords by co-occurrence: texts that papers state, alike if they differ in case, accents and spacing alone."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from byline.graph.deadline import checkpoint
from byline.graph.errors import BadInput, limit_hint
from byline.graph.metrics.matrix import distinct
from byline.graph.model import Kind
from byline.graph.network.shared import Incidence, SharedNetwork, linked
from byline.graph.query.completeness import why_fewer_keywords
from byline.graph.request import Select, Where
from byline.graph.store.protocol import Rows, Store
from byline.graph.text import fold

Numbers = npt.NDArray[np.int64]
_METHOD = "co-occurrence, full counting: a paper counts 1 for each pair of its keywords"
_FOLDED_AT_ONCE = 50_000


@dataclass(frozen=True)
class KeywordArgs:
    """Which keywords (those given, else the `first` on most papers that count); which papers count; how many a link has at least;
    how many papers with keywords may be read."""

    keys: tuple[str, ...] | None
    first: int
    where: Where
    least: int
    most: int = field(default=500_000, repr=False)
    # See SharedArgs.
    ever: Where | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Stated:
    """Which keywords are on which papers: entry i says that keyword `keyword[i]` is on `papers[paper[i]]`, each once. Keywords
    are numbered in the order of their folded `texts`, `shown` as they are spelled."""

    papers: Rows
    paper: Numbers
    keyword: Numbers
    texts: list[str]
    shown: list[str]


async def keyword_network(store: Store, args: KeywordArgs, placed: bool = True) -> SharedNetwork:
    """The network that is asked for, with where its nodes stand, if that is asked too. Raises BadInput where there are too many
    papers."""
    network = await _some_years(store, args)
    if placed and args.ever is not None:
        # See shared_network.
        with suppress(BadInput):
            every = replace(args, keys=network.keyword, where=args.ever, ever=None)
            network = replace(network, whole=await _some_years(store, every))
    return network


async def _some_years(store: Store, args: KeywordArgs) -> SharedNetwork:
    papers = (await store.find(Kind.PAPER, Select(args.where))).rows
    stated, without = await _stated(store, papers, args)
    counts = np.bincount(stated.keyword, minlength=len(stated.texts))
    if args.keys is None:
        rows = np.argsort(-counts, kind="stable")[: min(args.first, np.count_nonzero(counts))]
    else:
        number = {text: at for at, text in enumerate(stated.texts)}
        rows = np.array([number[text] for text in dict.fromkeys(map(alike, args.keys))], np.int64)
    place = np.full(len(stated.texts), -1, np.int64)
    place[rows] = np.arange(len(rows))
    there = place[stated.keyword] >= 0
    used = distinct(stated.paper[there])
    incidence = Incidence(stated.papers[used], np.searchsorted(used, stated.paper[there]), place[stated.keyword[there]])
    (years,) = await store.columns(Kind.PAPER, incidence.papers, ["year"])
    every = int(np.count_nonzero(counts))
    network = linked(Kind.PAPER, rows.astype(np.int32), incidence, years, args.least, counts[rows], every)
    return replace(
        network,
        keyword=tuple([stated.shown[row] for row in rows.tolist()]),
        reason=await why_fewer_keywords(store, args.where, without),
        method=_METHOD,
    )


def alike(text: str) -> str:
    """A text that is the same for keywords that count as one."""
    return " ".join(fold(text).split())


async def _stated(store: Store, papers: Rows, args: KeywordArgs) -> tuple[_Stated, int]:
    """The keywords of some papers, with those given, and how many of the papers have none."""
    (column,) = await store.columns(Kind.PAPER, papers, ["keywords"])
    lengths = np.asarray(column.value_lengths().fill_null(0), np.int64)
    keyed = int(np.count_nonzero(lengths))
    if keyed > args.most:
        hint = limit_hint("choose fewer years", "max_matrix_papers")
        raise BadInput(f"The network would read {keyed} papers with keywords, the maximum is {args.most}", hint)
    encoded = column.flatten().dictionary_encode()
    spelled = encoded.dictionary.to_pylist()
    folded = _alike(spelled)
    given = {alike(text): text for text in reversed(args.keys or ())}
    texts = sorted({*folded, *given})
    number = {text: at for at, text in enumerate(texts)}
    of_spelling = np.array([number[text] for text in folded], np.int64)
    codes = np.asarray(encoded.indices, np.int64)
    paper = np.repeat(np.arange(len(papers)), lengths)
    entries = distinct(paper * max(len(texts), 1) + of_spelling[codes])
    paper, keyword = np.divmod(entries, max(len(texts), 1))
    shown = _commonest(spelled, of_spelling, np.bincount(codes, minlength=len(spelled)))
    names = [shown[at] if at in shown else given[text] for at, text in enumerate(texts)]
    return _Stated(papers, paper, keyword, texts, names), len(papers) - keyed


def _alike(spelled: Sequence[str]) -> list[str]:
    folded: list[str] = []
    for start in range(0, len(spelled), _FOLDED_AT_ONCE):
        checkpoint()
        folded += map(alike, spelled[start : start + _FOLDED_AT_ONCE])
    return folded


def _commonest(spelled: Sequence[str], of_spelling: Numbers, times: Numbers) -> dict[int, str]:
    """Of each keyword the spelling that is there most often, of equals the first by code."""
    shown: dict[int, str] = {}
    for at in sorted(range(len(spelled)), key=lambda at: (-times[at], spelled[at])):
        shown.setdefault(int(of_spelling[at]), spelled[at])
    return shown
