"""The commands `byline fetch …`: pages of a public API into a file, and that file into the graph if asked."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline.api.cli import report as tell
from byline.api.settings import Settings

if TYPE_CHECKING:
    from byline.data.fetch.job import Job

app = typer.Typer(help="Download from a public API into a file.", no_args_is_help=True, rich_markup_mode=None)

OutOption = Annotated[
    Path | None, typer.Option("--out", help="Output file, .jsonl or .jsonl.zst. Default: named after the request.")
]
IngestOption = Annotated[bool, typer.Option("--ingest", help="Ingest the file into the graph afterwards.")]
StoreOption = Annotated[str | None, typer.Option("--store", help="Folder of the graph (BYLINE_STORE).")]


@app.command()
def openalex(
    author: Annotated[str | None, typer.Option(help="Works of an author: OpenAlex id or ORCID iD.")] = None,
    institution: Annotated[str | None, typer.Option(help="Works of an institution: OpenAlex id or ROR id.")] = None,
    filter: Annotated[
        str | None, typer.Option(help="Works that match an OpenAlex filter, such as publication_year:2024.")
    ] = None,
    out: OutOption = None,
    ingest: IngestOption = False,
    store: StoreOption = None,
) -> int:
    """Download works from OpenAlex. Several conditions are ANDed."""
    from byline.data.fetch import openalex as api

    settings = Settings.read(store=store)
    job = api.job(author=author, institution=institution, filter=filter)
    headers = api.headers(settings.openalex_key, settings.mail)
    return _run(job, settings, settings.openalex_url, headers, settings.openalex_pause, out, ingest)


@app.command("semantic-scholar")
def semantic_scholar(
    author: Annotated[str | None, typer.Option(help="Semantic Scholar author id: the author and the papers.")] = None,
    paper: Annotated[
        str | None, typer.Option(help="Paper id, DOI:… or ARXIV:…: the paper with references and citations.")
    ] = None,
    search: Annotated[str | None, typer.Option(help="Papers that match these words.")] = None,
    out: OutOption = None,
    ingest: IngestOption = False,
    store: StoreOption = None,
) -> int:
    """Download papers from Semantic Scholar."""
    from byline.data.fetch import semantic_scholar as api

    settings = Settings.read(store=store)
    job = api.job(author=author, paper=paper, search=search)
    headers = api.headers(settings.s2_key, settings.mail)
    return _run(job, settings, settings.s2_url, headers, settings.s2_pause, out, ingest)


def _run(
    job: "Job", settings: Settings, url: str, headers: Mapping[str, str], pause: float, file: Path | None, ingest: bool
) -> int:
    from byline.api.cli.console import DONE, bounds, ended, err, out
    from byline.data.fetch.client import Client, Manners
    from byline.data.fetch.run import fetch
    from byline.data.ingest.ingest import ingest as add

    place = file or Path(f"{job.name()}.jsonl.zst")
    folder = settings.folder() if ingest else None
    manners = Manners(settings.fetch_tries, settings.fetch_patience, pause)
    with tell.progress(err) as progress, Client(url, headers, manners) as client:
        done = fetch(job, client, place, progress)
    out.print(f"{done.file}: {done.items:,} objects" + (f", {done.before:,} of them from an earlier call" if done.before else ""))
    if folder is None:
        return DONE
    if not done.items:
        out.print("nothing was found, so nothing is added")
        return DONE
    options = {"captured": datetime.now(UTC).date().isoformat()} if job.source == "semantic-scholar" else {}
    with tell.progress(err) as progress:
        report = add(folder, job.source, [place], options=options, progress=progress, **bounds(settings))
    tell.report(out, err, report)
    return ended(report)
