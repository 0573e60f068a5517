"""Mistakes of ours: logged with an id that the client gets too, and nothing else of them."""

import logging
import secrets
from typing import Any

log = logging.getLogger("byline")
INTERNAL = "INTERNAL"


def internal(error: BaseException | None, where: str) -> dict[str, Any]:
    """Log an unexpected error; message and extensions for the client."""
    number = secrets.token_hex(6)
    log.error("unexpected error %s at %s", number, where, exc_info=error)
    return {"message": "Internal error", "extensions": {"code": INTERNAL, "id": number}}
