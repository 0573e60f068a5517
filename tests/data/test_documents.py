"""JSON lines and whole documents: what is read as which, and which line is named where it is neither."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from byline.data.limits import Limits, limited
from byline.data.notices import Notice
from byline.data.sources.read.documents import documents


def found(tmp_path: Path, data: bytes, name: str = "a.json") -> list[Any]:
    path = tmp_path / name
    path.write_bytes(data)
    return [(each.line, each.reason.split(":")[0]) if isinstance(each, Notice) else each for each in documents(path)]


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (b"", []),
        (b"\n\n", []),
        (b'{"a": 1}', [(1, {"a": 1})]),
        (b'\xef\xbb\xbf{"a": 1}\r\n\n{"b": 2}\n', [(1, {"a": 1}), (3, {"b": 2})]),
        (b'\n{\n "a": [\n1]}\n', [(2, {"a": [1]})]),
        (b"[null,\n1]", [(1, [None, 1])]),
        (b'{"a": 1}\noops\n{"b": 2}', [(1, {"a": 1}), (2, "is not JSON"), (3, {"b": 2})]),
        (b'oops\n{"b": 2}', [(1, "is not JSON"), (2, {"b": 2})]),
        (b'{\n"a": 1,\n"b": oops\n}', [(3, "is not JSON")]),
        (b"<html>\n<p>", [(1, "is not JSON")]),
    ],
)
def test_values_and_their_lines(tmp_path: Path, data: bytes, values: list[Any]) -> None:
    assert [each if isinstance(each[1], str) else tuple(each) for each in found(tmp_path, data)] == values
    assert found(tmp_path, gzip.compress(data), "a.json.gz") == found(tmp_path, data)


def test_what_is_too_long_to_hold_is_read_line_by_line(tmp_path: Path) -> None:
    data = b"[1,\n" + b'{"long": "' + b"x" * 40 + b'"}\n]'
    with limited(Limits(max_document_bytes=30)):
        assert [each[0] for each in found(tmp_path, data)] == [1, 2, 3]
