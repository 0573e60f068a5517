"""`python -m bench [COMMAND]`: all measurements, or one of them; docs/performance.md is written from the results kept."""

import argparse
from pathlib import Path

from bench.abuse import abuse
from bench.again import again
from bench.author_page import author_page
from bench.compare import compare
from bench.contenders import MAKERS
from bench.grown import grown
from bench.identity import identity
from bench.identity_papers import identity_papers
from bench.identity_places import identity_places
from bench.identity_s2and import identity_s2and
from bench.micro import micro
from bench.notes import read_results
from bench.places import CORPORA, QUERIES, there
from bench.prices import prices
from bench.report import compared, report
from bench.scale import scale
from bench.search import search
from bench.setup import everything
from bench.size import size
from bench.slips import slips
from bench.sources import sources
from bench.suggestions import suggestions
from bench.swaps import swaps
from bench.throughput import throughput
from bench.versus import peers

HIDDEN = {"people": identity, "papers": identity_papers, "places": identity_places}
LISTED = ", ".join(HIDDEN)


def words(text: str) -> list[str]:
    """Names between commas."""
    return text.split(",")


def one_hidden(text: str) -> str:
    """A measurement against hidden ids, by its name."""
    if text not in HIDDEN and text != "s2and":
        raise argparse.ArgumentTypeError(f"{text!r} is none of {LISTED}, s2and")
    return text


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("setup", help="make what the others need, and stop")
    words_of = commands.add_parser("search", help="search and suggestions beside SQLite FTS5; prints its tables")
    words_of.add_argument("--count", type=int, default=1_000_000, help="made-up people and papers (1000000)")
    typed = commands.add_parser("slips", help="people found whose names have one slip; prints the table of docs/search.md")
    typed.add_argument("stores", nargs="*", type=Path, help="folders that hold a graph (five, built from the corpora)")
    held = commands.add_parser("abuse", help="requests that once held the server; prints the table of docs/bounds.md")
    held.add_argument("store", type=Path, help="folder that holds a graph")
    held.add_argument("names", nargs="*", help="only requests whose name holds one of these")
    dear = commands.add_parser("grown", help="the dearest requests within the limits; prints the table of docs/bounds.md")
    dear.add_argument("--count", type=int, default=5000, help="how many are grown (5000)")
    dear.add_argument("--climb", action="store_true", help="look for dearer ones by what each costs")
    dear.add_argument("--keep", type=Path, help="file for the ten themselves")
    dear.add_argument("--seed", type=int, default=1, help="of Hypothesis (1)")
    priced = commands.add_parser("prices", help="CPU of queries against the price of their plans; prints a table")
    priced.add_argument("store", type=Path, help="folder that holds a graph")
    priced.add_argument("names", nargs="*", help="only queries whose name holds one of these")
    repeated = commands.add_parser("again", help="what no plan answers, again and again: prints the memory of the server")
    repeated.add_argument("store", type=Path, help="folder that holds a graph")
    repeated.add_argument("--times", type=int, default=100_000, help="how many requests (100,000)")
    swapped = commands.add_parser("swaps", help="what a server holds while snapshots swap; draws docs/bounds-swaps.svg")
    swapped.add_argument("store", type=Path, help="folder that holds a graph; it is copied")
    swapped.add_argument("--swaps", type=int, default=50, help="how many (50)")
    swapped.add_argument("--every", type=float, default=3.0, help="seconds from one to the next (3)")
    commands.add_parser("report", help="write docs/performance.md from the results that are kept")
    hidden = commands.add_parser("identity", help="author disambiguation against hidden ids: prints docs/identity.md's tables")
    hidden.add_argument("what", nargs="*", type=one_hidden, help=f"{LISTED} (all of them); s2and")
    hidden.add_argument("--python", type=Path, help="for s2and: the interpreter of an environment that has s2and and s2and-rust")
    hidden.add_argument("--pairs", type=int, default=300_000, help="for s2and: pairs of entries in the blocks drawn (300000)")
    files = commands.add_parser("sources", help="every file of the corpora that a source claims: writes docs/sources.md")
    files.add_argument("names", nargs="*", help="only files with one of these in the path, or `together`; the others as kept")
    grown = commands.add_parser("scale", help="a made-up literature into an empty store: time and memory of each stage")
    grown.add_argument("--papers", type=int, default=100_000, help="how many papers (100,000)")
    grown.add_argument("--memory", type=int, default=2048, help="BYLINE_BUILD_MEMORY_MB (2048)")
    grown.add_argument("--all-ids", action="store_true", help="every authorship states its author's id")
    parsers = {}
    for name, text, rounds, seconds in (
        ("all", "all of the following but compare", 3, 3.0),
        ("peers", "Byline beside other servers", 3, 3.0),
        ("author-page", "the author page in one query", 3, 2.0),
        ("size", "cost by the size of the answer", 0, 2.0),
        ("throughput", "connections and workers", 0, 4.0),
        ("micro", "time of each step, and where the two forms of assembly cross", 0, 2.0),
    ):
        parsers[name] = commands.add_parser(name, help=text)
        parsers[name].add_argument("--seconds", type=float, default=seconds, help=f"how long each run lasts ({seconds:g})")
        if rounds:
            parsers[name].add_argument("--rounds", type=int, default=rounds, help=f"how many rounds ({rounds})")
    parsers["compare"] = commands.add_parser("compare", help="two revisions of Byline, by CPU over many starts of both")
    parsers["compare"].add_argument("--starts", type=int, default=12, help="how often both are started (12)")
    parsers["compare"].add_argument("--rounds", type=int, default=20, help="pairs of bursts a start and query (20)")
    parsers["compare"].add_argument("--sample", action="store_true", help="the author page and the query corpus, on the sample")
    for name in ("peers", "compare"):
        parsers[name].add_argument("--queries", type=words, default=list(QUERIES), help=",".join(QUERIES))
    parsers["peers"].add_argument("--servers", type=words, default=list(MAKERS), help=",".join(MAKERS))
    parsers["compare"].add_argument("old", help="a revision, or `work` for the files as they are")
    parsers["compare"].add_argument("new")
    for name, text in (("network", "steps among coauthors beside NetworkX and igraph"), ("suggestions", "coauthors foretold")):
        parsers[name] = commands.add_parser(name, help=text)
        parsers[name].add_argument("stores", nargs="+", type=Path, help="folders that hold a graph")
    return parser.parse_args(namespace=argparse.Namespace(rounds=3, seconds=3.0))


def main() -> None:
    args = arguments()
    if args.command == "identity":
        for each in args.what or HIDDEN:
            if each == "s2and":
                if args.python is None:
                    raise SystemExit(
                        "python -m bench identity s2and: --python names the interpreter that has s2and (docs/identity.md)"
                    )
                print(identity_s2and(there(CORPORA), args.python.absolute(), args.pairs))
            else:
                print(HIDDEN[each](there(CORPORA)))
        return
    if args.command == "scale":
        print(scale(args.papers, args.memory, all_ids=args.all_ids))
        return
    if args.command == "sources":
        sources(args.names)
        return
    if args.command == "search":
        search(args.count)
        return
    if args.command == "abuse":
        print(abuse(args.store, args.names))
        return
    if args.command == "grown":
        print(grown(args.count, args.seed, args.climb, args.keep))
        return
    if args.command == "prices":
        print(prices(args.store, args.names))
        return
    if args.command == "again":
        print(again(args.store, args.times))
        return
    if args.command == "swaps":
        print(swaps(args.store, args.swaps, args.every))
        return
    if args.command == "slips":
        slips(args.stores)
        return
    try:
        run(args)
    finally:
        # What was measured before something failed stands all the same.
        if args.command not in ("network", "suggestions", "compare"):
            report()


def run(args: argparse.Namespace) -> None:
    """What was asked for."""
    match args.command or "all":
        case "setup":
            everything()
        case "all":
            peers(rounds=args.rounds, seconds=args.seconds)
            author_page(rounds=args.rounds, seconds=args.seconds)
            size(seconds=args.seconds)
            throughput(seconds=args.seconds)
            micro(seconds=args.seconds)
        case "peers":
            peers(args.servers, args.queries, args.rounds, args.seconds)
        case "author-page":
            author_page(rounds=args.rounds, seconds=args.seconds)
        case "size":
            size(seconds=args.seconds)
        case "throughput":
            throughput(seconds=args.seconds)
        case "network":
            # igraph comes with the extra `bench` alone; nothing else here needs it.
            from bench.network import network

            network(args.stores)
        case "suggestions":
            suggestions(args.stores[0])
        case "micro":
            micro(seconds=args.seconds)
        case "compare":
            compare(args.old, args.new, args.queries, args.starts, args.rounds, args.sample)
            print(compared(read_results("compare") or {}))


if __name__ == "__main__":
    main()
