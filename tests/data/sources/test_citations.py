"""Lists of citations: every shape, and what is no list of citations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.data.sources import SOURCES
from byline.graph.errors import SourceFailed, WrongUse

Read = Callable[..., list[Any]]
# Ids may have nearly any sign in them.
SICI = "10.1002/(SICI)1097-4571(19)49:8<693::AID-4>3.0.CO;2-O"


def edges(entries: list[Any]) -> list[tuple[str, str]]:
    return [(each["from"], each["to"]) for each in entries]


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc\td\n",
        "# FromNodeId\tToNodeId\na\tb\r\nc\td",
        "from,to,weight\na,b,1\nc,d,2\n",
        "% comment\n\na b\n  c   d \n",
        "C08 , A00\n".replace("C08", "a").replace("A00", "b") + "c , d\n",
        '\ufeff"citing";"cited"\n"a";"b"\n"c";"d"\n',
    ],
)
def test_shapes(read: Read, text: str) -> None:
    assert edges(read("citations", text, scheme="x")) == [("x:a", "x:b"), ("x:c", "x:d")]


@pytest.mark.parametrize(
    "text",
    [
        "cited\tciting\nb\ta\nd\tc\n",
        "to,from\nb,a\nd,c\n",
        "target;source;weight\nb;a;1\nd;c;2\n",
        "dst src\nb a\nd c\n",
        "cited_id,citing_id\nb,a\nd,c\n",
        '"CitedPaper","CitingPaper"\n"b","a"\n"d","c"\n',
        "paper,cited_by\nb,a\nd,c\n",
        "# ToNodeId\tFromNodeId\nb\ta\nd\tc\n",
        "oci,citing,cited,creation,timespan\n1-2,a,b,2020-01,P1Y\n3-4,c,d,,\n",
        "year,cited_doi,note,citing_doi\n,b,,a\n2001,d,x,c\n",
        "id,from,to\n1,a,b\n2,c,d\n",
        "citing,cited,source\na,b,s\nc,d,s\n",
        "# two ids, the cited one is second\na,b\nc,d\n",
        "paper,date\na,b\nc,d\n",
    ],
)
def test_the_names_of_columns_tell_who_cites(read: Read, text: str) -> None:
    assert edges([each for each in read("citations", text, scheme="x") if isinstance(each, dict)]) == [
        ("x:a", "x:b"),
        ("x:c", "x:d"),
    ]


def test_named_columns_keep_their_places(read: Read) -> None:
    entries = read("citations", "cited,note,citing\nb,,a\nd,n,\n", **{"scheme-from": "x", "scheme-to": "y"})
    assert entries == [{"type": "citation", "from": "x:a", "to": "y:b"}, (3, "", "must be two ids, citing and cited: 'd,n,'")]


def test_schemes(read: Read) -> None:
    assert edges(read("citations", "doi:10.1/A arxiv:2001.00001v2\n")) == [("doi:10.1/a", "arxiv:2001.00001")]
    assert edges(read("citations", "a\tdoi:10.1/B\n", **{"scheme-from": "acl", "scheme-to": "doi"})) == [("acl:a", "doi:10.1/b")]
    assert edges(read("citations", "a:1\tb\n", scheme="x")) == [("x:a:1", "x:b")]


def test_what_does_not_fit(read: Read) -> None:
    entries = read("citations", "a\tb\nlonely\n\n\tb\n10.1/a\txyz\n", **{"scheme-from": "doi", "scheme-to": "acl"})
    assert entries[1:] == [
        (2, "", "must be two ids, citing and cited: 'lonely'"),
        (4, "", "must be two ids, citing and cited: 'b'"),
        {"type": "citation", "from": "doi:10.1/a", "to": "acl:xyz"},
    ]
    assert entries[0] == (1, "from", "is no DOI: 'a' does not begin with 10.")


def test_lines_of_other_kinds(read: Read) -> None:
    others = ['{"a": 1, "b": 2}', "<a>, <b>", "  title = {Cats, Dogs},", "2024-01-02,W1,W2", "one two, three four"]
    entries = read(
        "citations",
        "\n".join(["a,b", *others, "10.1002/(SICI)1097-4571(19)49:8<693::AID-4>3.0.CO;2-O,c", *["d,e"] * 4]),
        scheme="x",
    )
    assert [each[0] for each in entries if isinstance(each, tuple)] == [2, 3, 4, 5, 6]
    assert [each["from"] for each in entries if isinstance(each, dict)][
        1
    ] == "x:10.1002/(SICI)1097-4571(19)49:8<693::AID-4>3.0.CO;2-O"
    # Behind two ids between spaces there may be numbers, but no more words.
    assert read("citations", "a b 3 2020-01-01\nc d\ne f g\n", scheme="x")[2] == (
        3, "", "must be two ids, citing and cited: 'e f g'",
    )  # fmt: skip


def test_a_file_of_prose_is_refused(read: Read) -> None:
    with pytest.raises(SourceFailed, match="is no list of citations: of its first 3 lines 1 are two ids"):
        read("citations", "Dear all\nplease find the list of papers\nattached!\n", scheme="x")


def test_wrong_use(read: Read) -> None:
    with pytest.raises(WrongUse, match="nobody says what 'a' is an id of"):
        read("citations", "a\tb\n")
    with pytest.raises(WrongUse, match="a scheme is a word"):
        read("citations", "a\tb\n", scheme="a:b")


def test_collaborations_are_no_citations(read: Read) -> None:
    pairs = [(i, j) for i in range(6) for j in range(6) if i != j]
    with pytest.raises(SourceFailed, match="who belongs together"):
        read("citations", "".join(f"{i}\t{j}\n" for i, j in pairs), scheme="x")
    assert len(read("citations", "".join(f"{i}\t{j}\n" for i, j in pairs if i < j), scheme="x")) == 15


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "scheme", "count"),
    [
        ("acl/citations.tsv.zst", "acl", 94_973),
        ("acl/aan_acl.txt.zst", "acl", 94_973),
        pytest.param("cit/cit-hep-th.tsv.zst", "arxiv", 352_807, marks=pytest.mark.long),
    ],
)
def test_the_real_lists(corpora: Path, read: Read, name: str, scheme: str, count: int) -> None:
    pairs = edges(read("citations", corpora / name, scheme=scheme))
    assert len(pairs) == count
    assert all(citing.startswith(f"{scheme}:") and cited.startswith(f"{scheme}:") for citing, cited in pairs)


@pytest.mark.corpus
def test_the_real_collaborations_are_refused(corpora: Path) -> None:
    with pytest.raises(SourceFailed, match="both ways"):
        list(SOURCES["citations"].read(corpora / "snap" / "ca-GrQc.full.txt.zst", {"scheme": "snap"}))
