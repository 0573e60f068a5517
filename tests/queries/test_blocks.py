"""Long answers in blocks of one entry: the same bytes as in one piece; test_planned.py has blocks of several."""

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
@pytest.mark.long
def test_blocks_of_one_entry_give_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = 0
    for case in corpus():
        case_planner, variables = planner(), resolve(case, STORE)
        if answer(case_planner.answer(case.text, variables, case.operation_name, Context(STORE))) is None:
            continue
        compiled, coerced = case_planner.compiled(case.text, variables, case.operation_name)
        bound: Any = compiled.bind(coerced)
        if form == "arrow" and requires_rows(compiled, STORE, bound):
            continue
        monkeypatch.setattr(blocks, "BLOCK", 10**9)
        (whole,) = answer(case_planner.execute(compiled, bound, Context(STORE), FORMS[form]))
        monkeypatch.setattr(blocks, "BLOCK", 1)
        pieces = answer(case_planner.execute(compiled, bound, Context(STORE), FORMS[form]))
        assert b"".join(pieces) == whole, case.name
        cut += len(pieces) > 3
    assert cut > 60, "much of the corpus has a list of several entries to cut"


def test_what_cannot_be_cut_says_so() -> None:
    with pytest.raises(TypeError, match="cannot be cut"):
        cut(object(), 0, 1)
