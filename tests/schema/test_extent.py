"""What a query comes to, counted without walking it once for each way that leads through its fragments."""

from collections.abc import Iterator

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from byline.graph.errors import BadInput, TooCostly
from byline.schema.build import make_schema
from byline.schema.compile.extent import Extent, Measure, measured
from byline.schema.context import Limits
from tests.queries.corpus import corpus

SCHEMA = make_schema()._schema
WIDE = Limits(max_selections=10**15, max_values=10**15, max_depth=200)


def doubling(levels: int) -> str:
    """A fragment a level, each spread twice in the one above."""
    inner = "".join(
        f" fragment F{at} on Author {{ a: coauthors {{ nodes {{ ...F{at + 1} }} }} b: coauthors {{ nodes {{ ...F{at + 1} }} }} }}"
        for at in range(levels)
    )
    return f"{{ authors {{ nodes {{ ...F0 }} }} }}{inner} fragment F{levels} on Author {{ name }}"


def extents(text: str, limits: Limits = WIDE) -> Iterator[Extent]:
    document = parse(text)
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode):
            yield Measure(SCHEMA, document, limits).operation(part)


@pytest.mark.parametrize("levels", [1, 4, 9])
def test_each_way_through_a_fragment_counts(levels: int) -> None:
    (extent,) = extents(doubling(levels))
    # authors, nodes; then two fields with nodes in each, for every node of a binary tree; then the names.
    assert extent.selections == 2 + 4 * (2**levels - 1) + 2**levels
    assert extent.levels == 4 + levels * 3


class Counting(Measure):
    """Counts the selection sets that are walked."""

    walked = 0

    def _set(self, *args: object) -> Extent:
        self.walked += 1
        return super()._set(*args)  # type: ignore[arg-type]


@pytest.mark.parametrize("levels", [10, 25])
def test_a_fragment_is_walked_once_however_often_it_is_spread(levels: int) -> None:
    document = parse(doubling(levels))
    measure = Counting(SCHEMA, document, WIDE)
    (operation,) = (part for part in document.definitions if isinstance(part, OperationDefinitionNode))
    assert measure.operation(operation).selections > 2**levels
    fragments = sum(isinstance(part, FragmentDefinitionNode) for part in document.definitions)
    assert measure.walked <= 5 * fragments + 3


def test_the_refusal_names_the_fragment_and_what_it_comes_to() -> None:
    with pytest.raises(TooCostly) as caught:
        measured(SCHEMA, parse(doubling(25)), Limits())
    count = 2 + 4 * (2**25 - 1) + 2**25
    assert caught.value.message == (
        f"A query may have at most 5000 selections after fragments are expanded, got {count},"
        f" {count - 2} of them each time fragment F0 is spread"
    )
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("spread each fragment once in a level, or ask in parts;")


def test_what_doubles_without_end_is_told_in_few_digits() -> None:
    with pytest.raises(TooCostly, match="got more than 1000000000000, more than 1000000000000 of them each time fragment F0"):
        measured(SCHEMA, parse(doubling(60)), Limits(max_depth=200))


def test_a_fragment_counts_for_the_types_that_it_applies_to() -> None:
    many = " ".join(f"a{at}: name" for at in range(10))
    (extent,) = extents(f'{{ node(id: "x") {{ id ...F ... on Paper {{ title }} }} }} fragment F on Author {{ {many} }}')
    # The node, and of each of the five kinds its id; the fragment of the one, the title of the other.
    assert extent.selections == 1 + 5 + 10 + 1


def test_fragments_that_lead_to_themselves_and_unknown_names_end() -> None:
    for text in (
        "{ authors { nodes { ...A } } } fragment A on Author { coauthors { nodes { ...B } } } fragment B on Author { ...A }",
        "{ nothing { ...A ...B } } fragment A on Nothing { ...A b { c } }",
        "{ ...A } fragment B on Query { ...B }",
    ):
        (extent,) = extents(text)
        assert extent.selections < 10


@pytest.mark.parametrize(
    "text",
    [
        "{ authors { nodes {" + " coauthors { nodes {" * 60 + " name" + " } }" * 60 + " } } }",
        "{ papers {" + " ... {" * 150 + " totalCount" + " }" * 150 + " } }",
        "{ ...F0 }" + "".join(f" fragment F{at} on Query {{ ...F{at + 1} }}" for at in range(500)),
        "{ __typename }" + "".join(f" fragment F{at} on Query {{ ...F{at + 1} }}" for at in range(500)),
        "{ ...F0 }" + "".join(f" fragment F{at} on Query {{ ...F{(at + 1) % 500} }}" for at in range(500)),
        # A fragment that is not deep itself, spread where its levels are too many.
        "{ ...F ...{"
        + "...{" * 60
        + "...F"
        + "}" * 60
        + "} } fragment F on Query {"
        + "...{" * 60
        + "__typename"
        + "}" * 60
        + "}",
    ],
)
def test_nesting_is_refused_before_anything_recurses_into_it(text: str) -> None:
    with pytest.raises(TooCostly, match="A query may be nested at most 100 levels deep"):
        measured(SCHEMA, parse(text), Limits())


def test_values_count_as_often_as_they_are_used() -> None:
    (extent,) = extents(
        "query ($w: PaperFilter, $y: [Int!] = [1, 2, 3]) {"
        " ...A b: papers(where: {or: [$w, {year: {in: $y}}, {}]}) { totalCount } }"
        " fragment A on Query { papers(where: $w, first: 1) { totalCount } }"
    )
    # The filter, the list, its two objects and the member of the one; the 1; three numbers and their list by default.
    assert extent.values == 5 + 1 + 4
    assert extent.uses == {"w": 2, "y": 1}


def test_an_object_with_more_members_than_there_are_is_refused() -> None:
    many = " ".join(f"x{at}: 1" for at in range(100))
    with pytest.raises(BadInput, match="members, got 100"):
        measured(SCHEMA, parse(f"{{ papers(where: {{ {many} }}) {{ totalCount }} }}"), Limits())


def test_no_query_of_the_corpus_comes_near_a_bound() -> None:
    all_extents = [extent for case in corpus() for extent in extents(case.text)]
    bounds = Limits()
    assert max(extent.selections for extent in all_extents) < bounds.max_selections / 5
    assert max(extent.levels for extent in all_extents) < bounds.max_depth / 3
    values = sorted(extent.values for extent in all_extents)
    assert values[-1] < bounds.max_values / 2
