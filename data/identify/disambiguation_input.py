"""Input of author disambiguation as arrays, and what it answers: the one seam between authorships and profiles.

Two kinds of units are to be told apart or brought together:

- a *known person*, number p: whoever a source names by an id, already one where ids are shared or a source says so. One
  without any scheme (`person_schemes` has none) is a name of which a record or a list that did not stand speaks;
- an *entry*, number e: one author on one paper, `entry_person[e]` the known person, or -1 where the source gives no id.

Whatever is equal here is equal on any machine: numbers go by first appearance in the sources.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.ragged import NOTHING, Ints, Lists, Longs
from byline.graph.model import TERMS

# The year of a paper that has none.
NO_YEAR = np.iinfo(np.int32).min


@dataclass(frozen=True)
class DisambiguationInput:
    """Everything that may speak for or against two authorships being one person's. Rows are numbers within this scene.

    Entries are sorted by paper, printed ones first and in printed order. `forms` are the distinct printed names and
    `form_plain` numbers the compact form of each (graph/text.py): equal numbers, same name up to spelling; `plains` has the
    compact texts. `entry_first` and `person_first` tell when each was first met, comparable with each other.
    `person_forms` (person, form, how often printed) has all names of known persons, `also` (entry, form) names that another
    list of the same paper prints in the same place, `same_place` (person, person, words) known persons that two lists of
    one paper have in the same place under agreeing names. `schemes` names the bits of `person_schemes`: two persons with a
    common bit have different ids of one scheme and stay apart.
    """

    entry_paper: Ints
    entry_form: Ints
    entry_person: Ints
    entry_first: Longs
    forms: pa.Array
    form_plain: Ints
    plains: pa.Array
    paper_year: Ints
    paper_category: Lists
    paper_institution: Lists
    references: Lists
    entry_institution: Lists
    institution_name: pa.Array
    # The earliest key of each paper ("acl:P19-1001", "title:…") and of each known person ("acl:ann-roe", "name:annroe").
    paper_key: pa.Array
    person_key: pa.Array
    # All keys: pairs (person, "scheme:value"), sorted by person, for decisions that name people by their ids.
    person_ids: tuple[Ints, pa.Array]
    person_first: Longs
    person_schemes: npt.NDArray[np.uint64]
    schemes: tuple[str, ...]
    person_forms: tuple[Ints, Ints, Ints]
    also: tuple[Ints, Ints]
    same_place: tuple[Ints, Ints, pa.Array]
    # Words of the title of each paper, each once; any numbers will do.
    paper_word: Lists = NOTHING
    # Compact names that several people bear, as a source says.
    homonyms: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.paper_word.offsets) == 1:
            empty = Lists(np.zeros(self.papers + 1, np.int64), np.zeros(0, np.int32))
            object.__setattr__(self, "paper_word", empty)

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self.paper_year)

    @property
    def persons(self) -> int:
        """How many known persons there are."""
        return len(self.person_first)

    def entry_bounds(self) -> Longs:
        """Where the entries of each paper begin, and where the last ones end."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.entry_paper, minlength=self.papers))]).astype(np.int64)


DECISION = pa.schema(
    [
        ("cluster", pa.int32()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("rule", pa.string()),
        ("evidence", pa.string()),
        # False: a refusal, left and right stay two people.
        ("joined", pa.bool_()),
        # Of a refusal, the cluster of the other one.
        ("other", pa.int32()),
        ("probability", pa.float32()),
        ("terms", TERMS),
    ]
)


@dataclass(frozen=True)
class Resolution:
    """Who is who: the cluster (a person of the graph, 0, 1, …) of each entry and of each known person.

    An entry of a known person has the cluster of that person. `decisions` has the schema DECISION, one row for each join
    or refusal that rests on likeness. `merged` counts joins by rule for the summary.
    """

    entry: Ints
    person: Ints
    decisions: pa.Table
    merged: dict[str, int]

    @property
    def clusters(self) -> int:
        """How many people there are."""
        return 1 + int(max(self.entry.max(initial=-1), self.person.max(initial=-1)))
