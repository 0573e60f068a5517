"""The tables of a segment: what the records of one file say, as columns.

Texts stand once a part in dictionaries (keys, names, codes); rows name them by their place, counted through the whole
segment. A text may stand in a dictionary more than once: whoever reads it brings the equal ones together. `-1` is "none".
`line` is the line of the file that a record stands in, 0 where it was made up.
"""

from collections.abc import Mapping

import pyarrow as pa

from byline.graph.model import REPORTED, Column, Kind, columns_where

CODES = pa.list_(pa.int32())
# Columns of papers that go from a member of a record into the graph as they are.
STATED: dict[str, Column] = columns_where(Kind.PAPER, "stated")


def _large(dtype: pa.DataType) -> pa.DataType:
    """Texts of all records together may be larger than those of a table of the graph."""
    return pa.large_string() if dtype == pa.string() else dtype


# What records state of institutions beside names and ids; segments may lack it, having been written before it came.
SAID_OF_INSTITUTIONS: dict[str, pa.DataType] = {
    "types": pa.list_(pa.string()),
    "homepage": pa.string(),
    "city": pa.string(),
    "region": pa.string(),
}
TABLES: dict[str, pa.Schema] = {
    # Dictionaries. A paper key is an id or "title:…", a person's or institution's an id or "name:…".
    "paper_key": pa.schema([("text", pa.large_string())]),
    "person_key": pa.schema([("text", pa.large_string())]),
    "institution_key": pa.schema([("text", pa.large_string())]),
    "name": pa.schema([("text", pa.large_string()), ("plain", pa.large_string())]),
    "institution_name": pa.schema([("text", pa.large_string()), ("plain", pa.large_string())]),
    "code": pa.schema([("text", pa.large_string())]),
    # Mentions of institutions: the key, -1 where the name is all that is known, the name, the country stated beside it.
    "institution": pa.schema([("key", pa.int32()), ("name", pa.int32()), ("country", pa.string())]),
    # Mentions of venues, each once: name, ids, what else is stated, and whether a record of a venue says it and not a paper.
    "venue": pa.schema(
        [
            ("name", pa.large_string()),
            ("keys", pa.list_(pa.large_string())),
            ("venue_type", pa.string()),
            ("issn_l", pa.string()),
            ("aliases", pa.list_(pa.large_string())),
            ("recorded", pa.bool_()),
        ]
    ),
    # Records. `at` is the place of the record in its segment.
    "paper": pa.schema(
        [
            ("at", pa.int32()),
            ("line", pa.int32()),
            ("keys", CODES),
            # A hash of the compact title: data/text/title_key.py.
            ("likeness", pa.uint64()),
            ("title", pa.large_string()),
            ("abstract", pa.large_string()),
            ("year", pa.int32()),
            ("date", pa.date32()),
            ("doi", pa.large_string()),
            ("arxiv", pa.large_string()),
            ("listed", pa.int32()),
            ("count", pa.int32()),
            ("complete", pa.bool_()),
            ("entries", pa.int32()),
            ("categories", CODES),
            ("institutions", CODES),
            ("references", CODES),
            ("reported", REPORTED),
            # Whether `references` are all that the paper has; null where the source states none. Segments written before this
            # column are read as if it were null.
            ("references_complete", pa.bool_()),
            ("venue", pa.int32()),
            *((name, _large(column.dtype)) for name, column in STATED.items()),
        ]
    ),
    # Author lists end to end, as many entries a paper as its row says.
    "entry": pa.schema(
        [
            ("person", pa.int32()),
            ("name", pa.int32()),
            ("printed", pa.bool_()),
            ("corresponding", pa.bool_()),
            ("institutions", CODES),
        ]
    ),
    "person": pa.schema(
        [
            ("at", pa.int32()),
            ("line", pa.int32()),
            ("key", pa.int32()),
            ("name", pa.int32()),
            ("aliases", CODES),
            ("category", pa.int32()),
            ("reported", REPORTED),
        ]
    ),
    # What a record says of an institution.
    "institution_said": pa.schema(
        [
            ("line", pa.int32()),
            ("institution", pa.int32()),
            ("name", pa.int32()),
            ("country", pa.string()),
            ("aliases", CODES),
            *SAID_OF_INSTITUTIONS.items(),
        ]
    ),
    "category": pa.schema([("code", pa.int32()), ("name", pa.large_string()), ("parent", pa.int32())]),
    "citation": pa.schema([("line", pa.int32()), ("citing", pa.int32()), ("cited", pa.int32())]),
    # Keys that one mention states together: the first, and another one.
    "person_also": pa.schema([("first", pa.int32()), ("other", pa.int32())]),
    "institution_also": pa.schema([("first", pa.int32()), ("other", pa.int32())]),
    # Ids of one entity; of a homonym, see data/build/homonyms.py, the compact name and ids that say no more.
    "same": pa.schema([("kind", pa.string()), ("ids", pa.list_(pa.large_string()))]),
}
# Dictionaries of texts, and of mentions, which have several columns.
MENTIONS = ("institution", "venue")
DICTIONARIES = ("paper_key", "person_key", "institution_key", "name", "institution_name", "code", *MENTIONS)
# Tables that segments may lack, having been written before they came: they are empty then.
LATER = ("venue",)


def filled(columns: Mapping[str, pa.Array | pa.ChunkedArray], schema: pa.Schema) -> pa.Table:
    """A table of named columns, those that are not there null. Raises KeyError for one that the schema has not."""
    if odd := columns.keys() - set(schema.names):
        raise KeyError(f"no column {', '.join(sorted(odd))}")
    count = len(next(iter(columns.values())))
    arrays = [columns[field.name].cast(field.type) if field.name in columns else pa.nulls(count, field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)
