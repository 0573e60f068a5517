"""Verify a Byline server from outside: recompute its figures from the papers that the API names as evidence.

    python examples/verify.py http://127.0.0.1:8000/graphql --checks 1000 --seed 7

Draws people at random and compares what the server says of them with what their papers say: counts, indices, shares, years,
facets, coauthor ties, shortest paths. It asks the public API alone, with the standard library. One seed draws the same people.
"""

import argparse
import itertools
import json
import random
import sys
import urllib.request
from collections import Counter
from math import isclose

# People that are read at once, ties of each that are checked, and people up to whom a search for a path goes on.
PEOPLE, TIES, WIDEST = 5, 5, 150
PAGE = "pageInfo { hasNextPage endCursor }"
IDS = f"(first: 100) {{ nodes {{ id }} {PAGE} }}"
PAPER = f"""id year authorCount citationCount outsideCitationCount categories {{ code }}
  institutions {IDS} authors {IDS} citedBy {IDS}"""
TIE = """node { id } paperCount weight uncountedPapers firstYear lastYear byYear { year count }
  papers(first: 100) { totalCount nodes { id } }"""
# The values of a paper by which its facets count it.
FACETS = {
    "YEAR": lambda paper: {str(paper["year"])} - {"None"},
    "CATEGORY": lambda paper: {each["code"] for each in paper["categories"]},
    "INSTITUTION": lambda paper: {each["id"] for each in paper["institutions"]["nodes"]},
    "AUTHOR": lambda paper: paper["people"],
}
FACET = "facets(by: {}, first: 100) {{ totalCount unknownCount nodes {{ key count }} }}"
PERSON = f"""id paperCount citationCount coauthorCount
  metrics {{
    paperCount citationCount coauthorCount undatedPaperCount firstYear lastYear byYear {{ year count }}
    hIndex {{ value }} i10Index {{ value }} gIndex {{ value }} meanTeamSize {{ value }} selfCitationShare {{ value }}
  }}
  papers(first: 50) {{ {" ".join(f"{by}: {FACET.format(by)}" for by in FACETS)} nodes {{ {PAPER} }} {PAGE} }}
  coauthors(first: 100) {{ edges {{ {TIE} }} {PAGE} }}"""
COAUTHORS = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Author {{ id coauthors {IDS} }} }} }}"
PATHS = """query ($one: ID!, $other: ID!) { collaborationPath(from: {id: $one}, to: {id: $other}) {
  status distance paths(first: 3) { nodes { authors { id } hops {
    from { id } to { id } paperCount papers(first: 20) { nodes { authors(first: 100) { nodes { id } } } } } } } } }"""


class Server:
    """The API at an address. One version of the data holds for all questions."""

    def __init__(self, address):
        self.address, self.version = address, None

    def ask(self, query, **variables):
        """The data of an answer; ends the program where there are errors, or other data than before."""
        body = json.dumps({"query": query, "variables": variables, "extensions": {"snapshot": True}}).encode()
        headers = {"content-type": "application/json", "accept": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(self.address, body, headers), timeout=120) as response:
            answer = json.load(response)
        if "errors" in answer:
            raise SystemExit(f"{answer['errors'][0]['message']}\n{query}\n{json.dumps(variables)}")
        version = answer["extensions"]["snapshot"]
        if self.version not in (None, version):
            raise SystemExit("the data changed meanwhile: begin again")
        self.version = version
        return answer["data"]

    def all_of(self, node, kind, name, selection, part="nodes"):
        """All entries of a list of a node, the first page of which is there."""
        entries, page = list(node[name][part]), node[name]["pageInfo"]
        one_page = f"{name}(first: 100, after: $after) {{ {part} {{ {selection} }} {PAGE} }}"
        query = f"query ($id: ID!, $after: String) {{ node(id: $id) {{ ... on {kind} {{ {one_page} }} }} }}"
        while page["hasNextPage"]:
            found = self.ask(query, id=node["id"], after=page["endCursor"])["node"][name]
            entries, page = entries + found[part], found["pageInfo"]
        return entries

    def ids_of(self, node, kind, name):
        """The ids in such a list."""
        return {each["id"] for each in self.all_of(node, kind, name, "id")}


class Checks:
    """Counts comparisons up to a number, and keeps those that fail."""

    def __init__(self, most):
        self.left, self.made, self.mismatches = most, Counter(), []

    def same(self, name, about, stated, computed):
        """Compare what the server states with what its papers say."""
        if self.left <= 0:
            return
        self.left, self.made[name] = self.left - 1, self.made[name] + 1
        near = isinstance(stated, float) and computed is not None and isclose(stated, computed, rel_tol=1e-9, abs_tol=1e-12)
        if stated != computed and not near:
            self.mismatches.append(f"{name} of {about}: the server says {stated}, its papers say {computed}")


def people_at_random(server, draw):
    """Ids of people, on papers of a year whose titles begin with a letter; ends once 200 draws found nobody new."""
    years = server.ask("{ papers { facets(by: YEAR, first: 100) { nodes { key } } } }")["papers"]["facets"]["nodes"]
    query = """query ($where: PaperFilter) {
      papers(first: 50, where: $where, orderBy: [{by: TITLE}]) { nodes { authors(first: 20) { nodes { id } } } } }"""
    seen, fruitless = set(), 0
    while fruitless < 200:
        where = {"title": {"startsWith": draw.choice("abcdefghijklmnopqrstuvwxyz")}}
        if years:
            where["year"] = {"eq": int(draw.choice(years)["key"])}
        papers = server.ask(query, where=where)["papers"]["nodes"]
        ids = sorted({author["id"] for paper in papers for author in paper["authors"]["nodes"]} - seen)
        fruitless = 0 if ids else fruitless + 1
        chosen = draw.sample(ids, min(len(ids), PEOPLE))
        seen.update(chosen)
        yield from chosen


def read_people(server, ids):
    """People with all their papers and ties, each list read to its end."""
    people = server.ask(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Author {{ {PERSON} }} }} }}", ids=ids)["nodes"]
    for person in people:
        person["all"] = server.all_of(person, "Author", "papers", PAPER)
        person["ties"] = server.all_of(person, "Author", "coauthors", TIE, "edges")
        for paper in person["all"]:
            paper["people"] = server.ids_of(paper, "Paper", "authors")
            paper["citing"] = server.ids_of(paper, "Paper", "citedBy")
        person["together"] = set().union(*(paper["people"] for paper in person["all"])) - {person["id"]}
    return people


def check_counts(checks, person):
    """Counts, on the node and among the metrics; means, shares, indices."""
    papers, metrics, id_ = person["all"], person["metrics"], person["id"]
    ids, known = {paper["id"] for paper in papers}, [p["citationCount"] for p in papers if p["citationCount"] is not None]
    for where, stated in (("", person), (" in metrics", metrics)):
        checks.same("paperCount" + where, id_, stated["paperCount"], len(ids))
        checks.same("coauthorCount" + where, id_, stated["coauthorCount"], len(person["together"]))
        checks.same("citationCount" + where, id_, stated["citationCount"], sum(known) if known else None)
    for paper in papers:
        if (stated := paper["citationCount"]) is not None:
            checks.same("citationCount", paper["id"], stated, len(paper["citing"]) + paper["outsideCitationCount"])
    sizes = [paper["authorCount"] for paper in papers if paper["authorCount"] is not None]
    checks.same("meanTeamSize", id_, metrics["meanTeamSize"]["value"], sum(sizes) / len(sizes) if sizes else None)
    cited, own = (sum(map(len, sets)) for sets in zip(*((p["citing"], p["citing"] & ids) for p in papers), strict=True))
    checks.same("selfCitationShare", id_, metrics["selfCitationShare"]["value"], own / cited if cited else None)
    checks.same("undatedPaperCount", id_, metrics["undatedPaperCount"], sum(paper["year"] is None for paper in papers))
    check_years(checks, f"papers of {id_}", metrics, papers)
    if known:
        citations = sorted(known, reverse=True)
        sums = enumerate(itertools.accumulate(citations), 1)
        checks.same("hIndex", id_, metrics["hIndex"]["value"], sum(count > place for place, count in enumerate(citations)))
        checks.same("i10Index", id_, metrics["i10Index"]["value"], sum(count >= 10 for count in citations))
        checks.same("gIndex", id_, metrics["gIndex"]["value"], sum(total >= place**2 for place, total in sums))


def check_years(checks, about, stated, papers):
    """Papers by year, and the first and last of them."""
    years = Counter(paper["year"] for paper in papers if paper["year"] is not None)
    checks.same("byYear", about, [(each["year"], each["count"]) for each in stated["byYear"]], sorted(years.items()))
    ends = (min(years), max(years)) if years else (None, None)
    checks.same("firstYear and lastYear", about, (stated["firstYear"], stated["lastYear"]), ends)


def check_facets(checks, person):
    """Facets of a person's papers: how many values, how often each, most frequent first, and papers without one."""
    id_ = person["id"]
    for by, of in FACETS.items():
        stated, counted = person["papers"][by], Counter(value for paper in person["all"] for value in of(paper))
        shown = {entry["key"]: entry["count"] for entry in stated["nodes"]}
        most = [count for _, count in counted.most_common(len(shown))]
        checks.same(f"facet {by}, values", id_, stated["totalCount"], len(counted))
        checks.same(f"facet {by}", id_, shown, {key: counted[key] for key in shown})
        checks.same(f"facet {by}, most frequent", id_, list(shown.values()), most)
        checks.same(f"facet {by}, unknown", id_, stated["unknownCount"], sum(not of(paper) for paper in person["all"]))


def check_ties(checks, person, draw):
    """Who the coauthors are; of some of them counts, weight (Newman 2001), years and evidence."""
    checks.same("coauthors", person["id"], {tie["node"]["id"] for tie in person["ties"]}, person["together"])
    for tie in draw.sample(person["ties"], min(TIES, len(person["ties"]))):
        other, about = tie["node"]["id"], f"{person['id']} with {tie['node']['id']}"
        shared = [paper for paper in person["all"] if other in paper["people"]]
        sizes = [paper["authorCount"] for paper in shared if (paper["authorCount"] or 0) > 1]
        checks.same("shared papers", about, tie["paperCount"], len(shared))
        checks.same("weight", about, tie["weight"], float(sum(1 / (size - 1) for size in sizes)))
        checks.same("uncountedPapers", about, tie["uncountedPapers"], len(shared) - len(sizes))
        if tie["papers"]["totalCount"] <= 100:
            checks.same("evidence", about, {paper["id"] for paper in tie["papers"]["nodes"]}, {paper["id"] for paper in shared})
        check_years(checks, about, tie, shared)


def walk(server, one, other):
    """Distance by breadth-first search in lists of coauthors; a lower bound, and False, where the search grows too wide."""
    reached, frontier, steps = {one}, [one], 0
    while other not in reached and 0 < len(frontier) <= WIDEST:
        parts = (frontier[begin : begin + 20] for begin in range(0, len(frontier), 20))
        people = [person for part in parts for person in server.ask(COAUTHORS, ids=part)["nodes"]]
        frontier = sorted(set().union(*(server.ids_of(person, "Author", "coauthors") for person in people)) - reached)
        reached, steps = reached.union(frontier), steps + 1
    return (steps, True) if other in reached else (steps + 1, False) if frontier else (None, True)


def check_path(server, checks, one, other):
    """Shortest paths: the distance, the order, the ends, and the papers of each hop."""
    found, about = server.ask(PATHS, one=one, other=other)["collaborationPath"], f"{one} to {other}"
    if found["status"] == "BUDGET_EXCEEDED":
        return
    distance, exact = walk(server, one, other)
    if not exact:
        back, exact = walk(server, other, one)
        distance = back if exact else max(distance, back)
    stated = found["distance"]
    checks.same("distance", about, stated, distance if exact or (stated is not None and stated < distance) else stated)
    lengths = [len(path["hops"]) for path in found["paths"]["nodes"]]
    checks.same("paths, shortest first", about, [stated, *lengths[1:]] if lengths else [], sorted(lengths))
    for path in found["paths"]["nodes"]:
        ids = [author["id"] for author in path["authors"]]
        checks.same("ends of a path", about, (ids[0], ids[-1]), (one, other))
        checks.same("hops", about, [(hop["from"]["id"], hop["to"]["id"]) for hop in path["hops"]], list(itertools.pairwise(ids)))
        for hop in path["hops"]:
            teams = [{author["id"] for author in paper["authors"]["nodes"]} for paper in hop["papers"]["nodes"]]
            together = sum({hop["from"]["id"], hop["to"]["id"]} <= team or len(team) >= 100 for team in teams)
            checks.same("papers of a hop", about, together, min(hop["paperCount"], 20))


def verify(address, most, seed):
    """Checks until so many are made, or until everybody that the server knows was drawn."""
    server, draw, checks, before = Server(address), random.Random(seed), Checks(most), None
    drawn = people_at_random(server, draw)
    while checks.left > 0 and (ids := list(itertools.islice(drawn, PEOPLE))):
        for person in read_people(server, ids):
            check_counts(checks, person)
            check_facets(checks, person)
            check_ties(checks, person, draw)
            if before is not None and checks.left > 0:
                check_path(server, checks, before, person["id"])
            before = person["id"]
    return checks


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address", help="address of /graphql")
    parser.add_argument("--checks", type=int, default=1000, help="number of comparisons (default: 1000)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="draws the same people again")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    done = verify(given.address, given.checks, given.seed)
    print(*done.mismatches, ", ".join(f"{name} {count}" for name, count in sorted(done.made.items())), sep="\n")
    print(f"{done.made.total()} checks, {len(done.mismatches)} mismatches")
    sys.exit(bool(done.mismatches) or not done.made)
