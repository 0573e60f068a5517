"""The console script `byline`.

Exit codes: 0 done, 1 done with records refused (listed; with --strict also where members were left out, mended or doubted),
2 wrong use, 3 failed with nothing changed, 130 stopped by Ctrl-C.
"""

import json
import platform
import sys
import traceback
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from byline.api.cli import fetch
from byline.api.cli import report as tell
from byline.api.cli.console import DONE, FAILED, STOPPED, WRONG_USE, bounds, ended, err, out
from byline.api.settings import Settings, unknown_variables
from byline.graph.errors import BylineError, WrongUse, with_place
from byline.graph.store.columnar.files.layout import SEGMENTS

if TYPE_CHECKING:
    pass

# Changes of each sort that `diff` lists unless told.
EXAMPLES = 5
app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(fetch.app, name="fetch")

StoreOption = Annotated[str | None, typer.Option("--store", help="Folder of the graph (BYLINE_STORE).")]
AddOption = Annotated[
    bool, typer.Option("--add", help="Keep the earlier records of a file that is ingested again with other content.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if anything in these files was rejected, left out, repaired or doubted.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _version(show: bool) -> None:
    if show:
        out.print(f"byline {version('byline-graph')}, Python {platform.python_version()}")
        raise typer.Exit


@app.callback()
def byline(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version.")] = False,
) -> None:
    """Coauthorship and citation graphs, served as GraphQL."""


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (BYLINE_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (BYLINE_PORT).")] = None,
    workers: Annotated[int | None, typer.Option(help="Number of server processes (BYLINE_WORKERS).")] = None,
    store: StoreOption = None,
    sample: Annotated[bool, typer.Option("--sample", help="Fill a store that does not exist yet with the sample.")] = False,
) -> int:
    """Serve a graph over HTTP. An empty default store is filled with the sample."""
    from byline.api.serve import listenable, storable
    from byline.api.serve import serve as run

    settings = Settings.read(host=host, port=port, workers=workers, store=store)
    settings = Settings.read(host=host, port=listenable(settings.host, settings.port), workers=workers, store=store)
    storable(settings, sample)
    err.print(f"Byline on http://{settings.host}:{settings.port}/graphql, graph in {settings.folder()}")
    if not (settings.folder() / SEGMENTS).exists():
        err.print(f"{settings.folder()} holds nothing yet: the sample is put there, one author's page of 15 papers")
    # Ctrl+C is the usual way to end it, and uvicorn has stopped by then.
    with suppress(KeyboardInterrupt):
        run(settings)
    return DONE


@app.command()
def ingest(
    source: Annotated[str | None, typer.Argument(help="Name of the source; `byline sources` lists all.")] = None,
    files: Annotated[list[Path] | None, typer.Argument(help="Files to ingest.")] = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help="TOML file that lists files and their sources, instead of both."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report without writing.")] = False,
    strict: StrictOption = False,
    option: Annotated[list[str] | None, typer.Option(help="Option of the source as KEY=VALUE; may be repeated.")] = None,
    captured: Annotated[str | None, typer.Option(help="Day on which the page was saved, YYYY-MM-DD.")] = None,
    scheme: Annotated[str | None, typer.Option(help="Id scheme of a citation list, such as acl.")] = None,
    scheme_from: Annotated[str | None, typer.Option(help="Id scheme of the citing papers only.")] = None,
    scheme_to: Annotated[str | None, typer.Option(help="Id scheme of the cited papers only.")] = None,
    name: Annotated[
        str | None, typer.Option("--as", help="Name under which the file is ingested, to replace a file from another path.")
    ] = None,
    add: AddOption = False,
    store: StoreOption = None,
) -> int:
    """Ingest files of one source, or those that a manifest lists, into the graph."""
    from byline.data.ingest.ingest import ingest as run

    if manifest is not None:
        if source or option or captured or scheme or scheme_from or scheme_to or name:
            raise WrongUse("`--manifest` was given with a source or its options", "state source and options in the manifest")
        return ingest_all(manifest, dry_run, strict, add, store)
    if source is None or not files:
        raise WrongUse("No source or no files were given", "give a source and its files, or --manifest FILE")
    settings = Settings.read(store=store)
    named = {"captured": captured, "scheme": scheme, "scheme-from": scheme_from, "scheme-to": scheme_to}
    options = _options(option or []) | {name: value for name, value in named.items() if value}
    with tell.progress(err) as progress:
        ways: Any = {"options": options, "name": name, "add": add, "dry_run": dry_run, "progress": progress}
        report = run(settings.folder(), source, files, **ways, **bounds(settings))
    tell.report(out, err, report)
    return ended(report, strict)


@app.command(name="ingest-all", hidden=True, deprecated=True)
def ingest_all(
    manifest: Annotated[Path, typer.Argument(help="TOML file that lists files and their sources.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report without writing.")] = False,
    strict: StrictOption = False,
    add: AddOption = False,
    store: StoreOption = None,
) -> int:
    """Ingest files of several sources, then build the graph once: the former name of `ingest --manifest`."""
    from byline.data.ingest import manifest as manifests
    from byline.data.ingest.ingest import ingest_all as run

    settings = Settings.read(store=store)
    with tell.progress(err) as progress:
        ways: Any = {"add": add, "dry_run": dry_run, "progress": progress}
        report = run(settings.folder(), manifests.read(manifest), **ways, **bounds(settings))
    tell.report(out, err, report)
    return ended(report, strict)


@app.command(name="synthesise", hidden=True, deprecated=True)
@app.command()
def generate(
    papers: Annotated[int, typer.Option(help="Number of papers.")],
    seed: Annotated[int, typer.Option(min=0, help="Random seed; the same seed generates the same graph.")] = 1,
    all_ids: Annotated[bool, typer.Option("--all-ids", help="State an author id in every authorship.")] = False,
    store: StoreOption = None,
) -> int:
    """Generate a synthetic graph of any size, for benchmarks."""
    from byline.data.ingest.ingest import generate as run

    settings = Settings.read(store=store)
    with tell.progress(err) as progress:
        report = run(settings.folder(), papers, seed, all_ids=all_ids, progress=progress, **bounds(settings))
    tell.report(out, err, report)
    return DONE


@app.command()
def rebuild(store: StoreOption = None) -> int:
    """Rebuild the graph from its ingested files, after a change of decisions.txt."""
    from byline.data.ingest.ingest import rebuild as run

    settings = Settings.read(store=store)
    with tell.progress(err) as progress:
        report = run(settings.folder(), progress=progress, **bounds(settings))
    tell.report(out, err, report)
    return DONE


@app.command()
def sources() -> int:
    """List the sources that can be ingested."""
    from byline.data.sources import SOURCES

    tell.sources(out, SOURCES.values())
    return DONE


@app.command()
def schema() -> int:
    """Print the GraphQL schema in SDL."""
    from byline.schema.build import make_schema

    print(make_schema().as_str())
    return DONE


@app.command()
def describe(as_json: JsonOption = False, store: StoreOption = None) -> int:
    """Describe the graph: counts, sources, coverage of each column, disk usage, build."""
    from byline.api.cli.snapshots import described, description

    about = description(Settings.read(store=store).folder())
    for line in [_json(about)] if as_json else described(about):
        out.print(line)
    return DONE


@app.command()
def explain(
    author: Annotated[str, typer.Argument(help="Byline id, ORCID iD, identifier as scheme:value, or printed name.")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> int:
    """Explain an author or a paper: names, ids, what was merged or kept apart, and the evidence."""
    from byline.api.cli.explain_author import explained

    explanation = explained(Settings.read(store=store).folder(), author)
    for line in [_json(explanation.as_dict())] if as_json else explanation.lines():
        out.print(line)
    return DONE


@app.command("explain-query")
def explain_query(
    file: Annotated[Path, typer.Argument(help="File with a query document.")],
    variables: Annotated[str, typer.Option(help="Variables as a JSON object.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Name of the operation, if the document has several.")] = None,
    store: StoreOption = None,
) -> int:
    """Show the plan of a query, its cost estimate, and its steps on the current snapshot."""
    from byline.api.cli.explain_query import account

    explanation, wrong = account(Settings.read(store=store), file, variables, operation)
    for line in tell.wrong(file, wrong):
        err.print(line)
    for line in () if wrong else tell.explained(explanation):
        out.print(line)
    return WRONG_USE if wrong else DONE


@app.command()
def check(store: StoreOption = None) -> int:
    """Verify the checksums of the snapshot and its ingested files, and check the snapshot for consistency."""
    from byline.data.ingest.retention import damaged_segments
    from byline.graph.store.columnar.admin.check import problems
    from byline.graph.store.columnar.files.layout import current

    place = Settings.read(store=store).folder()
    folder = current(place)
    damage = [*problems(folder), *damaged_segments(place)]
    for problem in damage:
        err.print(problem)
    if damage:
        return FAILED
    out.print(f"{folder.name}: every file is as it was written, and they agree with each other")
    return DONE


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Version of a snapshot (or its first characters), or a folder.")],
    new: Annotated[str, typer.Argument(help="The later one, in the same form.")],
    limit: Annotated[int, typer.Option(min=0, help="Number of changes listed of each kind.")] = EXAMPLES,
    everything: Annotated[bool, typer.Option("--all", help="List every change.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> int:
    """Compare two snapshots: nodes added, removed, merged and changed, and the number of links."""
    from dataclasses import asdict

    from byline.api.cli.snapshots import differences, snapshot_of
    from byline.graph.store.columnar.admin.diff import difference

    folder = Settings.read(store=store).folder()
    changes = difference(snapshot_of(folder, old), snapshot_of(folder, new), None if everything else limit)
    for line in [_json(asdict(changes))] if as_json else differences(changes):
        out.print(line)
    return DONE


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    for name in unknown_variables():
        err.print(f"byline: {name} is no setting; it has no effect")
    argv = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(argv or ["--help"]))


def _run(arguments: list[str]) -> int:
    try:
        code = int(app(arguments, prog_name="byline", standalone_mode=False) or DONE)
        if code == STOPPED:
            err.print("byline: stopped")
        return code
    except TyperException as error:
        err.print(f"byline: {error.format_message()}")
        return WRONG_USE
    except WrongUse as error:
        err.print(f"byline: {error}")
        return WRONG_USE
    except BylineError as error:
        err.print(f"byline: {error}")
        return FAILED
    except OSError as error:
        err.print(f"byline: {with_place(error)}")
        return FAILED
    except (KeyboardInterrupt, typer.Abort):
        err.print("byline: stopped")
        return STOPPED
    except Exception:
        err.print(traceback.format_exc())
        return FAILED


def _options(pairs: list[str]) -> dict[str, str]:
    """KEY=VALUE texts as a mapping. Raises WrongUse."""
    for pair in pairs:
        if "=" not in pair:
            raise WrongUse(f"--option {pair!r} has no value", "give KEY=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)
