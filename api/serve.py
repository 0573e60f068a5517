"""Run the server: uvicorn, one or several processes, plain log lines on stderr."""

import math
import os
import socket
from typing import Any

import uvicorn

from byline.api.settings import Settings
from byline.api.signals import stop_on_hangup
from byline.api.snapshots import Snapshots
from byline.graph.errors import NoSnapshot, WrongUse, describe

# Seconds in which a worker has to be ready, and to say that it lives: a busy machine takes its time over both.
_HEALTHY = 20


def serve(settings: Settings) -> None:
    """Serve until told to stop. Where nothing was ingested yet, the sample is built first.

    Raises StoreFailed where there is a snapshot that does not open.
    """
    folder = settings.folder()
    try:
        Snapshots(folder).store()
    except NoSnapshot:
        # Only here: what reads sources takes longer to import than a server with a snapshot takes to start.
        from byline.data.ingest.ingest import ensure_sample

        ensure_sample(folder)
    # The processes that serve read the environment, so that options given here reach them too.
    os.environ.update(settings.environment())
    if settings.workers == 1:
        # With several, uvicorn replaces them one after the other.
        stop_on_hangup()
    uvicorn.run(
        "byline.api.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        ws="none",
        http="byline.api.http.protocol:Protocol",
        access_log=settings.access_log,
        server_header=False,
        # Nothing here depends on who asks, so no proxy has to be believed.
        proxy_headers=False,
        timeout_worker_healthcheck=_HEALTHY,
        timeout_keep_alive=math.ceil(settings.idle_seconds),
        timeout_graceful_shutdown=settings.stop_seconds,
        log_config=log_config(settings.log_level),
    )


def storable(settings: Settings, sample: bool) -> None:
    """Raise WrongUse for a store that does not exist, the default one aside, unless the sample is asked for."""
    folder = settings.folder()
    if not sample and not folder.exists() and settings.store != Settings.model_fields["store"].default:
        raise WrongUse(
            f"there is no store at {folder}", "`byline ingest SOURCE FILE… --store …` makes one, --sample puts the sample there"
        )


def listenable(host: str, port: int) -> int:
    """The port to listen on: the one given, or a free one for 0. Raises WrongUse where nothing could listen there: known before a
    store is opened, or the sample made."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            # As uvicorn does: a port whose connections are only closing is free.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            return int(trial.getsockname()[1])
    except OSError as error:
        hint = "another one by --port, or --port 0 for a free one" if error.errno != socket.EAI_NONAME else "another --host"
        raise WrongUse(f"nothing can listen on {host}:{port}: {describe(error)}", f"give {hint}") from None


def log_config(level: str) -> dict[str, Any]:
    """One handler for all. Strawberry's logger is off: it writes each client's mistake with a trace."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "byline.api.terminal.Formatter", "format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {"strawberry.execution": {"handlers": [], "propagate": False}},
    }
