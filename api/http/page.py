"""The query page: GraphiQL where `make web` has built it, else a plain page of ours. Neither needs a network.

What the page may load and run is said beside it (Content-Security-Policy): its own files and nothing else, in nobody's frame.
"""

import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from byline.api.http.file_answer import Unchanged, WholeOrPart

_BUILT = Path(__file__).parents[1] / "static"
_PLAIN = Path(__file__).parents[1] / "plain.html"
# Files are what their type says; where somebody came from, the query in the address included, is told to nobody.
_PLAINLY = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
# The editor makes styles and workers as it goes.
_POLICY = (
    "default-src 'none'; script-src 'self'{}; worker-src 'self' blob:; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def _policy(scripts: list[str]) -> str:
    """The policy for a page with some scripts in itself, each allowed by its hash."""
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    return _POLICY.format("".join(f" 'sha256-{each}'" for each in hashes))


class Files(StaticFiles):
    """The page's scripts and styles."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file, to be taken for what its type says."""
        whole = WholeOrPart(full_path, status_code, stat_result=stat_result)
        unchanged = self.is_not_modified(whole.headers, Headers(scope=scope))
        response = Unchanged(whole) if unchanged else whole
        response.headers.update(_PLAINLY)
        return response


class Page:
    """The page and the files that it loads, as found when the server starts."""

    def __init__(self, built: Path = _BUILT) -> None:
        index = built / "index.html"
        self._html = index if index.is_file() else _PLAIN
        self._built = built
        scripts = re.findall(r"<script>(.*?)</script>", self._html.read_text(encoding="utf-8"), re.DOTALL)
        self._headers = {"vary": "accept", "content-security-policy": _policy(scripts), **_PLAINLY}

    def response(self) -> Response:
        """The page itself."""
        return WholeOrPart(self._html, headers=self._headers, media_type="text/html", stat_result=os.stat(self._html))

    def routes(self) -> list[BaseRoute]:
        """Its scripts and styles, which bear a hash of their contents in their names; the plain page has none."""
        return [Mount("/static", Files(directory=self._built))] if self._html != _PLAIN else []
