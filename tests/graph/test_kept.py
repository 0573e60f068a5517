"""Texts that stay after they were read."""

from collections.abc import Sequence

from byline.graph.store.row_cache import RowCache, short


class Column:
    """Counts the rows that are read of it; every third is unknown."""

    def __init__(self) -> None:
        self.read: list[list[int]] = []

    def __call__(self, rows: Sequence[int]) -> list[str | None]:
        self.read.append(list(rows))
        return [self.at(row) for row in rows]

    @staticmethod
    def at(row: int) -> str | None:
        return None if row % 3 == 0 else f"text {row}"


def test_what_was_read_is_not_read_again() -> None:
    column = Column()
    again = RowCache(column)
    assert again([4, 3, 4]) == ["text 4", None, "text 4"]
    assert again((3, 5, 4)) == [None, "text 5", "text 4"]
    assert again([]) == []
    assert (again([5]), again([6])) == (["text 5"], [None])
    assert column.read == [[4, 3, 4], [5], [6]]


def test_what_is_given_back_may_be_changed_without_harm() -> None:
    again = RowCache(Column())
    again([1, 2]).clear()
    assert again([1, 2]) == ["text 1", "text 2"]


def test_old_texts_give_way_when_there_are_too_many() -> None:
    column = Column()
    again = RowCache(column, most=4)
    for rows in ([1, 2, 4], [4, 5, 7], [1, 2], list(range(9)), [8, 1]):
        assert again(rows) == [Column.at(row) for row in rows]
    assert [1, 2] in column.read[2:]
    assert list(range(9)) in column.read


def test_only_short_texts_are_kept() -> None:
    assert short(4_000, 100)
    assert not short(150_000, 100)
