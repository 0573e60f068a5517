"""Long answers in blocks: the same bytes as in one piece, for every query that has a list to cut."""

from typing import Any

import pytest

from byline.graph.query.reads import cut
from byline.schema.answer import blocks
from byline.schema.context import Context
from tests.contract.stores import STORES, answer
from tests.queries.corpus import corpus, resolve
from tests.queries.graphs import rich
from tests.queries.test_planned import FORMS, planner, requires_rows

STORE = STORES["columnar"](rich())


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize(("size", "least"), [pytest.param(1, 60, marks=pytest.mark.long), (7, 25)])
def test_blocks_give_the_same_bytes(form: str, size: int, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = 0
    for case in corpus():
        found, variables = planner(), resolve(case, STORE)
        if answer(found.answer(case.text, variables, case.operation_name, Context(STORE))) is None:
            continue
        compiled, coerced = found.compiled(case.text, variables, case.operation_name)
        bound: Any = compiled.bind(coerced)
        if form == "arrow" and requires_rows(compiled, STORE, bound):
            continue
        monkeypatch.setattr(blocks, "BLOCK", 10**9)
        (whole,) = answer(found.execute(compiled, bound, Context(STORE), FORMS[form]))
        monkeypatch.setattr(blocks, "BLOCK", size)
        pieces = answer(found.execute(compiled, bound, Context(STORE), FORMS[form]))
        assert b"".join(pieces) == whole, case.name
        cut += len(pieces) > 3
    assert cut > least, "much of the corpus has a list of several entries to cut"


def test_what_cannot_be_cut_says_so() -> None:
    with pytest.raises(TypeError, match="cannot be cut"):
        cut(object(), 0, 1)
