"""Searches and suggestions of one snapshot, by its index of words."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from tantivy import Query

from byline.graph.ids import kind_of
from byline.graph.model import IDENTIFIED, Kind
from byline.graph.request import EVERYTHING, Complete, Level, Search, SearchCursor, Where
from byline.graph.store.columnar.files.word_fields import FOLDER
from byline.graph.store.columnar.mapped.indexed_conditions import NOTHING, indexed
from byline.graph.store.columnar.mapped.matches import Keep, Matches
from byline.graph.store.columnar.mapped.search_answer import Answer
from byline.graph.store.columnar.mapped.word_index import TextQuery, WordIndex, but_not
from byline.graph.store.defaults.names import Names
from byline.graph.store.protocol import Completed, Flags, Rows, SearchPage
from byline.graph.words import query_forms

# Which rows of a kind a condition is true of.
Fits: TypeAlias = Callable[[Kind, Where, Rows], Flags]


@dataclass(frozen=True)
class Nodes:
    """What a search asks of the snapshot besides its index: ids, names, rows of category codes, sizes of kinds."""

    id_of: Callable[[Kind, int], str]
    names: Callable[[Kind, int], list[str]]
    category_row: Callable[[str], int]
    size: Callable[[Kind], int]


class Finder:
    """Searches of one snapshot; `arrays` has kind, row, citations and papers of each rank under words/."""

    def __init__(self, index: WordIndex, arrays: Mapping[str, npt.NDArray[Any]], nodes: Nodes) -> None:
        self.index = index
        self._nodes = nodes
        self._kinds, self._rows, self._citations, self._papers = (
            arrays[f"{FOLDER}/{name}"] for name in ("kinds", "rows", "citations", "papers")
        )

    def search(self, search: Search, named: Collection[tuple[Kind, int]] = (), fits: Fits | None = None) -> SearchPage:
        """See the protocol; `named` are kind and row of the nodes that the text is an identifier of, `fits` is for conditions."""
        answer = self._answer(search, named, fits)
        if answer is None:
            return SearchPage([], np.zeros(0, np.int32), [], False, False, 0 if search.total else None)
        page = answer.page(search, self._rank_at, len(self))
        kinds, rows = self.located([rank for rank, _ in page.entries])
        places = [place for _, place in page.entries]
        return SearchPage(kinds, rows, places, page.has_next, page.has_previous, answer.total() if search.total else None)

    def everything(self, search: Search, named: Collection[tuple[Kind, int]] = (), fits: Fits | None = None) -> dict[Kind, Rows]:
        """The rows of all that a search finds, ascending, by kind."""
        answer = self._answer(search, named, fits)
        ranks = answer.ranks(len(self)) if answer else []
        kinds, rows = self._kinds[ranks], self._rows[ranks].astype(np.int32)
        return {kind: np.sort(rows[kinds == IDENTIFIED.index(kind)]) for kind in search.kinds}

    def _answer(self, search: Search, named: Collection[tuple[Kind, int]], fits: Fits | None) -> Answer | None:
        """What finds the nodes of a search; None where nothing can fit."""
        words = query_forms(search.text)
        kinds = self._there(search.kinds)
        if not words or not kinds:
            return None
        bounds: list[Query] = []
        keep: Keep | None = None
        if search.where is not None:
            bounds, wheres = self._conditions(search)
            if NOTHING in wheres.values() and len(search.kinds) == 1:
                return None
            keep = (lambda ranks: self._keep(ranks, wheres, fits)) if wheres and fits else None
        query = TextQuery(self.index.schema, words, kinds)
        named_ranks = [self._rank(kind, row) for kind, row in named if kind in search.kinds]
        return Answer(Matches(self.index, keep), query, bounds, named_ranks, self.places)

    def _conditions(self, search: Search) -> tuple[list[Query], dict[Kind, Where]]:
        """What the index answers of the conditions, and what is left of them by kind."""
        bounds: list[Query] = []
        wheres = {kind: search.condition(kind) for kind in search.kinds}
        if search.kinds == (Kind.PAPER,):
            bounds, wheres[Kind.PAPER] = indexed(wheres[Kind.PAPER], self.index.schema, self._nodes.category_row)
        return bounds, {kind: where for kind, where in wheres.items() if where != EVERYTHING}

    def _keep(self, ranks: list[int], wheres: Mapping[Kind, Where], fits: Fits) -> list[int]:
        """The ranks of nodes that the condition on their kind is true of."""
        kinds, rows, flags = self._kinds[ranks], self._rows[ranks].astype(np.int32), np.ones(len(ranks), np.bool_)
        for kind, where in wheres.items():
            of_kind = np.flatnonzero(kinds == IDENTIFIED.index(kind))
            if len(of_kind):
                flags[of_kind] = fits(kind, where, rows[of_kind])
        return [rank for rank, fitting in zip(ranks, flags.tolist(), strict=True) if fitting]

    def _there(self, kinds: Sequence[Kind]) -> list[Kind]:
        """Those of which there are nodes: the index may have been written before the others came."""
        return [kind for kind in kinds if self._nodes.size(kind)]

    def _rank(self, kind: Kind, row: int) -> int:
        """The rank of a node."""
        return int(np.flatnonzero((self._rows == row) & (self._kinds == IDENTIFIED.index(kind)))[0])

    def complete(self, begun: Complete) -> Completed:
        """See the protocol."""
        words = query_forms(begun.text)
        if not words or not (kinds_there := self._there(begun.kinds)):
            return Completed([], np.zeros(0, np.int32), [])
        query = TextQuery(self.index.schema, words, kinds_there, initials=False)
        alike, starting = query.level(Level.EXACT), query.level(Level.PREFIX)
        assert alike is not None
        assert starting is not None
        ranks = self.index.ranks(alike, begun.first)
        others = but_not(starting, [alike])
        ranks += self.index.ranks(others, begun.first - len(ranks))
        kinds, rows = self.located(ranks)
        names = [self._nodes.names(kind, row) for kind, row in zip(kinds, rows.tolist(), strict=True)]
        return Completed(kinds, rows, [Names(each, "", False).shown(words) for each in names])

    def located(self, ranks: list[int]) -> tuple[list[Kind], Rows]:
        """Kinds and rows of ranks."""
        return [IDENTIFIED[code] for code in self._kinds[ranks].tolist()], self._rows[ranks].astype(np.int32)

    def places(self, level: Level, ranks: list[int]) -> list[tuple[int, int, int]]:
        """The places of ranks of one level, ids aside."""
        counts = zip(self._citations[ranks].tolist(), self._papers[ranks].tolist(), strict=True)
        return [(level, citations, papers) for citations, papers in counts]

    def _rank_at(self, place: SearchCursor, behind: bool) -> int:
        """The first rank behind a place, or at it, its level aside. The node that the place names may be gone."""
        _, citations, papers, identifier = place
        kind = kind_of(identifier)
        wanted = (-citations, -papers, IDENTIFIED.index(kind) if kind else len(IDENTIFIED), identifier)

        def key(rank: int) -> tuple[int, int, int, str]:
            code, row = int(self._kinds[rank]), int(self._rows[rank])
            return -int(self._citations[rank]), -int(self._papers[rank]), code, self._nodes.id_of(IDENTIFIED[code], row)

        return (bisect_right if behind else bisect_left)(range(len(self._rows)), wanted, key=key)

    def __len__(self) -> int:
        return len(self._rows)
