"""Gate of the values: a body is JSON, and holds no more than any request can ask with."""

from typing import Any

import orjson
from starlette.exceptions import HTTPException

from byline.api.http.gates.json_extent import check_values
from byline.api.settings import Settings

# Longer bodies hold documents or variables that take a while to look through.
LARGE_BODY = 16 * 1024


class Values:
    """The gate within the limits of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Each value takes a byte at least.
        self._uncounted = settings.max_values + settings.max_tokens

    def decode(self, data: bytes, what: str = "The body") -> Any:
        """JSON to values. Raises TooCostly, HTTPException 400 that names `what`; nesting over 1,024 levels is no JSON here."""
        if len(data) >= self._uncounted:
            check_values(data, self._settings)
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise HTTPException(400, f"{what} is not JSON: {error.msg}") from None
