"""Arrays of a snapshot as maps of their files."""

import io
from pathlib import Path

import numpy as np
import psutil
import pytest

from byline.graph.errors import SnapshotDamaged
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.load import array
from byline.graph.store.contract.draft import Draft
from tests.contract.stores import columnar


@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.uint8, np.uint64, np.float64])
@pytest.mark.parametrize("length", [0, 1, 1000, 123_456])
def test_files_are_those_of_numpy_and_read_back(tmp_path: Path, dtype: type, length: int) -> None:
    values, expected = np.arange(length, dtype=dtype), io.BytesIO()
    np.save(expected, values)
    with Disk(tmp_path, 1 << 20) as disk:
        path = disk.save("some/values", values)
        seal = disk.seals()["some/values.npy"]
    assert path.read_bytes() == expected.getvalue()
    assert seal["bytes"] == path.stat().st_size
    mapped = array(path)
    assert mapped.dtype == values.dtype
    assert mapped.tolist() == values.tolist()
    assert not mapped.flags.writeable
    path.unlink()
    assert mapped.tolist() == values.tolist(), "an open map outlives its file"


def saved(values: object) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array(values))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"short", saved([1, 2, 3])[:-1], saved([[1, 2]]), saved([None]), b"\x93NUMPY\x01\x00\xff\xff{", b"PK" + saved([1])],
    ids=["empty", "short", "cut", "two dimensions", "objects", "no header", "another magic word"],
)
def test_anything_else_is_damage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "values.npy"
    path.write_bytes(content)
    with pytest.raises(SnapshotDamaged, match=r"values\.npy cannot be read"):
        array(path)


def test_missing_files_are_damage(tmp_path: Path) -> None:
    with pytest.raises(SnapshotDamaged, match=r"values\.npy cannot be read"):
        array(tmp_path / "values.npy")


@pytest.mark.skipif(not hasattr(psutil.Process, "num_fds"), reason="this system has no file descriptors to count")
def test_an_open_snapshot_does_not_hold_a_handle_for_each_file() -> None:
    process = psutil.Process()
    before = process.num_fds()
    store = columnar(Draft().facts())
    assert process.num_fds() - before < 20
    assert store is not None
