"""Run the server: uvicorn, one or several processes, plain log lines on stderr."""

import os
import socket
from typing import Any

import uvicorn

from api.settings import Settings
from api.snapshots import Snapshots
from graph.errors import NoSnapshot, WrongUse, in_words


def serve(settings: Settings) -> None:
    """Serve until told to stop. Where nothing was ingested yet, the sample is built first.

    Raises StoreFailed where there is a snapshot that does not open, WrongUse for an address that cannot be listened on.
    """
    _bindable(settings.host, settings.port)
    folder = settings.folder()
    try:
        Snapshots(folder).store()
    except NoSnapshot:
        # Only here: what reads sources takes longer to import than a server with a snapshot takes to start.
        from data.ingest import ensure_sample

        ensure_sample(folder)
    # The processes that serve read the environment, so that options given here reach them too.
    os.environ.update(settings.environment())
    uvicorn.run(
        "api.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        ws="none",
        http="api.wire:Wire",
        access_log=settings.access_log,
        server_header=False,
        # Nothing here depends on who asks, so no proxy has to be believed.
        proxy_headers=False,
        timeout_graceful_shutdown=settings.stop_seconds,
        log_config=log_config(settings.log_level),
    )


def _bindable(host: str, port: int) -> None:
    """Try the address before anything is built: uvicorn finds out last, and ends with the code of a success in part."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise WrongUse(f"nobody can listen on {host}:{port}: {in_words(error)}", "give another --host or --port") from None


def log_config(level: str) -> dict[str, Any]:
    """One handler for all. Strawberry's logger is off: it writes each client's mistake with a trace."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {"strawberry.execution": {"handlers": [], "propagate": False}},
    }
