"""Countries by countries, over any store: the shares of institutions on papers, by the countries that they are in."""

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.errors import BadInput
from byline.graph.metrics import matrix
from byline.graph.metrics.matrix import Cells, distinct
from byline.graph.model import AUTHORSHIP_INSTITUTIONS, PAPER_AUTHORS, Kind
from byline.graph.query.matrices import Shares, institution_shares, too_many_papers
from byline.graph.query.measures import Scope, papers_in
from byline.graph.request import EVERYTHING, All, Facet, Hop, InCountry, Op, Page, Select
from byline.graph.store.protocol import Rows, Store

Numbers = npt.NDArray[np.int64]
_CODE = re.compile("[A-Z]{2}")


@dataclass(frozen=True)
class CountryArgs:
    """Which countries (their codes, else the `first` with most papers); the years; whether papers are shared out; how many
    papers may be looked at."""

    codes: tuple[str, ...] | None
    first: int
    first_year: int | None
    last_year: int | None
    shared: bool
    most: int = field(default=500_000, repr=False)


@dataclass(frozen=True)
class CountryMatrix:
    """The codes of the chosen countries in order, and the cells."""

    codes: tuple[str, ...]
    cells: Cells
    method: str


def country_codes(texts: list[str]) -> tuple[str, ...]:
    """Codes in upper case, each once. Raises BadInput for what cannot be one."""
    codes = [text.strip().upper() for text in texts]
    for text, code in zip(texts, codes, strict=True):
        if not _CODE.fullmatch(code):
            raise BadInput(f"{text!r} is no country code", "give two letters of ISO 3166-1, such as DE")
    return tuple(dict.fromkeys(codes))


async def country_matrix_of(store: Store, args: CountryArgs) -> CountryMatrix:
    """Work a matrix out. Raises BadInput where the chosen ones have too many papers."""
    codes = await _chosen(store, args)
    method = matrix.FRACTIONAL if args.shared else matrix.FULL
    there = All((InCountry(Op.IN, codes), papers_in(Scope(args.first_year, args.last_year))))
    if (await store.snapshot()).counts["papers"] > args.most:
        counted = await store.find(Kind.PAPER, Select(there, page=Page(0), total=True))
        if counted.totals is not None and (number := int(counted.totals[0])) > args.most:
            raise too_many_papers(number, args.most)
    papers = distinct((await store.find(Kind.PAPER, Select(there))).rows).astype(np.int32)
    if not len(papers):
        return CountryMatrix(codes, matrix.empty(len(codes)), method)
    paper, place, share = await _shares(store, papers, codes)
    if args.shared:
        return CountryMatrix(codes, matrix.fractional(paper, place, share, len(papers), len(codes)), method)
    return CountryMatrix(codes, matrix.full(paper, place, len(papers), len(codes)), method)


async def _chosen(store: Store, args: CountryArgs) -> tuple[str, ...]:
    """Those given, else those with most papers, ties by code."""
    if args.codes is not None:
        return args.codes
    counts = await store.facet(Kind.PAPER, np.zeros(1, np.int32), EVERYTHING, Facet.COUNTRY, Page(args.first))
    return tuple(counts.keys)


async def _shares(store: Store, papers: Rows, codes: tuple[str, ...]) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """Shares by their place in the matrix. What an institution has of a paper goes to its country, evenly to several where
    authorships of the paper state others, and is unknown where there is none."""
    paper, institution, share = await institution_shares(store, papers)
    size = np.int64(max((await store.snapshot()).counts["institutions"], 1))
    pairs, places, width = await _countries(store, papers, (paper, institution, share), size, codes)
    wanted = np.where(institution < 0, -1, paper * size + institution)
    start, stop = np.searchsorted(pairs, wanted, "left"), np.searchsorted(pairs, wanted, "right")
    number = np.where(wanted < 0, 0, stop - start)
    # An entry for each country of an institution, one for the unknown where it has none.
    times = np.maximum(number, 1)
    entry = np.repeat(np.arange(len(paper)), times)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
    placed = np.append(places, width)[np.minimum(start[entry] + within, len(places))]
    return paper[entry], np.where(number[entry] > 0, placed, width), (share / times)[entry]


async def _countries(
    store: Store, papers: Rows, shares: Shares, size: np.int64, codes: tuple[str, ...]
) -> tuple[Numbers, Numbers, int]:
    """Pairs of a paper, by its place, and an institution of it, as one number, ascending, each with the places of its countries
    in the matrix; and the place of the unknown."""
    paper, institution, _ = shares
    own_pairs = distinct((paper * size + institution)[institution >= 0])
    (own,) = await store.columns(Kind.INSTITUTION, (own_pairs % size).astype(np.int32), ["country_code"])
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select(values=("country_codes",)))
    assert authors.edge_rows is not None
    named = await store.expand(Hop(AUTHORSHIP_INSTITUTIONS), authors.edge_rows, Select())
    stated_pairs, stated = _stated(authors.offsets, authors.values["country_codes"], named.offsets, named.rows, size)
    texts = pa.concat_arrays([own.cast(pa.string()), stated.cast(pa.string())]).dictionary_encode()
    number = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    count = np.int64(max(len(texts.dictionary), 1))
    all_pairs = np.concatenate([own_pairs, stated_pairs])
    each = distinct((all_pairs * count + number)[number >= 0])
    at = {code: place for place, code in enumerate(codes)}
    place_of = np.array([at.get(code, len(codes)) for code in texts.dictionary.to_pylist()] or [0], np.int64)
    return each // count, place_of[each % count], len(codes) + 1


def _stated(
    of_papers: Numbers, codes: pa.Array, of_authorships: Numbers, institutions: Rows, size: np.int64
) -> tuple[Numbers, pa.Array]:
    """What authorships state: a code, or null, for each of their institutions in their order, or nothing at all."""
    paper = np.repeat(np.arange(len(of_papers) - 1), np.diff(of_papers))
    named = np.diff(of_authorships)
    lengths = codes.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    stating = lengths == named
    entry = np.repeat(stating & (named > 0), named)
    pairs = (np.repeat(paper, named) * size + institutions)[entry]
    return pairs, codes.filter(pa.array(stating)).flatten()
