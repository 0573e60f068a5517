"""Real papers as scenes whose people carry no ids, and the ids that were taken away from them."""

import io
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import yaml
import zstandard

from bench.places import there
from byline.data.identify.disambiguation_input import NO_YEAR, DisambiguationInput
from byline.data.ragged import Lists
from byline.data.sources.acl_people import read_people
from byline.graph.text import compact, words

ACL, CITATIONS, LISTS = "acl/papers_le2022.jsonl.zst", "acl/citations.tsv.zst", "paperlists/papers.jsonl.zst"
NATIVE = "acl/native.tar.zst"
# How the Anthology's curators mark an id that gathers whoever is not told apart.
_SEVERAL = "refer to several people"


class Numbers(dict[Any, int]):
    """Values numbered as they come."""

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self)
        return number


def lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        yield from io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")


@dataclass
class Paper:
    """What the resolver may see: no ids of people."""

    key: str
    title: str
    year: int | None
    categories: Sequence[str]
    authors: list[tuple[str, Sequence[str]]]


@dataclass
class Papers:
    """Papers, the hidden id of each entry (None: the source gives none), and references between places."""

    papers: list[Paper] = field(default_factory=list)
    gold: list[str | None] = field(default_factory=list)
    # Last name and first initial of each entry, where the source tells them apart.
    initials: list[tuple[str, str]] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)


def acl(corpora: Path) -> Papers:
    """The ACL Anthology; the hidden ids are those of its curators."""
    papers = Papers()
    place: dict[str, int] = {}
    for line in lines(there(corpora / ACL)):
        paper = orjson.loads(line)
        place[paper["id"]] = len(papers.papers)
        authors = []
        for author in paper["authors"]:
            name = f"{author['first'] or ''} {author['last']}".strip()
            authors.append((name, [author["affiliation"]] if author.get("affiliation") else []))
            papers.gold.append(author["id"])
            papers.initials.append((compact(author["last"]), compact(author["first"] or "")[:1]))
        papers.papers.append(Paper(f"acl:{paper['id']}", paper["title"] or "", paper["year"], paper["venues"], authors))
    pairs = (line.split() for line in lines(there(corpora / CITATIONS)))
    papers.references = sorted((place[a], place[b]) for a, b in pairs if a in place and b in place)
    return papers


def paperlists(corpora: Path) -> Papers:
    """Conference lists; the hidden ids are those of OpenReview, else ORCID."""
    papers = Papers()
    for line in lines(there(corpora / LISTS)):
        paper = orjson.loads(line)
        authors = [(each["name"], each.get("inst") or []) for each in paper["authors"]]
        papers.initials += [initials(name) for name, _ in authors]
        papers.gold += [each.get("openreview") or each.get("orcid") for each in paper["authors"]]
        papers.papers.append(Paper(f"pl:{paper['id']}", paper["title"], paper["year"], [paper["venue"]], authors))
    return papers


def initials(name: str) -> tuple[str, str]:
    """The last word of a name and the letter it begins with."""
    split = words(name)
    return (split[-1], split[0][0]) if split else (name, "")


def scene(corpus: Papers) -> DisambiguationInput:
    """A scene in which every entry stands without id."""
    forms, plains, places, categories, title_words = (Numbers() for _ in range(5))
    papers = corpus.papers
    entry_form = [forms[name] for paper in papers for name, _ in paper.authors]
    institutions = lists(
        [places[each] for each in dict.fromkeys(affiliations)] for paper in papers for _, affiliations in paper.authors
    )
    plain = [plains[compact(form)] for form in forms]
    references: list[list[int]] = [[] for _ in papers]
    for citing, cited in corpus.references:
        references[citing].append(cited)
    nothing = np.zeros(0, np.int32)
    none = pa.array([], pa.large_string())
    return DisambiguationInput(
        entry_paper=np.repeat(np.arange(len(papers), dtype=np.int32), [len(paper.authors) for paper in papers]),
        entry_form=np.array(entry_form, np.int32),
        entry_person=np.full(len(entry_form), -1, np.int32),
        entry_first=np.arange(len(entry_form), dtype=np.int64),
        forms=pa.array(forms, pa.large_string()),
        form_plain=np.array(plain, np.int32),
        plains=pa.array(plains, pa.large_string()),
        paper_year=np.array([NO_YEAR if paper.year is None else paper.year for paper in papers], np.int32),
        paper_category=lists([categories[each] for each in dict.fromkeys(paper.categories)] for paper in papers),
        paper_institution=lists([] for _ in papers),
        references=lists(references),
        entry_institution=institutions,
        institution_name=pa.array(places, pa.large_string()),
        paper_key=pa.array([paper.key for paper in papers], pa.large_string()),
        person_key=none,
        person_ids=(nothing, none),
        person_first=np.zeros(0, np.int64),
        person_schemes=np.zeros(0, np.uint64),
        schemes=(),
        person_forms=(nothing, nothing, nothing),
        also=(nothing, nothing),
        same_place=(nothing, nothing, none),
        paper_word=lists([title_words[each] for each in dict.fromkeys(words(paper.title))] for paper in papers),
    )


def lists(rows: Iterable[Sequence[int]]) -> Lists:
    """Lists of Python integers, end to end."""
    lengths, targets = [0], []
    for each in rows:
        lengths.append(len(each))
        targets += each
    return Lists(np.cumsum(lengths).astype(np.int64), np.array(targets, np.int32))


def curated(corpora: Path) -> set[str]:
    """The ids of the Anthology's people whom a curator touched: those that `name_variants.yaml` has, and those that it calls
    similar to one of them. All other ids are slugs of a printed name, which nobody has looked at. An id of which the curators say
    that it may refer to several people is nobody's."""
    with there(corpora / NATIVE).open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            member = next(each for each in archive if each.name.endswith("name_variants.yaml"))
            content = archive.extractfile(member)
            assert content is not None
            text = content.read()
    people, _ = read_people([text], "name_variants.yaml")
    entries = yaml.safe_load(text)
    similar = {each for entry in entries for each in entry.get("similar") or ()}
    several = {entry.get("id") for entry in entries if _SEVERAL in str(entry.get("comment", "")).lower()}
    return (set(people.names) | similar) - several
