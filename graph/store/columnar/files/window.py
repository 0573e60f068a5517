"""The papers of a window, told paper by paper: a question costs the papers that it meets, not those that there are."""

from dataclasses import dataclass

from byline.graph.request import Window
from byline.graph.store.columnar.files.csr import NULL, Numbers
from byline.graph.store.protocol import Flags, Rows


@dataclass(frozen=True)
class Through:
    """Which papers a window lets through, by their year and how many authors each has."""

    window: Window
    year: Numbers
    team_size: Numbers

    def __getitem__(self, papers: Rows) -> Flags:
        """Whether each of some papers is let through; one of unknown year by no bound."""
        years, window = self.year[papers], self.window
        through: Flags = years != NULL if window.first_year is not None or window.last_year is not None else years == years
        if window.first_year is not None:
            through &= years >= window.first_year
        if window.last_year is not None:
            through &= years <= window.last_year
        if window.max_authors is not None:
            through &= self.team_size[papers] <= window.max_authors
        return through
