"""A snapshot is the same whatever memory its writing may use; and its kernels say what plain loops say."""

import random
from pathlib import Path
from unittest import mock

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.model import Facts, Kind
from byline.graph.store.columnar.build.write import write
from byline.graph.store.columnar.edges import pair_lists
from byline.graph.store.columnar.files import texts
from byline.graph.store.columnar.files.disk import ArrayFile, Disk
from byline.graph.store.columnar.files.indexes import compacted
from byline.graph.store.columnar.files.pack import order, sorted_rows, tight
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.vocabulary import NAMES
from byline.graph.store.hashing import hashed, hashed_all
from byline.graph.text import compact, fold
from tests.contract.graphs import drafts

NULL = 2**31 - 1
TEXTS = st.one_of(st.sampled_from(NAMES), st.text(max_size=20))


def chunked(facts: Facts) -> Facts:
    """The same facts in tables of many chunks."""

    def cut(table: pa.Table) -> pa.Table:
        return pa.concat_tables([table.slice(at, 1) for at in range(table.num_rows)] or [table])

    return Facts(
        {kind: cut(table) for kind, table in facts.nodes.items()}, {k: cut(v) for k, v in facts.links.items()}, facts.sources
    )


@settings(max_examples=25, deadline=None)
@given(drafts())
def test_the_same_files_with_hardly_any_memory(tmp_path_factory: pytest.TempPathFactory, draft: Draft) -> None:
    facts, about = draft.facts(), {"version": "t", "built_at": "2026-01-02T03:04:05Z", "segments": []}
    with mock.patch("os.fsync"):
        whole = write(facts, tmp_path_factory.mktemp("whole"), about)
        with (
            mock.patch.object(pair_lists, "CHUNK", 2),
            mock.patch.object(texts, "ROWS", 2),
            mock.patch.object(texts, "_SMALL", 0),
        ):
            pieces = write(chunked(facts), tmp_path_factory.mktemp("pieces"), about, memory=128)
    assert pieces == whole


@given(st.lists(TEXTS, max_size=30))
def test_texts_in_batches_are_what_they_are_one_by_one(tmp_path_factory: pytest.TempPathFactory, written: list[str]) -> None:
    array = pa.array(written, pa.string())
    assert compacted(array).to_pylist() == [compact(text) for text in written]
    assert texts.folded(pa.chunked_array([array]), tmp_path_factory.getbasetemp()).to_pylist() == [fold(text) for text in written]
    some = array.slice(len(array) // 2)
    assert hashed_all(*texts.text_bytes(some), 7).tolist() == [hashed(text, 7) for text in some.to_pylist()]


def test_hashes_spread() -> None:
    """Texts that differ in one place, or in length alone, do not meet; bits come up as often as not."""
    written = [f"{'0' * length}{n}" for length in range(20) for n in range(2000)] + ["\0" * length for length in range(40)]
    hashes = np.array([hashed(text) for text in written], np.uint64)
    assert len(np.unique(hashes)) == len(set(written))
    ones = [(hashes >> np.uint64(bit) & np.uint64(1)).mean() for bit in range(64)]
    assert all(0.48 < share < 0.52 for share in ones)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.one_of(st.just(NULL), st.integers(-(2**31) + 1, NULL - 1))), max_size=20),
    st.booleans(),
)
def test_packed_orders(pairs: list[tuple[int, int]], descending: bool) -> None:
    first, second = (np.array([entry[i] for entry in pairs], np.int32) for i in (0, 1))
    last = np.arange(len(pairs))

    def key(row: int) -> tuple[bool, int]:
        value = int(second[row])
        return value == NULL, -value if descending else value

    expected = sorted(last.tolist(), key=lambda row: (first[row], key(row), row))
    assert order(first, tight(second, descending), last).tolist() == expected
    # Wider than one key holds: told by columns.
    assert order(first, tight(second, descending), last * 2**33).tolist() == expected
    assert sorted_rows(tight(second, descending)).tolist() == sorted(last.tolist(), key=lambda row: (key(row), row))


def test_an_array_in_pieces_is_the_file_of_the_whole(tmp_path: Path) -> None:
    chance = random.Random(1)
    array = np.array([chance.random() for _ in range(1000)])
    np.save(tmp_path / "whole.npy", array)
    with Disk(tmp_path, 1) as disk:
        file = ArrayFile(disk, "pieces", np.float64)
        for at in range(0, 1000, 7):
            file.append(array[at : at + 7])
        path = file.close()
        assert disk.seals()["pieces.npy"]["bytes"] == path.stat().st_size
    assert path.read_bytes() == (tmp_path / "whole.npy").read_bytes()


@pytest.mark.parametrize(
    "dtype", [pa.string(), pa.large_string(), pa.list_(pa.string()), pa.list_(pa.struct([("a", pa.string()), ("b", pa.int32())]))]
)
def test_long_columns_are_joined_as_they_are(tmp_path: Path, dtype: pa.DataType) -> None:
    values = {
        pa.string(): ["a", None, "", "ü"],
        pa.large_string(): [None, "x" * 100, "b"],
        pa.list_(pa.string()): [["a", None], [], None, ["ccc"]],
    }.get(dtype, [[{"a": "x", "b": None}, None], None, [{"a": None, "b": 2}]])
    whole = pa.array(values, dtype)
    column = pa.chunked_array([whole.slice(at, 2) for at in range(0, len(whole), 2)] + [pa.array([], dtype)])
    with mock.patch.object(texts, "_SMALL", 0):
        joined = texts.whole(column, tmp_path)
    joined.validate(full=True)
    assert joined.equals(whole)
    assert not list(tmp_path.iterdir()), "the file has no name, and is gone"


def test_rows_of_kinds_without_anything(tmp_path: Path) -> None:
    manifest = write(Draft().facts(), tmp_path, {"version": "t", "built_at": "", "segments": []})
    assert manifest["counts"]["papers"] == 0
    assert {str(kind) for kind in Kind} <= {name.split(".")[0] for name in manifest["files"]}
