"""Many texts under one `or`, looked for in one pass: the same answer as each of them by itself."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from byline.graph.request import Compare, Op
from byline.graph.store.text_columns import by_column, holding
from byline.graph.text import fold

TEXTS = st.text(st.sampled_from("ab.*+?()[]{}|^$\\ -#\n\x00é½λß漢"), max_size=8)


@given(st.lists(st.one_of(st.none(), TEXTS), max_size=12), st.lists(TEXTS, min_size=1, max_size=150))
def test_a_text_that_holds_one_of_them(texts: list[str | None], wanted: list[str]) -> None:
    folded = [None if text is None else fold(text) for text in texts]
    expected = [text is not None and any(fold(each) in text for each in wanted) for text in folded]
    assert holding(pa.array(folded, pa.string()), wanted).tolist() == expected


def test_few_texts_and_other_conditions_stay_apart() -> None:
    title = [Compare("title", Op.CONTAINS, text) for text in "abc"]
    name, year = Compare("name", Op.CONTAINS, "a"), Compare("year", Op.EQ, 2000)
    assert by_column([name, *title, year]) == ([name, year], {"title": ["a", "b", "c"]})
    assert by_column(title[:2]) == (title[:2], {})
