"""Cursors: what encode gives decode takes, and nothing else."""

from base64 import urlsafe_b64encode
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.graph.errors import BadCursor
from byline.graph.model import Kind
from byline.graph.query.cursors import decode, encode
from byline.graph.request import NEWEST, Order
from byline.schema.inputs.orders import AS_PRINTED, BY_PAPERS

TITLE = (Order("title_fold"),)
WEIGHT = (Order("weight", descending=True, on_edge=True), Order("name_fold"))


def by_hand(*parts: Any) -> str:
    return urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(text: str) -> None:
    assert decode(Kind.PAPER, TITLE, encode(TITLE, [text], "P000000000000")) == (text, "P000000000000")


@given(st.none() | st.integers(-(2**31), 2**31 - 1), st.none() | st.dates())
def test_numbers_days_and_nulls_survive(year: int | None, day: date | None) -> None:
    text = encode(NEWEST, [year, day.isoformat() if day else None], "P1")
    assert decode(Kind.PAPER, NEWEST, text) == (year, day, "P1")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_weights_survive_to_the_bit(weight: float) -> None:
    assert decode(Kind.AUTHOR, WEIGHT, encode(WEIGHT, [weight, "n"], "A1")) == (weight, "n", "A1")


def test_a_cursor_is_url_safe_and_names_no_offset() -> None:
    text = encode(TITLE, ["ÿ?>~" * 9], "P1")
    assert text.isascii()
    assert not set(text) & set("+/= ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "!!!!",
        "ü",
        "=",
        "eA",
        by_hand(),
        by_hand("title_fold"),
        by_hand("title_fold", "x"),
        by_hand("title_fold", "x", 7),
    ]
    + [urlsafe_b64encode(raw).decode() for raw in (b"null", b"{}", b'"text"', b"7", b"[[]]", b"\xff\xfe", b"[" * 5000)],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        decode(Kind.PAPER, TITLE, text)


@pytest.mark.parametrize("order", [(Order("title_fold", True),), (Order("year"),), NEWEST, ()])
def test_a_cursor_of_another_order_is_refused(order: tuple[Order, ...]) -> None:
    with pytest.raises(BadCursor) as refused:
        decode(Kind.PAPER, order, encode(TITLE, ["x"], "P1"))
    assert refused.value.hint


@pytest.mark.parametrize(
    ("order", "value"),
    [
        (Order("year"), "2010"),
        (Order("year"), 2010.5),
        (Order("year"), True),
        (Order("year"), 2**62),
        (Order("year"), [2010]),
        (Order("title_fold"), 7),
        (Order("published_on"), "2010-02-30"),
        (Order("published_on"), 20100230),
        (Order("published_on"), {}),
    ],
)
def test_values_of_another_type_are_refused(order: Order, value: Any) -> None:
    signature = order.column
    with pytest.raises(BadCursor):
        decode(Kind.PAPER, (order,), by_hand(signature, value, "P1"))


def test_edge_values_have_the_types_of_the_hop() -> None:
    assert decode(Kind.AUTHOR, BY_PAPERS, encode(BY_PAPERS, [3], "A1")) == (3, "A1")
    assert decode(Kind.AUTHOR, AS_PRINTED, encode(AS_PRINTED, [None], "A1")) == (None, "A1")
    with pytest.raises(BadCursor):
        decode(Kind.AUTHOR, BY_PAPERS, encode(BY_PAPERS, [3.5], "A1"))
