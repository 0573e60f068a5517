"""Whatever stands in a member of a JSON source: it is read or refused, and never an error of ours."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.data.notices import Notice
from byline.data.record import Paper
from byline.data.sources import SOURCES
from tests.generated import examples

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3000)
    | st.floats(-1, 1)
    | st.sampled_from(["", " ", "x", "2020-13-01", "10.1000/x", "$\\x{"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "family", "date-parts", "created"]), inner, max_size=2)
    ),
    max_leaves=6,
)
MEMBERS = {
    "arxiv": ["id", "title", "authors", "authors_parsed", "categories", "versions", "created", "doi", "abstract"],
    "paperlists": ["id", "title", "year", "authors", "doi", "arxiv", "cited_by", "abstract", "countries", "name"],
    "csl": [
        "title",
        "author",
        "issued",
        "DOI",
        "URL",
        "number",
        "abstract",
        "reference",
        "is-referenced-by-count",
        "message",
        "items",
    ],
    "ror": ["id", "name", "names", "aliases", "labels", "country", "locations", "external_ids", "status"],
}
BASE: dict[str, dict[str, Any]] = {
    "arxiv": {"id": "2001.00001", "title": "T"},
    "paperlists": {"id": "x", "title": "T", "authors": [{"name": "Ann Roe"}]},
    "csl": {"title": "T", "author": [{"family": "Roe"}]},
    "ror": {"id": "https://ror.org/019wvm592", "name": "N"},
}
ENTRY = {
    "authors": ["name", "inst", "aff_raw", "country", "orcid", "openreview", "dblp"],
    "author": ["family", "given", "literal", "ORCID", "affiliation"],
}


@pytest.mark.parametrize("source", MEMBERS)
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything(source: str, tmp_path: Path, data: st.DataObject) -> None:
    value = BASE[source] | data.draw(st.dictionaries(st.sampled_from(MEMBERS[source]), VALUES, max_size=3))
    for name, members in ENTRY.items():
        if isinstance(value.get(name), list) and data.draw(st.booleans()):
            value[name] = [data.draw(st.dictionaries(st.sampled_from(members), VALUES, max_size=4))]
    path = tmp_path / "file.json"
    path.write_bytes(orjson.dumps([value] if source == "ror" else value))
    entries = list(SOURCES[source].read(path, {}))
    assert all(isinstance(each, Notice) or each.type in ("paper", "author", "institution") for each in entries)
    for each in entries:
        if isinstance(each, Paper):
            assert each.title
